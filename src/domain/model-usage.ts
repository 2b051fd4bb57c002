import type { Scope } from "./scope.ts";

/** What a model was called for. */
export type ModelPurpose =
  | "extraction"
  | "procedure"
  | "image"
  | "reranking"
  | "summary"
  | "profile"
  | "schema"
  | "synthesis"
  | "answer"
  | "judgement";

/** Tokens of one call, as the provider counted them; 0 where it does not say. */
export interface TokenUsage {
  /** All of the input, the cached part included. */
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** The part of the input that was read from the provider's cache. */
  readonly cachedInputTokens: number;
}

export const NO_TOKENS: TokenUsage = { inputTokens: 0, outputTokens: 0, cachedInputTokens: 0 };

/** What a million tokens cost, in US dollars. */
export interface TokenPrice {
  readonly input: number;
  readonly output: number;
  /** Left out: as `input`. */
  readonly cachedInput?: number;
}

/** One row of the cost ledger: one request to a model, whatever became of it. Holds no text. */
export interface ModelCallRow extends TokenUsage {
  /** Epoch milliseconds at which it was sent. */
  readonly at: number;
  readonly provider: string;
  readonly model: string;
  readonly purpose: ModelPurpose;
  readonly outcome: "answered" | "failed" | "timeout" | "aborted";
  /** Wall time. */
  readonly milliseconds: number;
  /** US dollars, or null where no price is known. */
  readonly cost: number | null;
  readonly scope: Scope;
}

/** Most that models may use; what is left out has no limit. Days and months begin at 00:00 UTC. */
export interface ModelBudget {
  readonly dailyTokens?: number;
  readonly monthlyTokens?: number;
  /** US dollars; needs a price. Calls of unknown price count as 0. */
  readonly dailyCost?: number;
  readonly monthlyCost?: number;
}

/** The cost of a call, or null where no price is known. */
export function costOf(usage: TokenUsage, price: TokenPrice | undefined): number | null {
  if (price === undefined) return null;
  const fresh = Math.max(0, usage.inputTokens - usage.cachedInputTokens);
  return (
    (fresh * price.input +
      usage.cachedInputTokens * (price.cachedInput ?? price.input) +
      usage.outputTokens * price.output) /
    1_000_000
  );
}
