/**
 * What is used of the AI SDK's model objects, as they are in its versions 5 (v2), 6 (v3) and 7 (v4). Written down here,
 * and not imported, because these objects come from packages that may not be installed.
 */
export interface AiLanguageModel {
  readonly specificationVersion: string;
  readonly provider: string;
  readonly modelId: string;
  doGenerate(options: Readonly<Record<string, unknown>>): PromiseLike<AiGenerateResult>;
}

export interface AiGenerateResult {
  readonly content: readonly { readonly type: string; readonly text?: string; readonly input?: unknown }[];
  /** Where the provider has its answer elsewhere than in the text (a tool, say). */
  readonly structuredOutputText?: string;
  readonly finishReason: string | { readonly unified: string; readonly raw?: string | undefined };
  readonly usage: {
    readonly inputTokens?: number | { readonly total?: number | undefined; readonly cacheRead?: number | undefined };
    readonly outputTokens?: number | { readonly total?: number | undefined };
    readonly cachedInputTokens?: number;
  };
  readonly warnings?: readonly AiWarning[];
}

export interface AiWarning {
  readonly type: string;
  readonly feature?: string;
  readonly setting?: string;
  readonly details?: string;
  readonly message?: string;
}

export interface AiEmbeddingModel {
  readonly specificationVersion: string;
  readonly provider: string;
  readonly modelId: string;
  readonly maxEmbeddingsPerCall?: PromiseLike<number | undefined> | number | undefined;
  doEmbed(options: Readonly<Record<string, unknown>>): PromiseLike<{ readonly embeddings: readonly unknown[] }>;
}

export interface AiRerankingModel {
  readonly specificationVersion: string;
  readonly provider: string;
  readonly modelId: string;
  doRerank(
    options: Readonly<Record<string, unknown>>,
  ): PromiseLike<{ readonly ranking: readonly { readonly index: number; readonly relevanceScore: number }[] }>;
}

/** A model object of the AI SDK with this method. */
export function isAiModel(value: unknown, method: "doGenerate" | "doEmbed" | "doRerank"): boolean {
  if (typeof value !== "object" || value === null) return false;
  const model = value as Record<string, unknown>;
  return typeof model["specificationVersion"] === "string" && typeof model[method] === "function";
}

export function warningText({ type, feature, setting, details, message }: AiWarning): string {
  if (message !== undefined) return setting === undefined ? message : `${setting}: ${message}`;
  return `${type}: ${feature ?? setting ?? "unknown"}${details === undefined ? "" : ` (${details})`}`;
}
