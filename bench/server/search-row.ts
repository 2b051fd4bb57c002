import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { median, percentile } from "../speed/measure.ts";
import type { SpeedRow } from "../speed/row.ts";
import { startFilledServer } from "./filled-server.ts";
import { HttpLoad, keepInFlight } from "./http-load.ts";
import { questionOf, WARM_UP } from "./questions.ts";

const execute = promisify(execFile);
const DIST = join(import.meta.dirname, "../../dist/index.js");
const SOURCE = join(import.meta.dirname, "../../src/index.ts");
const IN_FLIGHT = 32;
/** In turn, so that what else the machine does falls on both. */
const ROUNDS = 3;

/** What HTTP costs beside the search itself. */
export const searchOverHttp: SpeedRow = {
  name: "search",
  about: "search over HTTP, 100k memories of 1,000 users, 32 in flight; p95 over that in the process",
  run: async (context) => {
    const users = context.isQuick ? 100 : 1000;
    const count = context.isQuick ? 500 : 3000;
    const filled = await startFilledServer(context, { users, perUser: 100 });
    const load = new HttpLoad(filled.child.url, filled.key, IN_FLIGHT);
    const over: number[] = [];
    const inside: number[] = [];
    const ratios: number[] = [];
    const cpuNear: number[] = [];
    const cpuFar: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const near = await inProcess({ ...filled, count });
      const far: number[] = [];
      const cpu = filled.child.cpuSeconds();
      await keepInFlight(IN_FLIGHT, { count: count + WARM_UP }, async (number) => {
        const { query, user } = questionOf(number, users, 100);
        const { status, milliseconds } = await load.send("POST", "/v3/memories/search/", {
          query,
          filters: { user_id: user },
        });
        if (status !== 200) throw new Error(`a search was answered with ${status}`);
        if (number >= WARM_UP) far.push(milliseconds);
      });
      cpuFar.push((((filled.child.cpuSeconds() ?? Number.NaN) - (cpu ?? Number.NaN)) * 1000) / (count + WARM_UP));
      cpuNear.push(near.cpuMs);
      inside.push(...near.times);
      over.push(...far);
      ratios.push(percentile(far, 0.95) / percentile(near.times, 0.95));
    }
    load.close();
    await filled.child.stop();
    const spread = `rounds ${ratios.map((ratio) => ratio.toFixed(2)).join(", ")}`;
    return [
      {
        what: "search over HTTP, p95 over the p95 in the process, 32 in flight",
        value: median(ratios),
        unit: "x",
        bar: 3,
        aim: 1.5,
        note: `${users * 100} memories of ${users} users; p95 ${percentile(over, 0.95).toFixed(1)} ms over HTTP, ${percentile(inside, 0.95).toFixed(1)} ms in the process; p50 ${median(over).toFixed(1)} and ${median(inside).toFixed(1)}; ${spread}; the load comes from the same machine`,
      },
      {
        what: "the same, CPU of the server over CPU in the process, a search",
        value: median(cpuFar) / median(cpuNear),
        unit: "x",
        note: `${median(cpuFar).toFixed(2)} ms and ${median(cpuNear).toFixed(2)} ms; other work does not disturb it`,
      },
    ];
  },
};

interface InProcess {
  readonly times: readonly number[];
  readonly cpuMs: number;
}

async function inProcess(given: { store: string; users: number; perUser: number; count: number }): Promise<InProcess> {
  const script = join(import.meta.dirname, "in-process.ts");
  const library = existsSync(DIST) ? DIST : SOURCE;
  const { store, users, perUser, count } = given;
  const input = JSON.stringify({ library, store, users, perUser, count, inFlight: IN_FLIGHT });
  const { stdout } = await execute(process.execPath, [script, input], {
    env: { ...process.env, NODE_OPTIONS: "" },
    maxBuffer: 64 * 1024 * 1024,
  });
  // Printed by in-process.ts, one line.
  return JSON.parse(stdout) as InProcess;
}
