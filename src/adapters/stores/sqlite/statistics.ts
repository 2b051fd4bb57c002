import { MEMORY_KINDS, MEMORY_STATES } from "../../../domain/memory.ts";
import type { MemoryKind, MemoryState } from "../../../domain/memory.ts";
import type { StoreStatistics } from "../../../ports/memory-store.ts";
import type { SqliteDriver } from "./driver.ts";
import { countQueued } from "./extraction-queue.ts";
import { vectorNumberSql } from "./vector-schema.ts";

/** Passage numbers stay below 2^53. */
const LAST_PASSAGE = String(2n ** 53n - 1n);

export function readStatistics(driver: SqliteDriver, activeSpace: number | null): StoreStatistics {
  const count = (sql: string, ...parameters: (string | number)[]): number =>
    Number(driver.get(sql, ...parameters)?.["n"] ?? 0);
  const memories = Object.fromEntries(
    MEMORY_KINDS.map((kind) => [kind, Object.fromEntries(MEMORY_STATES.map((state) => [state, 0]))]),
  ) as Record<MemoryKind, Record<MemoryState, number>>;
  for (const row of driver.all("SELECT kind, state, count(*) AS n FROM memories GROUP BY kind, state")) {
    memories[row["kind"] as MemoryKind][row["state"] as MemoryState] = Number(row["n"]);
  }
  const vectors: Record<string, number> = {};
  for (const row of driver.all(
    `SELECT s.key, (SELECT count(*) FROM vectors v WHERE v.vector_no BETWEEN ${vectorNumberSql("s.space_no", "0")} AND ${vectorNumberSql("s.space_no", LAST_PASSAGE)}) AS n FROM spaces s`,
  )) {
    vectors[String(row["key"])] = Number(row["n"]);
  }
  const passages = count("SELECT count(*) AS n FROM passages");
  const embedded =
    activeSpace === null
      ? passages
      : count(
          `SELECT count(*) AS n FROM vectors WHERE vector_no BETWEEN ${vectorNumberSql("?1", "0")} AND ${vectorNumberSql("?1", LAST_PASSAGE)}`,
          activeSpace,
        ) + count("SELECT count(*) AS n FROM unembeddable WHERE space_no = ?", activeSpace);
  const pageCount = Number(driver.get("PRAGMA page_count")?.["page_count"]);
  const pageSize = Number(driver.get("PRAGMA page_size")?.["page_size"]);
  const jobs = (state: string): number => count("SELECT count(*) AS n FROM jobs WHERE state = ?", state);
  return {
    memories,
    users: count("SELECT count(*) AS n FROM partitions WHERE user_id IS NOT NULL"),
    passages,
    history: count("SELECT count(*) AS n FROM history"),
    entities: count("SELECT count(*) AS n FROM entities"),
    vectors,
    pendingExtraction: countQueued(driver),
    pendingVectors: Math.max(0, passages - embedded),
    jobs: { pending: jobs("pending"), running: jobs("running"), failed: jobs("failed") },
    bytes: pageCount * pageSize,
  };
}
