import type { Feedback, MemoryKind, MemoryState } from "../domain/memory.ts";

/** Whose memories: at least one id. The spellings `user_id`, `agent_id`, `app_id`, `run_id` are taken as well. */
export interface ScopeOptions {
  readonly userId?: string | number | undefined;
  readonly agentId?: string | number | undefined;
  readonly appId?: string | number | undefined;
  readonly runId?: string | number | undefined;
  readonly user_id?: string | number | undefined;
  readonly agent_id?: string | number | undefined;
  readonly app_id?: string | number | undefined;
  readonly run_id?: string | number | undefined;
}

/** Whose the memory must be, and the moments at which it is read. */
export interface ReadByIdOptions extends ScopeOptions {
  /** Null, or nothing, for what was not true in the world then. */
  readonly asOf?: TimeOption | undefined;
  /** What the store knew then. */
  readonly knownAt?: TimeOption | undefined;
}

/** Nested conditions on ids, metadata, categories and dates: docs/filters.md. */
export type FilterOption = object;

/** Unix seconds, a `Date`, or ISO 8601 text (UTC without a zone). */
export type TimeOption = number | Date | string;

/** One message: OpenAI's shapes of `content` are taken. */
export interface MessageInput {
  readonly role: string;
  readonly content: unknown;
  /** Who speaks, in talks of several. */
  readonly name?: string | undefined;
  /** When this one was said, in place of the call's `timestamp`: for talks of the past, many messages a call. */
  readonly timestamp?: TimeOption | undefined;
}

export interface AddOptions extends ScopeOptions {
  /** Goes to the messages and to every fact drawn from them. At most 64 KiB of JSON. */
  readonly metadata?: object | undefined;
  /** Ids given Mem0's way; never changed. */
  readonly filters?: FilterOption | undefined;
  /** False: each message is stored as a fact, word for word. Default true. */
  readonly infer?: boolean | undefined;
  /** When it was said. Default now. */
  readonly timestamp?: TimeOption | undefined;
  /** Last day, YYYY-MM-DD, on which it is served. */
  readonly expirationDate?: string | null | undefined;
  /** What is added is never changed by later facts nor by `update`. Default false. */
  readonly immutable?: boolean | undefined;
  /** What is added does not fade where decay is on. Default false. */
  readonly pinned?: boolean | undefined;
  /** Nobody vouches for it (a web page, a tool's output, a file): what is drawn from it waits for review. Default false. */
  readonly untrusted?: boolean | undefined;
  /**
   * Ids of memories of the same user that this follows from: when one changes, the facts of this call need a check. Of
   * facts that a language model finds it is not kept.
   */
  readonly derivedFrom?: string | readonly string[] | undefined;
  /** The same key with the same content gives the first answer again and stores nothing. */
  readonly idempotencyKey?: string | undefined;
  /** Followed by language models only; without one a warning says so. On top of the configuration's. */
  readonly customInstructions?: string | undefined;
  /** In place of `customInstructions` where the memory is an agent's own (`agentId` without `userId`). */
  readonly agentCustomInstructions?: string | undefined;
  /** Facts are filed under these alone: names, or `{ name: description }`. */
  readonly customCategories?:
    | readonly (string | Readonly<Record<string, string>>)[]
    | Readonly<Record<string, string>>
    | undefined;
  /** What to remember only, and what never to. */
  readonly includes?: string | undefined;
  readonly excludes?: string | undefined;
  /** One memory of how the agent did its task, in place of facts. Needs `agentId` and a language model. */
  readonly memoryType?: "procedural_memory" | undefined;
  /** False: a language model finds the facts in the background, some 40 messages of a session at a time. Default true. */
  readonly wait?: boolean | undefined;
  /** Ends waiting for a language model. What was said is stored by then, and its facts follow by themselves. */
  readonly signal?: AbortSignal | undefined;
}

export interface ReadOptions {
  /** Must name a user, agent, app or run. */
  readonly filters?: FilterOption | undefined;
  readonly kinds?: readonly MemoryKind[] | undefined;
  readonly states?: readonly MemoryState[] | undefined;
  /** What was true in the world then. */
  readonly asOf?: TimeOption | undefined;
  /** What the store knew then. */
  readonly knownAt?: TimeOption | undefined;
  /** Leave out values that were replaced. Default false. */
  readonly latestOnly?: boolean | undefined;
  /** Default false. */
  readonly includeMerged?: boolean | undefined;
  /** Facts whose words are not in what they cite. Default false. */
  readonly includeUnverified?: boolean | undefined;
  /** Default false. */
  readonly showExpired?: boolean | undefined;
  /** An agent, app or run without a user means everybody's. Default false: memories without a user. */
  readonly acrossUsers?: boolean | undefined;
}

export interface SearchOptions extends ReadOptions {
  /** Default 20, at most 10,000. */
  readonly topK?: number | undefined;
  /** Least score, 0 to 1. Default 0.1. */
  readonly threshold?: number | undefined;
  /** Adds `scoreBreakdown`. Default false. */
  readonly explain?: boolean | undefined;
  /** "Now" for words such as "yesterday" in the query. Default now. */
  readonly referenceDate?: TimeOption | undefined;
  /** Name of a ranking recipe. */
  readonly strategy?: string | undefined;
  /** False: leave out the configured reranker. Default: use it where there is one. */
  readonly rerank?: boolean | undefined;
}

export interface ContextOptions extends Omit<SearchOptions, "topK" | "explain">, ScopeOptions {
  /** Most tokens of the block, estimated. Default 1500, least 50. */
  readonly tokenBudget?: number | undefined;
}

export interface DigestOptions extends ScopeOptions {
  readonly filters?: FilterOption | undefined;
  /** Said from then on, and before. Default: no limit. */
  readonly since?: TimeOption | undefined;
  readonly until?: TimeOption | undefined;
  /** Most sessions, newest first. Default 1 where neither a time nor a run is named, else all. */
  readonly sessions?: number | undefined;
  /** Most tokens of the text, estimated. Default 1500, least 100. */
  readonly tokenBudget?: number | undefined;
  /** An agent, app or run without a user means everybody's. Default false. */
  readonly acrossUsers?: boolean | undefined;
}

export interface GetAllOptions extends ReadOptions {
  /** Memories of a page. Default 20, at most 10,000. */
  readonly topK?: number | undefined;
  /** `next` of the page before. */
  readonly cursor?: string | null | undefined;
  /** Only memories whose ground has changed. Default false. */
  readonly needsCheck?: boolean | undefined;
  /** Count all pages too. Default true. */
  readonly withTotal?: boolean | undefined;
  /** Pages by number, from 1. */
  readonly page?: number | undefined;
  readonly pageSize?: number | undefined;
}

/** Whose memories, as of when: ids at the top level, or `filters`. */
export interface ViewScopeOptions extends ScopeOptions {
  readonly filters?: FilterOption | undefined;
  /** What was true in the world then. */
  readonly asOf?: TimeOption | undefined;
  /** What the store knew then. */
  readonly knownAt?: TimeOption | undefined;
  /** Default false. */
  readonly showExpired?: boolean | undefined;
  /** Everybody's memories of an agent, app or run: for the application's administrator. Default false. */
  readonly acrossUsers?: boolean | undefined;
}

export interface ViewModelOptions {
  /** What is wanted of it, in your words; followed by language models. */
  readonly instructions?: string | undefined;
  /** False: by rules, also where a language model is configured. Default true. */
  readonly useModel?: boolean | undefined;
}

export interface ProfileOptions extends ViewScopeOptions, ViewModelOptions {
  /** A JSON schema: an object after it in place of sections. */
  readonly schema?: object | string | undefined;
  /** Most tokens of `text`, from 50 on. Default 1,000. */
  readonly tokenBudget?: number | undefined;
}

export interface SummaryOptions extends ViewScopeOptions, ViewModelOptions {
  /** Memories that lines may rest on, 1 to 500. Default 50. */
  readonly maxMemories?: number | undefined;
  /** Of the text, 100 to 100,000. Default 8,000. */
  readonly maxCharacters?: number | undefined;
}

export interface InstructionsOptions extends ViewScopeOptions {
  /** Most tokens of `text`, from 50 on. Default 1,000. */
  readonly tokenBudget?: number | undefined;
}

export interface FillSchemaOptions extends ViewScopeOptions, ViewModelOptions {
  /** A JSON schema, as an object or as JSON text. At most 100,000 characters. */
  readonly schema: object | string;
  /** In place of a scope: up to 2,000 ids. */
  readonly memoryIds?: readonly string[] | undefined;
}

export interface TimelineOptions extends ReadOptions, ScopeOptions {
  /** Beginning of the window. Default: no limit. */
  readonly from?: TimeOption | undefined;
  /** Its end, exclusive; a day (YYYY-MM-DD) is part of it. Default: no limit. */
  readonly to?: TimeOption | undefined;
  /** Only what began or ended inside the window. Default false: all that was true at some moment of it. */
  readonly changesOnly?: boolean | undefined;
  /** Default ascending: the earliest first. */
  readonly order?: "ascending" | "descending" | undefined;
  /** Entries of a page. Default 50, at most 1,000. */
  readonly limit?: number | undefined;
  /** `next` of the page before. */
  readonly cursor?: string | null | undefined;
  /** Least score of what fits the topic, 0 to 1. Default 0.1. */
  readonly threshold?: number | undefined;
  /** "Now" for words such as "last year" in the topic. Default now. */
  readonly referenceDate?: TimeOption | undefined;
}

export interface UpdateOptions extends ScopeOptions {
  readonly text?: string | undefined;
  /** Mem0's older name of `text`. */
  readonly data?: string | undefined;
  /** Merged into what is there. */
  readonly metadata?: object | undefined;
  /** YYYY-MM-DD; null clears it. */
  readonly expirationDate?: string | null | undefined;
  /** When it was said; not of a message. */
  readonly timestamp?: TimeOption | undefined;
  /** True: it does not fade where decay is on. */
  readonly pinned?: boolean | undefined;
}

export interface BatchUpdate extends UpdateOptions {
  readonly memoryId: string;
}

/** Where memories are filed: an id, or null for none. What is left out stays. */
export interface MoveOptions {
  readonly agentId?: string | null | undefined;
  readonly appId?: string | null | undefined;
  readonly runId?: string | null | undefined;
}

export interface DeleteAllOptions extends ScopeOptions {
  /** Narrows further. */
  readonly filters?: FilterOption | undefined;
  /** Say what would go, and delete nothing. Default false. */
  readonly dryRun?: boolean | undefined;
  /** Remove for good, as `purge` does, what was deleted before included. Default false. */
  readonly purge?: boolean | undefined;
  /** An agent, app or run without a user means everybody's. Default false. */
  readonly acrossUsers?: boolean | undefined;
}

/** Beside ids: whose they must be. */
export interface PurgeOptions extends ScopeOptions {
  /** Purge the messages that the named memories rest on too. Default false. */
  readonly withSources?: boolean | undefined;
}

export interface PurgeScopeOptions extends PurgeOptions {
  /** Narrows further. */
  readonly filters?: FilterOption | undefined;
  /** Only what was deleted before then. */
  readonly deletedBefore?: TimeOption | undefined;
  /** An agent, app or run without a user means everybody's. Default false. */
  readonly acrossUsers?: boolean | undefined;
}

/** What is revoked: one of `messageId`, `messageIds`, `batchId`, `attachment`, or ids and filters alone. */
export interface RevokeOptions extends ScopeOptions {
  readonly filters?: FilterOption | undefined;
  readonly messageId?: string | undefined;
  readonly messageIds?: readonly string[] | undefined;
  /** A batch that added memories: an import, a dream. */
  readonly batchId?: string | undefined;
  /** URL, file id or name of an attachment, exactly as the message's part gives it; with ids of whom. */
  readonly attachment?: string | undefined;
  /** Say what would go, and delete nothing. Default false. */
  readonly dryRun?: boolean | undefined;
  /** Remove for good. Default false: `undo` brings it back. */
  readonly purge?: boolean | undefined;
  /** An agent, app or run without a user means everybody's. Default false. */
  readonly acrossUsers?: boolean | undefined;
}

/** Whose memories: a user, an agent or an app. */
export interface DreamOptions extends ScopeOptions {
  /** Say what would change, and change nothing; no model is asked. Default false. */
  readonly dryRun?: boolean | undefined;
  /** False: rules alone, also where a language model is configured. Default true. */
  readonly useModel?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface ReviewOptions extends ScopeOptions {
  readonly filters?: FilterOption | undefined;
  /** Default 100, at most 1,000. */
  readonly limit?: number | undefined;
  readonly cursor?: string | null | undefined;
  /** An agent, app or run without a user means everybody's. Default false. */
  readonly acrossUsers?: boolean | undefined;
}

export interface BatchesOptions {
  /** Default 100, at most 1,000. */
  readonly limit?: number | undefined;
  readonly cursor?: string | null | undefined;
}

export interface FeedbackOptions {
  /** Null takes it back. */
  readonly feedback: Feedback | null;
  readonly feedbackReason?: string | undefined;
}

export interface VerifyOptions {
  /** Make anew what is derived. Default false. */
  readonly repair?: boolean | undefined;
}

export interface ReembedOptions {
  /** True: resolve when every passage has its vector. Default false: at once, with how far it is. */
  readonly wait?: boolean | undefined;
  /** Told how far it is, a few times a second. */
  readonly onProgress?:
    | ((progress: {
        readonly space: string;
        readonly done: number;
        readonly total: number;
        readonly isComplete: boolean;
      }) => void)
    | undefined;
  /** Ends waiting; the vectors are made in the background. */
  readonly signal?: AbortSignal | undefined;
}

export interface LedgerOptions {
  /** Requests sent from then on, and before. Default all. */
  readonly from?: TimeOption | undefined;
  readonly to?: TimeOption | undefined;
  readonly userId?: string | number | undefined;
  /** Default 100, at most 1,000. */
  readonly limit?: number | undefined;
  readonly cursor?: string | null | undefined;
}
