import { describe, expect, it } from "vitest";
import { countTokens } from "./metrics.ts";
import { PlainBm25, analyze } from "./plain-bm25.ts";
import type { CorpusConversation } from "./corpora/corpus.ts";

const conversation: CorpusConversation = {
  id: "own",
  questions: [],
  turns: [
    "The kiln reached temperature at noon.",
    "My sister runs a bakery in Trieste.",
    "Bakeries open early, and her bakery opens first.",
    "Nothing else happened.",
  ].map((text, index) => ({
    id: `t${index}`,
    session: "s",
    role: "user",
    name: "Ida",
    text,
    timestamp: 1_700_000_000 + index,
  })),
};

describe("plain BM25", () => {
  it("stems, folds accents and apostrophes, and drops stop words", () => {
    expect(analyze("The bakeries' Café wasn't Ida's")).toEqual(["bakeri", "cafe", "ida"]);
  });

  it("ranks by term frequency and length and leaves out what does not match", async () => {
    const system = new PlainBm25();
    await system.add(conversation, () => undefined);
    const { turnIds } = await system.rank(conversation, "Who has a bakery?");
    expect(turnIds).toEqual(["t2", "t1"]);
    expect((await system.rank(conversation, "zeppelin")).turnIds).toEqual([]);
  });

  it("packs ranked turns until the first that does not fit", async () => {
    const system = new PlainBm25();
    await system.add(conversation, () => undefined);
    const block = await system.context(conversation, "bakery", 25);
    expect(block).toBe("[14 november 2023] Ida: Bakeries open early, and her bakery opens first.");
    expect(countTokens(await system.context(conversation, "bakery", 500))).toBeGreaterThan(25);
    expect(await system.context(conversation, "bakery", 5)).toBe("");
    const skipping = new PlainBm25({ packing: "skip" });
    await skipping.add(conversation, () => undefined);
    expect(await skipping.context(conversation, "bakery", 17)).toContain("Trieste");
  });
});
