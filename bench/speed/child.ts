// One process that imports the library, opens a store and searches: started by child-rows.ts, prints one line of JSON.
import { pathToFileURL } from "node:url";
import type * as Library from "../../src/index.ts";
import type { StoreShape } from "./stores.ts";

interface ChildInput {
  readonly library: string;
  readonly store: string;
  readonly shape: StoreShape;
  readonly searches: number;
}

// Written by child-rows.ts.
const { library, store, shape, searches } = JSON.parse(process.argv[2] ?? "{}") as ChildInput;
// What the questions need is loaded before the clock starts; the library is not.
const [{ queryText, tellingLine }, { createSyntheticEmbedder }] = await Promise.all([
  import("./texts.ts"),
  import("./synthetic-embedder.ts"),
]);
const embedder = shape.embedder === "synthetic" ? { embedder: createSyntheticEmbedder() } : {};

const start = performance.now();
const { Memory } = (await import(pathToFileURL(library).href)) as typeof Library;
const imported = performance.now();
const memory = new Memory({ dbPath: store, ...embedder });
// A user whom nobody knows: the file is opened and checked, nothing is ranked.
await memory.search("open", { filters: { user_id: "nobody" }, topK: 1 });
const opened = performance.now();
let hits = 0;
let firstSearch = 0;
for (let round = 0; round < searches; round += 1) {
  const user = (round * 37) % shape.users;
  const number = user * shape.perUser + ((round * 41) % shape.perUser);
  const query = shape.content === "chat" && number % 2 === 0 ? tellingLine(number) : queryText(number);
  const { results } = await memory.search(query, { filters: { user_id: `user-${user}` } });
  hits += results.length;
  if (round === 0) firstSearch = performance.now() - opened;
}
const residentMb = process.memoryUsage().rss / 1_000_000;
await memory.close();
console.log(
  JSON.stringify({
    importMs: imported - start,
    openMs: opened - imported,
    searchMs: firstSearch,
    residentMb,
    hits,
  }),
);
