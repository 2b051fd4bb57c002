import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { SqliteDriver } from "../../src/adapters/stores/sqlite/driver.ts";
import { SqliteStore } from "../../src/adapters/stores/sqlite/sqlite-store.ts";
import { condition } from "../../src/domain/filter.ts";
import {
  addRecord,
  addText,
  applyTo,
  newMemory,
  readExport,
  recordOf,
  SPACE,
  START,
  toImport,
  vectorOf,
} from "../support/store-fixtures.ts";

let folder: string;
let store: SqliteStore;
let statements: Set<string>;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "plans-"));
  store = new SqliteStore({ path: join(folder, "memory.db"), space: SPACE });
  statements = new Set();
  // oxlint-disable-next-line typescript/unbound-method -- called with the driver as `this` below
  const { prepare } = SqliteDriver.prototype;
  vi.spyOn(SqliteDriver.prototype, "prepare").mockImplementation(function record(this: SqliteDriver, sql: string) {
    statements.add(sql);
    return prepare.call(this, sql);
  });
});

afterEach(async () => {
  vi.restoreAllMocks();
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Tables that stay small, bounded subqueries of the text index (`f`), and the newest checkpoint. */
const MAY_BE_READ_WHOLE =
  /^SCAN (?:sqlite_master|meta|checkpoints|f:|\(subquery|partitions|spaces|vector_spaces|space|json_each|value|e\b|jobs|pragma|CONSTANT|\d+)/u;
/** Text index look-ups, which SQLite calls scans too. */
const VIRTUAL = /VIRTUAL TABLE INDEX/u;

/** The steps of all recorded statements that read a whole table or index. */
function fullScans(): string[] {
  const driver = new SqliteDriver(join(folder, "memory.db"), { readOnly: true });
  driver.raw.function("recollect_fold", { deterministic: true }, (text) => text);
  const found: string[] = [];
  for (const sql of statements) {
    if (!/^\s*(?:SELECT|UPDATE|DELETE|INSERT)/iu.test(sql) || /INTO text_index/iu.test(sql)) continue;
    for (const { detail } of driver.raw.prepare(`EXPLAIN QUERY PLAN ${sql}`).all()) {
      const step = String(detail);
      if (step.startsWith("SCAN") && !MAY_BE_READ_WHOLE.test(`${step}:`) && !VIRTUAL.test(step))
        found.push(`${step}: ${sql}`);
    }
  }
  driver.close();
  return found;
}

async function fill(): Promise<{ message: string; fact: string }> {
  const message = await addText(store, "roses in the garden", { userId: "u", agentId: "a", appId: "p", runId: "r" });
  const fact = await addRecord(
    store,
    recordOf("grows roses", message.scope, {
      kind: "fact",
      attribute: { subject: "user", attribute: "hobby", value: "roses", cardinality: "single" },
      sources: [{ messageId: message.id, spans: [{ start: 0, end: 5 }] }],
    }),
    { mentions: [{ name: "Rose", type: "concept" }], externalId: { source: "s", instance: "i", id: "1" } },
  );
  for (let at = 0; at < 300; at += 1) await addText(store, `filler ${at}`, { userId: "v" });
  return { message: message.id, fact: fact.id };
}

describe("query plans", () => {
  it("adds, changes and searches by indexes alone, so that cost does not grow with the store", async () => {
    const { message, fact } = await fill();
    const scope = { userId: "u", agentId: "a", appId: "p", runId: "r" };
    await store.getMemories([message, fact]);
    await store.getHistory(fact);
    await store.readIdempotent("k");
    await store.resolveExternalIds([{ source: "s", instance: "i", id: "1" }]);
    for (const saidAt of [null, START])
      await store.findReplay(
        scope,
        ["roses in the garden", "x"].map((text) => ({
          role: "user",
          name: null,
          text,
          attachments: null,
          identity: text,
          saidAt,
        })),
      );
    await store.readSessionTail(scope, START + 1e9, 4);
    await store.findReconcileCandidates({
      userId: "u",
      agentId: "a",
      appId: "p",
      identities: ["grows roses"],
      attributes: [{ subject: "user", attribute: "hobby" }],
      terms: [["rose"]],
    });
    const partition = await store.readPartition("u");
    const turns = await store.readTurns(partition, 0);
    const passages = turns.map(({ passage }) => passage);
    await store.readInactive(partition);
    await store.readStates(
      partition,
      turns.map(({ memory }) => memory),
    );
    await store.readAllowed({
      partition,
      filter: condition({ kind: "scope", key: "agentId" }, { operator: "eq", value: "a" }),
      today: "2025-01-01",
    });
    const vector = vectorOf("roses") ?? new Float32Array(SPACE.dimensions);
    const allowed = new Set(turns.map(({ memory }) => memory));
    for (const narrow of [{}, { allowed }]) {
      await store.searchTerms({ partition, terms: ["rose"], limit: 5, ...narrow });
      await store.searchVectors({ partition, space: SPACE.key, vector, limit: 5, ...narrow });
      await store.searchVectors({
        partition: await store.readPartition("v"),
        space: SPACE.key,
        vector,
        limit: 5,
        ...narrow,
      });
    }
    await store.readVectors(partition, SPACE.key, -1);
    await store.documentFrequencies(partition, ["rose"]);
    await store.readTurnWindows(partition, passages, 4);
    await store.similarities(SPACE.key, vector, passages);
    await store.memoriesOfPassages(passages);
    await store.findMentions(partition, ["rose"], 5);
    await store.findInWindow(partition, START, START + 1e9, 5);
    await store.findStands(turns.map(({ memory }) => memory));
    await store.findChains(turns.map(({ memory }) => memory));
    await store.countPassages(message);
    for (const order of ["said-ascending", "said-descending"] as const) {
      for (const kinds of [{}, { kinds: ["fact"] as const }]) {
        const page = await store.listMemories({ userIds: ["u"], order, limit: 1, withTotal: true, ...kinds });
        if (page.next !== null)
          await store.listMemories({ userIds: ["u"], order, limit: 1, cursor: page.next, ...kinds });
      }
    }
    await store.graph.listEntities({ scope: { userId: "u" }, now: START, limit: 5 });
    await store.jobs.claim(["x"], START + 1, START);
    const { passages: units } = await newMemory(recordOf("tulips", { userId: "u" }));
    await applyTo(store, "u", {
      patch: [
        {
          id: fact,
          changes: { text: "tulips", state: "superseded" },
          identity: "tulips",
          passages: units,
          mentions: [],
          event: "UPDATE",
          actor: "user",
          reason: "",
        },
      ],
    });
    expect(fullScans()).toEqual([]);
  });

  it("exports, imports and purges by indexes alone", async () => {
    const { message, fact } = await fill();
    const entries = await readExport(store, { userIds: ["u"], kinds: ["fact"] });
    await readExport(store);
    await store.importMemories(await toImport(entries), { id: "import-1", kind: "import" });
    await store.purge([message, fact], START);
    expect(fullScans()).toEqual([]);
  });
});
