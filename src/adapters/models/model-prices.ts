import type { TokenPrice } from "../../domain/model-usage.ts";

/** List prices in US dollars per million tokens, as of November 2026; the setting `modelPrice` is the caller's own. */
const PRICES: Readonly<Record<string, TokenPrice>> = {
  "openai/gpt-5-mini": { input: 0.25, output: 2, cachedInput: 0.025 },
  "openai/gpt-5-nano": { input: 0.05, output: 0.4, cachedInput: 0.005 },
  "openai/gpt-5": { input: 1.25, output: 10, cachedInput: 0.125 },
  "openai/gpt-4.1": { input: 2, output: 8, cachedInput: 0.5 },
  "openai/gpt-4.1-mini": { input: 0.4, output: 1.6, cachedInput: 0.1 },
  "openai/gpt-4.1-nano": { input: 0.1, output: 0.4, cachedInput: 0.025 },
  "openai/gpt-4o-mini": { input: 0.15, output: 0.6, cachedInput: 0.075 },
  "anthropic/claude-sonnet-4-6": { input: 3, output: 15, cachedInput: 0.3 },
  "anthropic/claude-haiku-4-5": { input: 1, output: 5, cachedInput: 0.1 },
};

/** The price of a model, also of a dated version of it ("gpt-5-mini-2025-08-07"); undefined where none is known. */
export function knownPrice(provider: string, model: string): TokenPrice | undefined {
  const name = `${provider}/${model}`.replace(/-(?:\d{8}|\d{4}-\d{2}-\d{2})$/u, "");
  return Object.hasOwn(PRICES, name) ? PRICES[name] : undefined;
}
