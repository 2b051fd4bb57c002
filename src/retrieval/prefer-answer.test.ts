import { expect, it } from "vitest";
import type { TurnRow } from "../ports/memory-store.ts";
import { preferAnswer } from "./prefer-answer.ts";
import type { RankedMemory } from "./rank.ts";

interface Hit {
  readonly entry: RankedMemory;
}

function hit(memory: number, raw: number, changes: Partial<RankedMemory> = {}): Hit {
  const row = { role: "user", name: null } as TurnRow;
  return { entry: { memory, row, lexical: 0, dense: 0, slot: 0, prior: 1, raw, own: 1, ...changes } };
}

const order = (hits: readonly Hit[]): readonly (readonly number[])[] =>
  hits.map(({ entry: { memory, raw } }) => [memory, raw]);

it("puts the next that can be the answer before what cannot, with the scores in order", () => {
  const hits = [hit(1, 1), hit(2, 0.9), hit(3, 0.8)];
  expect(order(preferAnswer(hits, ({ entry }) => entry.memory === 3))).toEqual([
    [3, 1],
    [1, 0.9],
    [2, 0.8],
  ]);
});

it("leaves a best that can be the answer, and one beside which nothing comes near", () => {
  const hits = [hit(1, 1), hit(2, 0.9)];
  expect(preferAnswer(hits, () => true)).toBe(hits);
  const far = [hit(1, 1), hit(2, 0.3), hit(3, 0.9, { own: 0.2 })];
  expect(preferAnswer(far, ({ entry }) => entry.memory > 1)).toBe(far);
  expect(preferAnswer([], () => true)).toEqual([]);
});
