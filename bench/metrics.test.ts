import { describe, expect, it } from "vitest";
import { countTokens, evidenceInBlock, ndcgAt, ranksOf, recallAt, shareInBlock } from "./metrics.ts";

describe("recall at k", () => {
  const ranks = ranksOf(["a", "b", "missing"], ["x", "a", "y", "z", "b"]);

  it("gives ranks from 1 and null for what was not found", () => {
    expect(ranks).toEqual([2, 5, null]);
  });

  it("tells any, all and fraction apart", () => {
    expect(recallAt(ranks, 1)).toEqual({ any: 0, all: 0, fraction: 0 });
    expect(recallAt(ranks, 2)).toEqual({ any: 1, all: 0, fraction: 1 / 3 });
    expect(recallAt(ranks, 50)).toEqual({ any: 1, all: 0, fraction: 2 / 3 });
    expect(recallAt([2, 5], 5)).toEqual({ any: 1, all: 1, fraction: 1 });
  });

  it("never calls a question without evidence complete", () => {
    expect(recallAt([], 10)).toEqual({ any: 0, all: 0, fraction: 0 });
  });
});

describe("nDCG", () => {
  it("is 1 for evidence first and falls with rank", () => {
    expect(ndcgAt([1, 2], 10)).toBe(1);
    expect(ndcgAt([2], 10)).toBeCloseTo(0.6309, 4);
    expect(ndcgAt([11, null], 10)).toBe(0);
    expect(ndcgAt([], 10)).toBe(0);
  });
});

describe("evidence in a block", () => {
  it("counts the whole block's characters", () => {
    expect(countTokens("12345")).toBe(2);
    expect(countTokens("")).toBe(0);
  });

  it("finds a short text whatever its white space", () => {
    const block = "<memories>\n[8 may 2023] Ann: I moved\n  to   Lyon.\n</memories>";
    expect(shareInBlock("I moved to Lyon.", block)).toBe(1);
    expect(shareInBlock("I moved to Paris.", block)).toBe(0);
    expect(shareInBlock("  ", block)).toBe(0);
  });

  it("gives no part of a short text", () => {
    expect(shareInBlock("The ferry leaves at nine. We should be there early.", "The ferry leaves at nine.")).toBe(0);
  });

  it("gives a long text by the sentences that are shown", () => {
    const sentences = Array.from({ length: 20 }, (_, index) => `Sentence number ${100 + index} speaks of the harbour.`);
    const half = sentences.slice(0, 10).join(" ");
    expect(shareInBlock(sentences.join(" "), half)).toBeCloseTo(0.5, 5);
    expect(shareInBlock(sentences.join("\n"), sentences.join(" "))).toBe(1);
  });

  it("averages over the pieces of evidence", () => {
    expect(evidenceInBlock(["one fish", "two fish"], "I saw one fish")).toBe(0.5);
    expect(evidenceInBlock([], "anything")).toBe(0);
  });
});
