/** Whose memories; a scope key may be left out, not all of them. */
export interface ClientScope {
  readonly userId?: string | undefined;
  readonly agentId?: string | undefined;
  readonly appId?: string | undefined;
  readonly runId?: string | undefined;
}

export interface CallOptions {
  /** Ends the call. */
  readonly signal?: AbortSignal | undefined;
}

export interface ClientMessage {
  readonly role: string;
  readonly content: unknown;
  readonly name?: string | undefined;
}

/** Options go to the server as they are, in snake_case; unknown ones too. */
export interface ClientAddOptions extends ClientScope, CallOptions {
  readonly metadata?: object | undefined;
  readonly infer?: boolean | undefined;
  /** Unix seconds or ISO 8601. */
  readonly timestamp?: number | string | undefined;
  readonly expirationDate?: string | undefined;
  readonly immutable?: boolean | undefined;
  readonly customInstructions?: string | undefined;
  readonly customCategories?: readonly object[] | undefined;
  /** True: answer when the memories are made. Default false: answer when the messages are stored. */
  readonly wait?: boolean | undefined;
  /** Made for every call that has none, so that a retry never adds twice. */
  readonly idempotencyKey?: string | undefined;
}

export interface ClientSearchOptions extends CallOptions {
  readonly filters: object;
  readonly topK?: number | undefined;
  readonly threshold?: number | undefined;
  readonly rerank?: boolean | undefined;
  readonly fields?: readonly string[] | undefined;
  readonly categories?: readonly string[] | undefined;
  readonly showExpired?: boolean | undefined;
  readonly latestOnly?: boolean | undefined;
  readonly referenceDate?: number | string | undefined;
  readonly asOf?: number | string | undefined;
  readonly knownAt?: number | string | undefined;
}

export interface ClientListOptions extends CallOptions {
  readonly filters: object;
  readonly page?: number | undefined;
  readonly pageSize?: number | undefined;
  readonly categories?: readonly string[] | undefined;
  readonly startDate?: string | undefined;
  readonly endDate?: string | undefined;
  readonly showExpired?: boolean | undefined;
  readonly latestOnly?: boolean | undefined;
}

export interface ClientContextOptions extends ClientScope, CallOptions {
  readonly filters?: object | undefined;
  readonly tokenBudget?: number | undefined;
  readonly threshold?: number | undefined;
  readonly asOf?: number | string | undefined;
}

export interface ClientDigestOptions extends ClientScope, CallOptions {
  readonly filters?: object | undefined;
  readonly since?: number | string | undefined;
  readonly until?: number | string | undefined;
  readonly sessions?: number | undefined;
  readonly tokenBudget?: number | undefined;
}

/** A memory as the server gives it. Times are ISO 8601. */
export interface ClientMemory {
  readonly id: string;
  readonly memory: string;
  readonly userId: string | null;
  readonly agentId: string | null;
  readonly appId: string | null;
  readonly runId: string | null;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly categories: readonly string[];
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly kind: string;
  readonly state: string;
  readonly replacedBy: string | null;
  readonly expirationDate: string | null;
  readonly sources: readonly Readonly<Record<string, unknown>>[];
}

export interface ClientHit extends ClientMemory {
  readonly score: number;
  readonly scoreBreakdown?: Readonly<Record<string, unknown>>;
}

export interface ClientPage<Item> {
  readonly count: number;
  readonly next: string | null;
  readonly previous: string | null;
  readonly results: readonly Item[];
}

export interface ClientAddResult {
  readonly status: "PENDING" | "SUCCEEDED";
  readonly eventId: string;
  readonly message: string;
  readonly messages: readonly { readonly id: string }[];
  readonly results?: readonly { readonly id: string; readonly memory: string; readonly event: string }[];
  readonly warnings: readonly string[];
}

export interface ClientEvent {
  readonly id: string;
  readonly status: "PENDING" | "RUNNING" | "SUCCEEDED" | "FAILED";
  readonly results: readonly {
    readonly id: string;
    readonly event: string;
    readonly data: { readonly memory: string | null };
  }[];
  readonly error: string | null;
}

export interface ClientDigest {
  readonly text: string;
  readonly tokens: number;
  readonly isComplete: boolean;
  readonly lines: readonly {
    readonly section: "asked" | "done" | "decided" | "open" | "learned";
    readonly text: string;
    readonly memoryIds: readonly string[];
    readonly saidAt: string;
    readonly name?: string;
    readonly role?: string;
  }[];
  readonly sessions: readonly {
    readonly runId?: string;
    readonly from: string;
    readonly to: string;
    readonly messages: number;
    readonly begins: string;
    readonly beginsWith: string;
  }[];
  readonly warnings: readonly string[];
}

export interface ClientContext {
  readonly text: string;
  readonly tokens: number;
  readonly isComplete: boolean;
  readonly hits: readonly ClientHit[];
}
