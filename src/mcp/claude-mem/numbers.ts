import { LRUCache } from "lru-cache";

/** Where numbers begin that are given out here: what was imported keeps its own, which are smaller. */
const FIRST = 1_000_000_001;
/** Most numbers that are remembered; the oldest unused ones are forgotten. */
const MOST = 50_000;

const numberOf = new LRUCache<string, number>({ max: MOST });
const idOf = new LRUCache<number, string>({ max: MOST });
let next = FIRST;

/**
 * claude-mem's ids are numbers and ours are not: each id gets a number when it is first shown. It holds for this
 * process; an id itself is understood at any time.
 */
export function numberFor(id: string): number {
  const known = numberOf.get(id);
  if (known !== undefined) return known;
  const given = next;
  next += 1;
  numberOf.set(id, given);
  idOf.set(given, id);
  return given;
}

/** The id behind a number that was shown; any other is given back as it is. */
export function idBehind(given: number | string): string {
  return idOf.get(Number(given)) ?? String(given);
}
