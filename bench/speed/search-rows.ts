import { collectGarbage, median, percentile, sample } from "./measure.ts";
import type { Figure, RunContext, SpeedRow } from "./row.ts";
import { openStore, storeFile, userId } from "./stores.ts";
import type { StoreShape } from "./stores.ts";
import { queryText } from "./texts.ts";

/** Everyday case: a user's own memories among those of many. */
export const searchUser: SpeedRow = {
  name: "search-user",
  about: "search, 100 memories of a user among 100k",
  run: async (context) => {
    const users = context.isQuick ? 100 : 1000;
    const shape: StoreShape = { users, perUser: 100, content: "words", embedder: "synthetic" };
    const path = await storeFile(context, shape);
    const memory = openStore(path, shape.embedder);
    const first: number[] = [];
    const next: number[] = [];
    const search = async (user: number, number: number): Promise<number> => {
      const query = queryText(user * shape.perUser + number);
      const { cpuMs } = await sample(() => memory.search(query, { filters: { user_id: userId(user) } }));
      return cpuMs;
    };
    // Code is warm and the file open before anything counts.
    for (let round = 0; round < 300; round += 1) await search(round % Math.min(40, users), round % shape.perUser);
    collectGarbage();
    for (let user = 40; user < Math.min(users, 340); user += 1) {
      first.push(await search(user, 3));
      for (let again = 0; again < 3; again += 1) next.push(await search(user, 17 + again * 29));
    }
    await memory.close();
    const total = `${users * shape.perUser} memories in ${users} users`;
    return [
      cpuFigure("search, 100 memories of a user among 100k", next, { bar: 2, aim: 1 }, total),
      cpuFigure("the same, a user's first search", first, { bar: 2, aim: 1 }, total),
    ];
  },
};

/** One user who owns everything. */
export const searchScope: SpeedRow = {
  name: "search-scope",
  about: "search, one scope of 100k (and with --million 1M), 384 dimensions",
  run: async (context) => {
    const figures = await searchOneScope(context, context.isQuick ? 10_000 : 100_000, { bar: 12, aim: 6 });
    if (context.withMillion) figures.push(...(await searchOneScope(context, 1_000_000, { bar: 90, aim: 60 })));
    return figures;
  },
};

async function searchOneScope(
  context: RunContext,
  rows: number,
  limits: { bar: number; aim: number },
): Promise<Figure[]> {
  const shape: StoreShape = { users: 1, perUser: rows, content: "words", embedder: "synthetic" };
  const path = await storeFile(context, shape);
  const memory = openStore(path, shape.embedder);
  const search = async (round: number): Promise<number> => {
    const query = queryText((round * 7919) % rows);
    const { cpuMs } = await sample(() => memory.search(query, { filters: { user_id: userId(0) } }));
    return cpuMs;
  };
  const first = await search(0);
  for (let round = 1; round < 10; round += 1) await search(round);
  collectGarbage();
  const later: number[] = [];
  for (let round = 10; round < 111; round += 1) later.push(await search(round));
  await memory.close();
  const size = rows >= 1_000_000 ? `${rows / 1_000_000}M` : `${rows / 1000}k`;
  return [
    cpuFigure(`search, one scope of ${size}, 384 dimensions`, later, limits, "warm"),
    { what: `the same, the process's first search`, value: first, unit: "ms CPU", note: "loads the vectors" },
  ];
}

export function cpuFigure(
  what: string,
  values: readonly number[],
  limits: { bar?: number; aim?: number },
  note: string,
): Figure {
  const spread = `p95 ${percentile(values, 0.95).toFixed(2)}, ${values.length} calls`;
  return { what, value: median(values), unit: "ms CPU", ...limits, note: `${note}; ${spread}` };
}
