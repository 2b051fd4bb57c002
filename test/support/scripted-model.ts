import { MemoryError } from "../../src/errors.ts";
import type { LanguageModel, LanguageModelAnswer, LanguageModelCall } from "../../src/ports/language-model.ts";

export type ScriptedReply = string | Error | "hang" | ((call: LanguageModelCall) => string | Promise<string>);

export interface ScriptedModel extends LanguageModel {
  /** What it was asked, in order. */
  readonly calls: LanguageModelCall[];
  /** What it says, one after the other; the last one for ever. */
  replies: ScriptedReply[];
}

/** A language model in this process that says what a test has written. Tokens: a quarter of the characters. */
export function scriptedModel(...replies: ScriptedReply[]): ScriptedModel {
  const calls: LanguageModelCall[] = [];
  return {
    provider: "scripted",
    model: "test",
    price: { input: 1, output: 4, cachedInput: 0.1 },
    calls,
    replies,
    async generate(call): Promise<LanguageModelAnswer> {
      calls.push(call);
      const reply = this.replies.length > 1 ? this.replies.shift() : this.replies[0];
      if (reply === undefined) throw new MemoryError("provider_failed", "nothing was scripted");
      if (reply instanceof Error) throw reply;
      if (reply === "hang") return new Promise(() => undefined);
      const text = typeof reply === "string" ? reply : await reply(call);
      return {
        text,
        usage: {
          inputTokens: countTokens(call.instructions) + countTokens(call.prompt),
          outputTokens: countTokens(text),
          cachedInputTokens: 0,
        },
        finishReason: "stop",
        warnings: [],
      };
    },
  };
}

function countTokens(text: string): number {
  return Math.ceil(text.length / 4);
}
