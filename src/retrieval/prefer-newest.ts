import type { RankedMemory } from "./rank.ts";

/** Evidence of at least this share of the best counts as equal: what decides then is which was said last. */
const NEARLY_EQUAL = 0.65;

/** Nor may it hold fewer of the question's words itself: words lent by neighbours say little about what is newer. */
const OWN_SHARE = 0.5;

/** More hits than this that answer nearly as well are what was said on a topic, not values of one thing. */
const MOST_ALTERNATIVES = 4;

/**
 * Of a few hits of one speaker that answer nearly as well as the best, the one said last comes first: of two statements
 * about one thing the later holds. The scores are dealt out anew among them, so that the results stay ordered by score.
 */
export function preferNewest<Hit extends { readonly entry: RankedMemory }>(
  hits: readonly Hit[],
  mayTakeThePlace: (newer: Hit, older: Hit) => boolean = () => true,
): Hit[] {
  const [best] = hits;
  const top = best?.entry;
  if (best === undefined || top === undefined) return [];
  const near = hits.filter(
    ({ entry }) =>
      entry.raw >= top.raw * NEARLY_EQUAL &&
      entry.own >= top.own * OWN_SHARE &&
      // What fills the slot asked for need not hold a word of the question; what does neither answers by its neighbours.
      (top.slot === 0 || entry.slot > 0 || entry.own > 0) &&
      entry.row.role !== "assistant" &&
      entry.row.name === top.row.name,
  );
  if (near.length < 2 || near.length > MOST_ALTERNATIVES) return [...hits];
  const scores = near.map(({ entry }) => entry.raw);
  const newest = near.reduce(
    (last, hit) => (hit.entry.row.saidAt > last.entry.row.saidAt && mayTakeThePlace(hit, best) ? hit : last),
    best,
  );
  const moved = [newest, ...near.filter((hit) => hit !== newest)].map((hit, index) => ({
    ...hit,
    entry: { ...hit.entry, raw: scores[index] as number },
  }));
  const kept = new Set<Hit>(near);
  return [...moved, ...hits.filter((hit) => !kept.has(hit))].toSorted(
    (left, right) => right.entry.raw - left.entry.raw,
  );
}
