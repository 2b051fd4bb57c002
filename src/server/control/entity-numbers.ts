import type { ControlStore } from "./control-store.ts";

/** The number by which Mem0's older clients name an entity; given out when first asked for. */
export function entityNumber(store: ControlStore, projectId: string, type: string, name: string): number {
  const find = (): unknown =>
    store.get(
      "SELECT entity_no FROM entity_numbers WHERE project_id = ? AND type = ? AND name = ?",
      projectId,
      type,
      name,
    )?.["entity_no"];
  const known = find();
  if (known !== undefined) return Number(known);
  store.run(
    "INSERT OR IGNORE INTO entity_numbers(project_id, entity_no, type, name) VALUES(?1, (SELECT coalesce(max(entity_no), 0) + 1 FROM entity_numbers WHERE project_id = ?1), ?2, ?3)",
    projectId,
    type,
    name,
  );
  return Number(find());
}

export function nameOfNumber(store: ControlStore, projectId: string, type: string, number: number): string | null {
  if (!Number.isInteger(number)) return null;
  const row = store.get(
    "SELECT name FROM entity_numbers WHERE project_id = ? AND type = ? AND entity_no = ?",
    projectId,
    type,
    number,
  );
  return row === undefined ? null : String(row["name"]);
}
