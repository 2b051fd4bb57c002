import { expect, it } from "vitest";
import { indexOf, turnRow } from "../../test/support/turn-rows.ts";
import type { TurnRow } from "../ports/memory-store.ts";
import { nearnessIn } from "./nearness.ts";

const SPACE = {
  key: "test",
  provider: "test",
  model: "test",
  dimensions: 1,
  background: { mean: 0, deviation: 0.1 },
  weight: 1,
};

function rows(count: number): TurnRow[] {
  return Array.from({ length: count }, (_value, at) => turnRow(at + 1, "word"));
}

/** Whether the last of the statements is as near as the first. */
function isLastAsNear(similarities: readonly number[]): boolean {
  const told = rows(similarities.length);
  const nearness = nearnessIn({ index: indexOf(told), similarities: Float64Array.from(similarities) }, SPACE);
  return nearness?.isAsNear(told.at(-1) as TurnRow, told[0] as TurnRow) === true;
}

it.each([
  ["of about the same nearness", [0.5, 0.1, 0.4], true],
  ["much farther", [0.9, 0.1, 0.2], false],
  ["near by chance only", [0.1, 0, 0.05], false],
  ["where another beside the older is nearer", [0.5, 0.6, 0.4], false],
  ["without a vector", [0.5, 0.1, Number.NaN], false],
])("a newer statement %s", (_how, similarities, isNear) => {
  expect(isLastAsNear(similarities)).toBe(isNear);
});
