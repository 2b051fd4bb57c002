import type { MemoryItem } from "../../domain/search-result.ts";

const BY_KIND: Readonly<Record<string, number>> = { instruction: 3, procedure: 1.5, pattern: 1.5, fact: 1 };
const BY_FEEDBACK: Readonly<Record<string, number>> = { POSITIVE: 1, NEGATIVE: -1, VERY_NEGATIVE: -3 };
/** A fact of a year ago counts half of what one of today does. */
const HALF_LIFE_DAYS = 365;

/**
 * How much a memory matters where there is room for a few only, above 0: standing instructions first, facts with a slot
 * (where somebody lives) before loose ones, what was said more than once and what users liked, newer before older.
 */
function importance(item: MemoryItem, now: number): number {
  const days = Math.max(0, (now - Date.parse(item.createdAt)) / 86_400_000);
  const weight =
    (BY_KIND[item.kind] ?? 1) +
    (item.attribute === undefined ? 0 : 1) +
    Math.min(item.sources.length - 1, 3) * 0.5 +
    (BY_FEEDBACK[item.feedback ?? ""] ?? 0);
  return Math.max(0.01, weight) * item.confidence * 0.5 ** (days / HALF_LIFE_DAYS);
}

/** The most important ones, at most so many, in order. */
export function mostImportant(items: readonly MemoryItem[], atMost: number, now: number): MemoryItem[] {
  return items
    .map((item) => ({ item, weight: importance(item, now) }))
    .toSorted((one, other) => other.weight - one.weight || other.item.createdAt.localeCompare(one.item.createdAt))
    .slice(0, atMost)
    .map(({ item }) => item);
}
