import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { MemoryRecord } from "../../../domain/memory.ts";
import type { NewMemory } from "../../../ports/memory-store.ts";
import type { SqliteDriver } from "./driver.ts";
import { findChains } from "./find-chains.ts";
import { KeptChains } from "./kept-chains.ts";
import { openDatabase } from "./open-database.ts";
import { SqliteStore } from "./sqlite-store.ts";

/** One process writes, another keeps what it read. */
let folder: string;
let writer: SqliteStore;
let reader: SqliteDriver;
let chains: KeptChains;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "kept-chains-"));
  const path = join(folder, "memory.db");
  writer = new SqliteStore({ path });
  await writer.open();
  reader = openDatabase({ path });
  chains = new KeptChains(reader);
});

afterEach(async () => {
  reader.close();
  await writer.close();
  await rm(folder, { recursive: true });
});

describe("KeptChains", () => {
  it("gives the chains that hold now, whoever changed a memory since", async () => {
    await add(memoryOf("a", "b"), memoryOf("b", "c"), memoryOf("c"), memoryOf("d"));
    expect(lengths()).toEqual({ a: 3, b: 3, c: 3 });
    expect(isKept()).toBe(true);
    await add(memoryOf("e"));
    expect(lengths()).toEqual({ a: 3, b: 3, c: 3 });
    expect(isKept()).toBe(true);
    await replace("c", "e");
    expect(lengths()).toEqual({ a: 4, b: 4, c: 4, e: 4 });
    expect(isKept()).toBe(true);
    await writer.purge(["b"], 5);
    expect(lengths()).toEqual({ c: 2, e: 2 });
  });

  it("takes over what an import brings later: a replaced memory, and the one that replaced others", async () => {
    await add(memoryOf("a", "b"), memoryOf("d"));
    expect(lengths()).toEqual({});
    await add(memoryOf("b"));
    expect(lengths()).toEqual({ a: 2, b: 2 });
    await add(memoryOf("c", "b"));
    expect(lengths()).toEqual({ a: 3, b: 3, c: 3 });
  });
});

/** Of each memory how many members its chain has. */
function lengths(): Record<string, number> {
  const rows = reader.all("SELECT rid, id FROM memories ORDER BY rid");
  const found = chains.find(rows.map(({ rid }) => Number(rid)));
  const direct = findChains(
    { driver: reader },
    rows.map(({ rid }) => Number(rid)),
  );
  expect([...found]).toEqual([...direct]);
  return Object.fromEntries(
    rows.flatMap(({ rid, id }) => {
      const chain = found.get(Number(rid));
      return chain === undefined ? [] : [[String(id), chain.length]];
    }),
  );
}

/** Whether the same objects come again. */
function isKept(): boolean {
  const wanted = reader.all("SELECT rid FROM memories ORDER BY rid LIMIT 1").map(({ rid }) => Number(rid));
  return chains.find(wanted).get(wanted[0] ?? 0) === chains.find(wanted).get(wanted[0] ?? 0);
}

async function add(...memories: readonly NewMemory[]): Promise<void> {
  await writer.apply({ userId: "ana", at: 1, add: memories });
}

async function replace(id: string, replacedBy: string): Promise<void> {
  const changes = { state: "superseded", replacedBy } as const;
  await writer.apply({
    userId: "ana",
    at: 2,
    patch: [{ id, changes, event: "SUPERSEDE", actor: "user", reason: "test" }],
  });
}

function memoryOf(id: string, replacedBy?: string): NewMemory {
  const record: MemoryRecord = {
    id,
    kind: "fact",
    text: id,
    scope: { userId: "ana" },
    metadata: {},
    categories: [],
    state: replacedBy === undefined ? "active" : "superseded",
    ...(replacedBy === undefined ? {} : { replacedBy }),
    isVerified: true,
    isImmutable: false,
    saidAt: 1,
    createdAt: 1,
    updatedAt: 1,
    conflictsWith: [],
    sources: [],
    confidence: 1,
  };
  return {
    record,
    identity: id,
    isTurn: false,
    passages: [],
    mentions: [],
    event: "ADD",
    actor: "user",
    reason: "test",
  };
}
