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
  if (row.package === undefined) {
    const { createOpenAICompatible } = await import("@ai-sdk/openai-compatible");
    const baseURL = requireBaseURL(row, settings);
    const provider = createOpenAICompatible({ ...common, name: row.name, baseURL, supportsStructuredOutputs: true });
    return methodOf(provider, METHODS[kind])(model) as Model;
  }
  const module = await importOptional(row.package, row.major ?? 1, `The provider ${row.name}`);
  const baseURL = baseURLOf(row, settings);
  const provider = methodOf(
    module,
    row.create ?? "",
  )({
    ...common,
    ...(baseURL === undefined ? {} : { baseURL }),
    ...(row.name === "azure" ? azureSettings(settings) : {}),
  });
  const method = kind === "language" ? (row.languageMethod ?? METHODS[kind]) : METHODS[kind];
  return methodOf(provider, method)(model) as Model;
}

/** The key of the configuration, else of the environment. Neither switches a model on: `llm` and `embedder` do. */
export function requireKey(row: ProviderRow, { apiKey, rest }: ModelSettings): string | undefined {
  if (apiKey !== undefined) return apiKey;
  for (const name of row.keyVariables) {
    const value = process.env[name];
    if (value !== undefined && value !== "") return value;
  }
  if (row.isKeyOptional === true || rest["tokenProvider"] !== undefined || rest["authToken"] !== undefined)
    return undefined;
  throw invalidInput(
    `The provider ${row.name} needs a key: set the environment variable ${row.keyVariables.join(" or ")}, or apiKey in the configuration.`,
    { provider: row.name, variables: row.keyVariables },
  );
}

/** @throws MemoryError `invalid_input` where a server must be named. */
export function requireBaseURL(row: ProviderRow, settings: ModelSettings): string {
  const baseURL = baseURLOf(row, settings);
  if (baseURL !== undefined) return baseURL;
  throw invalidInput(`The provider ${row.name} needs baseURL, for example "http://localhost:8000/v1".`);
}

/** Servers are often given without the path of their API ("http://localhost:11434"): then it is the usual one. */
function baseURLOf(row: ProviderRow, { baseURL }: ModelSettings): string | undefined {
  if (baseURL === undefined) return row.baseURL;
  const trimmed = baseURL.replace(/\/+$/u, "");
  const url = URL.canParse(trimmed) ? new URL(trimmed) : undefined;
  if (url === undefined || !/^https?:$/u.test(url.protocol))
    throw invalidInput(`baseURL of the provider ${row.name} must begin with http:// or https://.`);
  if (url.pathname !== "/") return trimmed;
  if (row.name === "azure" && url.hostname.endsWith(".azure.com")) return `${trimmed}/openai`;
  return row.package === undefined && row.baseURL !== undefined ? `${trimmed}/v1` : trimmed;
}

/** Mem0 has Azure's endpoint and deployment among the properties of the model. */
function azureSettings({ modelProperties = {} }: ModelSettings): object {
  const { endpoint, apiVersion } = modelProperties;
  const version = typeof apiVersion === "string" ? { apiVersion, useDeploymentBasedUrls: true } : {};
  return typeof endpoint === "string" ? { baseURL: `${endpoint.replace(/\/+$/u, "")}/openai`, ...version } : version;
}

function methodOf(owner: unknown, name: string): (...inputs: readonly unknown[]) => unknown {
  const method =
    typeof owner === "function" || typeof owner === "object" ? Reflect.get(owner as object, name) : undefined;
  if (typeof method !== "function")
    throw invalidInput(
      `The installed version of the provider's package has no ${name}. Install the one that docs/models.md names.`,
    );
  return (...inputs) => Reflect.apply(method, owner, inputs) as unknown;
}
