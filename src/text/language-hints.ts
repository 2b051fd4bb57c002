import { LANGUAGE_BITS } from "./stop-words.ts";

const HINTS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/[ßẞ]/u, ["de"]],
  [/[äöÄÖ]/u, ["de", "sv"]],
  [/[üÜ]/u, ["de"]],
  [/[åÅ]/u, ["sv"]],
  [/[ñÑ¿¡]/u, ["es"]],
  [/[ãõÃÕ]/u, ["pt"]],
  [/[çÇ]/u, ["fr", "pt"]],
  [/[œŒêÊèÈâÂ]/u, ["fr"]],
  [/[àÀ]/u, ["fr", "it", "pt"]],
];

/** Bits of the languages whose letters a chunk of text shows. */
export function languageHints(chunk: string): number {
  let bits = 0;
  for (const [pattern, languages] of HINTS) {
    if (!pattern.test(chunk)) continue;
    for (const language of languages) bits |= LANGUAGE_BITS.get(language) ?? 0;
  }
  return bits;
}
