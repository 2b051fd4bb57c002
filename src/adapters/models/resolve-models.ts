import { invalidInput } from "../../errors.ts";
import type { Embedder } from "../../ports/embedder.ts";
import type { LanguageModel } from "../../ports/language-model.ts";
import { createAiLanguageModel } from "./ai-language-model.ts";
import { isAiModel } from "./ai-sdk-shapes.ts";
import type { AiLanguageModel } from "./ai-sdk-shapes.ts";
import { checkEmbedder } from "./check-embedder.ts";
import { loadAiModel } from "./load-ai-model.ts";
import { parseModelSetting } from "./model-setting.ts";
import type { ModelSettings } from "./model-setting.ts";
import { findProvider, PROVIDERS, REPLACED } from "./provider-table.ts";
import type { ProviderRow } from "./provider-table.ts";

/**
 * The language model that a setting names: "provider/model", `{ provider, model, … }`, Mem0's `{ provider, config }`,
 * a model object of the AI SDK, or a LanguageModel. Loads nothing: packages and keys are looked for at the first call.
 * @throws MemoryError `invalid_input` for an unknown provider, with those that are known.
 */
export function resolveLanguageModel(setting: unknown): LanguageModel {
  if (hasFunction(setting, "generate")) return setting as LanguageModel;
  if (isAiModel(setting, "doGenerate")) {
    const loaded = setting as AiLanguageModel;
    const provider = loaded.provider.split(".", 1)[0] ?? loaded.provider;
    return createAiLanguageModel({
      provider,
      model: loaded.modelId,
      load: () => Promise.resolve(loaded),
      jsonMode: "schema",
      secrets: [],
    });
  }
  const settings = parseModelSetting(setting, "llm");
  if (settings.modelObject !== undefined) return resolveLanguageModel(settings.modelObject);
  const row = requireProvider(settings.provider, "language", "llm");
  const model = requireModel(row, settings, "language", "llm");
  const { temperature, topP, maxOutputTokens, modelProperties, price } = settings;
  const canSeeImages = settings.canSeeImages ?? row.canSeeImages;
  return createAiLanguageModel({
    provider: row.name,
    model,
    load: () => loadAiModel<AiLanguageModel>(row, settings, model, "language"),
    jsonMode: settings.jsonMode ?? row.jsonMode ?? "schema",
    secrets: [settings.apiKey, ...row.keyVariables.map((name) => process.env[name])],
    ...(canSeeImages === undefined ? {} : { canSeeImages }),
    ...(price === undefined ? {} : { price }),
    ...(temperature === undefined ? {} : { temperature }),
    ...(topP === undefined ? {} : { topP }),
    ...(maxOutputTokens === undefined ? {} : { maxOutputTokens }),
    ...(modelProperties === undefined ? {} : { modelProperties }),
  });
}

export function resolveEmbedder(setting: unknown): Embedder {
  if (typeof setting === "object" && setting !== null) return checkEmbedder(setting);
  throw invalidInput("Invalid configuration: embedder must be an Embedder, or false.");
}

/** @throws MemoryError `invalid_input` that lists the providers of this kind. */
function requireProvider(name: string, kind: "language" | "embedding" | "reranking", setting: string): ProviderRow {
  const row = findProvider(name);
  if (row?.[kind] !== undefined) return row;
  const replacement = REPLACED[name];
  if (replacement !== undefined) throw invalidInput(`${setting}: the provider ${name} is not needed: ${replacement}.`);
  const known = PROVIDERS.filter((each) => each[kind] !== undefined).map((each) => each.name);
  throw invalidInput(
    `${setting}: ${row === undefined ? `there is no provider "${name}"` : `the provider ${row.name} has no models for this`}. ` +
      `Providers: ${known.join(", ")}. Any server with OpenAI's API: { provider: "openai-compatible", baseURL, model }.`,
    { name: setting },
  );
}

function requireModel(
  row: ProviderRow,
  settings: ModelSettings,
  kind: "language" | "embedding" | "reranking",
  setting: string,
): string {
  const model = settings.model ?? row[kind] ?? "";
  if (model !== "") return model;
  throw invalidInput(`${setting}: name the model, for example { provider: "${row.name}", model: "…" }.`);
}

function hasFunction(value: unknown, name: string): boolean {
  return typeof value === "object" && value !== null && typeof (value as Record<string, unknown>)[name] === "function";
}
