import { createHash } from "node:crypto";
import { MemoryError } from "../../errors.ts";
import type { ControlStore, Row } from "./control-store.ts";

/** An export by schema: which memories, and in which shape. No text of a memory is kept. */
export interface ExportJob {
  readonly id: string;
  readonly projectId: string;
  readonly schema: Readonly<Record<string, unknown>>;
  readonly memoryIds: readonly string[];
  /** What the caller asked of the language model; null: nothing. */
  readonly instructions: string | null;
  readonly createdAt: number;
}

/** Exports that a project keeps; older ones go. */
const MAX_EXPORTS = 1_000;

export function createExport(
  store: ControlStore,
  job: Pick<ExportJob, "projectId" | "schema" | "memoryIds" | "instructions"> & { readonly filters: unknown },
): ExportJob {
  const id = store.createId();
  store.transaction(() => {
    store.run(
      "INSERT INTO exports(id, project_id, schema, filters, memory_ids, created_at, instructions) VALUES(?, ?, ?, ?, ?, ?, ?)",
      id,
      job.projectId,
      JSON.stringify(job.schema),
      filterKey(job.filters),
      JSON.stringify(job.memoryIds),
      store.now(),
      job.instructions,
    );
    store.run(
      "DELETE FROM exports WHERE project_id = ?1 AND id IN (SELECT id FROM exports WHERE project_id = ?1 ORDER BY created_at DESC, id DESC LIMIT -1 OFFSET ?2)",
      job.projectId,
      MAX_EXPORTS,
    );
  });
  return requireExport(store, job.projectId, id);
}

/** @throws MemoryError `not_found`, also for one of another project. */
export function requireExport(store: ControlStore, projectId: string, id: string): ExportJob {
  const row = store.get("SELECT * FROM exports WHERE id = ? AND project_id = ?", id, projectId);
  if (row === undefined) throw new MemoryError("not_found", "No memory export request found");
  return toExport(row);
}

/** The newest export of the same filters. @throws MemoryError `not_found`. */
export function requireExportOf(store: ControlStore, projectId: string, filters: unknown): ExportJob {
  const row = store.get(
    "SELECT * FROM exports WHERE project_id = ? AND filters = ? ORDER BY created_at DESC, id DESC LIMIT 1",
    projectId,
    filterKey(filters),
  );
  if (row === undefined) throw new MemoryError("not_found", "No memory export request found for these filters");
  return toExport(row);
}

/** Filters may quote what is looked for, so that only a digest of them is kept; the order of their names is all one. */
function filterKey(filters: unknown): string {
  return createHash("sha256").update(canonical(filters)).digest("hex");
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((each) => canonical(each)).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const entries = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return `{${entries.map(([name, each]) => `${JSON.stringify(name)}:${canonical(each)}`).join(",")}}`;
}

function toExport(row: Row): ExportJob {
  return {
    id: String(row["id"]),
    projectId: String(row["project_id"]),
    schema: JSON.parse(String(row["schema"])) as ExportJob["schema"],
    memoryIds: JSON.parse(String(row["memory_ids"])) as string[],
    instructions: row["instructions"] === null ? null : String(row["instructions"]),
    createdAt: Number(row["created_at"]),
  };
}
