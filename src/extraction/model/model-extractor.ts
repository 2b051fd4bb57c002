import type { FactExtractor } from "../../ports/fact-extractor.ts";
import type { LanguageModelAnswer, LanguageModelCall } from "../../ports/language-model.ts";

export interface ModelExtractorOptions {
  readonly name: string;
  readonly generate: (call: LanguageModelCall) => Promise<LanguageModelAnswer>;
  readonly rules: FactExtractor;
}

/** Facts by the rules alone, until the model's part is here. */
export function createModelExtractor({ name, rules }: ModelExtractorOptions): FactExtractor {
  return { name, extract: (messages, context) => rules.extract(messages, context) };
}
