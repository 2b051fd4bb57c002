import { invalidInput, MemoryError } from "../errors.ts";
import { toSnakeCase } from "./change-case.ts";
import type * as types from "./client-types.ts";
import { GraphClient } from "./graph-client.ts";
import { PlatformMethods } from "./platform-methods.ts";
import { openResponse } from "./send-request.ts";
import type { ClientRequest, ClientSettings } from "./send-request.ts";

export interface MemoryClientOptions {
  /** Default "http://127.0.0.1:8420". */
  readonly host?: string;
  readonly apiKey: string;
  /** Most time of one call, retries included, in milliseconds. Default 60,000. */
  readonly timeoutMs?: number;
  /** Default 2. */
  readonly maxRetries?: number;
  /** In place of the platform's. */
  readonly fetch?: typeof fetch;
}

/** Between two looks at an event. */
const LOOK_EVERY_MS = 500;

/** The REST client: Mem0's methods and ours. Runs in Node, browsers and at the edge; every method rejects with a MemoryError. */
export class MemoryClient extends PlatformMethods {
  readonly #settings: ClientSettings;
  /** The graph as a whole, and what is written into it by hand. */
  readonly graph: GraphClient = new GraphClient((request) => this.#send(request));

  /** Sends nothing. @throws MemoryError `invalid_input`. */
  constructor({
    host = "http://127.0.0.1:8420",
    apiKey,
    timeoutMs = 60_000,
    maxRetries = 2,
    fetch: send = globalThis.fetch,
  }: MemoryClientOptions) {
    const settings: ClientSettings = { host: withoutSlash(host), apiKey, timeoutMs, maxRetries, fetch: send };
    super(settings);
    if (typeof apiKey !== "string" || apiKey.trim() === "")
      throw invalidInput("MemoryClient needs an apiKey. The server prints one at its first start.");
    if (!URL.canParse(host))
      throw invalidInput(`host must be an address such as "http://127.0.0.1:8420", got ${JSON.stringify(host)}.`);
    this.#settings = settings;
  }

  /** Keeps messages. They are on disk when it resolves; with `wait` their memories are made as well. */
  async add(
    messages: string | types.ClientMessage | readonly types.ClientMessage[],
    { signal, idempotencyKey = crypto.randomUUID(), ...options }: types.ClientAddOptions,
  ): Promise<types.ClientAddResult> {
    const list = typeof messages === "string" ? [{ role: "user", content: messages }] : [messages].flat();
    return this.#send({
      method: "POST",
      path: "/v3/memories/add/",
      body: { messages: list, ...snake(options) },
      idempotencyKey,
      signal,
    });
  }

  async search(
    query: string,
    { signal, ...options }: types.ClientSearchOptions,
  ): Promise<{ results: readonly types.ClientHit[] }> {
    return this.#send({ method: "POST", path: "/v3/memories/search/", body: { query, ...snake(options) }, signal });
  }

  /** A block for a prompt within a token budget. */
  async context(query: string, { signal, ...options }: types.ClientContextOptions): Promise<types.ClientContext> {
    return this.#send({ method: "POST", path: "/v1/context/", body: { query, ...snake(options) }, signal });
  }

  /** Who a user or an agent is: cited lines by section, or an object after a schema. */
  async profile({ signal, ...options }: types.ClientProfileOptions): Promise<types.ClientProfile> {
    return this.#send({ method: "POST", path: "/v1/profile/", body: snake(options), signal });
  }

  /** What matters most of a scope, by category, each line with its memories. */
  async summary({ signal, ...options }: types.ClientSummaryOptions): Promise<types.ClientSummary> {
    return this.#send({ method: "POST", path: "/v1/summary/", body: snake(options), signal });
  }

  /** The standing rules of a user or an agent, word for word. */
  async instructions({ signal, ...options }: types.ClientInstructionsOptions): Promise<types.ClientInstructions> {
    return this.#send({ method: "POST", path: "/v1/instructions/", body: snake(options), signal });
  }

  /** An object after a JSON schema out of a scope's memories. */
  async fillSchema({ signal, ...options }: types.ClientFillSchemaOptions): Promise<types.ClientFilledSchema> {
    return this.#send({ method: "POST", path: "/v1/fill_schema/", body: snake(options), signal });
  }

  /** Keeps which memories the filters name now; `getMemoryExport` fills the schema with them. */
  async createMemoryExport({
    signal,
    ...options
  }: types.CallOptions & {
    readonly schema: object;
    readonly filters: object;
    readonly exportInstructions?: string;
  }): Promise<types.ClientExport> {
    return this.#send({ method: "POST", path: "/v1/exports/", body: snake(options), signal });
  }

  /** By its id, or the newest one of the same filters. Its keys are those of the schema. */
  async getMemoryExport({
    signal,
    ...options
  }: types.CallOptions & { readonly memoryExportId?: string; readonly filters?: object }): Promise<
    Readonly<Record<string, unknown>>
  > {
    const { values } = await this.#send<types.ClientFilledSchema>({
      method: "POST",
      path: "/v1/exports/get/",
      body: { ...snake(options), explain: true },
      signal,
    });
    return values;
  }

  /** What was asked, done, decided, left open and learned in a run, since a date or in the last session. */
  async digest({ signal, ...options }: types.ClientDigestOptions): Promise<types.ClientDigest> {
    return this.#send({ method: "POST", path: "/v1/digest/", body: snake(options), signal });
  }

  /** The people, places and things that memories name. */
  async namedEntities({ signal, ...options }: types.ClientNamedEntitiesOptions): Promise<{
    readonly results: readonly types.ClientNamedEntity[];
    readonly next: string | null;
  }> {
    return this.#send({ method: "POST", path: "/v1/named_entities/", body: snake(options), signal });
  }

  /** What memories say about two named things, newest memory first. */
  async relations({ signal, ...options }: types.ClientRelationsOptions): Promise<{
    readonly results: readonly types.ClientRelation[];
    readonly next: string | null;
  }> {
    return this.#send({ method: "POST", path: "/v1/relations/", body: snake(options), signal });
  }

  /** Where memories, and the messages that they rest on, name a thing. */
  async mentions(entity: string, { signal, ...options }: types.ClientMentionsOptions): Promise<types.ClientMentions> {
    return this.#send({ method: "POST", path: "/v1/mentions/", body: { entity, ...snake(options) }, signal });
  }

  /** What a named thing is related to directly. */
  async neighbours(
    entity: string,
    { signal, ...options }: types.ClientNeighboursOptions,
  ): Promise<types.ClientNeighbours> {
    return this.#send({ method: "POST", path: "/v1/neighbours/", body: { entity, ...snake(options) }, signal });
  }

  /** What happened to a topic (null: in the whole scope), in the order of the events. */
  async timeline(
    topic: string | null,
    { signal, ...options }: types.ClientTimelineOptions,
  ): Promise<types.ClientTimeline> {
    return this.#send({ method: "POST", path: "/v1/timeline/", body: { topic, ...snake(options) }, signal });
  }

  /** Removes all that came from one source; `undo` takes it back unless it was purged. */
  async revoke({ signal, ...source }: types.ClientRevokeOptions): Promise<types.ClientRevoked> {
    return this.#send({ method: "POST", path: "/v1/revoke/", body: snake(source), signal });
  }

  /** What waits to be served, each with why, and what contradicts itself. */
  async review({ signal, ...options }: types.ClientReviewOptions): Promise<types.ClientReview> {
    return this.#send({ method: "POST", path: "/v1/review/", body: snake(options), signal });
  }

  /** Lets what waits be served, or decides a contradiction. */
  async approve(ids: readonly string[], options: types.CallOptions = {}): Promise<types.ClientReviewAnswer> {
    return this.#send({ method: "POST", path: "/v1/approve/", body: { memory_ids: ids }, ...options });
  }

  /** Deletes what waits, or one side of a contradiction. */
  async reject(ids: readonly string[], options: types.CallOptions = {}): Promise<types.ClientReviewAnswer> {
    return this.#send({ method: "POST", path: "/v1/reject/", body: { memory_ids: ids }, ...options });
  }

  /** Writes down what comes again; `undo` takes it back. */
  async dream({ signal, ...options }: types.ClientDreamOptions): Promise<types.ClientDream> {
    return this.#send({ method: "POST", path: "/v1/dream/", body: snake(options), signal });
  }

  /** Says that a memory holds although what it rests on has changed. */
  async confirm(id: string, options: types.CallOptions = {}): Promise<types.ClientMemory> {
    return this.#send({ method: "POST", path: `/v1/memories/${encodeURIComponent(id)}/confirm/`, ...options });
  }

  /** Files memories under another agent, app or run of the same user. */
  async move(ids: readonly string[], { signal, ...to }: types.ClientMoveTarget): Promise<types.ClientMoved> {
    return this.#send({ method: "POST", path: "/v1/move/", body: { memory_ids: ids, ...snake(to) }, signal });
  }

  /** Changes that were made together, newest first. */
  async batches({
    limit,
    cursor,
    signal,
  }: types.CallOptions & { readonly limit?: number; readonly cursor?: string } = {}): Promise<{
    readonly results: readonly types.ClientBatch[];
    readonly next: string | null;
  }> {
    return this.#send({ method: "GET", path: "/v1/batches/", query: { limit, cursor }, signal });
  }

  /** Takes a batch back. */
  async undo(batchId: string, options: types.CallOptions = {}): Promise<types.ClientUndone> {
    return this.#send({ method: "POST", path: "/v1/undo/", body: { batch_id: batchId }, ...options });
  }

  async get(id: string, options: types.CallOptions = {}): Promise<types.ClientMemory> {
    return this.#send({ method: "GET", path: `/v1/memories/${encodeURIComponent(id)}/`, ...options });
  }

  /** One page, newest said first. */
  async getAll({
    signal,
    page,
    pageSize,
    ...options
  }: types.ClientListOptions): Promise<types.ClientPage<types.ClientMemory>> {
    return this.#send({
      method: "POST",
      path: "/v3/memories/",
      query: { page, page_size: pageSize },
      body: snake(options),
      signal,
    });
  }

  /** Every memory of all pages. */
  async *listAll(options: types.ClientListOptions): AsyncGenerator<types.ClientMemory, void, undefined> {
    for (let page = options.page ?? 1; ; page += 1) {
      const { results, next } = await this.getAll({ ...options, page });
      yield* results;
      if (next === null) return;
    }
  }

  async update(
    id: string,
    change: {
      text?: string;
      metadata?: object;
      expirationDate?: string | null;
      timestamp?: number | string;
      pinned?: boolean;
    },
    options: types.CallOptions = {},
  ): Promise<types.ClientMemory> {
    return this.#send({
      method: "PUT",
      path: `/v1/memories/${encodeURIComponent(id)}/`,
      body: snake(change),
      ...options,
    });
  }

  async delete(id: string, options: types.CallOptions = {}): Promise<{ message: string }> {
    return this.#send({ method: "DELETE", path: `/v1/memories/${encodeURIComponent(id)}/`, ...options });
  }

  /** Everything of the named owner. */
  async deleteAll({
    signal,
    ...scope
  }: types.ClientScope & types.CallOptions): Promise<{ message: string; eventId: string }> {
    return this.#send({
      method: "DELETE",
      path: "/v1/memories/",
      query: snake(scope) as Record<string, string>,
      signal,
    });
  }

  async history(id: string, options: types.CallOptions = {}): Promise<readonly Readonly<Record<string, unknown>>[]> {
    return this.#send({ method: "GET", path: `/v1/memories/${encodeURIComponent(id)}/history/`, ...options });
  }

  async restore(id: string, options: types.CallOptions = {}): Promise<types.ClientMemory> {
    return this.#send({
      method: "POST",
      path: `/v1/memories/${encodeURIComponent(id)}/restore/`,
      idempotencyKey: crypto.randomUUID(),
      ...options,
    });
  }

  /** Removes memories for good. */
  async purge(
    target: readonly string[] | types.ClientScope,
    options: types.CallOptions & { withSources?: boolean } = {},
  ): Promise<Readonly<Record<string, unknown>>> {
    const { signal, withSources } = options;
    const named = Array.isArray(target) ? { memory_ids: target as readonly string[] } : snake(target);
    return this.#send({
      method: "POST",
      path: "/v1/purge/",
      body: { ...named, ...(withSources === undefined ? {} : { with_sources: withSources }) },
      signal,
    });
  }

  async batchUpdate(
    updates: readonly { memoryId: string; text?: string; metadata?: object }[],
    options: types.CallOptions = {},
  ): Promise<{ message: string }> {
    return this.#send({ method: "PUT", path: "/v1/batch/", body: { memories: updates.map(snake) }, ...options });
  }

  async batchDelete(
    memories: readonly (string | { memoryId: string })[],
    options: types.CallOptions = {},
  ): Promise<{ message: string }> {
    const ids = memories.map((memory) => ({ memory_id: typeof memory === "string" ? memory : memory.memoryId }));
    return this.#send({ method: "DELETE", path: "/v1/batch/", body: { memories: ids }, ...options });
  }

  async feedback(
    id: string,
    feedback: "POSITIVE" | "NEGATIVE" | "VERY_NEGATIVE" | null,
    reason?: string,
  ): Promise<Readonly<Record<string, unknown>>> {
    return this.#send({
      method: "POST",
      path: "/v1/feedback/",
      body: { memory_id: id, feedback, feedback_reason: reason ?? null },
      idempotencyKey: crypto.randomUUID(),
    });
  }

  /** The users, agents, apps and runs that have memories. */
  async users(
    options: types.CallOptions & { page?: number; pageSize?: number } = {},
  ): Promise<types.ClientPage<Readonly<Record<string, unknown>>>> {
    const { signal, page, pageSize } = options;
    return this.#send({ method: "GET", path: "/v1/entities/", query: { page, page_size: pageSize }, signal });
  }

  /** Deletes one owner with everything of his. */
  async deleteUsers(owner: types.ClientScope, options: types.CallOptions = {}): Promise<{ message: string }> {
    const [named] = Object.entries(owner).filter(([, id]) => typeof id === "string");
    if (named === undefined) throw invalidInput("Name one userId, agentId, appId or runId.");
    const [type, id] = named as [string, string];
    return this.#send({
      method: "DELETE",
      path: `/v2/entities/${type.replace(/Id$/u, "")}/${encodeURIComponent(id)}/`,
      ...options,
    });
  }

  /** What an add came to so far. */
  async event(id: string, options: types.CallOptions = {}): Promise<types.ClientEvent> {
    return this.#send({ method: "GET", path: `/v1/event/${encodeURIComponent(id)}/`, ...options });
  }

  /** Resolves when the event is over. @throws MemoryError `timeout` after the client's time limit, `aborted`. */
  async waitForEvent(id: string, { signal }: types.CallOptions = {}): Promise<types.ClientEvent> {
    const end = Date.now() + this.#settings.timeoutMs;
    for (;;) {
      const event = await this.event(id, { signal });
      if (event.status === "SUCCEEDED" || event.status === "FAILED") return event;
      if (Date.now() >= end)
        throw new MemoryError("timeout", `The event ${id} is still ${event.status}. Ask again later.`, {
          retryable: true,
        });
      await new Promise((resolve) => {
        setTimeout(resolve, LOOK_EVERY_MS);
      });
    }
  }

  async stats(options: types.CallOptions = {}): Promise<Readonly<Record<string, unknown>>> {
    return this.#send({ method: "GET", path: "/v1/stats/", ...options });
  }

  async verify(options: types.CallOptions & { repair?: boolean } = {}): Promise<Readonly<Record<string, unknown>>> {
    return this.#send({
      method: "POST",
      path: "/v1/verify/",
      body: { repair: options.repair ?? false },
      signal: options.signal,
    });
  }

  /** Lines of JSON, each with its line feed: the project, or an owner's part of it. */
  async *export(
    scope: types.ClientScope = {},
    { signal }: types.CallOptions = {},
  ): AsyncGenerator<string, void, undefined> {
    const response = await openResponse(this.#settings, {
      method: "GET",
      path: "/v1/export/",
      query: snake(scope) as Record<string, string>,
      signal,
    });
    if (response.body === null) return;
    // By a reader: not every browser can iterate over a stream.
    const reader = response.body.getReader();
    const decoder = new TextDecoder();
    let rest = "";
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      rest += decoder.decode(value, { stream: true });
      for (let end = rest.indexOf("\n"); end >= 0; end = rest.indexOf("\n")) {
        yield rest.slice(0, end + 1);
        rest = rest.slice(end + 1);
      }
    }
    if (rest !== "") yield rest;
  }

  /** Stores the lines of an export; what is known is skipped. */
  async import(lines: string, options: types.CallOptions = {}): Promise<Readonly<Record<string, unknown>>> {
    return this.#send({ method: "POST", path: "/v1/import/", body: lines, ...options });
  }

  async getProject({ fields }: { fields?: readonly string[] } = {}): Promise<Readonly<Record<string, unknown>>> {
    const path = await this.#projectPath();
    const query = (fields ?? []).map((field) => `fields=${encodeURIComponent(field)}`).join("&");
    return this.#send({ method: "GET", path: query === "" ? path : `${path}?${query}` });
  }

  async updateProject(changes: object): Promise<{ message: string }> {
    return this.#send({ method: "PATCH", path: await this.#projectPath(), body: snake(changes) });
  }

  async #projectPath(): Promise<string> {
    const { orgId, projectId } = await this.ping();
    return `/api/v1/orgs/organizations/${encodeURIComponent(orgId)}/projects/${encodeURIComponent(projectId)}/`;
  }

  async #send<Result>(request: ClientRequest): Promise<Result> {
    return this.send<Result>(request);
  }
}

function withoutSlash(host: unknown): string {
  return typeof host === "string" ? host.replace(/\/+$/u, "") : "";
}

function snake(options: object): Record<string, unknown> {
  return toSnakeCase(options) as Record<string, unknown>;
}
