import type { JsonSchema } from "../domain/json-schema.ts";
import type { ModelPurpose, TokenPrice, TokenUsage } from "../domain/model-usage.ts";

/** A picture shown to a model. */
export interface ModelImage {
  /** IANA media type, e.g. "image/png". */
  readonly mediaType: string;
  readonly data: Uint8Array;
}

export interface LanguageModelCall {
  readonly purpose: ModelPurpose;
  /** What never changes between calls comes here, so that providers can cache it. */
  readonly instructions: string;
  readonly prompt: string;
  readonly images?: readonly ModelImage[];
  /** Asks for JSON of this shape, by the provider's own means where it has any. The answer is not checked against it. */
  readonly output?: { readonly name: string; readonly schema: JsonSchema };
  readonly maxOutputTokens?: number;
  readonly temperature?: number;
  /** Ends the request; the adapter rejects with `aborted` or `timeout`. */
  readonly signal?: AbortSignal;
}

export interface LanguageModelAnswer {
  /** What the model wrote, as it came: nothing is parsed or repaired. May be empty. */
  readonly text: string;
  readonly usage: TokenUsage;
  /** `length`: cut off at `maxOutputTokens` or the model's own limit. `refusal`: a filter or the model declined. */
  readonly finishReason: "stop" | "length" | "refusal" | "other";
  readonly warnings: readonly string[];
}

/**
 * One language model. Makes exactly one request per call: retries, time limits, budget and ledger are the caller's
 * (operations/call-model.ts).
 */
export interface LanguageModel {
  readonly provider: string;
  readonly model: string;
  /** False: images are refused before a request is made. Undefined: not known, tried. */
  readonly canSeeImages?: boolean;
  readonly price?: TokenPrice;
  /**
   * @throws MemoryError `provider_failed` (details: `status`, `retryAfterMs` where the provider says so; `retryable`),
   * `timeout`, `aborted`, `missing_dependency` (with the install command), `invalid_input`.
   */
  generate(call: LanguageModelCall): Promise<LanguageModelAnswer>;
}
