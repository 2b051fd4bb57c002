import type { Principal } from "./control/keys.ts";

/** One request: what was called and how it ended, no word of its content. */
export interface RequestRow {
  readonly id: string;
  readonly method: string;
  /** The route's pattern: ids in a path may name people. */
  readonly path: string;
  readonly operation: string;
  readonly statusCode: number;
  readonly latencyMs: number;
  readonly keyId: string;
  readonly orgId: string;
  readonly projectId: string | null;
  readonly createdAt: number;
}

/** The last requests of each organisation, in memory: a log that cannot grow, gone with the process. */
export class RecentRequests {
  readonly #capacity: number;
  readonly #rows = new Map<string, RequestRow[]>();

  constructor(capacity = 1_000) {
    this.#capacity = capacity;
  }

  /** Requests without a key belong to nobody and are left out. */
  note(row: RequestRow): void {
    if (row.orgId === "") return;
    const rows = this.#rows.get(row.orgId) ?? [];
    rows.push(row);
    if (rows.length >= this.#capacity * 2) rows.splice(0, rows.length - this.#capacity);
    this.#rows.set(row.orgId, rows);
  }

  /** Newest first, those that the caller's key may know of. */
  list({ orgId, projectId }: Principal, limit: number): readonly RequestRow[] {
    return (this.#rows.get(orgId) ?? [])
      .filter((row) => projectId === null || row.projectId === projectId)
      .slice(-Math.min(limit, this.#capacity))
      .toReversed();
  }
}
