import { join } from "node:path";
import { Memory } from "../../src/index.ts";
import { collectGarbage, median, percentile, sample } from "./measure.ts";
import { randomOf } from "./random.ts";
import type { Figure, SpeedRow } from "./row.ts";

/** Reads of each kind, from entities all over the graph. */
const READS = 200;
const PER_CALL = 1000;

export const graph: SpeedRow = {
  name: "graph",
  about: "neighbours, two-hop subgraphs and paths in a graph of 100,000 entities (made in a quarter of an hour)",
  run: async ({ folder, isQuick, progress }) => {
    const entities = isQuick ? 10_000 : 100_000;
    const memory = new Memory({ dbPath: join(folder, "graph.db"), embedder: false });
    const random = randomOf(11);
    const userId = "graph";
    let relations = 0;
    // A tree, so that everything hangs together, with as many relations again between any two.
    for (let first = 1; first < entities; first += PER_CALL) {
      const batch = Array.from({ length: Math.min(PER_CALL, entities - first) }, (_, at) => first + at);
      await memory.graph.createRelations(
        batch.map((number) => ({
          subject: name(number),
          predicate: "reports to",
          object: name(Math.floor(number / 4)),
        })),
        { userId },
      );
      await memory.graph.createRelations(
        batch.map((number) => ({ subject: name(number), predicate: "knows", object: name(other(number, random)) })),
        { userId },
      );
      relations += batch.length * 2;
      if (first % 10_000 < PER_CALL) progress(`graph: ${first} of ${entities} entities`);
    }
    const starts = Array.from({ length: READS }, () => name(Math.floor(random() * entities)));
    const figures: Figure[] = [];
    const measure = async (
      what: string,
      limits: { bar?: number; aim?: number },
      read: (start: string, index: number) => Promise<number>,
    ): Promise<void> => {
      collectGarbage();
      for (const [index, start] of starts.slice(0, 20).entries()) await read(start, index);
      const times: number[] = [];
      let found = 0;
      for (const [index, start] of starts.entries())
        times.push((await sample(async () => { found += await read(start, index); })).cpuMs); // prettier-ignore
      figures.push({
        what: `${what} (${entities} entities)`,
        value: median(times),
        unit: "ms CPU p50",
        ...limits,
        note: `p95 ${percentile(times, 0.95).toFixed(2)} ms, ${(found / READS).toFixed(1)} found on average of ${relations} relations`,
      });
    };
    await measure("neighbours", { bar: 5 }, async (start) => {
      const { neighbours } = await memory.neighbours(start, { userId });
      return neighbours.length;
    });
    await measure("two-hop subgraph", { bar: 30 }, async (start) => {
      const found = await memory.graph.read({ userId, entities: [start], depth: 2, limit: 1000 });
      return found.entities.length;
    });
    await measure("paths of up to 4", {}, async (start, index) => {
      const { paths } = await memory.graph.paths({ userId, from: start, to: starts[(index + 1) % READS] ?? start });
      return paths.length;
    });
    await memory.close();
    return figures;
  },
};

function name(number: number): string {
  return `Node ${number}`;
}

/** Another number, smaller ones oftener: some entities have many relations. */
function other(number: number, random: () => number): number {
  const found = Math.floor(random() * random() * number);
  return found === number ? number - 1 : found;
}
