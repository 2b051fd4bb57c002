import { basename, isAbsolute } from "node:path";
import { invalidInput } from "../../errors.ts";
import type { Embedder } from "../../ports/embedder.ts";
import type { LanguageModel } from "../../ports/language-model.ts";
import type { Reranker } from "../../ports/reranker.ts";
import { loadAiEmbedder, optionsName } from "./ai-embedder.ts";
import { createAiLanguageModel } from "./ai-language-model.ts";
import { createAiReranker } from "./ai-reranker.ts";
import { isAiModel } from "./ai-sdk-shapes.ts";
import type { AiEmbeddingModel, AiLanguageModel, AiRerankingModel } from "./ai-sdk-shapes.ts";
import { checkEmbedder } from "./check-embedder.ts";
import { findModelProvider, secretsOf } from "./find-provider.ts";
import { knownEmbeddingModel } from "./embedding-models.ts";
import { createHttpReranker } from "./http-reranker.ts";
import {
  createLangChainModel,
  isLangChainChat,
  isLangChainEmbeddings,
  loadLangChainEmbedder,
  nameOf,
} from "./langchain-bridge.ts";
import { loadAiModel, requireBaseURL, requireKey } from "./load-ai-model.ts";
import { knownPrice } from "./model-prices.ts";
import { createModelEmbedder } from "./model-embedder.ts";
import { parseModelSetting } from "./model-setting.ts";
import type { ModelSettings } from "./model-setting.ts";
import { createLlamaModel, loadLlamaEmbedder } from "./node-llama-cpp.ts";
import { createTransformersReranker, loadTransformersEmbedder } from "./transformers.ts";

const MAX_BATCH_SIZE = 64;
const MAX_DOCUMENTS = 100;

/**
 * The language model that a setting names: "provider/model", `{ provider, model, … }`, Mem0's `{ provider, config }`,
 * a model object of the AI SDK or LangChain, or a LanguageModel. Loads nothing: packages and keys are looked for at
 * the first call.
 * @throws MemoryError `invalid_input` for an unknown provider, with those that are known.
 */
export function resolveLanguageModel(setting: unknown): LanguageModel {
  if (isLanguageModel(setting)) return setting;
  if (isAiModel(setting, "doGenerate")) {
    const loaded = setting as AiLanguageModel;
    return createAiLanguageModel({
      provider: providerOf(loaded),
      model: loaded.modelId,
      load: () => Promise.resolve(loaded),
      jsonMode: "schema",
      secrets: [],
    });
  }
  if (isLangChainChat(setting)) return createLangChainModel(setting);
  const settings = parseModelSetting(setting, "llm");
  if (settings.modelObject !== undefined) return resolveLanguageModel(settings.modelObject);
  const { row, model } = findModelProvider(settings, "language", "llm");
  if (row.isLocal === true) return createLlamaModel(model, settings);
  // Behind an address of the caller's own there may be other prices.
  const price = settings.price ?? (settings.baseURL === undefined ? knownPrice(row.name, model) : undefined);
  return createAiLanguageModel({
    ...settings,
    ...(price === undefined ? {} : { price }),
    provider: row.name,
    model,
    load: () => loadAiModel<AiLanguageModel>(row, settings, model, "language"),
    jsonMode: settings.jsonMode ?? row.jsonMode ?? "schema",
    secrets: secretsOf(row, settings),
    ...(settings.canSeeImages === undefined && row.canSeeImages !== undefined
      ? { canSeeImages: row.canSeeImages }
      : {}),
  });
}

/**
 * The embedder that a setting names, as for language models; also LangChain's embeddings and an Embedder.
 * @throws MemoryError `invalid_input` for an unknown provider, with those that are known.
 */
export function resolveEmbedder(setting: unknown): Embedder {
  if (isAiModel(setting, "doEmbed")) {
    const loaded = setting as AiEmbeddingModel;
    const { provider, modelId: model } = { ...loaded, provider: providerOf(loaded), modelId: loaded.modelId };
    const known = knownEmbeddingModel(model);
    return createModelEmbedder({
      ...known,
      provider,
      model,
      maxBatchSize: MAX_BATCH_SIZE,
      load: () => loadAiEmbedder(loaded, { provider: optionsProvider(loaded), model, maxTexts: MAX_BATCH_SIZE }),
    });
  }
  if (isLangChainEmbeddings(setting)) {
    const model = nameOf(setting);
    return createModelEmbedder({
      ...knownEmbeddingModel(model),
      provider: "langchain",
      model,
      maxBatchSize: MAX_BATCH_SIZE,
      load: () => Promise.resolve(loadLangChainEmbedder(setting, MAX_BATCH_SIZE)),
    });
  }
  if (typeof setting === "object" && setting !== null && !("provider" in setting)) return checkEmbedder(setting);
  const settings = parseModelSetting(setting, "embedder");
  if (settings.modelObject !== undefined) return resolveEmbedder(settings.modelObject);
  return createNamedEmbedder(settings);
}

function createNamedEmbedder(settings: ModelSettings): Embedder {
  const { row, model } = findModelProvider(settings, "embedding", "embedder");
  const known = knownEmbeddingModel(model);
  const dimensions = settings.dimensions ?? known.dimensions;
  const maxBatchSize = settings.maxBatchSize ?? row.maxBatchSize ?? MAX_BATCH_SIZE;
  // A server of one's own refuses the wish for dimensions where its model has but one size, though it be the right one.
  const isAsked = settings.dimensions !== undefined && settings.dimensions !== known.dimensions;
  const asksFor = isAsked && (row.package !== undefined || known.dimensions !== undefined);
  return createModelEmbedder({
    ...known,
    ...settings,
    ...(dimensions === undefined ? {} : { dimensions }),
    provider: row.name,
    // Vectors stay good where a folder or file is moved.
    model: row.isLocal === true && (isAbsolute(model) || model.startsWith(".")) ? basename(model) : model,
    maxBatchSize,
    secrets: secretsOf(row, settings),
    async load() {
      if (row.name === "transformers") return loadTransformersEmbedder(model, settings);
      if (row.isLocal === true) return loadLlamaEmbedder(model, settings);
      const loaded = await loadAiModel<AiEmbeddingModel>(row, settings, model, "embedding");
      return loadAiEmbedder(loaded, {
        provider: row.name,
        model,
        maxTexts: maxBatchSize,
        ...(asksFor && settings.dimensions !== undefined ? { dimensions: settings.dimensions } : {}),
        ...(settings.modelProperties === undefined ? {} : { modelProperties: settings.modelProperties }),
      });
    },
  });
}

export interface RerankerOptions {
  /** The configured language model, for `"llm"`. */
  readonly languageModel?: LanguageModel;
  /** Makes a reranker of a language model; with the budget, ledger and retries of the caller. */
  readonly fromLanguageModel: (model: LanguageModel) => Reranker;
}

/**
 * The reranker that a setting names: "provider/model", `"llm"` for the configured language model, settings, Mem0's
 * `{ provider, config }`, a reranking model of the AI SDK, or a Reranker.
 * @throws MemoryError `invalid_input` for an unknown provider, with those that are known.
 */
export function resolveReranker(setting: unknown, options: RerankerOptions): Reranker {
  if (hasFunction(setting, "rerank") && !isAiModel(setting, "doRerank")) return setting as Reranker;
  if (isAiModel(setting, "doRerank")) {
    const loaded = setting as AiRerankingModel;
    return createAiReranker({
      name: `${providerOf(loaded)}/${loaded.modelId}`,
      maxDocuments: MAX_DOCUMENTS,
      secrets: [],
      load: () => Promise.resolve(loaded),
    });
  }
  if (isAiModel(setting, "doGenerate") || isLanguageModel(setting) || isLangChainChat(setting))
    return options.fromLanguageModel(resolveLanguageModel(setting));
  const parsed = parseModelSetting(setting, "reranker");
  if (parsed.provider === "llm" || parsed.provider === "llm_reranker") return rerankerOfModel(parsed, options);
  const settings = withMem0sModel(parsed);
  if (settings.modelObject !== undefined) return resolveReranker(settings.modelObject, options);
  const { row, model } = findModelProvider(settings, "reranking", "reranker");
  const name = `${row.name}/${model}`;
  const maxDocuments = settings.maxBatchSize ?? MAX_DOCUMENTS;
  const scores = settings.scores ?? row.rerankScores;
  if (row.isLocal === true) return createTransformersReranker(model, settings);
  if (row.rerankShape !== undefined)
    return createHttpReranker({
      ...settings,
      provider: row.name,
      model,
      shape: row.rerankShape,
      maxDocuments,
      ...(scores === undefined ? {} : { scores }),
      endpoint() {
        const base = requireBaseURL(row, settings);
        // TEI has OpenAI's API under /v1 and its own beside it.
        const root = row.rerankShape === "tei" ? base.replace(/\/v1$/u, "") : base;
        return { url: `${root}/${row.rerankPath ?? "rerank"}`, apiKey: requireKey(row, settings) };
      },
    });
  return createAiReranker({
    name,
    maxDocuments,
    secrets: secretsOf(row, settings),
    load: () => loadAiModel<AiRerankingModel>(row, settings, model, "reranking"),
    ...(scores === undefined ? {} : { scores }),
  });
}

/** Mem0 runs what it calls "huggingface" in its own process; with a server's address it is that server. */
function withMem0sModel(settings: ModelSettings): ModelSettings {
  if (settings.provider !== "huggingface" || settings.baseURL !== undefined) return settings;
  return { ...settings, provider: "transformers", model: settings.model ?? "Xenova/bge-reranker-base" };
}

/** `"llm"`, `{ provider: "llm", llm }`, or Mem0's `{ provider: "llm_reranker", config: { provider, model, … } }`. */
function rerankerOfModel(settings: ModelSettings, { languageModel, fromLanguageModel }: RerankerOptions): Reranker {
  if (settings.llm !== undefined) return fromLanguageModel(resolveLanguageModel(settings.llm));
  if (settings.nested !== undefined) return fromLanguageModel(resolveLanguageModel(settings.nested));
  if (settings.model === undefined && languageModel !== undefined) return fromLanguageModel(languageModel);
  if (settings.model !== undefined) {
    const provider = settings.provider === "llm_reranker" ? "openai" : undefined;
    if (provider !== undefined) {
      const { apiKey, baseURL } = settings;
      return fromLanguageModel(resolveLanguageModel({ provider, model: settings.model, apiKey, baseURL }));
    }
    return fromLanguageModel(resolveLanguageModel(settings.model));
  }
  throw invalidInput(
    'reranker: "llm" orders by the configured language model, and none is configured. Set llm, or { provider: "llm", llm: "openai/gpt-5-mini" }.',
    { name: "reranker" },
  );
}

function providerOf({ provider }: { readonly provider: string }): string {
  return provider.split(".", 1)[0] ?? provider;
}

/** The table's name of a model object's provider. */
function optionsProvider({ provider }: { readonly provider: string }): string {
  const name = optionsName(provider);
  if (name === "vertex") return "google-vertex";
  return name === "bedrock" ? "amazon-bedrock" : name;
}

/** LangChain's models have a `generate` too, of another kind. */
function isLanguageModel(value: unknown): value is LanguageModel {
  return hasFunction(value, "generate") && !hasFunction(value, "invoke");
}

function hasFunction(value: unknown, name: string): boolean {
  return typeof value === "object" && value !== null && typeof Reflect.get(value, name) === "function";
}
