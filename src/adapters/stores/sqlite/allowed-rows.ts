import { LRUCache } from "lru-cache";
import type { Filter } from "../../../domain/filter.ts";
import type { MemoryReference, SearchSelection } from "../../../ports/memory-store.ts";
import type { SqliteDriver } from "./driver.ts";
import { MEMORY_FILTER_COLUMNS } from "./filter-columns.ts";
import { compileFilter } from "./filter-sql.ts";
import type { CompiledFilter } from "./filter-sql.ts";
import { partitionRange } from "./read-memories.ts";
import type { StoreAccess } from "./store-access.ts";

/** Rows looked at in one statement: a filter over a large partition must not hold the event loop. */
const WINDOW = 20_000;
/** References that are kept for the next search with the same filter: a few megabytes. */
const KEPT = 300_000;

interface Kept {
  readonly version: number;
  /** The last row that was looked at. */
  readonly last: MemoryReference;
  readonly rows: Set<MemoryReference>;
}

/**
 * Which memories of a partition a filter lets through. The answer is kept: while memories are only added, the next
 * search with the same filter looks at the new ones alone, and a change of any row makes it look at all again.
 */
export class AllowedRows {
  readonly #read: StoreAccess["read"];
  readonly #kept = new LRUCache<string, Kept>({ maxSize: KEPT, sizeCalculation: ({ rows }) => rows.size + 1 });

  constructor({ read }: Pick<StoreAccess, "read">) {
    this.#read = read;
  }

  /** After a reset partitions and rows begin anew. */
  forget(): void {
    this.#kept.clear();
  }

  async read({ partition, filter, today }: SearchSelection): Promise<ReadonlySet<MemoryReference>> {
    const key = JSON.stringify([partition.number, filter ?? null]);
    const known = this.#kept.get(key);
    const isCurrent = known !== undefined && partition.patchVersion <= known.version;
    const rows = isCurrent ? known.rows : new Set<MemoryReference>();
    if (!isCurrent || known.version < partition.version) {
      const from = isCurrent ? known.last : partitionRange(partition.number)[0] - 1;
      const last = await this.#scan(partition.number, filter, from, rows);
      this.#kept.set(key, { version: partition.version, last, rows });
    }
    return today === undefined ? rows : this.#withoutExpired(rows, partition.number, today);
  }

  /** Adds what fits among the rows behind `from`. @returns the last row there is. */
  async #scan(
    partition: number,
    filter: Filter | undefined,
    from: MemoryReference,
    into: Set<MemoryReference>,
  ): Promise<MemoryReference> {
    const end = partitionRange(partition)[1];
    const newest = await this.#read((driver) =>
      Number(
        driver.get("SELECT max(rid) AS last FROM memories WHERE rid BETWEEN ? AND ?", from + 1, end)?.["last"] ?? from,
      ),
    );
    const compiled = filter === undefined ? undefined : compileFilter(filter, MEMORY_FILTER_COLUMNS);
    const index = indexFor(filter);
    for (let first = from + 1; first <= newest; first += WINDOW) {
      const last = Math.min(first + WINDOW - 1, newest);
      await this.#read((driver) => addFitting(driver, { first, last, compiled, index }, into));
    }
    return newest;
  }

  async #withoutExpired(
    rows: ReadonlySet<MemoryReference>,
    partition: number,
    today: string,
  ): Promise<ReadonlySet<MemoryReference>> {
    const expired = await this.#read((driver) =>
      driver.arrays(
        "SELECT rid FROM memories WHERE partition_no = ? AND expiration_date IS NOT NULL AND expiration_date < ?",
        partition,
        today,
      ),
    );
    if (expired.length === 0) return rows;
    const left = new Set(rows);
    for (const [rid] of expired) left.delete(Number(rid));
    return left;
  }
}

interface Window {
  readonly first: MemoryReference;
  readonly last: MemoryReference;
  readonly compiled: CompiledFilter | undefined;
  readonly index: string;
}

function addFitting(driver: SqliteDriver, { first, last, compiled, index }: Window, into: Set<MemoryReference>): void {
  // The range stands for the partition: with an id's number it is all that its index has to look at.
  const fits = compiled === undefined ? "" : ` AND ${compiled.sql}`;
  const found = driver.arrays(
    `SELECT m.rid FROM memories m${index} WHERE m.rid BETWEEN ? AND ?${fits}`,
    first,
    last,
    ...(compiled?.parameters ?? []),
  );
  for (const [rid] of found) into.add(Number(rid));
}

/** The index of an id that every row must have; the planner would rather read all rows of the partition. */
function indexFor(filter: Filter | undefined): string {
  const parts = filter?.type === "and" ? filter.filters : filter === undefined ? [] : [filter];
  const rarest = (["runId", "appId", "agentId"] as const).find((key) => parts.some((part) => names(part, key)));
  return rarest === undefined ? "" : ` INDEXED BY memories_${rarest.slice(0, -"Id".length)}`;
}

function names(part: Filter, key: "runId" | "appId" | "agentId"): boolean {
  if (part.type !== "condition" || part.field.kind !== "scope" || part.field.key !== key) return false;
  if (part.operator === "eq") return typeof part.value === "string";
  return part.operator === "in" && part.value.length > 0 && part.value.every((value) => typeof value === "string");
}
