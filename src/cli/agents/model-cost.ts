import type { Settings } from "../store/cli-settings.ts";

/** What a language model would read and write to find facts in so many tokens of talk: an estimate. */
export interface ModelCost {
  readonly model: string | null;
  readonly requests: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** US dollars; null where the price is not known. */
  readonly dollars: number | null;
}

/** What one request carries: some 40 turns of a session, and beside them the task and what is known. */
const TALK_TOKENS = 4_000;
const TASK_TOKENS = 2_500;
const ANSWER_TOKENS = 600;

/** Zero without a configured model: rules cost nothing. */
export function estimateCost(tokens: number, settings: Settings): ModelCost {
  const { llm, modelPrice } = settings;
  if (llm === undefined || tokens === 0)
    return { model: nameOf(llm), requests: 0, inputTokens: 0, outputTokens: 0, dollars: 0 };
  const requests = Math.ceil(tokens / TALK_TOKENS);
  const inputTokens = tokens + requests * TASK_TOKENS;
  const outputTokens = requests * ANSWER_TOKENS;
  const { input, output } = (modelPrice ?? {}) as { input?: unknown; output?: unknown };
  const isPriced = typeof input === "number" && typeof output === "number";
  const dollars = isPriced ? (inputTokens * input + outputTokens * output) / 1_000_000 : null;
  return { model: nameOf(llm), requests, inputTokens, outputTokens, dollars };
}

export function describeCost({ model, requests, inputTokens, outputTokens, dollars }: ModelCost): string {
  if (model === null) return "No language model is configured: it costs nothing.";
  const price =
    dollars === null ? "its price is not set (recollect config set modelPrice)" : `about $${dollars.toFixed(2)}`;
  return `${model} would be asked about ${requests} times, ${inputTokens} tokens in and ${outputTokens} out: ${price}.`;
}

function nameOf(llm: unknown): string | null {
  if (llm === undefined) return null;
  if (typeof llm === "string") return llm;
  const { provider, model, config } = llm as { provider?: unknown; model?: unknown; config?: { model?: unknown } };
  return (
    [provider, model ?? config?.model].filter((part) => typeof part === "string").join("/") || "the language model"
  );
}
