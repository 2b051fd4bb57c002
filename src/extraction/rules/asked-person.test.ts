import { describe, expect, it } from "vitest";
import type { ExtractedFact, ExtractionMessage } from "../../domain/extracted-fact.ts";
import { createRulesExtractor } from "../rules-extractor.ts";

const SAID_AT = Date.UTC(2024, 3, 14, 17);

function message(id: string, name: string | undefined, text: string): ExtractionMessage {
  const role = name === "Assistant" ? "assistant" : "user";
  return { id, role, text, saidAt: SAID_AT, ...(name === undefined || role === "assistant" ? {} : { name }) };
}

/** Facts of an answer, the question being stored already or added with it. */
async function answered(question: ExtractionMessage, answer: ExtractionMessage): Promise<readonly ExtractedFact[]> {
  const extractor = createRulesExtractor();
  const later = await extractor.extract([answer], { before: [question] });
  const together = await extractor.extract([question, answer], { before: [] });
  expect(together.filter(({ sources }) => sources[0]?.messageId === answer.id)).toEqual(later);
  return later;
}

async function texts(question: string, answer: string, names: [string?, string?] = ["Dan", "Tomasz"]) {
  const facts = await answered(message("q", names[0], question), message("a", names[1], answer));
  return facts.map(({ text }) => text);
}

describe("he and she in an answer are whom the question asked about", () => {
  it("a name", async () => {
    expect(
      await texts(
        "How is Olek? He must be four by now?",
        "He turned five in February. He lost his first tooth yesterday and tried to sell it to Rui.",
      ),
    ).toEqual([
      "Olek turned five in February (February 2024)",
      "Olek lost his first tooth yesterday (13 April 2024) and tried to sell it to Rui",
    ]);
  });

  it("a relation, with and without a name", async () => {
    expect(await texts("Has your sister moved yet?", "She moved to Porto in May.")).toEqual([
      expect.stringContaining("Tomasz's sister moved to Porto"),
    ]);
    expect(await texts("And how's your daughter Ola doing?", "She works at Siemens now.")).toEqual([
      expect.stringContaining("Ola works at Siemens"),
    ]);
  });

  it("asked by the assistant of a user without a name", async () => {
    expect(await texts("Lovely. Where does Maya live these days?", "She lives in Cardiff.", ["Assistant"])).toEqual([
      "Maya lives in Cardiff",
    ]);
  });

  it("the question is a part of the evidence", async () => {
    const question = message("q", "Dan", "Good to hear. How is Olek?");
    const [fact] = await answered(question, message("a", "Tomasz", "He lives in Gdansk."));
    expect(fact?.sources.map(({ messageId }) => messageId)).toEqual(["a", "q"]);
    const [span] = fact?.sources[1]?.spans ?? [];
    expect(question.text.slice(span?.start, span?.end)).toBe("is Olek");
  });
});

describe("nobody is meant", () => {
  it.each([
    ["of two people", "How are Olek and Rui? Is Anna well?", "He lives in Gdansk."],
    ["of a place", "How was Paris?", "She lives in Lyon."],
    ["of a woman, by relation", "How is your sister?", "He lives in Gdansk."],
    ["of the one who is asked", "Where does Tomasz live?", "He lives in Gdansk."],
    ["outside of a question", "I met Olek. How are things?", "He lives in Gdansk."],
  ])("%s", async (_what, question, answer) => {
    expect(await texts(question, answer)).toEqual([]);
  });

  it("a statement before says nothing of the next speaker's he", async () => {
    expect(await texts("I saw Olek.", "He lives in Gdansk.")).toEqual([]);
  });
});
