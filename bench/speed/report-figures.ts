import { verdictOf } from "./row.ts";
import type { Figure } from "./row.ts";
import { formatTable } from "../table.ts";

/** The table of the figures with what they must reach. */
export function reportFigures(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => [
    figure.what,
    shown(figure.value),
    figure.unit,
    shown(figure.bar),
    shown(figure.aim),
    verdictOf(figure),
    figure.note ?? "",
  ]);
  return formatTable(["what", "value", "unit", "bar", "aim", "verdict", "note"], rows);
}

function shown(value: number | undefined): string {
  if (value === undefined) return "";
  if (Number.isInteger(value)) return String(value);
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}
