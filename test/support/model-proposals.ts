import type { ExtractedFact, ExtractionMessage } from "../../src/domain/extracted-fact.ts";
import { createModelExtractor } from "../../src/extraction/model/model-extractor.ts";
import { createRulesExtractor } from "../../src/extraction/rules-extractor.ts";
import type { ExtractionContext } from "../../src/ports/fact-extractor.ts";
import type { LanguageModelAnswer, LanguageModelCall } from "../../src/ports/language-model.ts";

/** Facts of a scripted model from a scripted conversation, with the rules that judge them. */

const SAID_AT = Date.UTC(2024, 4, 7, 12);
export const rules = createRulesExtractor();
type Turn = string | Partial<ExtractionMessage>;
export type Proposal = Record<string, unknown> & { readonly text: string };

export function said(...turns: Turn[]): ExtractionMessage[] {
  return turns.map((turn, index) => ({
    id: `m${index + 1}`,
    role: "user",
    text: "",
    saidAt: SAID_AT + index * 60_000,
    ...(typeof turn === "string" ? { text: turn } : turn),
  }));
}

interface Outcome {
  readonly facts: readonly ExtractedFact[];
  readonly texts: readonly string[];
  readonly calls: readonly LanguageModelCall[];
  readonly warnings: readonly string[];
}

export async function extractProposed(
  messages: readonly ExtractionMessage[],
  replies: readonly (readonly Proposal[] | string | Partial<LanguageModelAnswer>)[],
  context: Partial<ExtractionContext> = {},
): Promise<Outcome> {
  const calls: LanguageModelCall[] = [];
  const warnings: string[] = [];
  const extractor = createModelExtractor({
    name: "scripted",
    rules,
    generate: (call) => {
      const reply = replies[Math.min(calls.length, replies.length - 1)] ?? "";
      calls.push(call);
      const text = typeof reply === "string" ? reply : Array.isArray(reply) ? JSON.stringify({ facts: reply }) : "";
      const usage = { inputTokens: 10, outputTokens: 10, cachedInputTokens: 0 };
      const rest = typeof reply === "object" && !Array.isArray(reply) ? reply : {};
      return Promise.resolve({ text, usage, finishReason: "stop", warnings: [], ...rest });
    },
  });
  const facts = await extractor.extract(messages, {
    before: [],
    scope: { userId: "u" },
    onWarning: (warning) => warnings.push(warning),
    ...context,
  });
  return { facts, texts: facts.map(({ text }) => text), calls, warnings };
}
