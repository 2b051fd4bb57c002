import type { SpeedRow } from "./row.ts";

/** The rows named in `--only`, in the order named, or all; throws on a name that is none of them. */
export function chooseRows(rows: readonly SpeedRow[], only: string | undefined): readonly SpeedRow[] {
  if (only === undefined) return rows;
  return only.split(",").map((name) => {
    const row = rows.find((candidate) => candidate.name === name.trim());
    if (row === undefined)
      throw new Error(`--only expects ${rows.map((each) => each.name).join(", ")}, got "${name}".`);
    return row;
  });
}
