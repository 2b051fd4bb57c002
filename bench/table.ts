/** A text table: the first column to the left, figures to the right. */
export function formatTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = header.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => (row[column] ?? "").length)),
  );
  const line = (cells: readonly string[]): string =>
    widths
      .map((width, column) =>
        column === 0 ? (cells[column] ?? "").padEnd(width) : (cells[column] ?? "").padStart(width),
      )
      .join("  ")
      .trimEnd();
  return [line(header), widths.map((width) => "-".repeat(width)).join("  "), ...rows.map(line)].join("\n");
}

/** A share as percent with one decimal. */
export function percent(share: number): string {
  return (share * 100).toFixed(1);
}

/** A signed difference of two shares in percentage points. */
export function points(difference: number): string {
  return `${difference < 0 ? "-" : "+"}${Math.abs(difference * 100).toFixed(1)}`;
}
