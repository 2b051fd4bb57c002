import type { Mention } from "../../domain/entity.ts";
import type { AttributeValue, MemoryKind, MemoryState, TimeGranularity } from "../../domain/memory.ts";

/** A memory as another system keeps it, in one shape for all that is read of it. */
export interface ForeignMemory {
  /** In the other system; "" where it gave none. */
  readonly id: string;
  readonly text: string;
  readonly userId?: unknown;
  readonly agentId?: unknown;
  readonly appId?: unknown;
  readonly runId?: unknown;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly categories: readonly string[];
  /** Epoch milliseconds; null where it says nothing that is a time. */
  readonly createdAt: number | null;
  readonly updatedAt: number | null;
  /** YYYY-MM-DD. */
  readonly expirationDate: string | null;
  readonly role: string | null;
  /** Who said it. */
  readonly name: string | null;
  readonly isProcedure: boolean;
  /** Id of the memory that took its place. */
  readonly replacedBy: string | null;
  readonly changes: readonly ForeignChange[];
  /** Left out: a fact, or a procedure. */
  readonly kind?: MemoryKind;
  /** Left out: active, or superseded where `replacedBy` names a memory of the same source. */
  readonly state?: MemoryState;
  readonly mentions?: readonly Mention[];
  /** When it was true in the world, epoch milliseconds. */
  readonly validFrom?: number;
  readonly validTo?: number;
  readonly granularity?: TimeGranularity;
  /** The slot that it fills: relations of the graph follow from it. */
  readonly attribute?: AttributeValue;
  /** It does not fade. */
  readonly isPinned?: boolean;
  /** 0 to 1; left out: 1. */
  readonly confidence?: number;
}

/** What most systems leave out. */
export const EMPTY_MEMORY: ForeignMemory = {
  id: "",
  text: "",
  metadata: {},
  categories: [],
  createdAt: null,
  updatedAt: null,
  expirationDate: null,
  role: null,
  name: null,
  isProcedure: false,
  replacedBy: null,
  changes: [],
};

export interface ForeignChange {
  readonly event: string;
  readonly previousText: string | null;
  readonly newText: string | null;
  readonly at: number | null;
}

export interface SkippedRow {
  /** Where it stands or what it is called; never its text. */
  readonly row: string;
  readonly reason: string;
}

/** What was read of one source. */
export interface ForeignSource {
  /** Of what kind the source is, for the report: "Qdrant folder". */
  readonly what: string;
  /** Keeps ids of different places apart: "platform", "oss", a host. */
  readonly instance: string;
  /** All of them, or one after the other: then `skipped` and `notes` are whole when the last was taken. */
  readonly memories: Iterable<ForeignMemory> | AsyncIterable<ForeignMemory>;
  readonly skipped: readonly SkippedRow[];
  /** What else is worth knowing. */
  readonly notes: readonly string[];
}
