import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { z } from "zod";
import { invalidInput, MemoryError } from "../../errors.ts";
import { takeLock } from "../process-lock.ts";
import type { OwnerIds } from "../store/store.ts";
import { readText, writeText } from "../wiring/write-file.ts";

/** What was known of a memory when it was last synchronised. */
export interface Known {
  clock: Record<string, number>;
  /** Null: deleted. */
  dot: { replica: string; number: number } | null;
  at: number;
  /** Of the content that was there then; a hash, no text. */
  digest: string | null;
}

export interface ReplicaState {
  replica: string;
  known: Record<string, Known>;
}

export interface ScopeState extends ReplicaState {
  /** Where it was shared last. */
  place?: string | undefined;
  places: Record<string, ReplicaState>;
}

export interface SyncState {
  version: 1;
  scopes: Record<string, ScopeState>;
}

const known: z.ZodType<Known> = z.object({
  clock: z.record(z.string(), z.number()),
  dot: z.object({ replica: z.string(), number: z.number() }).nullable(),
  at: z.number(),
  digest: z.string().nullable(),
});
const replicaShape = { replica: z.string(), known: z.record(z.string(), known) };
const scope: z.ZodType<ScopeState> = z.object({
  ...replicaShape,
  place: z.string().optional(),
  places: z.record(z.string(), z.object(replicaShape)),
});
const state: z.ZodType<SyncState> = z.object({
  version: z.literal(1),
  scopes: z.record(z.string(), scope),
});

function statePath(folder: string): string {
  return join(folder, "sync.json");
}

/** @throws MemoryError `invalid_input` for a damaged file. */
export function readSyncState(folder: string): SyncState {
  const path = statePath(folder);
  const text = readText(path);
  if (text === null) return { version: 1, scopes: {} };
  try {
    return state.parse(JSON.parse(text));
  } catch (error) {
    throw invalidInput(
      `${path}, what was synchronised when, cannot be read: ${(error as Error).message}. Remove it: nothing is lost, but changes made on both sides since then are kept twice.`,
    );
  }
}

export function writeSyncState(folder: string, next: SyncState): void {
  const path = statePath(folder);
  writeText(path, `${JSON.stringify(next)}\n`, readText(path), 0o600);
}

export function newReplica(): ReplicaState {
  return { replica: randomUUID(), known: {} };
}

export function scopeState(whole: SyncState, owner: OwnerIds): ScopeState {
  const key = JSON.stringify(Object.entries(owner).toSorted());
  return (whole.scopes[key] ??= { ...newReplica(), places: {} });
}

/**
 * One sync of a file at a time.
 * @returns what ends it.
 * @throws MemoryError `conflict` while another one runs.
 */
export function lockSync(folder: string): () => void {
  const path = join(folder, "sync.lock");
  const release = takeLock(path);
  if (release === undefined)
    throw new MemoryError("conflict", `Another sync of this file runs (${path}). Try again when it is done.`, {
      retryable: true,
    });
  return release;
}
