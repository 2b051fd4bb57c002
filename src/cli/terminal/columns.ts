import { lineWidth, paint } from "./paint.ts";
import { cut, oneLine, padEnd, textWidth } from "./text-width.ts";

const GAP = "  ";

/** Rows under headings, aligned. The last column takes what is left of the terminal's width. */
export function columns(headings: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const cleaned = rows.map((row) => row.map(oneLine));
  const widths = headings.map((heading, index) =>
    cleaned.reduce((widest, row) => Math.max(widest, textWidth(row[index] ?? "")), textWidth(heading)),
  );
  const last = headings.length - 1;
  const before = widths.slice(0, last).reduce((sum, width) => sum + width + GAP.length, 0);
  const room = Math.max(20, lineWidth() - before);
  const line = (cells: readonly string[]): string =>
    cells.map((cell, index) => (index === last ? cut(cell, room) : padEnd(cell, widths[index] ?? 0))).join(GAP);
  return [paint("bold", line(headings).trimEnd()), ...cleaned.map((row) => line(row).trimEnd())];
}

/** Names and what they hold, aligned. */
export function pairs(rows: readonly (readonly [string, string])[]): string[] {
  const width = rows.reduce((widest, [name]) => Math.max(widest, textWidth(name)), 0);
  return rows.map(([name, value]) => `${paint("dim", padEnd(name, width))}  ${value}`.trimEnd());
}
