// Searches a store in a process of its own, 32 at a time: started by search-row.ts, prints the times as one line of JSON.
import { pathToFileURL } from "node:url";
import type * as Library from "../../src/index.ts";
import { keepInFlight } from "./http-load.ts";
import { questionOf, WARM_UP } from "./questions.ts";

const { library, store, users, perUser, count, inFlight } = JSON.parse(process.argv[2] ?? "{}") as {
  library: string;
  store: string;
  users: number;
  perUser: number;
  count: number;
  inFlight: number;
};
const { Memory } = (await import(pathToFileURL(library).href)) as typeof Library;
const memory = new Memory({ dbPath: store });
const times: number[] = [];
const before = process.cpuUsage();
await keepInFlight(inFlight, { count: count + WARM_UP }, async (number) => {
  const { query, user: userId } = questionOf(number, users, perUser);
  const start = performance.now();
  await memory.search(query, { filters: { user_id: userId }, topK: 10, threshold: 0.1, explain: true });
  if (number >= WARM_UP) times.push(performance.now() - start);
});
const { user, system } = process.cpuUsage(before);
await memory.close();
console.log(JSON.stringify({ times, cpuMs: (user + system) / 1000 / (count + WARM_UP) }));
