import { invalidInput, MemoryError } from "./errors.ts";

/** Settings of `new Memory()`; all optional. */
export interface MemoryConfig {
  /** The store file. Default: `RECOLLECT_HOME/memory.db`, else the nearest `.recollect/memory.db` upwards, else `./.recollect/memory.db`. */
  readonly dbPath?: string;
  /** `strict` (default): acknowledged means on disk. `relaxed`: the last commits may be lost with the power. */
  readonly durability?: "strict" | "relaxed";
  /** An embedder in place of the built-in word vectors; `false` for words alone. */
  readonly embedder?: import("./ports/embedder.ts").Embedder | false;
  /** Ranking recipe of searches. Default "default". */
  readonly recipe?: string;
  /** Mask keys, passwords and card numbers before anything is stored. Default true. */
  readonly maskSecrets?: boolean;
  /** Longest content of one message, in UTF-16 units. Default 4,000,000. */
  readonly maxMessageCharacters?: number;
  /** Most messages in one add. Default 10,000. */
  readonly maxMessages?: number;
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
  readonly maxMessageCharacters: number;
  readonly maxMessages: number;
  readonly retentionDays: number;
  readonly vectorCacheBytes: number;
}

/** The environment variables that are read, and what each is for. */
export const ENVIRONMENT: Readonly<Record<string, string>> = {
  RECOLLECT_HOME: "The folder that holds memory.db",
};

/** Written by hand: a schema library would be a quarter of what it costs to import this one. */
const CHECKS: { readonly [Name in keyof Required<MemoryConfig>]: readonly [string, (value: unknown) => boolean] } = {
  dbPath: ["a path that is not empty", (value) => typeof value === "string" && value !== ""],
  durability: ['"strict" or "relaxed"', (value) => value === "strict" || value === "relaxed"],
  embedder: ["an Embedder, or false", (value) => value === false || isEmbedder(value)],
  recipe: ["the name of a recipe", (value) => typeof value === "string"],
  maskSecrets: ["true or false", (value) => typeof value === "boolean"],
  maxMessageCharacters: ["a positive integer", isPositive],
  maxMessages: ["a positive integer", isPositive],
  retentionDays: ["0 or a positive integer", (value) => value === 0 || isPositive(value)],
  vectorCacheBytes: ["a positive integer", isPositive],
  now: ["a function that returns epoch milliseconds", (value) => typeof value === "function"],
  onWarning: ["a function that takes a text", (value) => typeof value === "function"],
};

const DEFAULTS = {
  durability: "strict",
  recipe: "default",
  maskSecrets: true,
  maxMessageCharacters: 4_000_000,
  maxMessages: 10_000,
  retentionDays: 30,
  vectorCacheBytes: 512 * 1024 * 1024,
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

/** What is relied on without looking again; an embedder comes from the caller's own code, perhaps without types. */
function isEmbedder(value: unknown): boolean {
  const { space, maxBatchSize, embed } = (value ?? {}) as Record<string, unknown>;
  if (typeof embed !== "function" || !isPositive(maxBatchSize) || typeof space !== "object") return false;
  const { key, provider, model, dimensions, background, weight } = (space ?? {}) as Record<string, unknown>;
  const { mean, deviation } = (background ?? {}) as Record<string, unknown>;
  const areTexts = [key, provider, model].every((text) => typeof text === "string" && text !== "");
  return areTexts && isPositive(dimensions) && [mean, deviation, weight].every((number) => Number.isFinite(number));
}

function isPositive(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) > 0;
}

function kindOf(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.slice(0, 60));
  if (typeof value === "number" || typeof value === "boolean" || value === null) return String(value);
  return Array.isArray(value) ? "an array" : `a value of type ${typeof value}`;
}
