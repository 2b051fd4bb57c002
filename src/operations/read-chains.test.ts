import { expect, it } from "vitest";
import { factRow } from "../../test/support/turn-rows.ts";
import type { ChainMember, MemoryReference } from "../ports/memory-store.ts";
import type { RankedMemory } from "../retrieval/rank.ts";
import type { Engine } from "./engine.ts";
import { readChains } from "./read-chains.ts";

const ranked = (memory: number, attribute: string): RankedMemory => ({
  memory,
  row: factRow(memory, `fact ${memory}`, [], { attribute, subject: "user" }),
  lexical: 1,
  dense: 0,
  slot: 0,
  prior: 1,
  raw: 1,
  own: 1,
});

const chainOf = (...references: number[]): ChainMember[] =>
  references.map((reference) => ({ reference }) as ChainMember);

it("asks for the chain of one fact of each slot, and once more for what was not in it", async () => {
  const asked: (readonly MemoryReference[])[] = [];
  const chains = new Map([
    [1, chainOf(1, 2)],
    [4, chainOf(4, 5)],
    [3, chainOf(3, 6)],
  ]);
  const findChains = (starts: readonly MemoryReference[]): Promise<Map<MemoryReference, ChainMember[]>> => {
    asked.push(starts);
    return Promise.resolve(
      new Map(starts.flatMap((start) => (chains.has(start) ? [[start, chains.get(start) ?? []]] : []))),
    );
  };
  const found = await readChains(
    { store: { findChains } } as unknown as Engine,
    [ranked(1, "residence"), ranked(2, "residence"), ranked(3, "residence"), ranked(4, "employer")],
    { inactive: new Map([1, 2, 3, 4].map((memory) => [memory, "superseded" as const])), ofAllSlots: false, topK: 10 },
  );
  expect(asked.map((starts) => [...starts].toSorted())).toEqual([[1, 4], [3]]);
  expect([...found].map(([start, chain]) => [start, chain.map(({ reference }) => reference)]).toSorted()).toEqual([
    [1, [1, 2]],
    [2, [1, 2]],
    [3, [3, 6]],
    [4, [4, 5]],
  ]);
});
