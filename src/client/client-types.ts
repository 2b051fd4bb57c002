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
  /** It does not fade where decay is on. */
  readonly pinned?: boolean | undefined;
  /** Said by nobody whose word counts: what sounds like an instruction waits for review. */
  readonly untrusted?: boolean | undefined;
  /** Ids of memories of the same user that this follows from. */
  readonly derivedFrom?: string | readonly string[] | undefined;
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
  readonly asOf?: number | string | undefined;
  readonly knownAt?: number | string | undefined;
  readonly startDate?: string | undefined;
  readonly endDate?: string | undefined;
  readonly showExpired?: boolean | undefined;
  readonly latestOnly?: boolean | undefined;
  /** Those that were folded into another; left out otherwise. */
  readonly includeMerged?: boolean | undefined;
  /** Those whose words nothing supports; left out otherwise. */
  readonly includeUnverified?: boolean | undefined;
  /** Which kinds; left out: all but messages. */
  readonly kinds?: readonly string[] | undefined;
}

export interface ClientContextOptions extends ClientScope, CallOptions {
  readonly filters?: object | undefined;
  readonly tokenBudget?: number | undefined;
  readonly threshold?: number | undefined;
  readonly asOf?: number | string | undefined;
}

/** Whose memories, as of when. */
export interface ClientViewOptions extends ClientScope, CallOptions {
  readonly filters?: object | undefined;
  readonly asOf?: number | string | undefined;
  readonly knownAt?: number | string | undefined;
  readonly showExpired?: boolean | undefined;
}

export interface ClientModelOptions {
  /** What is wanted of it; followed where the server has a language model. */
  readonly instructions?: string | undefined;
  /** False: by rules, also where the server has a language model. */
  readonly useModel?: boolean | undefined;
}

export interface ClientProfileOptions extends ClientViewOptions, ClientModelOptions {
  /** A JSON schema: an object after it in place of sections. */
  readonly schema?: object | undefined;
  readonly tokenBudget?: number | undefined;
}

export interface ClientSummaryOptions extends ClientViewOptions, ClientModelOptions {
  readonly maxMemories?: number | undefined;
  readonly maxCharacters?: number | undefined;
}

export interface ClientInstructionsOptions extends ClientViewOptions {
  readonly tokenBudget?: number | undefined;
}

export interface ClientFillSchemaOptions extends ClientViewOptions, ClientModelOptions {
  readonly schema: object;
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
  readonly pinned: boolean;
  /** Why it should be looked at: what it rests on has changed. */
  readonly needsCheck: readonly Readonly<Record<string, unknown>>[];
  /** Of a pattern: what it rests on. */
  readonly restsOn: readonly string[];
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

export interface ClientProfile {
  readonly text: string;
  readonly tokens: number;
  readonly sections: Readonly<
    Record<string, readonly { readonly text: string; readonly memoryIds: readonly string[] }[]>
  >;
  /** With a schema: the object after it, and the memories behind each property by its path. */
  readonly values: Readonly<Record<string, unknown>> | null;
  readonly citations: Readonly<Record<string, readonly string[]>>;
  readonly memories: number;
  readonly isComplete: boolean;
  readonly updatedAt: string | null;
  readonly madeBy: "rules" | "model";
  readonly warnings: readonly string[];
}

export interface ClientSummary {
  readonly summary: string;
  readonly lines: readonly {
    readonly category: string;
    readonly text: string;
    readonly memoryIds: readonly string[];
    readonly createdAt: string;
  }[];
  readonly memoriesUsed: number;
  readonly memoriesInScope: number;
  readonly isComplete: boolean;
  readonly madeBy: "rules" | "model";
  readonly warnings: readonly string[];
}

export interface ClientInstructions {
  readonly text: string;
  readonly tokens: number;
  readonly results: readonly ClientMemory[];
  readonly isComplete: boolean;
}

export interface ClientFilledSchema {
  readonly values: Readonly<Record<string, unknown>>;
  readonly citations: Readonly<Record<string, readonly string[]>>;
  readonly memories: number;
  readonly madeBy: "rules" | "model";
  readonly warnings: readonly string[];
}

export interface ClientExport {
  readonly id: string;
  readonly status: string;
  readonly memories: number;
  readonly warnings: readonly string[];
}

export interface ClientNamedEntitiesOptions extends ClientScope, CallOptions {
  /** Part of a name. */
  readonly search?: string | undefined;
  readonly type?: string | readonly string[] | undefined;
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
}

export interface ClientNamedEntity {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly aliases: readonly string[];
  readonly mentions: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface ClientMentionsOptions extends ClientScope, CallOptions {
  /** As far as it was known then. Default now. */
  readonly knownAt?: number | string | undefined;
  readonly limit?: number | undefined;
}

interface ClientNamedSpan {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface ClientMentions {
  readonly entity: { readonly id: string; readonly name: string; readonly type: string } | null;
  readonly results: readonly {
    readonly memoryId: string;
    readonly memory: string;
    readonly kind: string;
    readonly saidAt: string;
    readonly spans: readonly ClientNamedSpan[];
    readonly sources: readonly { readonly messageId: string; readonly spans: readonly ClientNamedSpan[] }[];
  }[];
}

interface ClientRelationTime {
  /** What held then. Default now. */
  readonly asOf?: number | string | undefined;
  /** As far as it was known then. Default now. */
  readonly knownAt?: number | string | undefined;
  readonly includeEnded?: boolean | undefined;
}

export interface ClientRelationsOptions extends ClientScope, CallOptions, ClientRelationTime {
  /** At either end: a name, another name of the same, or an id. */
  readonly entity?: string | undefined;
  readonly subject?: string | undefined;
  readonly object?: string | undefined;
  readonly predicate?: string | readonly string[] | undefined;
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
}

export interface ClientNeighboursOptions extends ClientScope, CallOptions, ClientRelationTime {
  readonly predicate?: string | readonly string[] | undefined;
  readonly limit?: number | undefined;
}

interface ClientEntityName {
  readonly id: string;
  readonly name: string;
  readonly type: string;
}

export interface ClientRelation {
  readonly id: string;
  readonly subject: ClientEntityName;
  readonly predicate: string;
  readonly object: ClientEntityName;
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly confidence: number;
  readonly origin: string;
  readonly memoryId: string;
  readonly state: string;
}

export interface ClientNeighbours {
  /** What the name stands for; null: nothing has it. */
  readonly entity: ClientEntityName | null;
  readonly neighbours: readonly { readonly entity: ClientEntityName; readonly relations: readonly ClientRelation[] }[];
}

export interface ClientTimelineOptions extends ClientScope, CallOptions {
  readonly filters?: object | undefined;
  readonly from?: number | string | undefined;
  readonly to?: number | string | undefined;
  readonly changesOnly?: boolean | undefined;
  readonly order?: "ascending" | "descending" | undefined;
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
  readonly threshold?: number | undefined;
  readonly referenceDate?: number | string | undefined;
}

export interface ClientTimeline {
  readonly results: readonly {
    readonly memoryId: string;
    readonly text: string;
    readonly from: string;
    readonly to: string | null;
    readonly basis: "stated" | "said";
    readonly granularity?: string;
    readonly timeWords: string | null;
    readonly kind: string;
    readonly state: string;
    readonly replacedBy: string | null;
    readonly sources: readonly Readonly<Record<string, unknown>>[];
  }[];
  readonly next: string | null;
  readonly warnings: readonly string[];
}

export interface ClientRevokeOptions extends ClientScope, CallOptions {
  readonly filters?: object | undefined;
  readonly messageIds?: readonly string[] | undefined;
  readonly batchId?: string | undefined;
  readonly attachment?: string | undefined;
  readonly dryRun?: boolean | undefined;
  readonly purge?: boolean | undefined;
}

export interface ClientRevoked {
  readonly batchId: string | null;
  readonly count: number;
  readonly ids: readonly string[];
}

export interface ClientReviewOptions extends ClientScope, CallOptions {
  readonly filters?: object | undefined;
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
}

export interface ClientReview {
  readonly results: readonly (ClientMemory & { readonly why: readonly string[] })[];
  readonly next: string | null;
  readonly contradictions: readonly {
    readonly attribute: { readonly subject: string; readonly attribute: string };
    readonly memories: readonly ClientMemory[];
  }[];
}

export interface ClientReviewAnswer {
  readonly batchId: string | null;
  readonly count: number;
}

export interface ClientBatch {
  readonly id: string;
  readonly kind: string;
  readonly at: string;
  readonly memories: number;
  readonly undone: number;
}

export interface ClientUndone {
  readonly batchId: string;
  readonly undone: readonly string[];
  readonly kept: readonly { readonly id: string; readonly why: string }[];
}

export interface ClientGraphOptions extends ClientScope, CallOptions, ClientRelationTime {
  readonly entities?: readonly string[] | undefined;
  readonly query?: string | undefined;
  readonly depth?: number | undefined;
  readonly limit?: number | undefined;
}

export interface ClientGraph {
  readonly entities: readonly (ClientEntityName & {
    readonly label: string;
    readonly observations: readonly { readonly memoryId: string; readonly text: string }[];
  })[];
  readonly relations: readonly ClientRelation[];
}

export interface ClientPathsOptions extends ClientScope, CallOptions, ClientRelationTime {
  readonly from: string;
  readonly to: string;
  readonly maxLength?: number | undefined;
  readonly limit?: number | undefined;
}

export interface ClientPath {
  readonly entities: readonly ClientEntityName[];
  readonly relations: readonly ClientRelation[];
}

export interface ClientGraphScope extends ClientScope, CallOptions {
  /** Goes to the facts that are made. */
  readonly metadata?: object | undefined;
}

export interface ClientNewEntity {
  readonly name: string;
  readonly type?: string | undefined;
  readonly observations?: readonly string[] | undefined;
}

export interface ClientNewRelation {
  readonly subject: string;
  readonly predicate: string;
  readonly object: string;
  readonly validFrom?: number | string | undefined;
  readonly validTo?: number | string | undefined;
}

export interface ClientObservations {
  readonly entity: string;
  readonly contents: readonly string[];
}

export interface ClientGraphWritten {
  readonly results: readonly { readonly memoryId: string }[];
}

export interface ClientGraphDeleted {
  readonly deleted: readonly string[];
}

export interface ClientDreamOptions extends ClientScope, CallOptions {
  /** Say what would change, and change nothing. */
  readonly dryRun?: boolean | undefined;
  readonly useModel?: boolean | undefined;
}

export interface ClientDream {
  readonly batchId: string | null;
  readonly patterns: readonly {
    readonly id: string | null;
    readonly event: string;
    readonly text: string;
    readonly previousText: string | null;
    readonly evidence: readonly string[];
    readonly why: string;
    readonly madeBy: "rules" | "model";
  }[];
  readonly contradictions: ClientReview["contradictions"];
  readonly warnings: readonly string[];
}

/** Null stands for none; what is left out stays. */
export interface ClientMoveTarget extends CallOptions {
  readonly agentId?: string | null | undefined;
  readonly appId?: string | null | undefined;
  readonly runId?: string | null | undefined;
}

interface ClientPlace {
  readonly userId: string | null;
  readonly agentId: string | null;
  readonly appId: string | null;
  readonly runId: string | null;
}

export interface ClientMoved {
  readonly moved: readonly { readonly id: string; readonly from: ClientPlace; readonly to: ClientPlace }[];
  readonly messages: readonly string[];
  readonly shared: readonly string[];
}
