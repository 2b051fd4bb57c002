import { expect, it } from "vitest";
import { indexOf, turnRow } from "../../test/support/turn-rows.ts";
import { VectorTable } from "./vector-table.ts";

const rows = Array.from({ length: 130 }, (_, at) => turnRow(at + 1, "word"));

it("gives the cosine of each document, NaN where there is no vector", () => {
  const index = indexOf(rows);
  const table = new VectorTable(3);
  table.set(index, [
    { passage: 1, vector: Float32Array.of(1, 0, 0) },
    { passage: 130, vector: Float32Array.of(0.6, 0, 0.8) },
    { passage: 999, vector: Float32Array.of(1, 0, 0) },
    { passage: 2, vector: Float32Array.of(1, 0) },
  ]);
  const found = table.similarities(Float32Array.of(2, 0, 0), rows.length);
  expect([found[0], found[129]]).toEqual([1, expect.closeTo(0.6, 6)]);
  expect(found[1]).toBeNaN();
  expect(found).toHaveLength(130);
});

it("replaces a vector and keeps the others when it grows", () => {
  const index = indexOf(rows.slice(0, 1));
  const table = new VectorTable(2);
  table.set(index, [{ passage: 1, vector: Float32Array.of(1, 0) }]);
  index.append(rows.slice(1));
  table.set(index, [{ passage: 100, vector: Float32Array.of(0, 1) }]);
  expect(table.similarities(Float32Array.of(1, 0), 130)[0]).toBe(1);
  table.set(index, [{ passage: 1, vector: Float32Array.of(0, 1) }]);
  expect(table.similarities(Float32Array.of(1, 0), 130)[0]).toBe(0);
});

it("knows nothing of a query of another length or of zeros", () => {
  const index = indexOf(rows.slice(0, 1));
  const table = new VectorTable(2);
  table.set(index, [{ passage: 1, vector: Float32Array.of(1, 0) }]);
  expect(table.similarities(Float32Array.of(1, 0, 0), 1)[0]).toBeNaN();
  expect(table.similarities(Float32Array.of(0, 0), 1)[0]).toBeNaN();
});
