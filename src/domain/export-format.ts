import type { BatchKind } from "./batch.ts";
import type { CheckMark } from "./check-mark.ts";
import type { AccessTimes } from "./decay.ts";
import type { Mention } from "./entity.ts";
import type { RelationStatement } from "./relation.ts";
import type { Filter } from "./filter.ts";
import type { ChainedRow } from "./history-chain.ts";
import type { MemoryKind, MemoryRecord, MemoryState, Source, Span } from "./memory.ts";

/** Written in the first line of an export; described in docs/export-format.md. */
export const EXPORT_FORMAT = "recollect-export";
export const EXPORT_VERSION = 1;

export interface ExternalId {
  readonly source: string;
  readonly instance: string;
  readonly id: string;
}

/** A history row without what its memory's line says already. */
export type ExportedHistoryRow = Omit<ChainedRow, "id" | "memoryId">;

/** A memory with everything that belongs to it. `record.sources` are messages that come before it. */
export interface ExportedMemory {
  readonly record: MemoryRecord;
  /** True for messages and direct imports, which take part in neighbour scoring. */
  readonly isTurn: boolean;
  /** Non-text content parts, JSON. */
  readonly attachments: string | null;
  readonly mentions: readonly Mention[];
  /** A language model's relations; all others follow from the record. Left out when there are none. */
  readonly relations?: readonly RelationStatement[] | undefined;
  readonly externalIds: readonly ExternalId[];
  readonly history: readonly ExportedHistoryRow[];
  /** Of a message: parts that stay hidden, because what rested on them was purged. Left out when there are none. */
  readonly hidden?: readonly Span[] | undefined;
  /** When it was used, where decay is on. */
  readonly accesses?: AccessTimes | undefined;
}

export interface ExportedLinks {
  /** Of a pattern, and of what was said to be derived: ids of what it tells of. */
  readonly restsOn?: readonly string[] | undefined;
  /** Why it needs a check. */
  readonly checks?: readonly Omit<CheckMark, "replacedBy">[] | undefined;
}

export interface ExportedBatch {
  readonly id: string;
  readonly kind: BatchKind;
  readonly at: number;
  readonly changes: readonly ExportedChange[];
}

export interface ExportedChange {
  readonly memoryId: string;
  /** Versions of the memory's history before and after; 0: it was not there. */
  readonly versionBefore: number;
  readonly versionAfter: number;
  /** What it was, without its text: that stands in its history. */
  readonly before: Readonly<Record<string, string | number | boolean | null | readonly string[]>>;
  /** Left out when it was not taken back. */
  readonly isUndone?: true | undefined;
}

/** What an export is made of, in the order in which an import must read it. */
export type ExportEntry =
  | ({ readonly type: "memory" } & ExportedMemory)
  /** Sources of an earlier memory that came after it. */
  | { readonly type: "sources"; readonly memoryId: string; readonly sources: readonly Source[] }
  /** What an earlier memory rests on, and what has changed of its ground; among the memories of the export. */
  | ({ readonly type: "links"; readonly memoryId: string } & ExportedLinks)
  /** What a batch changed, some of it: lines with one id are one batch. */
  | ({ readonly type: "batch" } & ExportedBatch)
  /** What is left of a purged memory. */
  | { readonly type: "purged"; readonly memoryId: string; readonly history: readonly ExportedHistoryRow[] };

export interface ManifestLine {
  readonly type: "manifest";
  readonly format: typeof EXPORT_FORMAT;
  readonly version: number;
  readonly createdBy: "recollect";
  readonly scope: ExportScope;
}

export interface ExportScope {
  /** `"all"`: the whole store, or everybody's part of it that the filter selects. */
  readonly userIds: readonly (string | null)[] | "all";
  readonly filter: Filter | null;
  readonly kinds: readonly MemoryKind[] | null;
  readonly states: readonly MemoryState[] | null;
}

export interface EndLine {
  readonly type: "end";
  readonly memories: number;
  readonly purged: number;
  /** Hex SHA-256 over the UTF-8 bytes of every line before this one, line feeds included. */
  readonly sha256: string;
}

export type ExportLine = ManifestLine | ExportEntry | EndLine;

/** One line of a file that is imported, checked on its own. */
export interface NumberedLine {
  /** From 1. */
  readonly number: number;
  readonly line: ExportLine;
  /** As read, line feed included: what the file's hash is taken over. */
  readonly raw: string;
}
