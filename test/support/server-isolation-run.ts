import * as fc from "fast-check";
import { ROUTES } from "../../src/server/routes/routes.ts";
import { callAndJudge } from "./server-isolation.ts";
import { buildWorld, isVisible, snapshot } from "./server-isolation-world.ts";
import type { World, WorldKey } from "./server-isolation-world.ts";
import { Choice } from "./server-schema-values.ts";

/** Calls in one world; so many that every route is called several times. */
const CALLS_A_WORLD = 500;

export interface IsolationReport {
  readonly calls: number;
  readonly operations: number;
}

/** Random calls in random worlds, `calls` of them in all; throws with the smallest of what must not be. */
export async function checkIsolation(calls: number, seed: number): Promise<IsolationReport> {
  let done = 0;
  const operations = new Set<string>();
  const shapes = fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 2, maxLength: 3 });
  await fc.assert(
    fc.asyncProperty(shapes, fc.nat(), async (shape, start) => {
      const choice = new Choice(randomOf(start));
      const world = await buildWorld(shape);
      try {
        const problems: string[] = [];
        // First readers alone, under whom nothing may change; then everybody but those who may touch the victim.
        const victims = world.places.filter(({ project }) => project !== null);
        const victim = victims[start % victims.length] as (typeof victims)[number];
        const readers = world.keys.filter(({ role, isValid }) => role === "reader" && isValid);
        const others = world.keys.filter(({ place }) => !isVisible(place, victim) || place.project === null);
        const attackers = others.filter(({ place, role }) => !isVisible(place, victim) || role === "reader");
        const run = async (keys: readonly WorldKey[], count: number): Promise<void> => {
          for (let at = 0; at < count; at += 1) {
            const route = ROUTES[(start + at) % ROUTES.length];
            if (route === undefined) continue;
            operations.add(route.operation);
            problems.push(...(await callAndJudge(world, route, choice.pick(keys), choice)));
            done += 1;
          }
        };
        const before = await snapshots(world);
        await run(readers, CALLS_A_WORLD / 4);
        const after = await snapshots(world);
        if (after.join("\n") !== before.join("\n")) problems.push("a reader changed something");
        const untouched = await snapshot(world, victim);
        await run(attackers, (CALLS_A_WORLD * 3) / 4);
        if ((await snapshot(world, victim)) !== untouched) problems.push(`${victim.mark} was changed from outside`);
        const failures = world.server.lines.filter((line) => line.includes('"level":"error"'));
        problems.push(...failures.map((line) => line.slice(0, 1_200)));
        if (problems.length > 0) throw new Error(problems.slice(0, 8).join("\n"));
      } finally {
        await world.close();
      }
    }),
    { numRuns: Math.ceil(calls / CALLS_A_WORLD), seed, endOnFailure: true },
  );
  return { calls: done, operations: operations.size };
}

async function snapshots(world: World): Promise<string[]> {
  const all: string[] = [];
  for (const place of world.places) if (place.project !== null) all.push(await snapshot(world, place));
  return all;
}

function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
