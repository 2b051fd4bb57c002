import { describe, expect, it } from "vitest";
import { MemoryError } from "../errors.ts";
import { dot, toUnitVector } from "./dot.ts";
import { paddedDimensions, quantizeInto, quantizeQueryInto } from "./quantize.ts";
import { BLOCK_ROWS, blockBytes, NO_PASSAGE, packedBytes, VectorBlocks } from "./scan.ts";
import { TopCandidates } from "./top-candidates.ts";

function wave(length: number, seed: number): Float32Array {
  return Float32Array.from({ length }, (_, at) => Math.sin(seed * 7.3 + at * (1 + seed / 10)));
}

function pack(vector: Float32Array): Uint8Array {
  const packed = new Uint8Array(packedBytes(vector.length));
  const factor = quantizeInto(vector, new Int8Array(packed.buffer));
  new DataView(packed.buffer).setFloat32(packed.length - 4, factor, true);
  return packed;
}

describe("dot", () => {
  it.each([1, 3, 4, 7, 100])("sums all %i products", (length) => {
    const [left, right] = [wave(length, 1), wave(length, 2)];
    const expected = left.reduce((sum, value, at) => sum + value * (right[at] ?? 0), 0);
    expect(dot(left, right)).toBeCloseTo(expected, 10);
  });
});

describe("toUnitVector", () => {
  it("keeps a unit vector as it is and shortens another", () => {
    const unit = Float32Array.of(0.6, 0.8);
    expect(toUnitVector(unit, 2)).toBe(unit);
    expect(toUnitVector(Float32Array.of(3, 4), 2)).toEqual(unit);
    // The square of such a number is far below what a float can hold.
    expect(toUnitVector(Float32Array.of(3e-30, 4e-30), 2)[0]).toBeCloseTo(0.6, 6);
  });

  it.each([
    ["NaN", [Number.NaN, 1]],
    ["infinity", [Infinity, 1]],
    ["zeros", [0, 0]],
    ["another length", [1]],
  ])("refuses %s", (_name, values) => {
    const refusal = (): unknown => toUnitVector(Float32Array.from(values), 2);
    expect(refusal).toThrow(MemoryError);
    expect(refusal).toThrow(/expected|must hold/);
  });
});

describe("quantizeInto", () => {
  it("uses the whole range for each vector and turns back within half a step", () => {
    for (const seed of [1, 2, 3]) {
      const vector = wave(40, seed).map((value) => value / 10 ** seed);
      const target = new Int8Array(paddedDimensions(40));
      const factor = quantizeInto(vector, target);
      expect(Math.max(...target.map(Math.abs))).toBe(127);
      for (const [at, value] of vector.entries()) {
        expect(Math.abs((target[at] ?? 0) * factor - value)).toBeLessThan(factor * 0.51);
      }
      expect([...target.subarray(40)]).toEqual(Array.from({ length: 24 }, () => 0));
    }
  });

  it("keeps the largest possible sums inside 32 bits", () => {
    for (const dimensions of [1, 384, 4096, 65_536]) {
      const target = new Int16Array(dimensions);
      quantizeQueryInto(new Float32Array(dimensions).fill(1), target);
      expect((target[0] ?? 0) * 127 * dimensions).toBeLessThan(2 ** 31);
      expect(target[0]).toBeGreaterThan(127);
    }
  });
});

describe("TopCandidates", () => {
  it("keeps the best, the lower id of equals, whatever the order", () => {
    const offers = Array.from({ length: 500 }, (_, id) => ({ id, score: (id * 37) % 50 }));
    const expected = offers.toSorted((left, right) => right.score - left.score || left.id - right.id).slice(0, 25);
    for (const order of [offers, offers.toReversed(), offers.toSorted((left, right) => left.score - right.score)]) {
      const best = new TopCandidates(25);
      for (const { id, score } of order) best.offer(id, score);
      expect(best.toSorted()).toEqual(expected);
      expect(best.threshold).toBe(expected.at(-1)?.score);
    }
  });

  it("holds nothing at capacity 0 and everything below its capacity", () => {
    const none = new TopCandidates(0);
    none.offer(1, 1);
    expect(none.toSorted()).toEqual([]);
    const few = new TopCandidates(10);
    few.offer(1, -5);
    expect(few.threshold).toBe(-Infinity);
    expect(few.toSorted()).toEqual([{ id: 1, score: -5 }]);
  });
});

describe("VectorBlocks", () => {
  it.each([5, 32, 100, 384])("scores like the float dot at %i dimensions", (dimensions) => {
    const blocks = new VectorBlocks(dimensions);
    const query = toUnitVector(wave(dimensions, 99), dimensions);
    const vectors = Array.from({ length: 40 }, (_, seed) => toUnitVector(wave(dimensions, seed + 1), dimensions));
    const ids = Float64Array.from({ length: BLOCK_ROWS }, (_, row) => row * 1000);
    const other = blocks.allocate();
    const block = blocks.allocate();
    for (const [row, vector] of vectors.entries()) {
      blocks.writeRow(other, row, pack(toUnitVector(wave(dimensions, 99), dimensions)));
      blocks.writeRow(block, row, pack(vector));
    }
    blocks.setQuery(query);
    const best = new TopCandidates(40);
    blocks.scan(block, 40, ids, best);
    const scale = quantizeQueryInto(query, new Int16Array(dimensions));
    expect(best.toSorted()).toHaveLength(40);
    for (const { id, score } of best.toSorted()) {
      expect(Math.abs(score * scale - dot(query, vectors[id / 1000] as Float32Array))).toBeLessThan(0.01);
    }
  });

  it("passes over empty slots and refused ids, and rows behind the count", () => {
    const blocks = new VectorBlocks(32);
    const vector = toUnitVector(wave(32, 1), 32);
    const block = blocks.allocate();
    for (let row = 0; row < 10; row += 1) blocks.writeRow(block, row, pack(vector));
    const ids = Float64Array.of(0, NO_PASSAGE, 2, 3, 4, 5, 6, 7, 8, 9);
    blocks.setQuery(vector);
    const best = new TopCandidates(10);
    blocks.scan(block, 6, ids, best, (id) => id % 2 === 0);
    expect(best.toSorted().map(({ id }) => id)).toEqual([0, 2, 4]);
  });

  it("blanks and uses again what was released, and grows", () => {
    const blocks = new VectorBlocks(384);
    const first = blocks.allocate();
    blocks.writeRow(first, 0, pack(wave(384, 1)));
    blocks.release(first);
    expect(blocks.blocksInUse).toBe(0);
    expect(blocks.allocate()).toBe(first);
    blocks.setQuery(wave(384, 1));
    const best = new TopCandidates(1);
    blocks.scan(first, 1, Float64Array.of(7), best);
    expect(best.toSorted()).toEqual([{ id: 7, score: 0 }]);

    const many = Array.from({ length: 400 }, () => blocks.allocate());
    expect(blocks.byteLength).toBeGreaterThanOrEqual(401 * blockBytes(384));
    const last = many.at(-1) ?? 0;
    blocks.writeRow(last, 3, pack(wave(384, 1)));
    blocks.copyRow(last, 3, first, 0);
    blocks.scan(first, 1, Float64Array.of(7), best);
    expect(best.toSorted()[0]?.score).toBeGreaterThan(0);
  });
});
