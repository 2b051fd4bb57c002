import { join } from "node:path";
import { Memory } from "../../src/index.ts";
import { fillGraph } from "./graph-fill.ts";
import type { FilledRelation } from "./graph-fill.ts";
import { collectGarbage, median, percentile, sample } from "./measure.ts";
import { randomOf } from "./random.ts";
import type { Figure, SpeedRow } from "./row.ts";

/** Reads of each kind, from entities all over the graph. */
const READS = 200;

export const graph: SpeedRow = {
  name: "graph",
  about: "neighbours, two-hop subgraphs and paths in a graph of 100,000 entities (made in a minute or two)",
  run: async ({ folder, isQuick, progress }) => {
    const entities = isQuick ? 10_000 : 100_000;
    const path = join(folder, "graph.db");
    const random = randomOf(11);
    const userId = "graph";
    const relations = await fillGraph(path, userId, relationsOf(entities, random), (count) => {
      if (count % 20_000 === 0) progress(`graph: ${count} relations`);
    });
    const memory = new Memory({ dbPath: path, embedder: false });
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

/** A tree, so that everything hangs together, with as many relations again between any two. */
function* relationsOf(entities: number, random: () => number): Generator<FilledRelation> {
  for (let number = 1; number < entities; number += 1) {
    yield { subject: name(number), predicate: "reports_to", object: name(Math.floor(number / 4)) };
    yield { subject: name(number), predicate: "knows", object: name(other(number, random)) };
  }
}

function name(number: number): string {
  return `Node ${number}`;
}

/** Another number, smaller ones oftener: some entities have many relations. */
function other(number: number, random: () => number): number {
  const found = Math.floor(random() * random() * number);
  return found === number ? number - 1 : found;
}
