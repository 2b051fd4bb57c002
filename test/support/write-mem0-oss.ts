// Writes real files of mem0ai's open library into a folder: node write-mem0-oss.ts <folder>. mem0ai wants
// better-sqlite3, a native module; node:sqlite stands in for it under the same few methods.
import { registerHooks } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const STAND_IN = `data:text/javascript,${encodeURIComponent(`
  import { DatabaseSync } from "node:sqlite";
  export default class Database extends DatabaseSync {
    pragma(text) { return this.prepare("PRAGMA " + text).all(); }
    transaction(work) {
      return (...given) => {
        this.exec("BEGIN");
        try { const result = work(...given); this.exec("COMMIT"); return result; }
        catch (error) { this.exec("ROLLBACK"); throw error; }
      };
    }
  }
`)}`;

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === "better-sqlite3" ? { url: STAND_IN, format: "module", shortCircuit: true } : next(specifier, context),
});

interface Mem0 {
  add(messages: unknown, options: object): Promise<{ results: readonly { id: string; memory: string }[] }>;
  update(id: string, change: object): Promise<unknown>;
  delete(id: string): Promise<unknown>;
  getAll(options: object): Promise<{ results: readonly object[] }>;
}

const [folder = ""] = process.argv.slice(2);
process.env["MEM0_TELEMETRY"] = "false";
process.env["MEM0_DIR"] = folder;
const library = join(import.meta.dirname, "..", "clients", "node_modules", "mem0ai", "dist", "oss", "index.mjs");
const { Memory } = (await import(pathToFileURL(library).href)) as { readonly Memory: new (config: object) => Mem0 };
const embed = (text: string): number[] => [text.length, text.codePointAt(0) ?? 0, 1, 2];
const mem0 = new Memory({
  embedder: {
    provider: "langchain",
    config: {
      model: {
        embedQuery: async (text: string) => embed(text),
        embedDocuments: async (texts: readonly string[]) => texts.map(embed),
      },
      embeddingDims: 4,
    },
  },
  vectorStore: {
    provider: "memory",
    config: { collectionName: "memories", dimension: 4, dbPath: join(folder, "vector_store.db") },
  },
  // Made at construction, never called: infer: false asks no model.
  llm: { provider: "openai", config: { apiKey: "unused", model: "unused" } },
  historyDbPath: join(folder, "memory.db"),
});

const add = async (text: string, options: object): Promise<string> => {
  const { results } = await mem0.add([{ role: "user", content: text }], { infer: false, ...options });
  return results[0]?.id ?? "";
};
const moved = await add("Alice lives in Oslo.", { userId: "alice", metadata: { topic: "home", depth: { level: 2 } } });
await mem0.update(moved, { text: "Alice lives in Bergen." });
await add("Alice has a pass until June.", { userId: "alice", runId: "r1", expirationDate: "2031-06-30" });
await add("The agent answers in Danish.", { agentId: "support" });
const gone = await add("Alice owns a boat.", { userId: "alice" });
await mem0.delete(gone);
const everything = await Promise.all(
  [{ user_id: "alice" }, { agent_id: "support" }].map((filters) =>
    mem0.getAll({ filters, topK: 100, showExpired: true }),
  ),
);
process.stdout.write(JSON.stringify({ moved, gone, all: everything.flatMap(({ results }) => results) }));
process.exit(0);
