export type HistoryEvent = "ADD" | "UPDATE" | "MERGE" | "SUPERSEDE" | "DELETE" | "RESTORE" | "PURGE" | "FEEDBACK";

/** One change of one memory. Append-only; each row carries the hash of the one before. */
export interface HistoryRow {
  readonly id: string;
  readonly memoryId: string;
  /** 1 for the first row of a memory, then without gaps. */
  readonly version: number;
  readonly event: HistoryEvent;
  readonly previousText: string | null;
  readonly newText: string | null;
  /** Who did it: "user", "extractor:rules", "reconcile", an API key's name. */
  readonly actor: string;
  readonly reason: string;
  readonly at: number;
  /** Hex SHA-256 over the previous row's hash and this row's content hash. */
  readonly hash: string;
}
