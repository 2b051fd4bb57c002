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
  /** Share of the embedder's scores against the words' (1: equal). Default 0.5. */
  readonly weight?: number;
  /** Rerankers: how scores are read. Default: as chances, until one is outside 0 to 1. */
  readonly scores?: "chances" | "logits";
  /** Language models as rerankers: the model, in place of the configured one. */
  readonly llm?: unknown;
  /** Mem0's settings of a model inside of settings. */
  readonly nested?: object;
  /** Local models: where downloaded files are kept, how far a download is, and the packages' own options. */
  readonly cacheDirectory?: string;
  readonly onProgress?: (progress: { readonly file: string; readonly loaded: number; readonly total: number }) => void;
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

const TEXTS = ["apiKey", "baseURL", "documentPrefix", "queryPrefix", "cacheDirectory"] as const;
const COUNTS = ["maxOutputTokens", "dimensions", "maxBatchSize"] as const;
const NUMBERS = ["temperature", "topP", "weight"] as const;
const OBJECTS = ["headers", "modelProperties", "price"] as const;
const OTHERS = ["fetch", "jsonMode", "canSeeImages", "scores", "llm", "onProgress"] as const;
const KNOWN: ReadonlySet<string> = new Set([...TEXTS, ...COUNTS, ...NUMBERS, ...OBJECTS, ...OTHERS]);

/** Settings of the providers' packages, handed on as they are. */
const OF_PACKAGES: ReadonlySet<string> = new Set([
  "region",
  "accessKeyId",
  "secretAccessKey",
  "sessionToken",
  "credentialProvider",
  "project",
  "location",
  "googleAuthOptions",
  "resourceName",
  "apiVersion",
  "useDeploymentBasedUrls",
  "tokenProvider",
  "organization",
  "queryParams",
  "transformRequestBody",
  "authToken",
  "dtype",
  "device",
  "pooling",
  "gpuLayers",
  "threads",
  "contextSize",
]);

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
  check(OBJECTS, "an object", (value) => typeof value === "object");
  check(["fetch", "onProgress"], "a function", (value) => typeof value === "function");
  check(["canSeeImages"], "true or false", (value) => typeof value === "boolean");
  check(["scores"], '"chances" or "logits"', (value) => value === "chances" || value === "logits");
  check(["jsonMode"], '"schema", "object" or "prompt"', (value) =>
    ["schema", "object", "prompt"].includes(value as string),
  );
  check(["model"], "a name or a model object", (value) => typeof value === "string" || typeof value === "object");
  const { model, ...others } = given;
  const nested = isRecord(config) && typeof config["provider"] === "string" ? config : undefined;
  const known: Record<string, unknown> = {};
  const rest: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(others)) {
    if (KNOWN.has(name)) known[name] = value;
    else if (OF_PACKAGES.has(name)) rest[name] = value;
    // Mem0 lets everything pass, and so its configurations hold much that nobody reads. A misspelt setting of ours is told.
    else if (Object.hasOwn(flat, name))
      throw invalidInput(
        `Invalid configuration: there is no setting ${kind}.${name}. Settings: model, ${[...KNOWN, ...OF_PACKAGES].join(", ")}.`,
        { name },
      );
  }
  return {
    ...known,
    ...(typeof model === "string" ? { model } : {}),
    ...(typeof model === "object" && model !== null ? { modelObject: model } : {}),
    ...(nested === undefined ? {} : { nested }),
    provider,
    rest,
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
