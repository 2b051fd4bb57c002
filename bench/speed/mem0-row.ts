import { existsSync } from "node:fs";
import { join } from "node:path";
import { collectGarbage, median, sample } from "./measure.ts";
import type { Figure, RunContext, SpeedRow } from "./row.ts";
import { openStore, storeFile, textAt, userId } from "./stores.ts";
import type { StoreShape } from "./stores.ts";
import { DIMENSIONS, vectorOf } from "./synthetic-embedder.ts";
import { queryText } from "./texts.ts";

/** What is used of `mem0ai/oss`. */
interface Mem0 {
  add(messages: unknown, options: unknown): Promise<unknown>;
  search(query: string, options: unknown): Promise<{ results: readonly { readonly memory?: string }[] }>;
}

/** Mem0 has its own lockfile (bench/mem0): the project itself installs without a native module. */
const LOADER = new URL("../mem0/load.mjs", import.meta.url);

/** Queries of each system; Mem0 takes long for one. */
const MEM0_QUERIES = 15;
const OWN_PER_MEM0 = 10;
/** Calls before the first measured one, as in the rows of search alone: less leaves our code half compiled. */
const OWN_WARM_UP = 100;

/**
 * Mem0 as its README installs it, with its default vector store (`memory`: a SQLite file through better-sqlite3) and
 * `infer: false`; both get the same rows, the same vectors and the same questions in turn.
 */
export const againstMem0: SpeedRow = {
  name: "mem0",
  about: "search CPU against mem0ai 3.3.1 at 10k memories, same rows and vectors",
  run: async (context) => {
    if (!existsSync(new URL("node_modules/mem0ai/package.json", LOADER))) {
      context.progress("mem0ai is not installed, its rows are left out: npm run bench:mem0 installs it");
      return [];
    }
    const rows = context.isQuick ? 1000 : 10_000;
    const figures: Figure[] = [];
    for (const users of [rows / 100, 1]) {
      figures.push(
        ...(await compare(context, { users, perUser: rows / users, content: "words", embedder: "synthetic" })),
      );
    }
    return figures;
  },
};

async function compare(context: RunContext, shape: StoreShape): Promise<Figure[]> {
  const path = await storeFile(context, shape);
  const mem0 = await fillMem0(context, shape);
  const own = openStore(path, shape.embedder);
  const ownMs: number[] = [];
  const mem0Ms: number[] = [];
  let sameFirst = 0;
  const rows = shape.users * shape.perUser;
  for (let call = 0; call < OWN_WARM_UP; call += 1) {
    const number = (call * 104_729 + 5) % rows;
    await own.search(queryText(number), { filters: { user_id: userId(Math.floor(number / shape.perUser)) }, topK: 20 });
  }
  for (let round = -2; round < MEM0_QUERIES; round += 1) {
    const number = (Math.abs(round) * 7919 + 11) % rows;
    const options = { filters: { user_id: userId(Math.floor(number / shape.perUser)) }, topK: 20 };
    let theirs: Awaited<ReturnType<Mem0["search"]>> | undefined;
    let ours: Awaited<ReturnType<typeof own.search>> | undefined;
    collectGarbage();
    const theirCost = await sample(async () => {
      theirs = await mem0.search(queryText(number), options);
    });
    // What their search left behind is not ours to collect.
    collectGarbage();
    const ownCosts: number[] = [];
    for (let again = 0; again < OWN_PER_MEM0; again += 1) {
      const cost = await sample(async () => {
        ours = await own.search(queryText(number + again), options);
      });
      ownCosts.push(cost.cpuMs);
      if (again === 0 && theirs?.results[0]?.memory === ours?.results[0]?.memory) sameFirst += round < 0 ? 0 : 1;
    }
    // The first rounds warm both up.
    if (round < 0) continue;
    mem0Ms.push(theirCost.cpuMs);
    ownMs.push(...ownCosts);
  }
  await own.close();
  const ratio = median(mem0Ms) / median(ownMs);
  return [
    {
      what: `search CPU, mem0ai over ours, ${shape.users === 1 ? "one user" : `${shape.users} users`} of ${shape.perUser}`,
      value: ratio,
      unit: "x less",
      bar: 200,
      aim: 1000,
      isMoreBetter: true,
      note: `mem0ai ${median(mem0Ms).toFixed(1)} ms, ours ${median(ownMs).toFixed(2)} ms; same first hit in ${sameFirst} of ${MEM0_QUERIES}`,
    },
  ];
}

async function fillMem0(context: RunContext, shape: StoreShape): Promise<Mem0> {
  const folder = context.folder;
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
  }) as unknown as Mem0;
  for (let user = 0; user < shape.users; user += 1) {
    for (let first = 0; first < shape.perUser; first += 500) {
      const messages = Array.from({ length: Math.min(500, shape.perUser - first) }, (_, at) => ({
        role: "user",
        content: textAt(shape, user * shape.perUser + first + at),
      }));
      await mem0.add(messages, { userId: userId(user), infer: false });
      context.progress(`filling mem0ai: ${user * shape.perUser + first + messages.length}`);
    }
  }
  return mem0;
}
