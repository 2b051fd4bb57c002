import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type QueryUnderstanding, understandQuery } from "./understand-query.ts";

/** A Thursday. */
const NOW = Date.UTC(2023, 4, 25, 12);
const SPEAKERS = ["Alice Martin", "Björn", "Will", "小明"];

function ask(query: string): QueryUnderstanding {
  return understandQuery(query, { now: NOW, speakers: SPEAKERS });
}

describe("understandQuery", () => {
  it.each([
    ["When did Alice visit Rome?", "point"],
    ["What day was the concert?", "point"],
    ["Wann war das Konzert?", "point"],
    ["你什么时候去了北京?", "point"],
    ["What does Alice like?", "none"],
    ["Where did I eat yesterday?", "point"],
    ["What did I buy on 8 May 2023?", "point"],
    ["What happened last week?", "range"],
    ["What did Alice do in April?", "range"],
    ["What did we discuss between 3 May and 9 May?", "range"],
    ["Where do I live now?", "latest"],
    ["What is my current job?", "latest"],
    ["Does Alice still play the violin?", "latest"],
    ["What is the most recent version?", "latest"],
    ["Wo wohne ich jetzt?", "latest"],
    ["где я сейчас живу", "latest"],
    ["我现在住在哪里", "latest"],
    ["What was the first book I read?", "first"],
    ["Where did she originally come from?", "first"],
    ["Where did I live as of March 2022?", "as-of"],
    ["Where did Alice work in 2019?", "as-of"],
    ["What car did he use to drive?", "as-of"],
    ["Where did she live before she moved?", "as-of"],
    ["What was my previous address?", "as-of"],
    ["What will I do next week?", "upcoming"],
    ["What is my next appointment?", "upcoming"],
    ["Which trips are planned for June?", "upcoming"],
    ["How long have I been married?", "duration"],
    ["How many days passed between the two trips?", "duration"],
    ["Wie lange lernt er schon Spanisch?", "duration"],
    ["In what order did I visit the cities?", "order"],
    ["Which came first, the wedding or the move?", "order"],
  ] as const)("temporal intent of: %s", (query, intent) => {
    expect(ask(query).temporalIntent).toBe(intent);
  });

  it.each([
    ["What happened last week?", "2023-05-15", "2023-05-22"],
    ["What did I do in 2021?", "2021-01-01", "2022-01-01"],
    ["What happened between May 3 and May 9?", "2023-05-03", "2023-05-10"],
    ["Was habe ich gestern gegessen?", "2023-05-24", "2023-05-25"],
    ["我昨天吃了什么", "2023-05-24", "2023-05-25"],
  ])("window of: %s", (query, from, to) => {
    expect(ask(query).window).toEqual({ from: Date.parse(from), to: Date.parse(to) });
  });

  it("leaves out a window and a moment that are not asked for", () => {
    expect(ask("What does Alice like?")).not.toHaveProperty("window");
    expect(ask("What did I eat last week?")).not.toHaveProperty("asOf");
    expect(ask("Where will I live in 2030?")).not.toHaveProperty("asOf");
  });

  it("takes the end of the period as the moment", () => {
    expect(ask("Where did I live as of March 2022?").asOf).toBe(Date.UTC(2022, 3, 1) - 1);
    expect(ask("Where did Alice work in 2019?").asOf).toBe(Date.UTC(2020, 0, 1) - 1);
    expect(ask("What was my job as of this month?").asOf).toBe(NOW);
  });

  it.each([
    ["What did Alice say about camping?", ["Alice Martin"], ["say", "camp"]],
    ["What is ALICE's favourite book?", ["Alice Martin"], ["favourit", "book"]],
    ["what did alice and bjorn cook", ["Alice Martin", "Björn"], ["cook"]],
    ["Alice?", ["Alice Martin"], ["alic"]],
    ["What will she cook?", [], ["cook"]],
    ["What did Will cook?", ["Will"], ["cook"]],
    ["小明喜欢寿司吗", ["小明"], ["喜欢", "寿司"]],
    ["Who is Martin?", [], ["martin"]],
  ])("speakers and terms of: %s", (query, namedSpeakers, terms) => {
    const understood = ask(query);
    expect(understood.namedSpeakers).toEqual(namedSpeakers);
    expect(understood.terms).toEqual(expect.arrayContaining(terms));
  });

  it.each([
    "What did you recommend for dinner?",
    "Which hotel did you suggest?",
    "Can you remind me what you told me about Rome?",
    "What was your advice on the visa?",
    "What did the assistant say about taxes?",
    "You mentioned a book. Which one?",
    "Was hast du mir empfohlen?",
    "Qu'est-ce que tu m'as conseillé ?",
    "¿Qué me recomendaste?",
    "Cosa mi hai consigliato?",
    "Что ты мне посоветовал?",
    "你之前推荐了什么",
  ])("asks about the assistant: %s", (query) => {
    expect(ask(query).asksAboutAssistant).toBe(true);
  });

  it.each([
    "What did Alice say?",
    "Do you know where I live?",
    "Can you recommend a book?",
    "What do I like?",
    "Wo wohne ich?",
  ])("does not: %s", (query) => {
    expect(ask(query).asksAboutAssistant).toBe(false);
  });

  it.each([
    ["How many books did I read?", "count"],
    ["Wie viele Katzen habe ich?", "count"],
    ["How often does she run?", "count"],
    ["What activities does Alice enjoy in summer time?", "list"],
    ["Which books has she read?", "list"],
    ["List all my allergies", "list"],
    ["What kinds of music does he play?", "list"],
    ["What was the name of the dog?", "plain"],
    ["What is the address?", "plain"],
    ["What does she do?", "plain"],
    ["Where do I live?", "plain"],
    ["How long did it take?", "plain"],
    ["What do Alice and Björn have in common?", "compare"],
    ["Compare the two offers", "compare"],
    ["Is the train cheaper or the bus?", "compare"],
    ["Which came first, the wedding or the move?", "order"],
    ["List the order in which I brought up these topics", "order"],
    ["Can you recommend a restaurant?", "preference"],
    ["What did Björn suggest for the cake?", "plain"],
    ["Do you have any suggestions for a gift?", "preference"],
    ["What is my favourite colour?", "preference"],
    ["What should I cook tonight?", "preference"],
    ["How should you format code for me?", "instruction"],
    ["Which rules did I give you?", "instruction"],
    ["Summarize our talks about the garden", "summary"],
    ["Give me an overview of the project", "summary"],
    ["总结一下我们的对话", "summary"],
  ] as const)("shape of: %s", (query, shape) => {
    expect(ask(query).shape).toBe(shape);
  });

  it.each([
    ["Where do I live?", true],
    ["What is my dog called?", true],
    ["Was ist mein Lieblingsessen?", true],
    ["我住在哪里", true],
    ["где я живу", true],
    ["Tell me about Rome", false],
    ["What does Alice like?", false],
    ["Is it in the US?", true],
  ])("first person: %s", (query, isFirstPerson) => {
    expect(ask(query.replace("US?", "us?")).isFirstPerson).toBe(isFirstPerson);
  });

  it.each([
    ["Has Alice met Carla in New York?", ["Carla", "New York"]],
    ["Where is Rome?", ["Rome"]],
    ["Rome is where? Did we like Rome?", ["Rome"]],
    ["Camping was fun", []],
    ['What did he write in "The Hobbit"?', ["The Hobbit"]],
    ["status of AB-991 for ann@example.com", ["AB-991", "ann@example.com"]],
    ["what does parseDate do in src/text/dates.ts", ["parseDate", "src/text/dates.ts"]],
    ["Did I see her on Monday in May?", []],
    ["Was the University of Oxford good?", ["University of Oxford"]],
  ])("entities of: %s", (query, expected) => {
    const { entities } = ask(query);
    expect(expected.filter((entity) => !entities.includes(entity))).toEqual([]);
    expect(entities.filter((entity) => !expected.includes(entity) && entity !== "Alice")).toEqual([]);
  });

  it("reads quotation marks of any kind", () => {
    expect(ask("“one” «two» „three“ 「四」 'five six' don't can't").quotedPhrases).toEqual(
      expect.arrayContaining(["one", "two", "three", "四", "five six"]),
    );
    expect(ask("don't or can't").quotedPhrases).toEqual([]);
  });

  it("keeps terms where the query is only stop words or only a name", () => {
    expect(ask("who are you").terms.length).toBeGreaterThan(0);
    expect(ask("").terms).toEqual([]);
  });

  it("takes any string and any names", () => {
    const text = fc
      .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 40 })
      .map((units) => String.fromCharCode(...units));
    fc.assert(
      fc.property(text, fc.array(text, { maxLength: 3 }), (query, speakers) => {
        const { terms, namedSpeakers } = understandQuery(query, { now: NOW, speakers });
        expect(terms.length).toBeLessThanOrEqual(64);
        expect(namedSpeakers.every((name) => speakers.includes(name))).toBe(true);
      }),
      { numRuns: 500 },
    );
    expect(
      understandQuery("toString of __proto__", { now: NOW, speakers: ["__proto__", "constructor"] }).namedSpeakers,
    ).toEqual(["__proto__"]);
  });
});
