import type { ExtractionGuidance } from "./extraction-guidance.ts";
import type { Filter } from "./filter.ts";
import type { ScopeBinding } from "./filter-scopes.ts";
import type { JsonSchema } from "./json-schema.ts";
import type { Feedback, MemoryKind, MemoryState, Metadata, Role } from "./memory.ts";
import type { Scope } from "./scope.ts";

/** One message of an add, checked. */
export interface AddMessage {
  readonly role: Role;
  readonly name: string | null;
  readonly text: string;
  /** Non-text parts as given, or null. */
  readonly attachments: readonly unknown[] | null;
  /** Its own time, epoch milliseconds, or null: that of the call. */
  readonly saidAt: number | null;
}

export interface AddRequest {
  readonly messages: readonly AddMessage[];
  readonly scope: Scope;
  readonly metadata: Metadata;
  /** False: each message is stored as a fact, word for word. */
  readonly infer: boolean;
  readonly expirationDate: string | null;
  /** Epoch milliseconds when it was said, or null: now. */
  readonly saidAt: number | null;
  readonly isImmutable: boolean;
  /** What is added does not fade. */
  readonly isPinned: boolean;
  /** Nobody vouches for it: a web page, a tool's output. What is drawn from it waits for review. */
  readonly isUntrusted: boolean;
  /** Ids of memories of the same user that the facts of this call follow from. */
  readonly derivedFrom: readonly string[];
  readonly idempotencyKey: string | null;
  /** `procedure`: one memory of how an agent did its task, in place of facts. */
  readonly mode: "facts" | "procedure";
  readonly guidance: ExtractionGuidance;
  /** False: a language model finds the facts in the background. Without one it makes no difference. */
  readonly wait: boolean;
  readonly signal: AbortSignal | null;
  readonly warnings: readonly string[];
}

/** Which memories a read may see: the partitions it names, and a filter over their rows. */
export interface ReadScope {
  /** Users named by the caller (null: memories without a user), or everybody for the project's admin. */
  readonly userIds: readonly (string | null)[] | "all";
  readonly bindings: readonly ScopeBinding[];
  readonly filter: Filter;
}

export interface ReadRequest {
  readonly scope: ReadScope;
  readonly kinds: readonly MemoryKind[] | null;
  readonly states: readonly MemoryState[] | null;
  /** True in the world at this moment. */
  readonly asOf: number | null;
  /** Known to the store at this moment. */
  readonly knownAt: number | null;
  readonly latestOnly: boolean;
  readonly includeMerged: boolean;
  readonly includeUnverified: boolean;
  readonly showExpired: boolean;
  readonly warnings: readonly string[];
}

export interface SearchRequest extends ReadRequest {
  readonly query: string;
  readonly topK: number;
  /** 0 to 1. */
  readonly threshold: number;
  readonly explain: boolean;
  /** "Now" for words such as "yesterday" in the query, or null for the clock. */
  readonly referenceDate: number | null;
  /** False: not by the reranker. True: a warning says so where there is none. */
  readonly rerank: boolean | null;
  /** Name of a recipe, or null for the engine's. */
  readonly recipe: string | null;
}

export interface ContextRequest extends Omit<SearchRequest, "topK" | "explain"> {
  readonly tokenBudget: number;
}

export interface ListRequest extends ReadRequest {
  readonly limit: number;
  /** Rows to leave out first; 0 with a cursor. */
  readonly offset: number;
  readonly cursor: string | null;
  readonly withTotal: boolean;
  /** Only memories whose ground has changed. Default false. */
  readonly needsCheck?: boolean;
}

/** How what is made out of memories is made. */
export interface ViewRequest {
  /** What the application wants of it; followed by language models. */
  readonly instructions: string | null;
  /** False: by rules, also where a language model is configured. */
  readonly useModel: boolean;
}

export interface ProfileRequest extends ViewRequest {
  readonly read: ReadRequest;
  /** In place of sections of lines. */
  readonly schema: JsonSchema | null;
  readonly tokenBudget: number;
}

export interface SummaryRequest extends ViewRequest {
  readonly read: ReadRequest;
  readonly maxMemories: number;
  readonly maxCharacters: number;
}

export interface FillSchemaRequest extends ViewRequest {
  /** Ids, or the newest of a scope. */
  readonly from: readonly string[] | ReadRequest;
  readonly schema: JsonSchema;
}

export interface InstructionsRequest {
  readonly read: ReadRequest;
  readonly tokenBudget: number;
}

export interface UpdateRequest {
  readonly id: string;
  readonly scope: Scope;
  readonly text?: string;
  /** Merged into what is there. */
  readonly metadata?: Metadata;
  /** Null clears it. */
  readonly expirationDate?: string | null;
  /** Epoch milliseconds: when it was said. */
  readonly saidAt?: number;
  readonly isPinned?: boolean;
}

export interface MoveRequest {
  readonly ids: readonly string[];
  /** Undefined leaves an id as it is, null takes it away. */
  readonly to: { readonly [Key in Exclude<keyof Scope, "userId">]?: string | null };
}

export interface DeleteAllRequest {
  readonly scope: ReadScope;
  readonly isDryRun: boolean;
  /** For good, tombstones included. */
  readonly isPurge: boolean;
}

export interface PurgeRequest {
  /** Ids, or everything of a scope. */
  readonly target: readonly string[] | ReadScope;
  /** Purge the messages that the named memories rest on too. */
  readonly withSources: boolean;
  /** Ids must be theirs, else they count as not found. */
  readonly owner: Scope;
  /** Of a scope: only what was deleted before then, epoch milliseconds; null: all of it. */
  readonly deletedBefore: number | null;
}

export interface FeedbackRequest {
  readonly id: string;
  readonly feedback: Feedback | null;
  readonly reason: string | null;
}
