import { describe, expect, it } from "vitest";
import { preferNewest } from "./prefer-newest.ts";
import type { RankedMemory } from "./rank.ts";

function hit(raw: number, saidAt: number, own = 0.5, role = "user", name = "Nora", slot = 0): { entry: RankedMemory } {
  return { entry: { raw, own, slot, row: { saidAt, role, name } } as RankedMemory };
}

describe("preferNewest", () => {
  it("puts the last said first among nearly equal hits and keeps the scores in order", () => {
    const [older, newer, far] = [hit(1, 1), hit(0.9, 2), hit(0.2, 3)];
    const ordered = preferNewest([older, newer, far]);
    expect(ordered.map(({ entry }) => [entry.row.saidAt, entry.raw])).toEqual([
      [2, 1],
      [1, 0.9],
      [3, 0.2],
    ]);
  });

  it("leaves behind what holds few of the words itself, what the assistant said, and what is far weaker", () => {
    const best = hit(1, 1);
    const others = [hit(0.95, 5, 0.1), hit(0.9, 6, 0.5, "assistant"), hit(0.5, 7)];
    expect(preferNewest([best, ...others])[0]).toBe(best);
  });

  it("moves only the newest, and none where many answer nearly as well or somebody else said it", () => {
    const [first, second, third] = [hit(1, 2), hit(0.95, 1), hit(0.9, 3)];
    expect(preferNewest([first, second, third]).map(({ entry }) => entry.row.saidAt)).toEqual([3, 2, 1]);
    const many = [1, 2, 3, 4, 5].map((saidAt) => hit(1 - saidAt / 100, saidAt));
    expect(preferNewest(many)[0]).toBe(many[0]);
    expect(preferNewest([first, hit(0.9, 9, 0.5, "user", "Tom")])[0]).toBe(first);
  });

  it("leaves what answers by its slot before what only stands beside the question's words", () => {
    const answer = hit(1, 1, 0, "user", "Nora", 1);
    expect(preferNewest([answer, hit(0.9, 9, 0)])[0]).toBe(answer);
    expect(preferNewest([answer, hit(0.9, 9, 0, "user", "Nora", 1)])[0]?.entry.row.saidAt).toBe(9);
    expect(preferNewest([answer, hit(0.9, 9, 0.3)])[0]?.entry.row.saidAt).toBe(9);
  });

  it("takes no hits at all", () => {
    expect(preferNewest([])).toEqual([]);
  });
});
