import type { ControlStore } from "./control-store.ts";

/** How many events of a type a project has had. */
export function countEvents(store: ControlStore, projectId: string, type: string): number {
  return Number(
    store.get("SELECT count(*) AS n FROM events WHERE project_id = ? AND type = ?", projectId, type)?.["n"],
  );
}
