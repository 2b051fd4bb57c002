import type { ExtractedFact, ExtractionMessage } from "../domain/extracted-fact.ts";

export interface ExtractionContext {
  /** Messages of the same session just before, oldest first, for pronouns and answers to questions. Not to be extracted from. */
  readonly before: readonly ExtractionMessage[];
  readonly signal?: AbortSignal;
}

export interface FactExtractor {
  /** Short name for history rows: "rules", or the model's id. */
  readonly name: string;
  /** Facts in the order of the messages. Never invents: each cites the spans it rests on. */
  extract(messages: readonly ExtractionMessage[], context: ExtractionContext): Promise<readonly ExtractedFact[]>;
}
