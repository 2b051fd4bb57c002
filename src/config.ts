import { z } from "zod";

/**
 * Every setting of the library: name, default, environment variable. Help and documentation are made from it.
 */
export const configSchema: z.ZodType<ParsedConfig, MemoryConfig> = z.strictObject({
  dbPath: z
    .string()
    .min(1)
    .optional()
    .describe(
      "The store file. Default: RECOLLECT_HOME/memory.db, else the nearest .recollect/memory.db upwards, else ./.recollect/memory.db",
    ),
  durability: z
    .enum(["strict", "relaxed"])
    .default("strict")
    .describe("strict: acknowledged means on disk. relaxed: the last commits may be lost with the power"),
  embedder: z
    .custom<never>()
    .optional()
    .describe("An Embedder in place of the built-in word vectors, or false for none"),
  recipe: z.string().default("default").describe("Ranking recipe of searches"),
  maskSecrets: z.boolean().default(true).describe("Mask keys, passwords and card numbers before anything is stored"),
  maxMessageCharacters: z
    .int()
    .positive()
    .default(4_000_000)
    .describe("Longest content of one message, in UTF-16 units"),
  maxMessages: z.int().positive().default(10_000).describe("Most messages in one add"),
  retentionDays: z.int().nonnegative().default(30).describe("How long a deleted memory can be restored"),
  vectorCacheBytes: z
    .int()
    .positive()
    .default(512 * 1024 * 1024)
    .describe("Most bytes of packed vectors kept in memory"),
  now: z
    .custom<() => number>((value) => typeof value === "function")
    .optional()
    .describe("The clock, in epoch milliseconds; for tests"),
  onWarning: z
    .custom<(warning: string) => void>((value) => typeof value === "function")
    .optional()
    .describe("Told what was worked around outside a call"),
}) as never;

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
