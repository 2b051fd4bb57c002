import { createHash } from "node:crypto";
import type { ExportEntry } from "../../src/domain/export-format.ts";
import type { MemoryRecord } from "../../src/domain/memory.ts";
import type { Scope } from "../../src/domain/scope.ts";
import type { Embedder, EmbeddingSpace } from "../../src/ports/embedder.ts";
import { buildPassages } from "../../src/operations/build-passages.ts";
import type { ChangeSet, ImportEntry, MemoryStore, NewMemory } from "../../src/ports/memory-store.ts";

export const SPACE: EmbeddingSpace = {
  key: "test/words/16",
  provider: "test",
  model: "words",
  dimensions: 16,
  background: { mean: 0, deviation: 0.25 },
  weight: 1,
};

/** Texts with the same words are near one another; a text of digits alone has no vector. */
export const wordEmbedder: Embedder = {
  space: SPACE,
  maxBatchSize: 64,
  embed: (texts) => Promise.resolve(texts.map(vectorOf)),
};

export function vectorOf(text: string): Float32Array | null {
  const words = text.toLowerCase().match(/\p{L}+/gu);
  if (words === null) return null;
  const vector = new Float32Array(SPACE.dimensions);
  for (const word of words) {
    const bytes = createHash("sha256").update(word).digest();
    for (let at = 0; at < vector.length; at += 1) vector[at] = (vector[at] ?? 0) + (bytes[at] ?? 0) - 127.5;
  }
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}

/** A fixed moment; records are a second apart. */
export const START = Date.UTC(2025, 0, 1);

let serial = 0;

/** A UUIDv7-like id: unique in a test run, ordered. */
export function nextId(): string {
  serial += 1;
  return `01900000-0000-7000-8000-${serial.toString(16).padStart(12, "0")}`;
}

export function recordOf(text: string, scope: Scope, changes: Partial<MemoryRecord> = {}): MemoryRecord {
  const at = changes.saidAt ?? START + serial * 1000;
  return {
    id: nextId(),
    kind: "message",
    text,
    scope,
    role: "user",
    metadata: {},
    categories: [],
    state: "active",
    isVerified: true,
    isImmutable: false,
    saidAt: at,
    createdAt: at,
    updatedAt: at,
    conflictsWith: [],
    sources: [],
    confidence: 1,
    ...changes,
  };
}

export async function newMemory(record: MemoryRecord, changes: Partial<NewMemory> = {}): Promise<NewMemory> {
  const [passages = []] = await buildPassages(
    [{ text: record.text, date: record.saidAt, language: record.language }],
    wordEmbedder,
  );
  return {
    record,
    identity: record.text,
    isTurn: record.kind === "message",
    passages,
    mentions: [],
    event: "ADD",
    actor: record.role ?? "user",
    reason: "said",
    ...changes,
  };
}

export async function addRecord(
  store: MemoryStore,
  record: MemoryRecord,
  changes: Partial<NewMemory> = {},
): Promise<MemoryRecord> {
  await applyTo(store, record.scope.userId ?? null, { add: [await newMemory(record, changes)] });
  return record;
}

export async function addText(
  store: MemoryStore,
  text: string,
  scope: Scope,
  changes: Partial<MemoryRecord> = {},
): Promise<MemoryRecord> {
  return addRecord(store, recordOf(text, scope, changes));
}

export async function applyTo(store: MemoryStore, userId: string | null, change: Partial<ChangeSet>): Promise<number> {
  const result = await store.apply({ userId, at: START + 1_000_000, ...change });
  if (result.status !== "applied") throw new Error("the change met a conflict");
  return result.version;
}

export async function readExport(
  store: MemoryStore,
  selection: Parameters<MemoryStore["exportMemories"]>[0] = { userIds: "all" },
): Promise<ExportEntry[]> {
  const entries: ExportEntry[] = [];
  for await (const entry of store.exportMemories(selection)) entries.push(entry);
  return entries;
}

export async function toImport(entries: readonly ExportEntry[]): Promise<ImportEntry[]> {
  return Promise.all(
    entries.map(async (entry) =>
      entry.type === "memory"
        ? { ...entry, identity: entry.record.text, passages: (await newMemory(entry.record)).passages }
        : entry,
    ),
  );
}
