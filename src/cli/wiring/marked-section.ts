import { invalidInput } from "../../errors.ts";

/** A part of a text file that is ours, between two lines that say so. */
export interface MarkedSection {
  readonly start: string;
  readonly end: string;
  /** Written behind the start marker, on its line. */
  readonly note?: string;
  /** Lines between the markers. */
  readonly lines: readonly string[];
  /** Written before the section, and only where the file is new: front matter. */
  readonly head?: string;
}

export interface FoundSection {
  /** Of the start marker, and behind the end marker. */
  readonly from: number;
  readonly to: number;
  readonly lines: readonly string[];
}

/** @throws MemoryError `invalid_input` where only one of the markers is there, or a marker twice. */
export function findSection(
  text: string,
  { start, end }: Pick<MarkedSection, "start" | "end">,
): FoundSection | undefined {
  const from = text.indexOf(start);
  const last = text.indexOf(end);
  if (from < 0 && last < 0) return undefined;
  const isWhole = from >= 0 && last > from && text.indexOf(start, from + 1) < 0 && text.indexOf(end, last + 1) < 0;
  if (!isWhole)
    throw invalidInput(
      `The markers ${start} and ${end} must both stand there, once each and in this order. Mend them by hand.`,
    );
  const inside = text.slice(from + start.length, last).split(/\r?\n/u);
  // What follows the start marker on its line, and what precedes the end marker on its own, are no lines.
  return { from, to: last + end.length, lines: inside.slice(1, -1) };
}

/** Puts the section at the end, or new lines into the one that is there. `inserted` is null where it was there. */
export function putSection(text: string, section: MarkedSection): { text: string; inserted: string | null } {
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  const body = [`${section.start}${section.note ?? ""}`, ...section.lines, section.end].join(eol);
  const found = findSection(text, section);
  if (found !== undefined) return { text: text.slice(0, found.from) + body + text.slice(found.to), inserted: null };
  const gap = text === "" ? (section.head ?? "") : text.endsWith("\n") ? eol : eol + eol;
  const inserted = `${gap}${body}${eol}`;
  return { text: text + inserted, inserted };
}

/** Takes the section away with what was put around it; what the user wrote stays. */
export function removeSection(
  text: string,
  section: Pick<MarkedSection, "start" | "end" | "head">,
  inserted: string,
): string {
  if (inserted !== "" && text.split(inserted).length === 2) return text.replace(inserted, () => "");
  const found = findSection(text, section);
  if (found === undefined) return text;
  const gap = inserted.slice(0, Math.max(0, inserted.indexOf(section.start)));
  const head = text.slice(0, found.from);
  const tail = text.slice(found.to);
  const before = gap !== "" && head.endsWith(gap) ? head.slice(0, -gap.length) : head;
  return before + (/^\r?\n/u.test(tail) && inserted.endsWith("\n") ? tail.replace(/^\r?\n/u, "") : tail);
}
