/** Cells of a terminal that a text takes: East Asian wide letters and most emoji take two, combining marks none. */
export function textWidth(text: string): number {
  let width = 0;
  for (const letter of text) {
    if (/^(?:\p{Mark}|\p{Format})$/u.test(letter)) continue;
    const isWide =
      /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\u3000-\u303F\uFF01-\uFF60]$/u;
    width += isWide.test(letter) ? 2 : 1;
  }
  return width;
}

export function padEnd(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - textWidth(text)));
}

/** The beginning of a text with an ellipsis, no wider than `width`. */
export function cut(text: string, width: number): string {
  if (text.length <= width && textWidth(text) <= width) return text;
  let kept = "";
  let used = 0;
  for (const letter of text) {
    const next = textWidth(letter);
    if (used + next > width - 1) break;
    kept += letter;
    used += next;
  }
  return `${kept.trimEnd()}…`;
}

/** On one line, without what would steer the terminal: memories hold what anybody said. */
export function oneLine(text: string): string {
  return withoutControls(text).replaceAll(/\s+/gu, " ").trim();
}

/** Line feeds and tabs stay. */
export function withoutControls(text: string): string {
  return text.replaceAll(/\r\n?/gu, "\n").replaceAll(/(?![\n\t])\p{Cc}|[\u202A-\u202E\u2066-\u2069]/gu, "");
}
