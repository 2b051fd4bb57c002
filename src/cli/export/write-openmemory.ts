import { gzipSync } from "node:zlib";
import { v5 } from "uuid";
import type { ExportedMemory } from "../../domain/export-format.ts";
import { isoTime } from "./foreign-format.ts";
import type { ForeignFormat } from "./foreign-format.ts";
import { zipOf } from "./write-zip.ts";

/** Of this project; apps and categories get the same ids in every run. */
const NAMESPACE = "7c9e6679-7425-40de-944b-e07fc1f90ae7";
const DEFAULT_APP = "recollect";

/** The zip of OpenMemory's backup: memories.json, and memories.jsonl.gz beside it. */
export const openMemoryFormat: ForeignFormat = {
  name: "openmemory",
  writes: "the zip of OpenMemory's backup (memories.json, memories.jsonl.gz)",
  write: async function* ({ memories, now }) {
    const apps = new Set<string>();
    const categories = new Set<string>();
    const rows: object[] = [];
    const links: object[] = [];
    const lines: string[] = [];
    let user = "";
    for await (const { record } of memories) {
      const app = record.scope.appId ?? DEFAULT_APP;
      user ||= record.scope.userId ?? "";
      apps.add(app);
      const row = rowOf(record);
      rows.push({ ...row, app_id: idOf("app", app) });
      lines.push(JSON.stringify({ ...row, app, categories: record.categories }));
      for (const category of record.categories) {
        categories.add(category);
        links.push({ memory_id: record.id, category_id: idOf("category", category) });
      }
    }
    const backup = {
      user: { id: idOf("user", user), user_id: user, name: user, email: null, metadata: {} },
      apps: Array.from(apps, (name) => ({
        id: idOf("app", name),
        name,
        description: null,
        metadata: {},
        is_active: true,
      })),
      categories: Array.from(categories, (name) => ({ id: idOf("category", name), name, description: null })),
      memories: rows,
      memory_categories: links,
      status_history: [],
      access_controls: [],
      export_meta: { version: "1", exported_at: isoTime(now) },
    };
    yield zipOf([
      { name: "memories.json", bytes: Buffer.from(JSON.stringify(backup)) },
      { name: "memories.jsonl.gz", bytes: gzipSync(lines.map((line) => `${line}\n`).join("")), isStored: true },
    ]);
  },
};

function rowOf(record: ExportedMemory["record"]): Readonly<Record<string, unknown>> {
  const { archived, openmemory_state: state, status_history: _history, ...metadata } = record.metadata;
  return {
    id: record.id,
    content: record.text,
    metadata,
    state: state === "paused" ? "paused" : archived === true ? "archived" : "active",
    created_at: isoTime(record.saidAt),
    updated_at: isoTime(record.updatedAt),
  };
}

function idOf(type: string, name: string): string {
  return v5(`${type}:${name}`, NAMESPACE);
}
