import type { TokenPrice } from "../../domain/model-usage.ts";
import { invalidInput } from "../../errors.ts";
import type { JsonMode } from "./ai-language-model.ts";

/** What can be said of a model; which of it counts depends on the provider. */
export interface ModelSettings {
  readonly provider: string;
  readonly model?: string;
  /** A model object in place of a name (LangChain, AI SDK). */
  readonly modelObject?: object;
  readonly apiKey?: string;
  readonly baseURL?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly fetch?: typeof fetch;
  readonly temperature?: number;
  readonly topP?: number;
  readonly maxOutputTokens?: number;
  readonly dimensions?: number;
  readonly maxBatchSize?: number;
  readonly jsonMode?: JsonMode;
  readonly canSeeImages?: boolean;
  readonly price?: TokenPrice;
  readonly documentPrefix?: string;
  readonly queryPrefix?: string;
  /** Options of the provider in its own words. */
  readonly modelProperties?: Readonly<Record<string, unknown>>;
  /** Everything else, for the provider's package: region, project, resourceName, … */
  readonly rest: Readonly<Record<string, unknown>>;
}

/** Other spellings, of Mem0 and of Python. */
const SPELLINGS: Readonly<Record<string, string>> = {
  api_key: "apiKey",
  baseUrl: "baseURL",
  base_url: "baseURL",
  url: "baseURL",
  endpoint: "baseURL",
  openaiBaseUrl: "baseURL",
  ollamaBaseUrl: "baseURL",
  ollama_base_url: "baseURL",
  lmstudioBaseUrl: "baseURL",
  huggingfaceBaseUrl: "baseURL",
  top_p: "topP",
  maxTokens: "maxOutputTokens",
  max_tokens: "maxOutputTokens",
  embeddingDims: "dimensions",
  embedding_dims: "dimensions",
  awsRegion: "region",
  aws_region: "region",
  awsAccessKeyId: "accessKeyId",
  awsSecretAccessKey: "secretAccessKey",
  awsSessionToken: "sessionToken",
  vertexProject: "project",
  vertexLocation: "location",
};

const TEXTS = ["apiKey", "baseURL", "documentPrefix", "queryPrefix"] as const;
const COUNTS = ["maxOutputTokens", "dimensions", "maxBatchSize"] as const;
const NUMBERS = ["temperature", "topP"] as const;

/**
 * "provider/model", "provider", `{ provider, model, … }` or Mem0's `{ provider, config: { … } }`.
 * @throws MemoryError `invalid_input` for what is none of these, or a value of the wrong kind.
 */
export function parseModelSetting(setting: unknown, kind: string): ModelSettings {
  if (typeof setting === "string") {
    const slash = setting.indexOf("/");
    if (slash < 0) return { provider: setting, rest: {} };
    return { provider: setting.slice(0, slash), model: setting.slice(slash + 1), rest: {} };
  }
  const { provider, config, ...flat } = (setting ?? {}) as Record<string, unknown>;
  if (typeof provider !== "string" || provider === "")
    throw invalidInput(
      `Invalid configuration: ${kind} must be "provider/model", an object with a provider, or a model object.`,
    );
  const given: Record<string, unknown> = {};
  for (const [name, value] of Object.entries({ ...(config as object | undefined), ...flat })) {
    if (value === undefined || value === null || value === "") continue;
    given[Object.hasOwn(SPELLINGS, name) ? (SPELLINGS[name] as string) : name] = value;
  }
  const check = (names: readonly string[], expected: string, isValid: (value: unknown) => boolean): void => {
    for (const name of names)
      if (given[name] !== undefined && !isValid(given[name]))
        throw invalidInput(`Invalid configuration: ${kind}.${name} must be ${expected}.`, { name });
  };
  check(TEXTS, "a text", (value) => typeof value === "string");
  check(COUNTS, "a positive integer", (value) => Number.isSafeInteger(value) && (value as number) > 0);
  check(NUMBERS, "a number", Number.isFinite);
  check(["jsonMode"], '"schema", "object" or "prompt"', (value) =>
    ["schema", "object", "prompt"].includes(value as string),
  );
  check(["model"], "a name or a model object", (value) => typeof value === "string" || typeof value === "object");
  const { model, ...others } = given;
  const known: Record<string, unknown> = {};
  const rest: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(others)) (KNOWN.has(name) ? known : rest)[name] = value;
  return {
    ...known,
    ...(typeof model === "string" ? { model } : {}),
    ...(typeof model === "object" && model !== null ? { modelObject: model } : {}),
    provider,
    rest,
  };
}

const KNOWN: ReadonlySet<string> = new Set([
  ...TEXTS,
  ...COUNTS,
  ...NUMBERS,
  "headers",
  "fetch",
  "jsonMode",
  "canSeeImages",
  "price",
  "modelProperties",
]);
