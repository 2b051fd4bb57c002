import type { MessageInput } from "../../index.ts";

/** A JSON object with keys in snake_case, as the REST API writes it. */
export type Row = Readonly<Record<string, unknown>>;

/** Whose memories, in the library's spelling. */
export interface OwnerIds {
  readonly userId?: string;
  readonly agentId?: string;
  readonly appId?: string;
  readonly runId?: string;
}

export interface AddRequest {
  readonly owner: OwnerIds;
  readonly options: Row;
}

export interface Found {
  readonly results: readonly Row[];
  readonly warnings: readonly string[];
}

export interface DeleteRequest {
  readonly owner: OwnerIds;
  readonly isDryRun: boolean;
}

/** What every command works on: a file on this machine, or a project on a server. Rows are the same from both. */
export interface Store {
  readonly kind: "file" | "server";
  /** The file's path, or the server's address. */
  readonly place: string;
  add(messages: string | readonly MessageInput[], request: AddRequest): Promise<Row>;
  search(query: string, options: Row): Promise<Found>;
  context(query: string, options: Row): Promise<Row>;
  digest(options: Row): Promise<Row>;
  list(options: Row): Promise<Found & { readonly total: number }>;
  /** Null where there is no such memory. */
  get(id: string): Promise<Row | null>;
  update(id: string, change: Row): Promise<Row>;
  delete(id: string): Promise<void>;
  /** How many went, or would go. */
  deleteAll(request: DeleteRequest): Promise<{ readonly count: number }>;
  restore(id: string): Promise<Row>;
  /** To other ids of the same user; null: to none. */
  move(ids: readonly string[], to: Row): Promise<Row>;
  purge(target: readonly string[] | OwnerIds, options: { readonly withSources: boolean }): Promise<Row>;
  history(id: string): Promise<readonly Row[]>;
  owners(): Promise<readonly Row[]>;
  /** Named things in a user's memories. */
  entities(owner: OwnerIds): Promise<readonly Row[]>;
  /** Where an owner's memories name a thing. */
  mentions(owner: OwnerIds, name: string): Promise<Row>;
  export(owner: OwnerIds): AsyncIterable<string>;
  /** What memories say about two named things: of an owner, or of everybody. */
  relations(owner: OwnerIds, options?: Row): AsyncIterable<Row>;
  /** What happened to a topic, or in all of a scope; null for that. */
  timeline(topic: string | null, options: Row): Promise<Row>;
  profile(options: Row): Promise<Row>;
  summary(options: Row): Promise<Row>;
  instructions(options: Row): Promise<Row>;
  dream(owner: OwnerIds, options: Row): Promise<Row>;
  review(options: Row): Promise<Row>;
  /** @throws MemoryError `not_found`; `invalid_input` for what does not wait. */
  approve(ids: readonly string[]): Promise<Row>;
  /** @throws MemoryError `not_found`; `invalid_input` for what does not wait. */
  reject(ids: readonly string[]): Promise<Row>;
  /** @throws MemoryError `not_found` for a message or a batch that is not there. */
  revoke(source: Row): Promise<Row>;
  batches(options: Row): Promise<Row>;
  /** Takes a batch back. @throws MemoryError `not_found`. */
  undo(batch: string): Promise<Row>;
  /** The memory without its marks. @throws MemoryError `not_found`. */
  confirm(id: string): Promise<Row>;
  import(lines: AsyncIterable<string>): Promise<Row>;
  stats(): Promise<Row>;
  verify(repair: boolean): Promise<Row>;
  /** @throws MemoryError on a server, whose files are backed up where it runs. */
  backup(path: string): Promise<Row>;
  close(): Promise<void>;
}
