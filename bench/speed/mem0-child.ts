// One system in a process of its own, started by mem0-row.ts: fills or opens its store, then answers what it is asked
// with what each search took. Both systems run the same lines; only what `start` returns differs.
import { join } from "node:path";
import type { StoreShape } from "./stores.ts";
import { openStore, textAt, userId } from "./stores.ts";
import { cpuNow } from "./measure.ts";
import { DIMENSIONS, vectorOf } from "./synthetic-embedder.ts";
import { queryText } from "./texts.ts";

/** What is used of both. */
interface Searcher {
  search(query: string, options: unknown): Promise<{ results: readonly { readonly memory?: string }[] }>;
}

interface Mem0 extends Searcher {
  add(messages: unknown, options: unknown): Promise<unknown>;
}

export interface ChildSystem {
  readonly system: "mem0ai" | "recollect";
  readonly shape: StoreShape;
  readonly folder: string;
  /** Of Recollect: the store, filled. */
  readonly store: string;
}

/** Numbers of the questions to ask, the last one excluded, as far as the time goes. */
export interface Questions {
  readonly from: number;
  readonly to: number;
  /** No end comes as null. */
  readonly forMs: number | null;
}

/** CPU milliseconds of each search, all threads of the process, and the first hit. */
export interface BlockReport {
  readonly cpuMs: readonly number[];
  readonly first: readonly (string | undefined)[];
}

const LOADER = new URL("../mem0/load.mjs", import.meta.url);

// Written by mem0-row.ts.
const settings = JSON.parse(process.argv[2] ?? "{}") as ChildSystem;
const { shape } = settings;
const searcher = settings.system === "mem0ai" ? await fillMem0() : openStore(settings.store, shape.embedder);
process.on("message", (questions: Questions) => void answer(questions));
process.send?.("ready");

async function answer({ from, to, forMs }: Questions): Promise<void> {
  const cpuMs: number[] = [];
  const first: (string | undefined)[] = [];
  const rows = shape.users * shape.perUser;
  const end = performance.now() + (forMs ?? Number.POSITIVE_INFINITY);
  for (let at = from; at < to && performance.now() < end; at += 1) {
    // All over the store; 7919 has no divisor in common with its size.
    const number = (at * 7919 + 11) % rows;
    const query = queryText(number);
    const options = { filters: { user_id: userId(Math.floor(number / shape.perUser)) }, topK: 20 };
    const start = cpuNow();
    const { results } = await searcher.search(query, options);
    cpuMs.push(cpuNow() - start);
    first.push(results[0]?.memory);
  }
  process.send?.({ cpuMs, first } satisfies BlockReport);
}

async function fillMem0(): Promise<Searcher> {
  const { folder } = settings;
  // Read when the module loads: no telemetry, nothing outside of the scratch folder.
  process.env["MEM0_TELEMETRY"] = "false";
  process.env["MEM0_DIR"] = folder;
  const { Memory } = (await import(LOADER.href)) as { readonly Memory: new (config: unknown) => Mem0 };
  const name = `mem0-${shape.users}x${shape.perUser}`;
  const embeddings = {
    embedQuery: async (text: string) => Array.from(vectorOf(text)),
    embedDocuments: async (texts: readonly string[]) => texts.map((text) => Array.from(vectorOf(text))),
  };
  const mem0 = new Memory({
    embedder: { provider: "langchain", config: { model: embeddings, embeddingDims: DIMENSIONS } },
    vectorStore: {
      provider: "memory",
      config: { collectionName: "memories", dimension: DIMENSIONS, dbPath: join(folder, `${name}.db`) },
    },
    // Made at construction, never called: `infer: false` asks no model.
    llm: { provider: "openai", config: { apiKey: "unused", model: "unused" } },
    historyDbPath: join(folder, `${name}-history.db`),
  });
  for (let user = 0; user < shape.users; user += 1) {
    for (let from = 0; from < shape.perUser; from += 500) {
      const messages = Array.from({ length: Math.min(500, shape.perUser - from) }, (_, at) => ({
        role: "user",
        content: textAt(shape, user * shape.perUser + from + at),
      }));
      await mem0.add(messages, { userId: userId(user), infer: false });
      const done = user * shape.perUser + from + messages.length;
      if (done % 1000 === 0) process.stderr.write(`filling mem0ai: ${done}\n`);
    }
  }
  return mem0;
}
