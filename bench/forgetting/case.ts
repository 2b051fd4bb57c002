import { Memory } from "../../src/index.ts";
import type { MemoryConfig } from "../../src/index.ts";

/** One thing that has to hold; `check` says what is wrong, or null. */
export interface ForgettingCase {
  readonly suite: string;
  readonly id: string;
  /** `explicit`: said in so many words, and must be right. `vague`: a figure. */
  readonly clarity: "explicit" | "vague";
  /** `blind`: phrasings that were written without sight of the rules that they test. */
  readonly origin: "open" | "blind";
  readonly check: () => Promise<string | null>;
}

export const DAY = 86_400_000;
export const NOW = Date.UTC(2026, 0, 10, 12);

/** A memory of its own for a check, closed when it is over. */
export async function withMemory<Result>(
  config: MemoryConfig,
  work: (memory: Memory) => Promise<Result>,
): Promise<Result> {
  const memory = new Memory({ dbPath: ":memory:", now: () => NOW, ...config });
  try {
    return await work(memory);
  } finally {
    await memory.close();
  }
}

/** Everything that reads show of a user: where a word must not be any more. */
export async function shownOf(memory: Memory, userId: string, words: string): Promise<string> {
  const filters = { user_id: userId };
  const everyKind = ["message", "fact", "pattern", "procedure", "instruction"] as const;
  const reads = await Promise.all([
    memory.search(words, { filters, threshold: 0, topK: 50, explain: true }),
    memory.search(words, { filters, threshold: 0, topK: 50, includeMerged: true, includeUnverified: true }),
    memory.context(words, { userId, threshold: 0 }),
    memory.getAll({ filters, kinds: [...everyKind], topK: 200, includeMerged: true, includeUnverified: true }),
    memory.digest({ userId, since: 0 }),
    memory.timeline(words, { filters }),
    memory.review({ userId }),
    memory.dream({ userId, dryRun: true }),
    memory.profile({ userId }),
    memory.entities({ userId }),
  ]);
  return JSON.stringify(reads);
}

export async function exportedFrom(memory: Memory): Promise<string> {
  let all = "";
  for await (const line of memory.export()) all += line;
  return all;
}
