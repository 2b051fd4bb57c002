import { describe, expect, it } from "vitest";
import { factRow, indexOf } from "../../test/support/turn-rows.ts";
import type { ChainMember } from "../ports/memory-store.ts";
import { foldChains, speakersFirst, speakersOfChains } from "./fold-chains.ts";
import type { RankedMemory } from "./rank.ts";

const rows = [factRow(1, "lives in Oslo", []), factRow(2, "lives in Bergen", []), factRow(3, "likes fish", [])];
const index = indexOf(rows);
const all = (): boolean => true;
const notFirst = (memory: number): boolean => memory !== 1;

function found(memory: number, raw: number): RankedMemory {
  return { memory, raw, row: rows[memory - 1], own: 1, lexical: raw, dense: 0, slot: 0, prior: 1 } as RankedMemory;
}

function member(reference: number, state: ChainMember["state"], from: number, to?: number): ChainMember {
  return {
    reference,
    kind: "fact",
    state,
    isVerified: true,
    createdAt: 0,
    saidAt: from,
    ...(to === undefined ? {} : { validTo: to }),
  };
}

const chain = [member(1, "superseded", 10, 20), member(2, "active", 20)];

describe("speakersOfChains", () => {
  it("is the current value, or the one that held at the moment", () => {
    expect([...speakersOfChains([chain], {}, all)]).toEqual([
      [1, 2],
      [2, 2],
    ]);
    expect(speakersOfChains([chain], { moment: 15 }, all).get(2)).toBe(1);
  });

  it("is nobody before the first, where nothing holds any more, or where the filter leaves it out", () => {
    expect(speakersOfChains([chain], { moment: 5 }, all).size).toBe(0);
    expect(speakersOfChains([[member(1, "superseded", 1, 2), member(2, "superseded", 2, 3)]], {}, all).size).toBe(0);
    expect(speakersOfChains([chain], {}, (memory) => memory !== 2).size).toBe(0);
  });

  it("is never one that was deleted or is unverified", () => {
    const unsure = { ...member(4, "active", 30), isVerified: false };
    expect(speakersOfChains([[...chain, unsure, member(5, "deleted", 40)]], {}, all)).toEqual(
      new Map([
        [1, 2],
        [2, 2],
      ]),
    );
  });
});

describe("foldChains", () => {
  const speakers = speakersOfChains([chain], {}, all);

  it("brings the current value in with the evidence of the old one, which follows it", () => {
    const folded = foldChains([found(1, 0.9), found(3, 0.5)], speakers, { index, isServed: all });
    expect(folded.map(({ memory }) => memory)).toEqual([2, 1, 3]);
    expect(folded[0]?.raw).toBeGreaterThan(0.9);
    expect(folded[0]?.row).toBe(rows[1]);
  });

  it("leaves out old ones that may not be shown", () => {
    const folded = foldChains([found(1, 0.9), found(3, 0.5), found(2, 0.1)], speakers, { index, isServed: notFirst });
    expect(folded.map(({ memory }) => memory)).toEqual([2, 3]);
  });

  it("leaves what has no chain as it is", () => {
    const hits = [found(3, 0.5)];
    expect(foldChains(hits, speakers, { index, isServed: all })).toBe(hits);
  });
});

describe("speakersFirst", () => {
  it("moves the current value before what it replaced, scores in order", () => {
    const speakers = speakersOfChains([chain], {}, all);
    const hits = [found(1, 0.9), found(3, 0.5), found(2, 0.1)].map((entry) => ({ entry }));
    const ordered = speakersFirst(hits, speakers).map(({ entry }) => entry);
    expect(ordered.map(({ memory }) => memory)).toEqual([2, 1, 3]);
    expect(ordered.map(({ raw }) => raw)).toEqual(
      ordered.map(({ raw }) => raw).toSorted((left, right) => right - left),
    );
    expect(speakersFirst(hits.slice(1), speakers)).toEqual(hits.slice(1));
  });
});
