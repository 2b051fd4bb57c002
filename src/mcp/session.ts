import type { Memory } from "../memory.ts";
import type { MemoryGraph } from "../index.ts";

/** Reading the graph and writing it by hand. */
export type GraphDoor = Pick<
  MemoryGraph,
  | "read"
  | "createEntities"
  | "createRelations"
  | "addObservations"
  | "deleteEntities"
  | "deleteObservations"
  | "deleteRelations"
>;

/** What the tools call: a Memory, or the server's project behind the same methods. */
export type MemoryDoor = Pick<
  Memory,
  | "add"
  | "search"
  | "context"
  | "timeline"
  | "digest"
  | "getAll"
  | "get"
  | "update"
  | "delete"
  | "deleteAll"
  | "users"
  | "relations"
  | "mentions"
  | "neighbours"
> & { readonly graph: GraphDoor };

/** What was done, as the server notes it. */
export interface EventReader {
  /** Newest first; pages count from 1. */
  list(
    page: number,
    size: number,
  ): Promise<{ readonly events: readonly Record<string, unknown>[]; readonly count: number }>;
  /** @throws MemoryError `not_found`. */
  get(id: string): Promise<Readonly<Record<string, unknown>>>;
}

/** One client's view: whose memories, and what it may do with them. */
export interface McpSession {
  readonly memory: MemoryDoor;
  /** Whose memories the tools see where a call names nobody. Undefined: calls must say it, and are told so. */
  readonly userId: string | undefined;
  /** True: tools that change anything are not offered. */
  readonly isReadOnly: boolean;
  /** Reads of an agent, app or run reach every user's memories: for who owns the file or the project. */
  readonly acrossUsers: boolean;
  /** Where events are kept: on a server. */
  readonly events?: EventReader;
  /** Name of a set of tools: see profiles.ts. */
  readonly profile: string;
  /** Told what failed for no reason of the caller's; the caller only learns that it did. */
  readonly onFailure: (error: unknown) => void;
  /** Around every tool call: keeps the process from ending in the middle of one. Default: nothing. */
  readonly onCall?: () => () => void;
}
