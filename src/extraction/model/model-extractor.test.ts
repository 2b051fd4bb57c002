import { describe, expect, test } from "vitest";
import { extractProposed, rules, said } from "../../../test/support/model-proposals.ts";
import type { ExtractedFact } from "../../domain/extracted-fact.ts";
import { MemoryError } from "../../errors.ts";
import { createModelExtractor } from "./model-extractor.ts";

const slotOf = ({ attribute, cue }: ExtractedFact): string =>
  attribute === undefined ? "" : `${attribute.subject} ${attribute.attribute}=${attribute.value} ${cue}`;

describe("one request", () => {
  const messages = said("My piano teacher is leaving for Oslo in June.");
  const fact = {
    text: "User's piano teacher leaves for Oslo in June 2024.",
    sources: [{ message: 1, quote: "leaving for Oslo" }],
  };

  test("for all messages: stable instructions, schema, purpose", async () => {
    const { calls, texts } = await extractProposed(messages, [[fact]]);
    expect(calls).toHaveLength(1);
    expect(calls[0]).toMatchObject({ purpose: "extraction", output: { name: "facts" } });
    expect(calls[0]?.prompt).toContain("leaving for Oslo");
    const other = await extractProposed(said("Bonjour, je vis à Lyon depuis 2019."), [[]], {
      guidance: { customInstructions: "x" },
      mode: "facts",
    });
    expect(other.calls[0]?.instructions).toBe(calls[0]?.instructions);
    expect(texts).toContain(fact.text);
  });

  test("none where nobody says anything", async () => {
    const nothing = said("Hi there!", { role: "tool", text: '{"rows":[1,2,3]}' }, "Thanks a lot!");
    const { calls, facts } = await extractProposed(nothing, [[fact]]);
    expect([calls.length, facts.length]).toEqual([0, 0]);
  });

  test("a second one, with a reminder, where the answer cannot be read", async () => {
    const { calls, texts } = await extractProposed(messages, ["I would rather not.", [fact]]);
    expect(texts).toContain(fact.text);
    expect(calls).toHaveLength(2);
    expect(calls[1]?.instructions).toBe(calls[0]?.instructions);
    expect(calls[1]?.prompt.startsWith(calls[0]?.prompt ?? "?")).toBe(true);
    expect(calls[1]?.prompt).toContain("could not be read");
  });

  test("never a third one: provider_invalid_output, without the answer's words", async () => {
    const error = await extractProposed(messages, [
      { text: "secret words", finishReason: "refusal" },
      "more secret words",
    ]).catch((thrown: unknown) => thrown);
    expect(MemoryError.isInstance(error) && error.code).toBe("provider_invalid_output");
    expect(String(error)).toMatch(/a refusal, then 17 characters/u);
    expect(String(error)).not.toContain("secret");
  });

  test("what the provider throws comes through, and an abort signal goes along", async () => {
    const failure = new MemoryError("provider_failed", "down");
    const { signal } = new AbortController();
    const seen: unknown[] = [];
    const extractor = createModelExtractor({
      name: "down",
      rules,
      generate: (call) => {
        seen.push(call.signal);
        return Promise.reject(failure);
      },
    });
    await expect(extractor.extract(messages, { before: [], signal })).rejects.toBe(failure);
    expect(seen).toEqual([signal]);
  });

  test("an answer cut off at its limit gives its complete facts and a warning", async () => {
    const text = `${JSON.stringify({ facts: [fact] }).slice(0, -2)},{"text":"User's piano te`;
    const { texts, warnings } = await extractProposed(messages, [{ text, finishReason: "length" }]);
    expect(texts).toContain(fact.text);
    expect(warnings.join("\n")).toMatch(/cut off at its limit/u);
    expect(warnings.join("\n")).toMatch(/1 of the facts/u);
  });
});

describe("slots", () => {
  test.each([
    [
      "We finally packed up; Lisbon is where I live these days.",
      "User resides in Lisbon.",
      "city",
      "Lisbon",
      "user residence=lisbon",
    ],
    [
      "Siemens is where I work these days, on the fourth floor.",
      "User works at Siemens.",
      "company",
      "Siemens",
      "user employer=siemens",
    ],
    [
      "Peanuts? I'd end up in hospital, allergic as I am to peanuts.",
      "User is allergic to peanuts.",
      "allergies",
      "peanuts",
      "user allergy=peanuts",
    ],
    [
      "Na, Hamburg ist jetzt der Ort, wo ich wohne.",
      "Nutzer wohnt in Hamburg.",
      "residence",
      "Hamburg",
      "user residence=hamburg",
    ],
  ])("%s fills the slot that the rules would fill", async (text, fact, attribute, value, slot) => {
    const proposal = {
      text: fact,
      subject: "User",
      attribute,
      value,
      sources: [{ message: 1, quote: text.slice(0, 30) }],
    };
    const { facts } = await extractProposed(said(text), [[proposal]]);
    expect(
      facts
        .filter((each) => each.text === fact)
        .map(slotOf)
        .join(),
    ).toContain(slot);
  });

  test("takes slot, cue and time of the rules' fact from the same words, and its sentence stands", async () => {
    const { facts } = await extractProposed(said("Big news: I moved to Porto last month!"), [
      [
        {
          text: "User moved to Porto in April 2024.",
          attribute: "dwelling",
          value: "Porto",
          from: "2024-04-01",
          to: "2024-04-30",
          sources: [{ message: 1, quote: "moved to Porto" }],
        },
      ],
    ]);
    expect(facts.map(({ text }) => text)).toEqual(["User moved to Porto in April 2024."]);
    expect(slotOf(facts[0] as ExtractedFact)).toBe("user residence=porto change");
    expect([facts[0]?.validFrom, facts[0]?.validTo]).toEqual([Date.UTC(2024, 3), undefined]);
  });

  test("the slots of one sentence go to the facts that hold their values", async () => {
    const { facts } = await extractProposed(said("My sister Anna works at Siemens."), [
      [
        {
          text: "User's sister Anna works at Siemens.",
          subject: "Anna",
          attribute: "employer",
          value: "Siemens",
          sources: [{ message: 1, quote: "Anna works at Siemens" }],
        },
      ],
    ]);
    expect(facts.map(slotOf).toSorted()).toEqual(["anna employer=siemens none", "user family:sister=anna none"]);
  });

  test("a model cannot put a value into a slot that its own words do not speak of", async () => {
    const { facts } = await extractProposed(said("We saw the Siemens office from the train."), [
      [
        {
          text: "User saw the Siemens office from the train.",
          subject: "User",
          attribute: "employer",
          value: "Siemens",
          change: "correction",
          sources: [{ message: 1, quote: "saw the Siemens office" }],
        },
      ],
    ]);
    expect(facts.map(({ attribute }) => attribute)).toEqual([undefined]);
  });

  test.each([
    ["end", "I live in Porto.", "none"],
    ["correction", "I live in Porto.", "change"],
    ["end", "Ich wohne in Porto.", "end"],
  ])("a change that the model sees (%s in: %s) counts as %s", async (change, text, cue) => {
    const fact = text.startsWith("Ich") ? "Nutzer wohnt in Porto." : "User lives in Porto.";
    const { facts } = await extractProposed(said(text), [
      [{ text: fact, attribute: "residence", value: "Porto", change, sources: [{ message: 1, quote: "in Porto" }] }],
    ]);
    expect(facts.map((each) => each.cue)).toEqual([cue]);
  });

  test("what the rules are sure of stays where the model says more than was said", async () => {
    const { facts } = await extractProposed(said("My rent is 900 euros."), [
      [
        {
          text: "User's rent is 900 euros and rises to 1200 euros in July.",
          attribute: "price:rent",
          value: "900 euros",
          sources: [{ message: 1, quote: "rent is 900 euros" }],
        },
      ],
    ]);
    expect(facts.map(({ text }) => text)).toEqual(["User's rent is 900 euros"]);
  });

  test("what the rules find and the model does not mention stays: slots and wishes, not mere statements", async () => {
    const messages = said(
      "I live in Oslo. The concert last night was loud and went on for hours. Please always answer in French.",
    );
    const { facts } = await extractProposed(messages, [[]]);
    expect(facts.map(({ kind, attribute }) => [kind, attribute?.value])).toEqual([
      ["fact", "oslo"],
      ["instruction", "french"],
    ]);
    const guided = await extractProposed(messages, [[]], { guidance: { includes: "concerts" } });
    expect(guided.facts).toEqual([]);
  });
});

describe("filing", () => {
  const messages = said("My brother Tom opened a bakery in Graz.");
  const proposal = {
    text: "User's brother Tom opened a bakery in Graz.",
    entities: [
      { name: "Tom", type: "person" },
      { name: "Graz", type: "city" },
      { name: "Vienna", type: "city" },
      "bakery",
    ],
    relations: [{ subject: "Tom", predicate: "opened", object: "bakery" }],
    categories: ["Kin", "business", "invented"],
    confidence: 3,
    sources: [{ message: 1, quote: "opened a bakery in Graz" }],
  };

  test("mentions are those that the fact names, categories the defaults", async () => {
    const [fact] = (await extractProposed(messages, [[proposal]])).facts.filter(({ text }) => text === proposal.text);
    expect(fact?.mentions).toEqual(
      expect.arrayContaining([
        { name: "Tom", type: "person" },
        { name: "Graz", type: "place" },
      ]),
    );
    expect(fact?.mentions.map(({ name }) => name)).not.toContain("Vienna");
    expect(fact?.categories).toContain("family");
    expect(fact?.confidence).toBe(0.95);
  });

  test("with custom categories only those are used, in the rules' facts too", async () => {
    const guidance = { customCategories: { kin: "relatives", Business: "work" } };
    const { facts } = await extractProposed(messages, [[proposal]], { guidance });
    expect(facts.find(({ text }) => text === proposal.text)?.categories).toEqual(["kin", "Business"]);
    for (const { categories } of facts) expect(["kin", "Business"]).toEqual(expect.arrayContaining([...categories]));
  });
});

describe("wishes", () => {
  test.each([
    [
      "Could we keep it formal between us? I'd prefer you to skip the jokes.",
      "User asks to skip the jokes.",
      "instruction",
    ],
    ["The kids want pizza on Friday night again.", "User asks for pizza on Friday night.", "fact"],
  ])("%s", async (text, fact, kind) => {
    const { facts } = await extractProposed(said(text), [
      [{ text: fact, kind: "instruction", sources: [{ message: 1, quote: text.slice(-20, -1) }] }],
    ]);
    expect(facts.filter((each) => each.text === fact).map((each) => each.kind)).toEqual([kind]);
  });
});

test("long messages and long answers leave the event loop to others", async () => {
  const words = "garden river stone window lantern music paper silver mountain orange planet cotton".split(" ");
  const text = (seed: number, length: number): string => {
    let state = seed;
    let made = "";
    while (made.length < length) {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
      made += `${words[state % 12]}${state % 11 === 0 ? ". I like " : " "}`;
    }
    return made;
  };
  const messages = said(...Array.from({ length: 40 }, (_, index) => text(index + 1, 50_000)));
  const proposals = Array.from({ length: 400 }, (_, index) => ({
    text: `User likes ${text(index, 120)}`,
    sources: [
      { message: (index % 40) + 1, quote: `quote ${index} that is nowhere` },
      { message: 99, quote: "lantern planet cotton zebra" },
    ],
  }));
  await extractProposed(messages.slice(0, 2), [proposals.slice(0, 5)]);
  // Processor time between two turns of the event loop: what other programs take does not count.
  const gaps: number[] = [];
  let last = process.cpuUsage();
  const timer = setInterval(() => {
    const { user, system } = process.cpuUsage(last);
    last = process.cpuUsage();
    gaps.push((user + system) / 1000);
  }, 1);
  await extractProposed(messages, [proposals]);
  clearInterval(timer);
  // One may be the collector's.
  const [, second = 0] = gaps.toSorted((left, right) => right - left);
  expect(gaps.length).toBeGreaterThan(10);
  expect(second).toBeLessThan(50);
}, 30_000);
