export interface WithoutPrivateSpans {
  readonly text: string;
  /** How many outermost spans were removed. */
  readonly dropped: number;
}

// No ">" is asked for: what follows the name is dropped anyway, so an odd attribute or a cut-off tag cannot leak.
const TAG = /(?:<|&lt;)\s{0,4}(?<close>\/?)\s{0,4}private(?=[\s/>&]|$)(?:\s{0,4}(?<empty>\/)?\s{0,4}(?:>|&gt;))?/gi;

/**
 * Removes `<private>…</private>` with everything inside: any case, nested, with attributes; a span that is never
 * closed reaches to the end of the text. A closing tag without an opening one is removed alone.
 */
export function dropPrivateSpans(text: string): WithoutPrivateSpans {
  const fragments: string[] = [];
  let copied = 0;
  let depth = 0;
  let dropped = 0;
  for (const match of text.matchAll(TAG)) {
    const isClosing = match.groups?.["close"] === "/";
    const isEmpty = match.groups?.["empty"] === "/";
    if (depth === 0) {
      fragments.push(text.slice(copied, match.index));
      if (!isClosing && !isEmpty) {
        dropped += 1;
        depth = 1;
      }
    } else if (isClosing) depth -= 1;
    else if (!isEmpty) depth += 1;
    copied = match.index + match[0].length;
  }
  if (copied === 0) return { text, dropped };
  if (depth === 0) fragments.push(text.slice(copied));
  return { text: joinTidily(fragments), dropped };
}

/** Joins what is left with one space or at most one empty line, and with none before punctuation. */
function joinTidily(fragments: readonly string[]): string {
  const pieces: string[] = [];
  let gap: string[] = [];
  for (const fragment of fragments) {
    const core = fragment.trim();
    const leading = fragment.slice(0, fragment.length - fragment.trimStart().length);
    gap.push(leading);
    if (core === "") continue;
    if (pieces.length > 0) pieces.push(tidyGap(gap, core));
    pieces.push(core);
    gap = [fragment.slice(fragment.trimEnd().length)];
  }
  return pieces.join("");
}

function tidyGap(spaces: readonly string[], next: string): string {
  const lines = Math.max(...spaces.slice(0, 1).concat(spaces.slice(-1)).map(countLineBreaks));
  if (lines > 0) return "\n".repeat(Math.min(2, lines)) + (/[^\n]*$/.exec(spaces.at(-1) ?? "")?.[0] ?? "");
  const isGlued = spaces.every((space) => space === "");
  return isGlued || /^[.,;:!?)\]}。、]/.test(next) ? "" : " ";
}

function countLineBreaks(space: string): number {
  return space.split("\n").length - 1;
}
