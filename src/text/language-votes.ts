import type { Piece } from "./chunk-terms.ts";
import { LANGUAGE_BITS } from "./stop-words.ts";

/** Enough to tell, and a bound on the work for huge texts. */
const MOST_PIECES = 400;

/**
 * The Latin language whose function words and letters occur most, `"en"` included; undefined where the words do not
 * say. English wins ties: it shares many short words with the others.
 */
export function voteLatinLanguage(pieces: readonly Piece[]): string | undefined {
  const limit = Math.min(pieces.length, MOST_PIECES);
  let english = 0;
  let others = 0;
  for (let index = 0; index < limit; index += 1) {
    const votes = pieces[index]?.votes ?? 0;
    if ((votes & 1) !== 0) english += 2;
    else others |= votes;
  }
  if (others === 0) return english > 0 ? "en" : undefined;
  const totals = new Map<string, number>();
  for (let index = 0; index < limit; index += 1) {
    const piece = pieces[index];
    if (piece === undefined || piece.votes === 0) continue;
    for (const [language, bit] of LANGUAGE_BITS) {
      if (bit === 1 || (piece.votes & bit) === 0) continue;
      totals.set(language, (totals.get(language) ?? 0) + (piece.isWeakVote ? 1 : 2));
    }
  }
  let best = english > 0 ? "en" : undefined;
  // One weak word ("war", "hat") decides nothing, in a longer text neither does one clear word.
  let most = Math.max(english, limit > 3 ? 2 : 1);
  for (const [language, votes] of totals) {
    if (votes <= most) continue;
    best = language;
    most = votes;
  }
  return best;
}
