/** A line of a profile or a summary, and the memories it rests on: at least one. */
export interface ViewLine {
  /** A section of a profile, a category of a summary. */
  readonly heading: string;
  readonly text: string;
  readonly memoryIds: readonly string[];
  /** When the newest of them was said, ISO 8601. */
  readonly createdAt: string;
}

/** Lines under their headings, in the order of the headings' first lines. */
export function underHeadings<Line extends ViewLine>(lines: readonly Line[]): ReadonlyMap<string, readonly Line[]> {
  const sections = new Map<string, Line[]>();
  for (const line of lines) {
    const known = sections.get(line.heading);
    if (known === undefined) sections.set(line.heading, [line]);
    else known.push(line);
  }
  return sections;
}

/** A text of several lines on one: what somebody wrote looks like no heading and no other line. */
export function oneLine(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[\s\p{Cc}]+/gu, " ")
    .trim();
}
