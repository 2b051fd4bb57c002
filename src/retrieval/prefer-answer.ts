import type { RankedMemory } from "./rank.ts";

/** Evidence of at least this share of the best is looked at in its stead. */
const NEAR = 0.6;
const OWN_SHARE = 0.75;
const MOST_LOOKED_AT = 5;

/**
 * When the best hit cannot be the answer (it speaks of somebody else, of a wish, of one day), the next best of the same
 * speaker that can comes first. The scores are dealt out anew, so that the results stay ordered by score.
 */
export function preferAnswer<Hit extends { readonly entry: RankedMemory }>(
  hits: readonly Hit[],
  couldHold: (hit: Hit) => boolean,
): readonly Hit[] {
  const at = hits.findIndex(({ entry }) => entry.row.role !== "assistant");
  const best = hits[at];
  if (best === undefined || couldHold(best)) return hits;
  const { raw, own, row } = best.entry;
  const place = hits.findIndex(
    (hit, index) =>
      index > at &&
      index <= at + MOST_LOOKED_AT &&
      hit.entry.raw >= raw * NEAR &&
      (hit.entry.own > 0 || hit.entry.slot > 0) &&
      hit.entry.own >= own * OWN_SHARE &&
      hit.entry.slot >= best.entry.slot &&
      hit.entry.row.role !== "assistant" &&
      hit.entry.row.name === row.name &&
      couldHold(hit),
  );
  if (place === -1) return hits;
  const scores = hits.map(({ entry }) => entry.raw);
  const ordered = [...hits];
  ordered.splice(at, 0, ...ordered.splice(place, 1));
  return ordered.map((hit, index) => ({ ...hit, entry: { ...hit.entry, raw: scores[index] as number } }));
}
