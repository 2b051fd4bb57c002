import { MemoryError } from "../../src/errors.ts";
import { NO_TOKENS } from "../../src/domain/model-usage.ts";
import type { TokenUsage } from "../../src/domain/model-usage.ts";
import type { LanguageModel } from "../../src/ports/language-model.ts";

export interface ModelReply {
  readonly text: string;
  readonly usage: TokenUsage;
  readonly milliseconds: number;
}

/** Requests of one question: answers of a hosted model fail now and then, and a run takes hours. */
const MAX_REQUESTS = 6;
const TIME_LIMIT_MS = 120_000;

/** One reply of a model, asked again after failures that may pass. */
export async function askModel(
  model: LanguageModel,
  purpose: "answer" | "judgement",
  instructions: string,
  prompt: string,
): Promise<ModelReply> {
  for (let request = 1; ; request += 1) {
    const start = performance.now();
    try {
      const { text, usage } = await model.generate({
        purpose,
        instructions,
        prompt,
        temperature: 0,
        signal: AbortSignal.timeout(TIME_LIMIT_MS),
      });
      return { text: text.trim(), usage: { ...NO_TOKENS, ...usage }, milliseconds: performance.now() - start };
    } catch (error) {
      if (!MemoryError.isInstance(error) || !error.retryable || request >= MAX_REQUESTS) throw error;
      const { retryAfterMs } = error.details;
      const pause = typeof retryAfterMs === "number" ? retryAfterMs : 500 * 2 ** request;
      await new Promise((resolve) => {
        setTimeout(resolve, pause);
      });
    }
  }
}
