/** Letters whose small forms are found by `/iu` and not made by `toLowerCase`, or are longer than the letter itself. */
const ODD = /[\u017f\u0130]/u;

/**
 * A text in small letters of the same length: what an ASCII pattern with the flags `iu` finds in the text, the same
 * pattern without `i` finds here, at the same place. V8 searches without `i` several times as fast.
 */
export function foldCase(text: string): string {
  if (!ODD.test(text)) return text.toLowerCase();
  return text.replaceAll("\u017f", "s").replaceAll(/[^\u0130]+/gu, (part) => part.toLowerCase());
}
