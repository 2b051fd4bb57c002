import type { ModelBudget, TokenPrice } from "./domain/model-usage.ts";
import { invalidInput, MemoryError } from "./errors.ts";

/** A model by name, by its settings, or an object of the AI SDK or LangChain: what it is is found out by the resolver. */
export type ModelSetting = string | object;

/** Settings of `new Memory()`; all optional. */
export interface MemoryConfig {
  /** The store file. Default: `RECOLLECT_HOME/memory.db`, else the nearest `.recollect/memory.db` upwards, else `./.recollect/memory.db`. */
  readonly dbPath?: string;
  /** `strict` (default): acknowledged means on disk. `relaxed`: the last commits may be lost with the power. */
  readonly durability?: "strict" | "relaxed";
  /**
   * A language model that finds facts; left out: rules alone. "openai/gpt-5-mini", `{ provider, model, apiKey, … }`, Mem0's
   * `{ provider, config }`, a model object of the AI SDK or LangChain, or a LanguageModel. See docs/models.md.
   */
  readonly llm?: ModelSetting | import("./ports/language-model.ts").LanguageModel;
  /** An embedder in place of the built-in word vectors, named as `llm` is, or an Embedder; `false` for words alone. */
  readonly embedder?: ModelSetting | import("./ports/embedder.ts").Embedder | false;
  /** The embedder of before, named likewise: it answers searches until `embedder` has made its own vectors. Default the built-in one. */
  readonly previousEmbedder?: ModelSetting | import("./ports/embedder.ts").Embedder;
  /** Orders the best hits of a search anew, named as `llm` is, or a Reranker. Left out or `false`: none. */
  readonly reranker?: ModelSetting | import("./ports/reranker.ts").Reranker | false;
  /** Most time of one call of a language model, retries and pauses included, in milliseconds. Default 60,000. */
  readonly modelTimeoutMs?: number;
  /** Most time that a search waits for the reranker, in milliseconds; then the first stage's order stands. Default 2,000. */
  readonly rerankTimeoutMs?: number;
  /** Most requests to the language model at a time. Default 4. */
  readonly modelConcurrency?: number;
  /** What the language model may use by day and month; then rules go on alone. Default no limit. */
  readonly modelBudget?: ModelBudget;
  /** US dollars per million tokens, in place of what is known of the model. */
  readonly modelPrice?: TokenPrice;
  /** How long messages added with `wait: false` are gathered before they go to the language model. Default 20,000. */
  readonly extractionDelayMs?: number;
  /** What the language model is asked beyond its standing task, in every add. */
  readonly customInstructions?: string;
  /** The same where the memory is an agent's own: an agent id and no user id. */
  readonly agentCustomInstructions?: string;
  /** Categories that facts are filed under: names, or `{ name: description }`. */
  readonly customCategories?: readonly (string | Readonly<Record<string, string>>)[] | Readonly<Record<string, string>>;
  /** What to remember only. */
  readonly includes?: string;
  /** What never to remember. */
  readonly excludes?: string;
  /** Ranking recipe of searches. Default "default". */
  readonly recipe?: string;
  /** Mask keys, passwords and card numbers before anything is stored. Default true. */
  readonly maskSecrets?: boolean;
  /** Images and documents in messages may be fetched from private addresses too, such as 127.0.0.1. Default false. */
  readonly allowPrivateAddresses?: boolean;
  /** Longest content of one message, in UTF-16 units. Default 4,000,000. */
  readonly maxMessageCharacters?: number;
  /** Most messages in one add. Default 10,000. */
  readonly maxMessages?: number;
  /**
   * Old and unused memories rank a little lower: `true`, or `{ halfLifeDays, strength }`. After `halfLifeDays` (90) without
   * use a memory has lost half of `strength` (0.2, at most 0.5) of its score. Default false.
   */
  readonly decay?: boolean | { readonly halfLifeDays?: number; readonly strength?: number };
  /** Patterns of every user are made by themselves, so many hours apart. Left out: by `dream` only. */
  readonly dreamEveryHours?: number;
  /** Facts that nobody said (from documents, tools, web pages) wait for review below this confidence, 0 to 1. Default 0.3. */
  readonly reviewBelow?: number;
  /** The zone whose days "yesterday" and "next week" mean, in messages and queries: an IANA name. Default "UTC". */
  readonly timeZone?: string;
  /** How long a deleted memory can be restored. Default 30 days. */
  readonly retentionDays?: number;
  /** Most bytes of packed vectors kept in memory. Default 512 MiB, taken as used. */
  readonly vectorCacheBytes?: number;
  /** The clock, in epoch milliseconds; for tests. */
  readonly now?: () => number;
  /** Told what was worked around outside a call. */
  readonly onWarning?: (warning: string) => void;
}

export interface ParsedConfig extends MemoryConfig {
  readonly durability: "strict" | "relaxed";
  readonly recipe: string;
  readonly maskSecrets: boolean;
  readonly allowPrivateAddresses: boolean;
  readonly maxMessageCharacters: number;
  readonly maxMessages: number;
  readonly retentionDays: number;
  readonly timeZone: string;
  readonly reviewBelow: number;
  readonly vectorCacheBytes: number;
  readonly modelTimeoutMs: number;
  readonly rerankTimeoutMs: number;
  readonly modelConcurrency: number;
  readonly modelBudget: ModelBudget;
  readonly extractionDelayMs: number;
}

/** The environment variables that are read, and what each is for. */
export const ENVIRONMENT: Readonly<Record<string, string>> = {
  RECOLLECT_HOME: "The folder that holds memory.db",
};

const BUDGET_NAMES = ["dailyTokens", "monthlyTokens", "dailyCost", "monthlyCost"] as const;
const PRICE_NAMES = ["input", "output", "cachedInput"] as const;

/** Written by hand: a schema library would be a quarter of what it costs to import this one. */
const CHECKS: { readonly [Name in keyof Required<MemoryConfig>]: readonly [string, (value: unknown) => boolean] } = {
  dbPath: ["a path that is not empty", (value) => typeof value === "string" && value !== ""],
  durability: ['"strict" or "relaxed"', (value) => value === "strict" || value === "relaxed"],
  llm: ["a model's name, its settings or a model object", isModelSetting],
  embedder: [
    "an embedder's name, its settings, an Embedder, or false",
    (value) => value === false || isModelSetting(value),
  ],
  previousEmbedder: ["an embedder's name, its settings or an Embedder", isModelSetting],
  reranker: [
    "a reranker's name, its settings, a Reranker, or false",
    (value) => value === false || isModelSetting(value),
  ],
  modelTimeoutMs: ["a positive integer", isPositive],
  rerankTimeoutMs: ["a positive integer", isPositive],
  modelConcurrency: ["a positive integer", isPositive],
  modelBudget: [`an object of ${BUDGET_NAMES.join(", ")}, each 0 or more`, (value) => isNumbers(value, BUDGET_NAMES)],
  modelPrice: [
    "an object of input, output and perhaps cachedInput, in US dollars per million tokens",
    (value) =>
      isNumbers(value, PRICE_NAMES) &&
      Object.hasOwn(value as object, "input") &&
      Object.hasOwn(value as object, "output"),
  ],
  extractionDelayMs: ["0 or a positive integer", (value) => value === 0 || isPositive(value)],
  customInstructions: ["a text", (value) => typeof value === "string"],
  agentCustomInstructions: ["a text", (value) => typeof value === "string"],
  customCategories: ["a list of names, or names with descriptions", (value) => typeof value === "object"],
  includes: ["a text", (value) => typeof value === "string"],
  excludes: ["a text", (value) => typeof value === "string"],
  recipe: ["the name of a recipe", (value) => typeof value === "string"],
  maskSecrets: ["true or false", (value) => typeof value === "boolean"],
  allowPrivateAddresses: ["true or false", (value) => typeof value === "boolean"],
  maxMessageCharacters: ["a positive integer", isPositive],
  maxMessages: ["a positive integer", isPositive],
  decay: ["true, false, or an object of halfLifeDays (above 0) and strength (0 to 0.5)", isDecay],
  dreamEveryHours: ["a positive integer", isPositive],
  reviewBelow: ["a number from 0 to 1", (value) => typeof value === "number" && value >= 0 && value <= 1],
  timeZone: ['the IANA name of a time zone, such as "Europe/Berlin"', isTimeZone],
  retentionDays: ["0 or a positive integer", (value) => value === 0 || isPositive(value)],
  vectorCacheBytes: ["a positive integer", isPositive],
  now: ["a function that returns epoch milliseconds", (value) => typeof value === "function"],
  onWarning: ["a function that takes a text", (value) => typeof value === "function"],
};

const DEFAULTS = {
  durability: "strict",
  recipe: "default",
  maskSecrets: true,
  allowPrivateAddresses: false,
  maxMessageCharacters: 4_000_000,
  maxMessages: 10_000,
  reviewBelow: 0.3,
  timeZone: "UTC",
  retentionDays: 30,
  vectorCacheBytes: 512 * 1024 * 1024,
  modelTimeoutMs: 60_000,
  rerankTimeoutMs: 2_000,
  modelConcurrency: 4,
  modelBudget: {},
  extractionDelayMs: 20_000,
} as const;

/**
 * The settings with their defaults; a setting that is undefined counts as left out.
 * @throws MemoryError `invalid_input` that names the first setting that is unknown or has a wrong value.
 */
export function parseConfig(config: unknown): ParsedConfig {
  if (typeof config !== "object" || config === null || Array.isArray(config)) {
    throw invalidInput(`Invalid configuration: expected an object of settings, got ${kindOf(config)}.`);
  }
  const given = Object.entries(config).filter(([, value]) => value !== undefined);
  for (const [name, value] of given) {
    if (!Object.hasOwn(CHECKS, name)) {
      throw invalidInput(
        `Invalid configuration: there is no setting "${name}". Settings: ${Object.keys(CHECKS).join(", ")}.`,
      );
    }
    const [expected, isValid] = CHECKS[name as keyof MemoryConfig];
    if (!isValid(value)) {
      throw invalidInput(`Invalid configuration: ${name} must be ${expected}, got ${kindOf(value)}.`, { name });
    }
  }
  return { ...DEFAULTS, ...(Object.fromEntries(given) as MemoryConfig) };
}

/** A clock of the caller's: what is no time would be refused by the store, in words that say nothing of clocks. */
export function checkedClock(now: () => number): () => number {
  return () => {
    let time: unknown;
    try {
      time = now();
    } catch (error) {
      throw new MemoryError("invalid_input", `The setting now failed: ${String((error as Error | null)?.message)}.`, {
        cause: error,
      });
    }
    if (typeof time === "number" && time >= 0 && time <= 8.64e15) return Math.round(time);
    throw invalidInput(`The setting now must return epoch milliseconds, got ${kindOf(time)}.`);
  };
}

/** What kind of object it is, is the resolver's to say. */
function isModelSetting(value: unknown): boolean {
  return typeof value === "string" ? value.trim() !== "" : typeof value === "object" && value !== null;
}

/** An object of numbers from 0 on, of these names alone. */
function isNumbers(value: unknown, names: readonly string[]): boolean {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return Object.entries(value).every(
    ([name, number]) => names.includes(name) && (number === undefined || (typeof number === "number" && number >= 0)),
  );
}

function isDecay(value: unknown): boolean {
  if (typeof value === "boolean") return true;
  if (!isNumbers(value, ["halfLifeDays", "strength"])) return false;
  const { halfLifeDays = 1, strength = 0 } = value as { halfLifeDays?: number; strength?: number };
  return halfLifeDays > 0 && Number.isFinite(halfLifeDays) && strength <= 0.5;
}

function isTimeZone(value: unknown): boolean {
  if (typeof value !== "string" || value === "") return false;
  try {
    return new Intl.DateTimeFormat("en-US", { timeZone: value }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

function isPositive(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) > 0;
}

function kindOf(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.slice(0, 60));
  if (typeof value === "number" || typeof value === "boolean" || value === null) return String(value);
  return Array.isArray(value) ? "an array" : `a value of type ${typeof value}`;
}
