import type { ExtractedFact, ExtractionMessage } from "../domain/extracted-fact.ts";
import type { ExtractionGuidance } from "../domain/extraction-guidance.ts";
import type { TokenUsage } from "../domain/model-usage.ts";
import type { Scope } from "../domain/scope.ts";

export interface ExtractionContext {
  /** Messages of the same session just before, oldest first, for pronouns and answers to questions. Not to be extracted from. */
  readonly before: readonly ExtractionMessage[];
  readonly signal?: AbortSignal;
  /** Whose memory it is: an agent's own memory is about the agent. Left out: a user's. */
  readonly scope?: Scope;
  /** Followed by extractors that ask a language model. */
  readonly guidance?: ExtractionGuidance;
  /** `procedure`: one memory of how the agent did its task, from the whole trace, instead of facts. Default "facts". */
  readonly mode?: "facts" | "procedure";
  /** Texts of memories of exactly this scope that are already known, so that they are not extracted again. */
  readonly known?: readonly string[];
  /** Told of what a model used, once per request. */
  readonly onUsage?: (usage: TokenUsage) => void;
  /** Told of what was left out or worked around, in words for the caller. */
  readonly onWarning?: (warning: string) => void;
}

export interface FactExtractor {
  /** Short name for history rows: "rules", or the model's id. */
  readonly name: string;
  /** Facts in the order of the messages. Never invents: each cites the spans it rests on. */
  extract(messages: readonly ExtractionMessage[], context: ExtractionContext): Promise<readonly ExtractedFact[]>;
}
