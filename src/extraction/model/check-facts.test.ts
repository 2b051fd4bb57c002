import { describe, expect, test } from "vitest";
import { extractProposed, said } from "../../../test/support/model-proposals.ts";
import type { ExtractedFact } from "../../domain/extracted-fact.ts";
import { checkSupport } from "../support-check.ts";

describe("what a fact rests on", () => {
  const messages = said(
    "The garden is a mess.",
    { role: "assistant", text: "What do you want to plant?" },
    "Two fig trees, I think, by the wall.",
  );

  test.each([
    ["its quote, word for word", [{ message: 3, quote: "Two fig trees" }]],
    ["its quote but for case, accents and marks", [{ message: 3, quote: "two FÍG trees I think by the wall" }]],
    ["a quote in another message than the model says", [{ message: 1, quote: "Two fig trees" }]],
    ["its words where the quote is invented", [{ message: 3, quote: "I adore figs" }]],
    ["its words where the number is invented", [{ message: 77 }]],
    ["its words where nothing is cited", []],
  ])("%s", async (_name, sources) => {
    const { facts } = await extractProposed(messages, [[{ text: "User plans two fig trees by the wall.", sources }]]);
    expect(facts[0]?.sources[0]).toEqual({ messageId: "m3", spans: [{ start: 0, end: 36 }] });
    expect(checkSupport(facts[0] as ExtractedFact, messages)).toBe(true);
  });

  test("nothing that nobody says comes out, and the caller hears of it", async () => {
    const { facts, warnings } = await extractProposed(messages, [
      [{ text: "User's brother Karl sold his yacht in Monaco.", sources: [{ message: 3, quote: "by the wall" }] }],
    ]);
    expect(facts).toEqual([]);
    expect(warnings).toEqual([expect.stringMatching(/1 of the facts .* was left out/u)]);
  });

  test("the name that a short answer needs may stand in the question before it", async () => {
    const turns = said(
      { role: "assistant", text: "Which instrument does your daughter Mia play?" },
      "The cello, in a youth orchestra.",
    );
    const { facts } = await extractProposed(turns, [
      [
        {
          text: "User's daughter Mia plays the cello in a youth orchestra.",
          sources: [{ message: 2, quote: "The cello" }],
        },
      ],
    ]);
    expect(facts[0]?.sources.map(({ messageId }) => messageId)).toEqual(["m2", "m1"]);
    expect([facts[0]?.attributedTo, checkSupport(facts[0] as ExtractedFact, turns)]).toEqual(["user", true]);
  });

  test.each([
    ["a question", "Do you know a good dentist in Basel?", "User knows a good dentist in Basel."],
    ["a joke", "I'm moving to the moon. Just kidding!", "User is moving to the moon."],
    ["a dream", "Imagine I owned a castle in Wales.", "User owns a castle in Wales."],
  ])("%s is no ground", async (_name, text, fact) => {
    const { texts } = await extractProposed(said(text), [
      [{ text: fact, sources: [{ message: 1, quote: text.slice(0, 20) }] }],
    ]);
    expect(texts).toEqual([]);
  });
});

/** The fact of one sentence for which the model names these dates. */
const factAt = async (
  text: string,
  fact: string,
  from: string,
  to: string | null = null,
): Promise<ExtractedFact | undefined> =>
  (await extractProposed(said(text), [[{ text: fact, from, to, sources: [{ message: 1, quote: text.slice(0, 24) }] }]]))
    .facts[0];

describe("time", () => {
  test("is the date that was said, as exact as it was said", async () => {
    const fact = await factAt(
      "The choir sang in Ulm in March 2023.",
      "The choir of User sang in Ulm in March 2023.",
      "2023-03-01",
    );
    expect([fact?.validFrom, fact?.validTo, fact?.granularity]).toEqual([
      Date.UTC(2023, 2),
      Date.UTC(2023, 3),
      "month",
    ]);
    const yesterday = await factAt(
      "The choir sang in Ulm yesterday.",
      "User's choir sang in Ulm on 6 May 2024.",
      "2024-05-06",
    );
    expect([yesterday?.validFrom, yesterday?.granularity]).toEqual([Date.UTC(2024, 4, 6), "day"]);
  });

  test("is none where the model made it up", async () => {
    const fact = await factAt("The choir sang in Ulm.", "User's choir sang in Ulm.", "2021-08-01");
    expect([fact?.text, fact?.validFrom, fact?.validTo]).toEqual(["User's choir sang in Ulm.", undefined, undefined]);
    const wrong = await factAt("The choir sang in Ulm in March 2023.", "User's choir sang in Ulm.", "1999-01-01");
    expect(wrong?.validFrom).toBeUndefined();
  });
});

describe("whose it is", () => {
  const group = said(
    { name: "Caroline", text: "I started a pottery class on Monday." },
    { name: "Melanie", text: "Lovely! My kids and I went camping in the Dolomites." },
  );

  test("each fact goes to the one who says it, whatever the model says", async () => {
    const { facts } = await extractProposed(group, [
      [
        {
          text: "Caroline started a pottery class.",
          speaker: "Melanie",
          sources: [{ message: 1, quote: "a pottery class" }],
        },
        {
          text: "Caroline and her kids went camping in the Dolomites.",
          speaker: "Caroline",
          sources: [{ message: 2, quote: "went camping in the Dolomites" }],
        },
      ],
    ]);
    expect(facts.map(({ name, text }) => [name, text])).toEqual([
      ["Caroline", "Caroline started a pottery class."],
      ["Melanie", "Melanie and her kids went camping in the Dolomites."],
    ]);
  });

  test("nobody with a name is called the user, and nobody speaks of himself as I", async () => {
    const turns = said(
      { name: "Ana", text: "I moved to Porto last month. I collect old maps of Lisbon." },
      "I brew my own cider in the garage.",
    );
    const { texts } = await extractProposed(turns, [
      [
        { text: "I moved to Porto last month.", sources: [{ message: 1, quote: "moved to Porto" }] },
        { text: "The user collects old maps of Lisbon.", sources: [{ message: 1, quote: "old maps of Lisbon" }] },
        { text: "The user brews his own cider in the garage.", sources: [{ message: 2, quote: "own cider" }] },
      ],
    ]);
    expect(texts).toEqual([
      "Ana moved to Porto last month (April 2024)",
      "Ana collects old maps of Lisbon.",
      "User brews his own cider in the garage.",
    ]);
  });

  test("an assistant's statements are his own, and never about how to behave", async () => {
    const turns = said("Where should we eat in Turin on Friday?", {
      role: "assistant",
      text: "I recommend Trattoria Valenza for its agnolotti.",
    });
    const { facts } = await extractProposed(turns, [
      [
        {
          text: "Assistant recommended Trattoria Valenza for its agnolotti.",
          kind: "instruction",
          sources: [{ message: 2, quote: "Trattoria Valenza" }],
        },
        {
          text: "User loves Trattoria Valenza for its agnolotti.",
          sources: [{ message: 2, quote: "Trattoria Valenza" }],
        },
      ],
    ]);
    expect(facts.map(({ text, kind, attributedTo, attribute }) => [text, kind, attributedTo, attribute])).toEqual([
      ["Assistant recommended Trattoria Valenza for its agnolotti.", "fact", "assistant", undefined],
    ]);
  });

  test("an agent's own memory is asked for as such", async () => {
    const turns = said("Which ticket queue is yours?", {
      role: "assistant",
      text: "I handle the billing queue in Zendesk.",
    });
    const { facts, calls } = await extractProposed(
      turns,
      [
        [
          {
            text: "Assistant handles the billing queue in Zendesk.",
            sources: [{ message: 2, quote: "billing queue" }],
          },
        ],
      ],
      { scope: { agentId: "billing-bot" }, guidance: { agentCustomInstructions: "Only queues." } },
    );
    expect(calls[0]?.prompt).toContain('Memory of the agent "billing-bot"');
    expect(calls[0]?.prompt).toContain("Only queues.");
    expect(facts.map(({ attributedTo }) => attributedTo)).toEqual(["assistant"]);
  });
});
