import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { MemoryError } from "../../../errors.ts";
import { SqliteDriver } from "./driver.ts";
import { PARTITION_SPAN } from "./partition-span.ts";
import { SqliteVectors, VECTOR_SCHEMA, type SqliteVectorsOptions, type VectorHit } from "./vector-store.ts";

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0).toReversed()) close();
});

function openFile(): string {
  const folder = mkdtempSync(join(tmpdir(), "vectors-"));
  closers.push(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, "test.db");
}

function open(
  path: string = ":memory:",
  options: SqliteVectorsOptions = {},
): { driver: SqliteDriver; vectors: SqliteVectors } {
  const driver = new SqliteDriver(path);
  closers.push(() => driver.close());
  driver.execute("PRAGMA page_size=8192; PRAGMA journal_mode=WAL; PRAGMA secure_delete=ON;");
  driver.execute(VECTOR_SCHEMA);
  return { driver, vectors: new SqliteVectors(driver, { directRows: 0, ...options }) };
}

function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Unit vectors around a few centres, as texts about a few topics are. */
function clustered(count: number, dimensions: number, seed: number): Float32Array[] {
  const next = random(seed);
  const centres = Array.from({ length: 8 }, () => Array.from({ length: dimensions }, () => next() - 0.5));
  return Array.from({ length: count }, () => {
    const centre = centres[Math.floor(next() * 8)] ?? [];
    return unit(centre.map((value) => value + (next() - 0.5) * 0.8));
  });
}

function unit(values: readonly number[]): Float32Array {
  const length = Math.hypot(...values);
  return Float32Array.from(values, (value) => value / length);
}

function bruteForce(query: Float32Array, stored: ReadonlyMap<number, Float32Array>, limit: number): VectorHit[] {
  return [...stored]
    .map(([passageNo, vector]) => ({
      passageNo,
      similarity: vector.reduce((sum, value, at) => sum + value * (query[at] ?? 0), 0),
    }))
    .toSorted((left, right) => right.similarity - left.similarity || left.passageNo - right.passageNo)
    .slice(0, limit);
}

function store(
  vectors: SqliteVectors,
  driver: SqliteDriver,
  stored: ReadonlyMap<number, Float32Array>,
  space = 1,
): void {
  driver.transaction(() =>
    vectors.put(
      space,
      [...stored].map(([passageNo, vector]) => ({ passageNo, vector })),
    ),
  );
}

function numbered(list: readonly Float32Array[], first: number): Map<number, Float32Array> {
  return new Map(list.map((vector, at) => [first + at, vector]));
}

function passages(hits: readonly VectorHit[]): number[] {
  return hits.map(({ passageNo }) => passageNo);
}

function countRows(driver: SqliteDriver, table: string): number {
  return Number(driver.get(`SELECT count(*) AS n FROM ${table}`)?.["n"]);
}

/** Whether any of the needle's first 24 bytes stand in the haystack. */
function holds(haystack: Uint8Array, needle: Uint8Array): boolean {
  return Buffer.from(haystack).includes(Buffer.from(needle.subarray(0, 24)));
}

const SECOND = 2 * PARTITION_SPAN;

describe("search", () => {
  it.each([3, 32, 100, 384, 513])("finds what brute force finds at %i dimensions", (dimensions) => {
    const { driver, vectors } = open();
    const all = clustered(1100, dimensions, dimensions);
    const stored = numbered(all.slice(0, 1000), SECOND);
    store(vectors, driver, stored);
    for (const query of all.slice(1000)) {
      const expected = bruteForce(query, stored, 20);
      const hits = vectors.search({ spaceNo: 1, partitionNo: 2, query, limit: 20 });
      expect(passages(hits)).toEqual(passages(expected));
      for (const [at, hit] of hits.entries()) expect(hit.similarity).toBeCloseTo(expected[at]?.similarity ?? 0, 6);
    }
  });

  it.each([1, 255, 256, 257, 511, 512, 1000])(
    "gives the same answer from float rows and packed copies at %i rows",
    (rows) => {
      const { driver, vectors } = open();
      const direct = new SqliteVectors(driver, { directRows: 1_000_000 });
      const uncached = new SqliteVectors(driver, { directRows: 0, cacheBytes: 0 });
      const all = clustered(rows + 1, 48, rows);
      // One by one, as messages come.
      for (const [at, vector] of all.slice(0, rows).entries()) {
        driver.transaction(() => vectors.put(1, [{ passageNo: SECOND + at, vector }]));
      }
      expect(countRows(driver, "vector_segments")).toBe(Math.floor(rows / 256));
      expect(countRows(driver, "vector_tail")).toBe(rows % 256);
      const request = { spaceNo: 1, partitionNo: 2, query: all[rows] ?? new Float32Array(48), limit: 30 } as const;
      expect(vectors.search(request)).toEqual(direct.search(request));
      expect(uncached.search(request)).toEqual(direct.search(request));
      expect(uncached.cachedBytes).toBe(0);
      expect(vectors.verify()).toEqual([]);
    },
  );

  it("keeps partitions and spaces apart, and searches across partitions when asked", () => {
    const { driver, vectors } = open();
    const first = numbered(clustered(300, 40, 1), PARTITION_SPAN);
    const second = numbered(clustered(300, 40, 2), SECOND);
    store(vectors, driver, first);
    store(vectors, driver, second);
    store(vectors, driver, numbered(clustered(300, 64, 3), SECOND), 2);
    const query = clustered(1, 40, 4)[0] ?? new Float32Array(40);
    for (const [partitionNo, expected] of [
      [1, first],
      [2, second],
      ["all", new Map([...first, ...second])],
    ] as const) {
      const hits = vectors.search({ spaceNo: 1, partitionNo, query, limit: 10 });
      expect(passages(hits)).toEqual(passages(bruteForce(query, expected, 10)));
    }
    expect(vectors.search({ spaceNo: 1, partitionNo: 7, query, limit: 10 })).toEqual([]);
    expect(vectors.search({ spaceNo: 9, partitionNo: 1, query, limit: 10 })).toEqual([]);
    expect(vectors.partitions(1)).toEqual([1, 2]);
    expect(vectors.spaces()).toEqual([1, 2]);
  });

  it("returns only allowed passages, the nearest of them", () => {
    const { driver, vectors } = open(":memory:", { directRows: 50 });
    const stored = numbered(clustered(1000, 40, 5), SECOND);
    store(vectors, driver, stored);
    const query = clustered(1, 40, 6)[0] ?? new Float32Array(40);
    const search = (allow: ReadonlySet<number> | ((passageNo: number) => boolean)): number[] =>
      passages(vectors.search({ spaceNo: 1, partitionNo: 2, query, limit: 10, allow }));
    for (const share of [2, 10, 100, 500]) {
      const allowed = new Map([...stored].filter(([passageNo]) => passageNo % share === 0));
      const expected = passages(bruteForce(query, allowed, 10));
      expect(search((passageNo) => passageNo % share === 0)).toEqual(expected);
      expect(search(new Set(allowed.keys()))).toEqual(expected);
    }
    expect(search(new Set())).toEqual([]);
    expect(search(new Set([PARTITION_SPAN + 1, 3]))).toEqual([]);
    expect(search(() => false)).toEqual([]);
  });

  it("scores given passages exactly", () => {
    const { driver, vectors } = open();
    const stored = numbered(clustered(10, 40, 7), SECOND);
    store(vectors, driver, stored);
    const query = clustered(1, 40, 8)[0] ?? new Float32Array(40);
    const scores = vectors.similarities(1, query, [SECOND, SECOND + 3, SECOND + 99]);
    const expected = new Map(bruteForce(query, stored, 10).map((hit) => [hit.passageNo, hit.similarity]));
    expect([...scores.keys()]).toEqual([SECOND, SECOND + 3]);
    expect(scores.get(SECOND + 3)).toBeCloseTo(expected.get(SECOND + 3) ?? 0, 6);
  });

  it("compares directions only: lengths do not count", () => {
    const { driver, vectors } = open();
    store(vectors, driver, new Map([[SECOND, Float32Array.of(3, 4, 0)]]));
    const [hit] = vectors.search({ spaceNo: 1, partitionNo: 2, query: Float32Array.of(30, 40, 0), limit: 1 });
    expect(hit?.similarity).toBeCloseTo(1, 6);
  });

  it("refuses what is no vector, and writes nothing of the batch", () => {
    const { driver, vectors } = open();
    store(vectors, driver, numbered(clustered(3, 4, 9), SECOND));
    const good = Float32Array.of(1, 0, 0, 0);
    for (const bad of [
      Float32Array.of(1, Number.NaN, 0, 0),
      Float32Array.of(1, Infinity, 0, 0),
      new Float32Array(4),
      Float32Array.of(1, 0, 0),
    ]) {
      const batch = [
        { passageNo: SECOND + 10, vector: good },
        { passageNo: SECOND + 11, vector: bad },
      ];
      expect(() => driver.transaction(() => vectors.put(1, batch))).toThrow(MemoryError);
      expect(() => vectors.search({ spaceNo: 1, partitionNo: 2, query: bad, limit: 1 })).toThrow(MemoryError);
    }
    expect(countRows(driver, "vectors")).toBe(3);
    expect(() => vectors.search({ spaceNo: 1, partitionNo: 2, query: good, limit: 0 })).toThrow(/limit/);
    expect(() => vectors.put(1024, [{ passageNo: 1, vector: good }])).toThrow(/space number/);
    expect(() => vectors.put(1, [{ passageNo: -1, vector: good }])).toThrow(/passage number/);
  });
});

describe("changes", () => {
  it("follows updates, in the tail and in sealed segments", () => {
    const { driver, vectors } = open();
    const stored = numbered(clustered(700, 40, 10), SECOND);
    store(vectors, driver, stored);
    const next = random(11);
    const replacements = clustered(600, 40, 12);
    for (const [at, vector] of replacements.entries()) {
      const passageNo = SECOND + Math.floor(next() * 700);
      stored.set(passageNo, vector);
      driver.transaction(() => vectors.put(1, [{ passageNo, vector }]));
      if (at % 20 !== 0) continue;
      const query = replacements[(at + 1) % 600] ?? vector;
      const hits = vectors.search({ spaceNo: 1, partitionNo: 2, query, limit: 20 });
      expect(passages(hits)).toEqual(passages(bruteForce(query, stored, 20)));
    }
    expect(vectors.verify()).toEqual([]);
    expect(countRows(driver, "vectors")).toBe(700);
  });

  it("counts the later of two vectors for one passage in a batch", () => {
    const { driver, vectors } = open();
    const [old, fresh] = clustered(2, 40, 13) as [Float32Array, Float32Array];
    driver.transaction(() =>
      vectors.put(1, [
        { passageNo: SECOND, vector: old },
        { passageNo: SECOND, vector: fresh },
      ]),
    );
    expect(vectors.similarities(1, fresh, [SECOND]).get(SECOND)).toBeCloseTo(1, 6);
    expect(vectors.verify()).toEqual([]);
  });

  it("leaves no byte of a removed passage's vectors, former ones included", () => {
    const path = openFile();
    const { driver, vectors } = open(path);
    const stored = numbered(clustered(600, 64, 14), SECOND);
    store(vectors, driver, stored);
    const other = clustered(3, 64, 15);
    // The first is updated after it was sealed: its dead copy still lies in the segment.
    driver.transaction(() => vectors.put(1, [{ passageNo: SECOND, vector: other[0] as Float32Array }]));
    driver.transaction(() => vectors.put(2, [{ passageNo: SECOND, vector: other[1] as Float32Array }]));
    const query = other[2] as Float32Array;
    vectors.search({ spaceNo: 1, partitionNo: 2, query, limit: 5 });

    const removed = [SECOND, SECOND + 1, SECOND + 255, SECOND + 300, SECOND + 599];
    const secrets: Uint8Array[] = [];
    for (const vector of [other[0], other[1], ...removed.map((passageNo) => stored.get(passageNo))]) {
      const floats = vector as Float32Array;
      const scale = 127 / Math.max(...floats.map(Math.abs));
      if (vector !== stored.get(SECOND)) secrets.push(new Uint8Array(floats.slice().buffer));
      secrets.push(new Uint8Array(Int8Array.from(floats, (value) => Math.round(value * scale)).buffer));
    }
    driver.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    for (const secret of secrets) expect(holds(readFileSync(path), secret)).toBe(true);

    driver.transaction(() => vectors.remove(removed));
    driver.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    for (const secret of secrets) expect(holds(readFileSync(path), secret)).toBe(false);
    expect(readFileSync(`${path}-wal`)).toHaveLength(0);

    for (const passageNo of removed) stored.delete(passageNo);
    const hits = vectors.search({ spaceNo: 1, partitionNo: 2, query, limit: 20 });
    expect(passages(hits)).toEqual(passages(bruteForce(query, stored, 20)));
    expect(vectors.verify()).toEqual([]);
  });

  it("dissolves segments that are mostly dead, and can lose everything", () => {
    const { driver, vectors } = open();
    const stored = numbered(clustered(1024, 40, 16), SECOND);
    store(vectors, driver, stored);
    const query = clustered(1, 40, 17)[0] as Float32Array;
    vectors.search({ spaceNo: 1, partitionNo: 2, query, limit: 5 });
    const half = [...stored.keys()].filter((passageNo) => passageNo % 2 === 0);
    driver.transaction(() => vectors.remove(half));
    for (const passageNo of half) stored.delete(passageNo);
    expect(countRows(driver, "vector_blocks")).toBe(2);
    expect(vectors.verify()).toEqual([]);
    expect(passages(vectors.search({ spaceNo: 1, partitionNo: 2, query, limit: 20 }))).toEqual(
      passages(bruteForce(query, stored, 20)),
    );
    driver.transaction(() => vectors.remove(stored.keys()));
    expect(vectors.search({ spaceNo: 1, partitionNo: 2, query, limit: 5 })).toEqual([]);
    expect(["vectors", "vector_tail", "vector_blocks"].map((table) => countRows(driver, table))).toEqual([0, 0, 0]);
    store(vectors, driver, numbered(clustered(1024, 40, 18), SECOND));
    expect(vectors.verify()).toEqual([]);
    expect(vectors.search({ spaceNo: 1, partitionNo: 2, query, limit: 5 })).toHaveLength(5);
  });

  it("forgets what was rolled back, even when a search saw it", () => {
    const { driver, vectors } = open();
    const stored = numbered(clustered(300, 40, 19), SECOND);
    store(vectors, driver, stored);
    const [query, rolledBack, fresh] = clustered(3, 40, 20) as [Float32Array, Float32Array, Float32Array];
    const search = (): number[] => passages(vectors.search({ spaceNo: 1, partitionNo: 2, query, limit: 300 }));
    search();
    expect(() =>
      driver.transaction(() => {
        vectors.put(1, [{ passageNo: SECOND + 300, vector: rolledBack }]);
        expect(search()).toEqual(passages(bruteForce(query, new Map([...stored, [SECOND + 300, rolledBack]]), 300)));
        throw new Error("changed my mind");
      }),
    ).toThrow("changed my mind");
    expect(search()).toEqual(passages(bruteForce(query, stored, 300)));
    stored.set(SECOND + 301, fresh);
    store(vectors, driver, new Map([[SECOND + 301, fresh]]));
    expect(search()).toEqual(passages(bruteForce(query, stored, 301).slice(0, 300)));
  });
});

describe("several connections and a small cache", () => {
  it("lets two connections on one file see each other's writes", () => {
    const path = openFile();
    const [left, right] = [open(path), open(path)];
    const stored = new Map<number, Float32Array>();
    const fresh = clustered(1000, 40, 21);
    const next = random(22);
    let added = 0;
    for (let round = 0; round < 60; round += 1) {
      const [writer, reader] = round % 2 === 0 ? [left, right] : [right, left];
      const size = Math.floor(next() * 30);
      const batch = numbered(fresh.slice(added, added + size), SECOND + added);
      added += size;
      // Some are replaced, some removed.
      const replaced = added > 10 ? [1, 2, 3].map(() => SECOND + Math.floor(next() * added)) : [];
      for (const passageNo of replaced) batch.set(passageNo, fresh[999 - round] as Float32Array);
      store(writer.vectors, writer.driver, batch);
      for (const [passageNo, vector] of batch) stored.set(passageNo, vector);
      if (round % 7 === 0) {
        const gone = [...stored.keys()].filter(() => next() < 0.02);
        writer.driver.transaction(() => writer.vectors.remove(gone));
        for (const passageNo of gone) stored.delete(passageNo);
      }
      if (round === 40) writer.driver.transaction(() => writer.vectors.rebuild(1));
      const query = fresh[900 + round] as Float32Array;
      for (const { vectors } of [reader, writer]) {
        const hits = vectors.search({ spaceNo: 1, partitionNo: 2, query, limit: 20 });
        expect(passages(hits)).toEqual(passages(bruteForce(query, stored, 20)));
      }
    }
    expect(left.vectors.verify()).toEqual([]);
  });

  it("loads a partition in steps, and takes over what changes meanwhile", () => {
    const path = openFile();
    const [left, right] = [open(path), open(path)];
    const stored = numbered(clustered(2000, 40, 50), SECOND);
    store(left.vectors, left.driver, stored);
    const fresh = clustered(400, 40, 51);
    const query = fresh[0] as Float32Array;
    let steps = 1;
    while (!right.vectors.prepare(1, 2, 0)) {
      const [changed, added] = [fresh[steps] as Float32Array, fresh[200 + steps] as Float32Array];
      const batch = new Map([
        [SECOND + steps * 100, changed],
        [SECOND + 2000 + steps, added],
      ]);
      store(left.vectors, left.driver, batch);
      for (const [passageNo, vector] of batch) stored.set(passageNo, vector);
      left.driver.transaction(() => left.vectors.remove([SECOND + steps]));
      stored.delete(SECOND + steps);
      steps += 1;
    }
    expect(steps).toBe(7);
    const before = right.vectors.cachedBytes;
    const hits = right.vectors.search({ spaceNo: 1, partitionNo: 2, query, limit: 50 });
    expect(passages(hits)).toEqual(passages(bruteForce(query, stored, 50)));
    expect(right.vectors.cachedBytes).toBe(before);
    expect(right.vectors.prepare(1, "all", 0)).toBe(true);
    expect(right.vectors.prepare(5, 2, 0)).toBe(true);
  });

  it("stays inside its budget and still answers", () => {
    const { driver, vectors } = open(":memory:", { cacheBytes: 100_000 });
    const partitions = [1, 2, 3, 4, 5, 6].map((partitionNo) => {
      const stored = numbered(clustered(partitionNo * 200, 40, partitionNo), partitionNo * PARTITION_SPAN);
      store(vectors, driver, stored);
      return { partitionNo, stored };
    });
    const query = clustered(1, 40, 30)[0] as Float32Array;
    for (const { partitionNo, stored } of [...partitions, ...partitions.toReversed()]) {
      const hits = vectors.search({ spaceNo: 1, partitionNo, query, limit: 20 });
      expect(passages(hits)).toEqual(passages(bruteForce(query, stored, 20)));
      expect(vectors.cachedBytes).toBeLessThanOrEqual(110_000);
    }
  });
});

function damaged(sql: string): { problems: string[]; warnings: number; answers: boolean; healed: boolean } {
  const { driver } = open();
  let warnings = 0;
  const vectors = new SqliteVectors(driver, { directRows: 0, onWarning: () => (warnings += 1) });
  const stored = numbered(clustered(600, 40, 40), SECOND);
  store(vectors, driver, stored);
  driver.execute(sql);
  const query = clustered(1, 40, 41)[0] as Float32Array;
  const isRight = (): boolean => {
    const hits = passages(vectors.search({ spaceNo: 1, partitionNo: 2, query, limit: 20 }));
    return JSON.stringify(hits) === JSON.stringify(passages(bruteForce(query, stored, 20)));
  };
  const answers = isRight() && isRight();
  const problems = [...new Set(vectors.verify().map(({ kind }) => kind))];
  driver.transaction(() => vectors.rebuild(1));
  return { problems, warnings, answers, healed: isRight() && vectors.verify().length === 0 };
}

describe("damage", () => {
  it.each([
    ["a short block", "UPDATE vector_blocks SET q = x'0102' WHERE segment_no = 1", "damaged_index"],
    ["a lost block", "DELETE FROM vector_blocks WHERE segment_no = 2", "damaged_index"],
    ["a lost segment", "DELETE FROM vector_segments WHERE segment_no = 1", "missing_copy"],
    ["a short list of passages", "UPDATE vector_segments SET passages = x'00' WHERE segment_no = 1", "damaged_index"],
    ["a short tail row", "UPDATE vector_tail SET q = x'00'", "damaged_index"],
    ["a lost tail", "DELETE FROM vector_tail", "missing_copy"],
    ["a wrong count", "UPDATE vector_partitions SET row_count = 7", "wrong_count"],
  ])("%s: the search is right, warns once, and rebuild heals", (_name, sql, problem) => {
    const outcome = damaged(sql);
    expect(outcome).toMatchObject({ answers: true, warnings: 1, healed: true });
    expect(outcome.problems).toContain(problem);
  });

  it("verify notices copies that are not their vector's", () => {
    const outcome = damaged("UPDATE vector_blocks SET q = zeroblob(length(q)) WHERE segment_no = 1");
    expect(outcome).toMatchObject({ healed: true });
    expect(outcome.problems).toEqual(["wrong_copy"]);
    expect(damaged(`DELETE FROM vectors WHERE vector_no = (1 << 53) | ${SECOND + 5}`).problems).toContain(
      "orphan_copy",
    );
  });

  it("lets put and remove pass over a damaged segment", () => {
    const { driver, vectors } = open();
    const stored = numbered(clustered(600, 40, 42), SECOND);
    store(vectors, driver, stored);
    driver.execute(
      "UPDATE vector_blocks SET q = x'00'; UPDATE vector_segments SET passages = x'00' WHERE segment_no = 1",
    );
    const vector = clustered(1, 40, 43)[0] as Float32Array;
    driver.transaction(() => vectors.put(1, [{ passageNo: SECOND + 5, vector }]));
    driver.transaction(() => vectors.remove([SECOND + 6, SECOND + 300]));
    expect(vectors.similarities(1, vector, [SECOND + 5]).get(SECOND + 5)).toBeCloseTo(1, 6);
    expect(countRows(driver, "vectors")).toBe(598);
    expect(vectors.verify()).toEqual([]);
  });
});
