import { MemoryError } from "../../errors.ts";
import type { LanguageModel, LanguageModelAnswer } from "../../ports/language-model.ts";
import type { LoadedEmbeddingModel } from "./model-embedder.ts";
import { describeSchema } from "./output-schema.ts";
import { endedError, providerError } from "./provider-error.ts";

/** What is used of LangChain's chat models. */
interface LangChainChat {
  invoke(messages: readonly object[], options?: object): Promise<unknown>;
  /** Binds options to every call; there on chat models that take them. */
  withConfig?(config: object): LangChainChat;
  readonly model?: unknown;
  readonly modelName?: unknown;
}

interface LangChainEmbeddings {
  embedDocuments(texts: string[]): Promise<unknown[]>;
  embedQuery(text: string): Promise<unknown>;
}

export function isLangChainChat(value: unknown): value is LangChainChat {
  return isObjectWith(value, "invoke") && !isObjectWith(value, "doGenerate");
}

export function isLangChainEmbeddings(value: unknown): value is LangChainEmbeddings {
  return isObjectWith(value, "embedDocuments") && isObjectWith(value, "embedQuery");
}

/** The schema is put into the instructions: what of it LangChain could hand on differs from model to model. */
export function createLangChainModel(chat: LangChainChat): LanguageModel {
  const model = nameOf(chat);
  const name = `langchain/${model}`;
  return {
    provider: "langchain",
    model,
    async generate(call) {
      const { signal, output } = call;
      if (signal?.aborted === true) throw endedError(name, signal);
      const instructions =
        output === undefined ? call.instructions : `${call.instructions}\n\n${describeSchema(output.schema)}`;
      const images = (call.images ?? []).map(({ mediaType, data }) => ({
        type: "image_url",
        image_url: { url: `data:${mediaType};base64,${Buffer.from(data).toString("base64")}` },
      }));
      const messages = [
        { role: "system", content: instructions },
        {
          role: "user",
          content: images.length === 0 ? call.prompt : [{ type: "text", text: call.prompt }, ...images],
        },
      ];
      const isMaxIgnored = call.maxOutputTokens !== undefined || call.temperature !== undefined;
      try {
        const message = await chat.invoke(messages, signal === undefined ? {} : { signal });
        const warnings = isMaxIgnored ? ["LangChain models use their own temperature and token limit."] : [];
        return { ...answerOf(message), warnings };
      } catch (error) {
        const texts = [call.prompt, call.instructions];
        throw providerError(withStatus(error), { name, secrets: [], texts, signal });
      }
    },
  };
}

/** @throws MemoryError `provider_failed` when it fails. LangChain has no signal for embeddings: it is looked at between requests. */
export function loadLangChainEmbedder(embeddings: LangChainEmbeddings, maxTexts: number): LoadedEmbeddingModel {
  return {
    maxTexts,
    async embed(texts, { purpose, signal }) {
      if (signal?.aborted === true) throw endedError("langchain", signal);
      try {
        if (purpose === "document") return await embeddings.embedDocuments([...texts]);
        return await Promise.all(texts.map((text) => embeddings.embedQuery(text)));
      } catch (error) {
        throw withStatus(error);
      }
    },
  };
}

export function nameOf(value: object): string {
  const { model, modelName, model_name: snake, constructor } = value as Record<string, unknown>;
  const named = [model, modelName, snake].find((each) => typeof each === "string" && each !== "");
  return (named ?? (constructor as { name?: string } | undefined)?.name ?? "model") as string;
}

function answerOf(message: unknown): Omit<LanguageModelAnswer, "warnings"> {
  if (typeof message === "string")
    return { text: message, usage: { inputTokens: 0, outputTokens: 0, cachedInputTokens: 0 }, finishReason: "other" };
  if (typeof message !== "object" || message === null)
    throw new MemoryError("provider_failed", "The LangChain model answered with neither a message nor a text.");
  const { content, usage_metadata: usage, response_metadata: metadata } = message as Record<string, unknown>;
  const { input_tokens: input, output_tokens: output, input_token_details: details } = recordOf(usage);
  const { finish_reason: finish, stop_reason: stop, finishReason } = recordOf(metadata);
  return {
    text: textOf(content),
    usage: {
      inputTokens: countOf(input),
      outputTokens: countOf(output),
      cachedInputTokens: countOf(recordOf(details)["cache_read"]),
    },
    finishReason: finishOf(String(finish ?? stop ?? finishReason ?? "")),
  };
}

function textOf(content: unknown): string {
  if (typeof content === "string") return content;
  if (!Array.isArray(content)) return "";
  return content
    .map((part) => (typeof part === "string" ? part : recordOf(part)["text"]))
    .filter((text) => typeof text === "string")
    .join("");
}

function finishOf(reason: string): LanguageModelAnswer["finishReason"] {
  if (/^(?:stop|end_turn|stop_sequence)$/iu.test(reason)) return "stop";
  if (/length|max_tokens/iu.test(reason)) return "length";
  return /filter|refusal|safety/iu.test(reason) ? "refusal" : "other";
}

/** Clients behind LangChain call the status `status`, `statusCode` or `response.status`. */
function withStatus(error: unknown): unknown {
  const { status, response, headers, message } = recordOf(error);
  const found = [status, recordOf(response)["status"]].find((each) => typeof each === "number");
  if (found === undefined) return error;
  const entries = headers instanceof Headers ? Object.fromEntries(headers) : recordOf(headers);
  return { statusCode: found, responseHeaders: entries, data: { message } };
}

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function countOf(value: unknown): number {
  return typeof value === "number" && value >= 0 ? value : 0;
}

function isObjectWith(value: unknown, method: string): boolean {
  return typeof value === "object" && value !== null && typeof Reflect.get(value, method) === "function";
}
