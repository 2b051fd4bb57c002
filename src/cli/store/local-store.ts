import { toSnakeCase } from "../../client/change-case.ts";
import type {
  AddOptions,
  ContextOptions,
  DigestOptions,
  GetAllOptions,
  MessageInput,
  SearchOptions,
  TimelineOptions,
  UpdateOptions,
} from "../../index.ts";
import type { MoveOptions } from "../../api/method-options.ts";
import type { MemoryConfig } from "../../config.ts";
import { MemoryError } from "../../errors.ts";
import { Memory } from "../../memory.ts";
import { batchShape, dreamShape, reviewShape } from "../../server/shapes/forgetting-shape.ts";
import { mentionsShape, relationShape, timelineEntryShape } from "../../server/shapes/graph-shape.ts";
import { instructionsShape, profileShape, summaryShape } from "../../server/shapes/view-shape.ts";
import { ownersOf } from "./owners-of.ts";
import type { AddRequest, DeleteRequest, Found, OwnerIds, Row, Store } from "./store.ts";

/** The engine in this process, on one file. Nothing is opened before the first call. */
export class LocalStore implements Store {
  readonly kind = "file";
  readonly place: string;
  readonly #memory: Memory;

  constructor(path: string, settings: MemoryConfig) {
    this.place = path;
    this.#memory = new Memory({ ...settings, dbPath: path });
  }

  async add(messages: string | readonly MessageInput[], { owner, options }: AddRequest): Promise<Row> {
    return row(await this.#memory.add(messages, { ...options, ...owner } as AddOptions));
  }

  async search(query: string, options: Row): Promise<Found> {
    const { results, warnings } = await this.#memory.search(query, { ...options, ...across } as SearchOptions);
    return { results: results.map(row), warnings };
  }

  async context(query: string, options: Row): Promise<Row> {
    return row(await this.#memory.context(query, { ...options, ...across } as ContextOptions));
  }

  async digest(options: Row): Promise<Row> {
    return row(await this.#memory.digest({ ...options, ...across } as DigestOptions));
  }

  async list(options: Row): Promise<Found & { total: number }> {
    const { results, total, warnings } = await this.#memory.getAll({ ...options, ...across } as GetAllOptions);
    return { results: results.map(row), total: total ?? results.length, warnings };
  }

  async get(id: string): Promise<Row | null> {
    const found = await this.#memory.get(id);
    return found === null ? null : row(found);
  }

  async update(id: string, change: Row): Promise<Row> {
    await this.#memory.update(id, change as UpdateOptions);
    return (await this.get(id)) ?? { id };
  }

  async delete(id: string): Promise<void> {
    await this.#memory.delete(id);
  }

  async deleteAll({ owner, isDryRun }: DeleteRequest): Promise<{ count: number }> {
    const { count } = await this.#memory.deleteAll({ ...owner, ...across, dryRun: isDryRun });
    return { count };
  }

  async restore(id: string): Promise<Row> {
    return row(await this.#memory.restore(id));
  }

  async move(ids: readonly string[], to: Row): Promise<Row> {
    return row(await this.#memory.move(ids, to as MoveOptions));
  }

  async purge(target: readonly string[] | OwnerIds, { withSources }: { withSources: boolean }): Promise<Row> {
    if (Array.isArray(target)) return row(await this.#memory.purge(target as readonly string[], { withSources }));
    return row(await this.#memory.purge({ ...target, ...across, withSources }));
  }

  async history(id: string): Promise<readonly Row[]> {
    return (await this.#memory.history(id)).map(({ previous_value, new_value, ...rest }) => ({
      ...rest,
      old_memory: previous_value,
      new_memory: new_value,
    }));
  }

  async owners(): Promise<readonly Row[]> {
    const { results } = await this.#memory.users();
    return results.map(({ type, id, memories, createdAt, updatedAt }) => ({
      type,
      id,
      total_memories: memories,
      created_at: new Date(createdAt).toISOString(),
      updated_at: new Date(updatedAt).toISOString(),
    }));
  }

  async mentions(owner: OwnerIds, name: string): Promise<Row> {
    return mentionsShape(await this.#memory.mentions(name, { ...owner, limit: 1000 }));
  }

  async entities(owner: OwnerIds): Promise<readonly Row[]> {
    const all: Row[] = [];
    for (let cursor: string | null = null; ;) {
      const { results, next } = await this.#memory.entities({ ...owner, cursor, limit: 1000 });
      for (const { name, type, mentions, updatedAt } of results)
        all.push({ name, type, mentions, updated_at: new Date(updatedAt).toISOString() });
      if (next === null) return all;
      cursor = next;
    }
  }

  export(owner: OwnerIds): AsyncIterable<string> {
    const isWhole = Object.keys(owner).length === 0;
    return this.#memory.export(isWhole ? {} : { ...owner, ...across });
  }

  async *relations(owner: OwnerIds, options: Row = {}): AsyncGenerator<Row, void, undefined> {
    for (const each of await ownersOf(this, owner)) {
      for (let cursor: string | null = null; ;) {
        const { results, next } = await this.#memory.relations({ ...options, ...each, cursor, limit: 1000 });
        for (const relation of results) yield relationShape(relation);
        if (next === null) break;
        cursor = next;
      }
    }
  }

  async timeline(topic: string | null, options: Row): Promise<Row> {
    const { results, ...rest } = await this.#memory.timeline(topic, { ...options, ...across } as TimelineOptions);
    return { results: results.map(timelineEntryShape), ...rest };
  }

  async profile(options: Row): Promise<Row> {
    return profileShape(await this.#memory.profile({ ...options, ...across }));
  }

  async summary(options: Row): Promise<Row> {
    return summaryShape(await this.#memory.summary({ ...options, ...across }));
  }

  async instructions(options: Row): Promise<Row> {
    return instructionsShape(await this.#memory.instructions({ ...options, ...across }));
  }

  async dream(owner: OwnerIds, options: Row): Promise<Row> {
    return dreamShape(await this.#memory.dream({ ...options, ...owner }));
  }

  async review(options: Row): Promise<Row> {
    return reviewShape(await this.#memory.review({ ...options, ...across }));
  }

  async approve(ids: readonly string[]): Promise<Row> {
    return row(await this.#memory.approve(ids));
  }

  async reject(ids: readonly string[]): Promise<Row> {
    return row(await this.#memory.reject(ids));
  }

  async revoke(source: Row): Promise<Row> {
    return row(await this.#memory.revoke({ ...source, ...across }));
  }

  async batches(options: Row): Promise<Row> {
    const { batches, next } = await this.#memory.batches(options);
    return { results: batches.map(batchShape), next };
  }

  async undo(batch: string): Promise<Row> {
    return row(await this.#memory.undo(batch));
  }

  async confirm(id: string): Promise<Row> {
    await this.#memory.confirm(id);
    return (await this.get(id)) ?? { id };
  }

  async import(lines: AsyncIterable<string>): Promise<Row> {
    return row(await this.#memory.import(lines));
  }

  async stats(): Promise<Row> {
    return { ...(await this.#memory.stats()) };
  }

  async verify(repair: boolean): Promise<Row> {
    return row(await this.#memory.verify({ repair }));
  }

  async backup(path: string): Promise<Row> {
    return { path, ...(await this.#memory.backup(path)) };
  }

  async close(): Promise<void> {
    await this.#memory.close();
  }
}

/** The file is the caller's own: an agent, app or run alone means everybody's memories of it. */
const across = { acrossUsers: true } as const;

function row(value: object): Row {
  const changed = toSnakeCase(value);
  if (typeof changed !== "object" || changed === null)
    throw new MemoryError("store_failed", "The memory gave something that is no object.");
  return changed as Row;
}
