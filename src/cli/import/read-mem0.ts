import { join } from "node:path";
import { readMem0Path } from "./find-source.ts";
import type { Importer } from "./importer.ts";

/** Mem0's files by their path alone; its servers, and its options, are the command's own: `import --from mem0`. */
export const mem0: Importer = {
  name: "mem0",
  title: "Mem0",
  reads: "vector_store.db, history.db, memory.db, a Qdrant folder, or JSON of its API; addresses with --from mem0",
  usual: ({ home, folder, env }) => [env["MEM0_DIR"] ?? join(home, ".mem0"), join(folder, "vector_store.db")],
  detect: (place) => {
    if (place.isFolder) {
      const isThere = place.has("vector_store.db") || place.has("history.db") || place.has("collection");
      return isThere ? "a folder of Mem0" : null;
    }
    if (isTable(place.tables.get("vectors"), "payload")) return "mem0ai's vector_store.db";
    if (isTable(place.tables.get("history") ?? place.tables.get("memory_history"), "memory_id"))
      return "Mem0's history";
    if (isTable(place.tables.get("points"), "point")) return "Qdrant's local file of Mem0";
    const isAnswer = /^\s*\{/u.test(place.head) && /"(?:results|memories)"\s*:\s*\[\s*\{/u.test(place.head);
    return isAnswer && place.head.includes('"memory"') && place.head.includes('"user_id"')
      ? "memories of Mem0's API"
      : null;
  },
  read: (place) => readMem0Path(place.path, undefined),
};

function isTable(columns: readonly string[] | undefined, column: string): boolean {
  return columns?.includes(column) === true;
}
