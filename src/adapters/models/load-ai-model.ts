import { invalidInput } from "../../errors.ts";
import { importOptional } from "./import-optional.ts";
import type { ModelSettings } from "./model-setting.ts";
import type { ProviderRow } from "./provider-table.ts";

type Kind = "language" | "embedding" | "reranking";
const METHODS: Readonly<Record<Kind, string>> = {
  language: "languageModel",
  embedding: "embeddingModel",
  reranking: "rerankingModel",
};

/**
 * The model object of the AI SDK; loads the provider's package.
 * @throws MemoryError `missing_dependency`, or `invalid_input` where the key is missing.
 */
export async function loadAiModel<Model>(
  row: ProviderRow,
  settings: ModelSettings,
  model: string,
  kind: Kind,
): Promise<Model> {
  const apiKey = requireKey(row, settings);
  const common = {
    ...settings.rest,
    ...(apiKey === undefined ? {} : { apiKey }),
    ...(settings.headers === undefined ? {} : { headers: settings.headers }),
    ...(settings.fetch === undefined ? {} : { fetch: settings.fetch }),
  };
  const baseURL = settings.baseURL ?? row.baseURL;
  if (row.package === undefined) {
    if (baseURL === undefined)
      throw invalidInput(`The provider ${row.name} needs baseURL, for example "http://localhost:8000/v1".`);
    const { createOpenAICompatible } = await import("@ai-sdk/openai-compatible");
    const provider = createOpenAICompatible({ ...common, name: row.name, baseURL, supportsStructuredOutputs: true });
    return methodOf(provider, METHODS[kind])(model) as Model;
  }
  const module = await importOptional(row.package, `The provider ${row.name}`);
  const create = methodOf(module, row.create ?? "");
  const provider = create({ ...common, ...(baseURL === undefined ? {} : { baseURL }) });
  const method = kind === "language" ? (row.languageMethod ?? METHODS[kind]) : METHODS[kind];
  return methodOf(provider, method)(model) as Model;
}

/** The key of the configuration, else of the environment. Neither switches a model on: `llm` and `embedder` do. */
export function requireKey(row: ProviderRow, { apiKey }: ModelSettings): string | undefined {
  if (apiKey !== undefined) return apiKey;
  for (const name of row.keyVariables) {
    const value = process.env[name];
    if (value !== undefined && value !== "") return value;
  }
  if (row.isKeyOptional === true) return undefined;
  throw invalidInput(
    `The provider ${row.name} needs a key: set the environment variable ${row.keyVariables.join(" or ")}, or apiKey in the configuration.`,
    { provider: row.name, variables: row.keyVariables },
  );
}

function methodOf(owner: unknown, name: string): (...inputs: readonly unknown[]) => unknown {
  const method = (owner as Record<string, unknown>)[name];
  if (typeof method !== "function")
    throw invalidInput(
      `The installed version of the provider's package has no ${name}. Install the one in docs/models.md.`,
    );
  return (...inputs) => method.apply(owner, inputs) as unknown;
}
