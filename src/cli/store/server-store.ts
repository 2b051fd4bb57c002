import { toSnakeCase } from "../../client/change-case.ts";
import type {
  ClientAddOptions,
  ClientContextOptions,
  ClientDigestOptions,
  ClientListOptions,
  ClientMoveTarget,
  ClientSearchOptions,
} from "../../client/client-types.ts";
import { MemoryClient } from "../../client/memory-client.ts";
import { invalidInput, MemoryError } from "../../errors.ts";
import type { MessageInput } from "../../index.ts";
import { filtersFor } from "./filters-for.ts";
import { ownersOf } from "./owners-of.ts";
import type { AddRequest, DeleteRequest, Found, OwnerIds, Row, Store } from "./store.ts";

/** A project on a server, over HTTP. */
export class ServerStore implements Store {
  readonly kind = "server";
  readonly place: string;
  readonly #client: MemoryClient;

  /** @throws MemoryError `invalid_input` without a key, or for what is no address. */
  constructor(address: string, apiKey: string | undefined) {
    this.place = address;
    if (apiKey === undefined || apiKey === "")
      throw invalidInput(
        `${address} needs a key: --api-key, RECOLLECT_API_KEY, or "recollect config set apiKey <key>".`,
      );
    this.#client = new MemoryClient({ host: address, apiKey });
  }

  async add(messages: string | readonly MessageInput[], { owner, options }: AddRequest): Promise<Row> {
    return row(await this.#client.add(messages, { ...options, ...owner, wait: true } as ClientAddOptions));
  }

  async search(query: string, options: Row): Promise<Found> {
    const { results, ...rest } = await this.#client.search(query, options as unknown as ClientSearchOptions);
    return { results: results.map(row), warnings: (rest as { warnings?: readonly string[] }).warnings ?? [] };
  }

  async context(query: string, options: Row): Promise<Row> {
    return row(await this.#client.context(query, options as ClientContextOptions));
  }

  async digest(options: Row): Promise<Row> {
    return row(await this.#client.digest(options as ClientDigestOptions));
  }

  async list(options: Row): Promise<Found & { total: number }> {
    const { results, count } = await this.#client.getAll(options as unknown as ClientListOptions);
    return { results: results.map(row), total: count, warnings: [] };
  }

  async get(id: string): Promise<Row | null> {
    try {
      return row(await this.#client.get(id));
    } catch (error) {
      if (MemoryError.isInstance(error) && error.code === "not_found") return null;
      throw error;
    }
  }

  async update(id: string, change: Row): Promise<Row> {
    return row(await this.#client.update(id, change));
  }

  async delete(id: string): Promise<void> {
    await this.#client.delete(id);
  }

  async deleteAll({ owner, isDryRun }: DeleteRequest): Promise<{ count: number }> {
    if (isDryRun) {
      const { count } = await this.#client.getAll({ filters: filtersFor(owner, []), pageSize: 1 });
      return { count };
    }
    const answer = await this.#client.deleteAll(owner);
    return { count: Number((answer as { count?: unknown }).count ?? 0) };
  }

  async restore(id: string): Promise<Row> {
    return row(await this.#client.restore(id));
  }

  async move(ids: readonly string[], to: Row): Promise<Row> {
    return row(await this.#client.move(ids, to as ClientMoveTarget));
  }

  async purge(target: readonly string[] | OwnerIds, options: { withSources: boolean }): Promise<Row> {
    return row(await this.#client.purge(target, options));
  }

  async history(id: string): Promise<readonly Row[]> {
    return (await this.#client.history(id)).map(row);
  }

  async owners(): Promise<readonly Row[]> {
    const all: Row[] = [];
    for (let page = 1; ; page += 1) {
      const { results, next } = await this.#client.users({ page, pageSize: 200 });
      for (const each of results) {
        const { name, id, ...rest } = row(each);
        all.push({ ...rest, id: name ?? id });
      }
      if (next === null) return all;
    }
  }

  async mentions(owner: OwnerIds, name: string): Promise<Row> {
    return row(await this.#client.mentions(name, { ...owner, limit: 1000 }));
  }

  async entities(owner: OwnerIds): Promise<readonly Row[]> {
    const all: Row[] = [];
    for (let cursor: string | undefined; ;) {
      const { results, next } = await this.#client.namedEntities({ ...owner, cursor, limit: 1000 });
      for (const { name, type, mentions, updatedAt } of results)
        all.push({ name, type, mentions, updated_at: updatedAt });
      if (next === null) return all;
      cursor = next;
    }
  }

  export(owner: OwnerIds): AsyncIterable<string> {
    return this.#client.export(owner);
  }

  async *relations(owner: OwnerIds, options: Row = {}): AsyncGenerator<Row, void, undefined> {
    for (const each of await ownersOf(this, owner)) {
      for (let cursor: string | undefined; ;) {
        const { results, next } = await this.#client.relations({ ...options, ...each, cursor, limit: 1000 });
        for (const relation of results) yield row(relation);
        if (next === null) break;
        cursor = next;
      }
    }
  }

  async timeline(topic: string | null, options: Row): Promise<Row> {
    return row(await this.#client.timeline(topic, options));
  }

  async profile(options: Row): Promise<Row> {
    return row(await this.#client.profile(options));
  }

  async summary(options: Row): Promise<Row> {
    return row(await this.#client.summary(options));
  }

  async instructions(options: Row): Promise<Row> {
    return row(await this.#client.instructions(options));
  }

  async dream(owner: OwnerIds, options: Row): Promise<Row> {
    return row(await this.#client.dream({ ...options, ...owner }));
  }

  async review(options: Row): Promise<Row> {
    return row(await this.#client.review(options));
  }

  async approve(ids: readonly string[]): Promise<Row> {
    return row(await this.#client.approve(ids));
  }

  async reject(ids: readonly string[]): Promise<Row> {
    return row(await this.#client.reject(ids));
  }

  async revoke(source: Row): Promise<Row> {
    return row(await this.#client.revoke(source));
  }

  async batches(options: Row): Promise<Row> {
    return row(await this.#client.batches(options));
  }

  async undo(batch: string): Promise<Row> {
    return row(await this.#client.undo(batch));
  }

  async confirm(id: string): Promise<Row> {
    return row(await this.#client.confirm(id));
  }

  async import(lines: AsyncIterable<string>): Promise<Row> {
    const all: string[] = [];
    for await (const line of lines) all.push(line);
    return row(await this.#client.import(all.join("")));
  }

  async stats(): Promise<Row> {
    const { store } = await this.#client.stats();
    return (store ?? {}) as Row;
  }

  async verify(repair: boolean): Promise<Row> {
    return row(await this.#client.verify({ repair }));
  }

  backup(): Promise<Row> {
    return Promise.reject(
      invalidInput(
        `A server's files are copied where it runs: "recollect serve backup <folder>". ${this.place} is one.`,
      ),
    );
  }

  async close(): Promise<void> {
    // Every request ended by itself.
  }
}

function row(value: object): Row {
  return toSnakeCase(value) as Row;
}
