import { MemoryError } from "../../errors.ts";
import type { ExtractionContext } from "../../ports/fact-extractor.ts";
import type { LanguageModelAnswer, LanguageModelCall } from "../../ports/language-model.ts";

export interface Question<Answer> {
  readonly call: Pick<LanguageModelCall, "purpose" | "instructions" | "prompt" | "output">;
  /** Added to the prompt when the first answer cannot be read. */
  readonly reminder: string;
  readonly read: (text: string) => Answer | undefined;
  /** What the answer is made of, in messages. Default facts of messages that are stored. */
  readonly wanted?: "lines" | "values";
}

/**
 * One request, and one more where its answer cannot be read.
 * @throws MemoryError `provider_invalid_output` when neither can, and whatever `generate` throws.
 */
export async function askModel<Answer>(
  { call, reminder, read, wanted }: Question<Answer>,
  generate: (call: LanguageModelCall) => Promise<LanguageModelAnswer>,
  { signal, onWarning }: ExtractionContext,
): Promise<Answer> {
  const full = { ...call, ...(signal === undefined ? {} : { signal }) };
  const first = await generate(full);
  const answer = read(first.text);
  if (answer !== undefined) {
    if (first.finishReason === "length")
      onWarning?.(
        `The language model's answer was cut off at its limit; the ${wanted ?? "facts"} that were complete are used.`,
      );
    return answer;
  }
  const second = await generate({ ...full, prompt: `${call.prompt}\n\n${reminder}` });
  const late = read(second.text);
  if (late !== undefined) return late;
  throw new MemoryError(
    "provider_invalid_output",
    `Expected JSON with ${wanted ?? "facts"} from the language model, got ${describe(first)}, then ${describe(second)}. ` +
      `${wanted === undefined ? "The messages are stored; try" : "Try"} again later, or configure a model that follows instructions and can write JSON.`,
    { retryable: true, details: { finishReasons: [first.finishReason, second.finishReason] } },
  );
}

/** Without its words: errors end up in logs. */
function describe({ text, finishReason }: LanguageModelAnswer): string {
  if (finishReason === "refusal") return "a refusal";
  if (text.trim() === "") return "an empty answer";
  return `${text.length} characters that cannot be read as such (finish reason: ${finishReason})`;
}
