import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { MemoryRecord } from "../../../domain/memory.ts";
import type { NewMemory } from "../../../ports/memory-store.ts";
import { openDatabase } from "./open-database.ts";
import type { SqliteDriver } from "./driver.ts";
import { partitionRange } from "./read-memories.ts";
import { SqliteStore } from "./sqlite-store.ts";
import { COUNT_CAP, TermPostings } from "./term-postings.ts";

const WORDS = ["rose", "tulip", "lily", "c++", "straße", "oak's", "elm", "ash"];

/** One process writes, another keeps what it read. */
let folder: string;
let writer: SqliteStore;
let reader: SqliteDriver;
let postings: TermPostings;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "term-postings-"));
  const path = join(folder, "memory.db");
  writer = new SqliteStore({ path });
  await writer.open();
  reader = openDatabase({ path });
  postings = new TermPostings(reader);
});

afterEach(async () => {
  reader.close();
  await writer.close();
  await rm(folder, { recursive: true });
});

describe("TermPostings", () => {
  it("ranks as the text index does, also after others wrote, changed and purged", async () => {
    await add("ana", 0, 400);
    expect(await differences("ana")).toEqual([]);
    await add("ana", 400, 20);
    expect(await differences("ana")).toEqual([]);
    await add("ben", 0, 30);
    expect(await differences("ana")).toEqual([]);
    await add("ana", 420, 3);
    await add("ben", 30, 5);
    expect(await differences("ana")).toEqual([]);
    await change("ana-7", "rose rose rose lily");
    expect(await differences("ana")).toEqual([]);
    await change("ana-421", "elm");
    await add("ana", 423, 1);
    expect(await differences("ana")).toEqual([]);
    await writer.purge(["ana-7", "ana-8"], 5);
    expect(await differences("ana")).toEqual([]);
    await writer.reset();
    await add("ana", 0, 50);
    expect(await differences("ana")).toEqual([]);
  });

  it("leaves a partition that is a small part of the file to the text index", async () => {
    await add("ana", 0, 20);
    await add("ben", 0, 60);
    const partition = await writer.readPartition("ana");
    expect(postings.best(partition, ["rose"], 5)).toBeUndefined();
    expect(postings.count(partition, "rose")).toBe(countOf(partition.number, "rose"));
  });

  it("leaves terms that the tokenizer would cut to the text index", async () => {
    await add("ana", 0, 20);
    const partition = await writer.readPartition("ana");
    expect(postings.best(partition, ["rose", "Tulip"], 5)).toBeUndefined();
    expect(postings.best(partition, ["two words"], 5)).toBeUndefined();
  });

  it("counts up to its limit only", async () => {
    await add("ana", 0, COUNT_CAP + 50, () => "common");
    const partition = await writer.readPartition("ana");
    expect(postings.count(partition, "common")).toBe(COUNT_CAP);
    expect(postings.count(partition, "rare")).toBe(0);
  });
});

/** Where the text index ranks or counts otherwise. */
async function differences(userId: string): Promise<unknown[]> {
  const partition = await writer.readPartition(userId);
  postings.follow(partition);
  const found: unknown[] = [];
  const note = (ours: unknown, theirs: unknown): void => {
    if (JSON.stringify(ours) !== JSON.stringify(theirs)) found.push({ ours, theirs });
  };
  for (const terms of [["rose"], ["lily", "c++"], ["oak's", "straße", "elm"], WORDS]) {
    for (const limit of [5, 60]) note(postings.best(partition, terms, limit), ranked(partition.number, terms, limit));
    for (const term of terms) note(postings.count(partition, term), countOf(partition.number, term));
  }
  return found;
}

function ranked(partition: number, terms: readonly string[], limit: number): number[] {
  const [first, last] = partitionRange(partition);
  const match = `terms : (${terms.map((term) => `"${term}"`).join(" OR ")})`;
  return reader
    .all(
      `SELECT rowid FROM text_index WHERE text_index MATCH ? AND rowid BETWEEN ? AND ?
       ORDER BY bm25(text_index, 1.0, 0.0) LIMIT ?`,
      match,
      BigInt(first),
      BigInt(last),
      limit,
    )
    .map((row) => Number(row["rowid"]));
}

function countOf(partition: number, term: string): number {
  const [first, last] = partitionRange(partition);
  const sql = "SELECT count(*) AS n FROM text_index WHERE text_index MATCH ? AND rowid BETWEEN ? AND ?";
  return Number(reader.get(sql, `terms : "${term}"`, BigInt(first), BigInt(last))?.["n"]);
}

/** Some of the words, some of them twice, and words of its own. */
function textOf(number: number): string {
  const words = WORDS.filter((_, place) => (number * 7 + place * place * 3) % (place + 2) === 0);
  return [
    ...words,
    ...(number % 5 === 0 ? words.slice(0, 2) : []),
    ...(number % 3 === 0 ? ["own", `n${number}`] : []),
  ].join(" ");
}

async function add(
  userId: string,
  from: number,
  count: number,
  text: (number: number) => string = textOf,
): Promise<void> {
  const memories = Array.from({ length: count }, (_, at) =>
    memoryOf(`${userId}-${from + at}`, userId, text(from + at)),
  );
  await writer.apply({ userId, at: 1, add: memories });
}

async function change(id: string, terms: string): Promise<void> {
  const userId = id.split("-")[0] as string;
  await writer.apply({
    userId,
    at: 2,
    patch: [
      {
        id,
        identity: terms,
        changes: { text: terms },
        event: "UPDATE",
        actor: "user",
        reason: "test",
        passages: [passageOf(terms)],
      },
    ],
  });
}

function passageOf(terms: string): NewMemory["passages"][number] {
  return {
    start: 0,
    end: terms.length,
    terms,
    dateTerms: terms.length % 2 === 0 ? "8 may" : "",
    termCount: terms.split(" ").length,
    isQuestion: false,
    hasTimeExpression: false,
    vectors: new Map(),
  };
}

function memoryOf(id: string, userId: string, text: string): NewMemory {
  const record: MemoryRecord = {
    id,
    kind: "fact",
    text,
    scope: { userId },
    metadata: {},
    categories: [],
    state: "active",
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
    identity: text,
    isTurn: false,
    passages: [passageOf(text)],
    mentions: [],
    event: "ADD",
    actor: "user",
    reason: "test",
  };
}
