import type { Memory } from "../../src/index.ts";
import type { Clarity } from "./blind-phrasings.ts";

export interface Told {
  readonly text: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** What a case came to: nothing is wrong, or what is; `isStale` where a value of before was served as the current one. */
export interface Outcome {
  readonly problem?: string;
  readonly isStale?: boolean;
}

/** One user's statements, and what has to hold after them. */
export interface TimeCase {
  readonly suite: string;
  readonly id: string;
  readonly clarity: Clarity | "mixed";
  /** `blind`: phrasings that were written without sight of the rules. */
  readonly origin: "open" | "blind";
  readonly told: readonly Told[];
  readonly check: (memory: Memory, userId: string) => Promise<Outcome>;
}

export const DAY = 86_400_000;

export function day(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

export function at(date: string, hour = 10): number {
  return Date.parse(`${date}T${String(hour).padStart(2, "0")}:00:00Z`);
}

/** Whether the text names the value, as whole words in any case. */
export function names(text: string, value: string): boolean {
  const literal = value.replaceAll(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`);
  return new RegExp(String.raw`(?<![\p{L}\p{N}])${literal}(?![\p{L}\p{N}])`, "iu").test(text);
}

export async function topOf(
  memory: Memory,
  userId: string,
  query: string,
  options: { readonly asOf?: number; readonly now: number; readonly topK?: number },
): ReturnType<Memory["search"]> {
  return memory.search(query, {
    filters: { user_id: userId },
    topK: options.topK ?? 10,
    referenceDate: new Date(options.now),
    ...(options.asOf === undefined ? {} : { asOf: new Date(options.asOf) }),
  });
}
