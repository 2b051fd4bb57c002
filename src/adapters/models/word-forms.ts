/** Ends that English adds to a word, with what stood there before. Order matters: the first form that is known wins. */
const ENDINGS: readonly (readonly [ending: string, replacements: readonly string[]])[] = [
  ["ies", ["y", "ie"]],
  ["es", ["e", ""]],
  ["s", [""]],
  ["ied", ["y"]],
  ["ed", ["", "e"]],
  ["ing", ["", "e"]],
  ["iest", ["y"]],
  ["ier", ["y"]],
  ["est", ["", "e"]],
  ["er", ["", "e"]],
  ["ily", ["y"]],
  ["ly", [""]],
  ["iness", ["y"]],
  ["ness", [""]],
];
const SHORTEST_WORD = 5;
const SHORTEST_BASE = 3;

/**
 * Forms that a word unknown to the table may be an inflection of, likeliest first: "hiked" to "hike", "planning" to
 * "plan". Spelling only, so some do not exist; the caller takes the first that is known.
 */
export function* baseForms(word: string): Generator<string> {
  if (word.length < SHORTEST_WORD) return;
  for (const [ending, replacements] of ENDINGS) {
    if (!word.endsWith(ending)) continue;
    const stem = word.slice(0, word.length - ending.length);
    if (stem.length < SHORTEST_BASE) continue;
    for (const replacement of replacements) yield stem + replacement;
    if (replacements[0] === "" && stem.at(-1) === stem.at(-2)) yield stem.slice(0, -1);
  }
}
