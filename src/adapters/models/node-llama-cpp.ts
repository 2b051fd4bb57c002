import { existsSync } from "node:fs";
import { basename } from "node:path";
import { invalidInput } from "../../errors.ts";
import type { LanguageModel, LanguageModelAnswer } from "../../ports/language-model.ts";
import { importOptional } from "./import-optional.ts";
import type { LoadedEmbeddingModel } from "./model-embedder.ts";
import type { ModelSettings } from "./model-setting.ts";
import { describeSchema } from "./output-schema.ts";
import { endedError, providerError } from "./provider-error.ts";

const CONTEXT_TOKENS = 8192;

interface Llama {
  /** Cores that are worth a thread each. */
  readonly cpuMathCores: number;
  loadModel(options: object): Promise<LlamaModel>;
  createGrammarForJsonSchema(schema: object): Promise<object>;
}

interface LlamaModel {
  tokenize(text: string): readonly unknown[];
  createContext(options: object): Promise<LlamaContext>;
  createEmbeddingContext(options: object): Promise<{
    getEmbeddingFor(text: string): Promise<{ readonly vector: readonly number[] }>;
  }>;
}

interface LlamaContext {
  getSequence(): ContextSequence;
}

interface ContextSequence {
  clearHistory(): Promise<void>;
}

interface Session {
  promptWithMeta(
    prompt: string,
    options: object,
  ): Promise<{ readonly responseText: string; readonly stopReason: string }>;
  dispose(options: { readonly disposeSequence: boolean }): void;
}

interface Loaded {
  readonly llama: Llama;
  readonly model: LlamaModel;
  readonly LlamaChatSession: new (options: object) => Session;
}

/** A GGUF file in this process. One answer at a time: the context is one. */
export function createLlamaModel(path: string, settings: ModelSettings): LanguageModel {
  const name = `node-llama-cpp/${basename(path)}`;
  let loading: Promise<Loaded & { readonly contextSequence: ContextSequence }> | undefined;
  let last: Promise<unknown> = Promise.resolve();
  const load = async (): Promise<Loaded & { readonly contextSequence: ContextSequence }> => {
    const loaded = await loadModel(path, settings);
    const context = await loaded.model.createContext(contextOptions(loaded, settings, CONTEXT_TOKENS));
    return { ...loaded, contextSequence: context.getSequence() };
  };
  return {
    provider: "node-llama-cpp",
    model: basename(path),
    canSeeImages: false,
    ...(settings.price === undefined ? {} : { price: settings.price }),
    async generate(call): Promise<LanguageModelAnswer> {
      if ((call.images?.length ?? 0) > 0) throw invalidInput(`${name} cannot see images.`);
      const { signal } = call;
      const before = last;
      const work = async (): Promise<LanguageModelAnswer> => {
        await before.catch(() => undefined);
        if (signal?.aborted === true) throw endedError(name, signal);
        loading ??= load();
        loading.catch(() => (loading = undefined));
        const { llama, model, contextSequence, LlamaChatSession } = await loading;
        const instructions =
          call.output === undefined
            ? call.instructions
            : `${call.instructions}\n\n${describeSchema(call.output.schema)}`;
        // What an earlier call said is nothing to this one.
        await contextSequence.clearHistory();
        const session = new LlamaChatSession({ contextSequence, systemPrompt: instructions });
        try {
          const grammar = call.output === undefined ? undefined : await grammarOf(llama, call.output.schema);
          const maxTokens = call.maxOutputTokens ?? settings.maxOutputTokens;
          const temperature = settings.temperature ?? call.temperature;
          const { responseText, stopReason } = await session.promptWithMeta(call.prompt, {
            ...(grammar === undefined ? {} : { grammar }),
            ...(maxTokens === undefined ? {} : { maxTokens }),
            ...(temperature === undefined ? {} : { temperature }),
            ...(settings.topP === undefined ? {} : { topP: settings.topP }),
            ...(signal === undefined ? {} : { signal }),
          });
          const inputTokens = model.tokenize(instructions).length + model.tokenize(call.prompt).length;
          return {
            text: responseText,
            usage: { inputTokens, outputTokens: model.tokenize(responseText).length, cachedInputTokens: 0 },
            finishReason: stopReason === "maxTokens" ? "length" : "stop",
            warnings: [],
          };
        } finally {
          session.dispose({ disposeSequence: false });
        }
      };
      const answer = work();
      last = answer;
      try {
        return await answer;
      } catch (error) {
        throw providerError(error, { name, secrets: [], texts: [call.prompt, call.instructions], signal });
      }
    },
  };
}

/** An embedding model in a GGUF file; one text at a time. */
export async function loadLlamaEmbedder(path: string, settings: ModelSettings): Promise<LoadedEmbeddingModel> {
  const loaded = await loadModel(path, settings);
  const context = await loaded.model.createEmbeddingContext(contextOptions(loaded, settings, 2048));
  return {
    maxTexts: 16,
    async embed(texts, { signal }) {
      const vectors: (readonly number[])[] = [];
      for (const text of texts) {
        if (signal?.aborted === true) throw endedError(`node-llama-cpp/${path}`, signal);
        vectors.push((await context.getEmbeddingFor(text)).vector);
      }
      return vectors;
    },
  };
}

async function loadModel(path: string, { rest }: ModelSettings): Promise<Loaded> {
  const library = await importOptional("node-llama-cpp", 3, "The provider node-llama-cpp");
  if (!existsSync(path)) throw invalidInput(`The GGUF file ${path} is not there: give its path as model.`);
  const getLlama = library["getLlama"] as (options: object) => Promise<Llama>;
  const llama = await getLlama({ logLevel: "error", build: "never" });
  const { gpuLayers } = rest;
  const model = await llama.loadModel({ modelPath: path, ...(gpuLayers === undefined ? {} : { gpuLayers }) });
  return { llama, model, LlamaChatSession: library["LlamaChatSession"] as Loaded["LlamaChatSession"] };
}

function contextOptions({ llama }: Loaded, { rest }: ModelSettings, contextSize: number): object {
  // More threads than cores wait for each other, in loops that burn time.
  return { contextSize: rest["contextSize"] ?? contextSize, threads: rest["threads"] ?? llama.cpuMathCores };
}

/** Undefined for a schema that its grammars cannot hold: then the words in the instructions have to do. */
async function grammarOf(llama: Llama, schema: object): Promise<object | undefined> {
  try {
    return await llama.createGrammarForJsonSchema(schema);
  } catch {
    return undefined;
  }
}
