// Speed of the vector scan: `npm exec -c 'node bench/vectors.ts'`, or with a number of rows to try only that.
// CPU time, not wall time: other work on the machine disturbs it least. Vectors are synthetic and clustered.
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SqliteDriver } from "../src/adapters/stores/sqlite/driver.ts";
import { SqliteVectors, VECTOR_SCHEMA } from "../src/adapters/stores/sqlite/vector-store.ts";

const DIMENSIONS = 384;
const SPACE = 1;
const PARTITION_SIZE = 2 ** 28;
const BATCH = 10_000;

interface Store {
  readonly driver: SqliteDriver;
  readonly vectors: SqliteVectors;
}

const centres = Array.from({ length: 1000 }, (_, at) => noise(1_000_003 + at));
const folder = mkdtempSync(join(tmpdir(), "bench-vectors-"));
const table: Record<string, Record<string, string>> = {};
try {
  const chosen = process.argv.slice(2).map(Number);
  measureManyUsers(chosen.length > 0 ? (chosen[0] ?? 0) : 100_000);
  for (const rows of chosen.length > 0 ? chosen : [10_000, 100_000, 1_000_000]) measureOneUser(rows);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.table(table);

/** Users of 100 rows each: the everyday case. */
function measureManyUsers(rows: number): void {
  const path = join(folder, "many.db");
  const store = open(path);
  const build = cpu(() =>
    fill(store, rows, (at) => (1 + (at % (rows / 100))) * PARTITION_SIZE + Math.floor(at / (rows / 100))),
  );
  const queries = Array.from({ length: 200 }, (_, at) => vectorAt(rows + at));
  const search = queries.map((query, at) =>
    cpu(() => store.vectors.search({ spaceNo: SPACE, partitionNo: 1 + ((at * 37) % (rows / 100)), query, limit: 20 })),
  );
  table[`user of 100 in ${rows}`] = {
    "search p50": ms(median(search)),
    "bulk us/row": ((build / rows) * 1000).toFixed(0),
    "B/row": String(Math.round(statSync(path).size / rows)),
    "RSS MB": megabytes(),
  };
  close(store);
}

/** One user who owns everything. */
function measureOneUser(rows: number): void {
  const path = join(folder, `${rows}.db`);
  let store = open(path);
  const build = cpu(() => fill(store, rows, (at) => PARTITION_SIZE + at));
  close(store);
  store = open(path);
  const request = { spaceNo: SPACE, partitionNo: 1, limit: 20 } as const;
  const cold = cpu(() => store.vectors.search({ ...request, query: vectorAt(rows) }));
  const queries = Array.from({ length: rows > 500_000 ? 41 : 101 }, (_, at) => vectorAt(rows + 1 + at));
  const search = queries.map((query) => cpu(() => store.vectors.search({ ...request, query })));
  const resident = megabytes();
  const filtered = queries.map((query) => cpu(() => store.vectors.search({ ...request, query, allow: isTenth })));
  const floor = readFloor(rows);

  const exact = new SqliteVectors(store.driver, { directRows: Infinity });
  const compared = queries.slice(0, rows > 500_000 ? 5 : 20);
  let same = 0;
  for (const query of compared) {
    const expected = new Set(exact.search({ ...request, query }).map(({ passageNo }) => passageNo));
    for (const { passageNo } of store.vectors.search({ ...request, query })) if (expected.has(passageNo)) same += 1;
  }

  const adds: number[] = [];
  const searchesAfter: number[] = [];
  for (let at = 0; at < 600; at += 1) {
    const row = { passageNo: PARTITION_SIZE + rows + at, vector: vectorAt(rows + 1000 + at) };
    adds.push(cpu(() => store.driver.transaction(() => store.vectors.put(SPACE, [row]))));
    if (at % 10 === 0) searchesAfter.push(cpu(() => store.vectors.search({ ...request, query: row.vector })));
  }
  const extra = Array.from({ length: 1024 }, (_, at) => ({
    passageNo: PARTITION_SIZE + rows + 10_000 + at,
    vector: vectorAt(rows + 5000 + at),
  }));
  const own = cpu(() => store.driver.transaction(() => extra.forEach((row) => store.vectors.put(SPACE, [row]))));
  const updates = Array.from({ length: 100 }, (_, at) => {
    const row = { passageNo: PARTITION_SIZE + ((at * 7919) % rows), vector: vectorAt(rows + 2000 + at) };
    return cpu(() => store.driver.transaction(() => store.vectors.put(SPACE, [row])));
  });
  table[`one user of ${rows}`] = {
    "search p50": ms(median(search)),
    "read floor": ms(floor),
    "x floor": (median(search) / floor).toFixed(1),
    "10% filter": ms(median(filtered)),
    "after an add": ms(median(searchesAfter)),
    "cold search": ms(cold),
    "recall@20": (same / compared.length / 20).toFixed(4),
    "bulk us/row": ((build / rows) * 1000).toFixed(0),
    "add us": ((own / extra.length) * 1000).toFixed(0),
    "durable add us": (median(adds) * 1000).toFixed(0),
    "update us": (median(updates) * 1000).toFixed(0),
    "B/row": String(Math.round(statSync(path).size / rows)),
    "RSS MB": resident,
  };
  close(store);
}

function isTenth(passageNo: number): boolean {
  return passageNo % 10 === 1;
}

function open(path: string): Store {
  const driver = new SqliteDriver(path);
  driver.execute(
    `PRAGMA page_size=8192; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-65536;
     PRAGMA secure_delete=ON; PRAGMA temp_store=MEMORY;`,
  );
  driver.execute(VECTOR_SCHEMA);
  return { driver, vectors: new SqliteVectors(driver) };
}

function close({ driver }: Store): void {
  driver.execute("PRAGMA wal_checkpoint(TRUNCATE)");
  driver.close();
}

function fill({ driver, vectors }: Store, rows: number, passageAt: (at: number) => number): void {
  for (let start = 0; start < rows; start += BATCH) {
    const batch = Array.from({ length: Math.min(BATCH, rows - start) }, (_, at) => ({
      passageNo: passageAt(start + at),
      vector: vectorAt(start + at),
    }));
    driver.transaction(() => vectors.put(SPACE, batch));
    if (start % 100_000 === 0 && rows > 100_000) console.log(`${start} of ${rows} rows`);
  }
}

/** The same vector for the same number: around one of 1,000 centres, noise about as long as the centre. */
function vectorAt(number: number): Float32Array {
  const random = noise(number * 7 + 13);
  const centre = centres[(number * 2_654_435_761) % 1000] as Float32Array;
  let squared = 0;
  for (let at = 0; at < DIMENSIONS; at += 1) {
    const value = (centre[at] as number) + 0.9 * (random[at] as number);
    random[at] = value;
    squared += value * value;
  }
  const length = Math.sqrt(squared);
  for (let at = 0; at < DIMENSIONS; at += 1) random[at] = (random[at] as number) / length;
  return random;
}

function noise(seed: number): Float32Array {
  const vector = new Float32Array(DIMENSIONS);
  let state = Math.imul(seed, 0x9e37_79b1) >>> 0;
  for (let at = 0; at < DIMENSIONS; at += 1) {
    // Three uniform numbers out of one step are close enough to a bell.
    state = (Math.imul(state ^ (state >>> 15), 0x85eb_ca6b) + 0x6d2b_79f5) >>> 0;
    const mixed = Math.imul(state ^ (state >>> 13), 0xc2b2_ae35) >>> 0;
    vector[at] = ((mixed & 1023) + ((mixed >>> 10) & 1023) + ((mixed >>> 20) & 1023) - 1534.5) / 512;
  }
  return vector;
}

/** What it costs to read as many bytes once: the limit for any scan over them. -128 never occurs, so all are read. */
function readFloor(rows: number): number {
  const bytes = Buffer.alloc(rows * DIMENSIONS, 1);
  return median(Array.from({ length: 15 }, () => cpu(() => bytes.indexOf(128))));
}

function cpu(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function median(values: readonly number[]): number {
  return values.toSorted((left, right) => left - right)[values.length >> 1] ?? 0;
}

function ms(value: number): string {
  return value.toFixed(2);
}

function megabytes(): string {
  return (process.memoryUsage().rss / 1e6).toFixed(0);
}
