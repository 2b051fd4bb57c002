import type { ExtractedFact } from "../domain/extracted-fact.ts";
import type { HistoryEvent } from "../domain/history.ts";
import type { AttributeValue, MemoryRecord, MemoryState, Source } from "../domain/memory.ts";

export type ReconcileAction = "ADD" | "UPDATE" | "MERGE" | "SUPERSEDE" | "NONE";

export interface IncomingFact extends ExtractedFact {
  /** The id that the memory gets when the fact is added. */
  readonly id: string;
  readonly saidAt: number;
  /** When its message was stored. Left out: just now, so that it is newer than every deletion. */
  readonly storedAt?: number;
  /** False when its words are not in its spans: it is kept, and changes nothing. Default true. */
  readonly isVerified?: boolean;
  /** True: nobody whose word counts said it, so somebody has to look at it first. Then it is not verified. */
  readonly isHeld?: boolean;
}

/** Why something that waits for review was stored. */
export const HELD_REASON = "held for review: nobody whose word counts said it";

export interface ExistingMemory extends MemoryRecord {
  /** When each of its sources was said. Left out: only at `saidAt`. Places restatements in time. */
  readonly statedAt?: readonly number[];
}

export interface ReconcileInput {
  /** In the order in which they were said; each sees the ones before it. */
  readonly incoming: readonly IncomingFact[];
  /** Candidates in all states, in any order: same attribute key, same identity, near in words. */
  readonly existing: readonly ExistingMemory[];
  readonly now: number;
}

/** How the fact is stored when it becomes a memory of its own. */
export interface AddedMemory {
  readonly state: Extract<MemoryState, "active" | "superseded">;
  readonly validFrom?: number;
  readonly validTo?: number;
  readonly replacedBy?: string;
  readonly conflictsWith: readonly string[];
  /** Replaces the extractor's; left out: the fact fills no slot. */
  readonly attribute?: AttributeValue;
}

/** Fields to set on a memory; `null` clears. Structurally a part of the store's `MemoryChanges`. */
export interface ReconcileChanges {
  readonly text?: string;
  readonly state?: MemoryState;
  readonly validFrom?: number;
  readonly validTo?: number;
  readonly retractedAt?: number;
  readonly replacedBy?: string;
  /** The whole list, not an addition. */
  readonly conflictsWith?: readonly string[];
  readonly confidence?: number;
  readonly addSources?: readonly Source[];
}

/** A change of a memory that exists, or that an earlier decision of the same plan adds. */
export interface ReconcilePatch {
  readonly id: string;
  readonly changes: ReconcileChanges;
  /** The history row to write; `null` when only evidence or links were added. */
  readonly event: HistoryEvent | null;
  readonly reason: string;
}

export interface ReconcileDecision {
  /** ADD and SUPERSEDE store the fact; UPDATE and MERGE change a memory in its place; NONE adds evidence at most. */
  readonly action: ReconcileAction;
  readonly reason: string;
  readonly factId: string;
  /** The memories that the decision is about: duplicates, superseded ones, the survivor, the other side of a conflict. */
  readonly targetIds: readonly string[];
  readonly memory?: AddedMemory;
  readonly patches: readonly ReconcilePatch[];
}

export interface ReconcilePlan {
  readonly decisions: readonly ReconcileDecision[];
}

/** A memory as reconcile sees it while it plans. */
export interface Draft {
  readonly record: MemoryRecord;
  readonly statedAt: readonly number[];
}

export function draftOf(existing: ExistingMemory): Draft {
  const { statedAt, ...record } = existing;
  return { record, statedAt: statedAt ?? [record.saidAt] };
}

/** The record after a patch, without what only the store knows (`updatedAt`, history). */
export function applyChanges(record: MemoryRecord, { addSources, ...changes }: ReconcileChanges): MemoryRecord {
  const sources = addSources === undefined ? record.sources : [...record.sources, ...addSources];
  return { ...record, ...changes, sources };
}

/** The record that a fact becomes. Scope and metadata are the caller's to fill. */
export function draftRecord(fact: IncomingFact, memory: AddedMemory, now: number): MemoryRecord {
  return {
    id: fact.id,
    kind: fact.kind,
    text: fact.text,
    scope: {},
    role: fact.attributedTo,
    metadata: {},
    categories: fact.categories,
    isVerified: fact.isVerified ?? true,
    isImmutable: false,
    saidAt: fact.saidAt,
    createdAt: now,
    updatedAt: now,
    sources: fact.sources,
    confidence: fact.confidence,
    ...(fact.name === undefined ? {} : { name: fact.name }),
    ...(fact.granularity === undefined ? {} : { granularity: fact.granularity }),
    ...(fact.language === undefined ? {} : { language: fact.language }),
    ...memory,
  };
}

/** Sources that the record does not have yet. */
export function newSources(record: MemoryRecord, sources: readonly Source[]): readonly Source[] {
  const known = new Set(record.sources.map(sourceKey));
  return sources.filter((source) => !known.has(sourceKey(source)));
}

function sourceKey(source: Source): string {
  return `${source.messageId} ${source.spans.map((span) => `${span.start}-${span.end}`).join(",")}`;
}
