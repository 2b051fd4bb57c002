import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { median, percentile } from "../speed/measure.ts";
import type { SpeedRow } from "../speed/row.ts";
import { userId } from "../speed/stores.ts";
import { memoryText } from "../speed/texts.ts";
import { freePort } from "./filled-server.ts";
import { HttpLoad, keepInFlight } from "./http-load.ts";
import { startServerChild } from "./server-child.ts";

const CONNECTIONS = 32;

/** Imports as they are, each on disk before it is answered. */
export const sustainedAdds: SpeedRow = {
  name: "add",
  about: "adds with infer: false, 32 connections, for 20 seconds, per second and per second of the server's CPU",
  run: async (context) => {
    const folder = join(context.folder, "add");
    mkdirSync(folder);
    const child = await startServerChild(folder, await freePort());
    const load = new HttpLoad(child.url, child.key ?? "", CONNECTIONS);
    const times: number[] = [];
    let errors = 0;
    const add = async (number: number): Promise<void> => {
      const { status, milliseconds } = await load.send("POST", "/v3/memories/add/", {
        messages: [{ role: "user", content: memoryText(number) }],
        user_id: userId(number % 200),
        infer: false,
      });
      times.push(milliseconds);
      if (status !== 200) errors += 1;
    };
    const warm = await keepInFlight(CONNECTIONS, { milliseconds: 3_000 }, add);
    times.length = 0;
    const seconds = context.isQuick ? 4 : 20;
    const cpu = child.cpuSeconds();
    const start = performance.now();
    const count = await keepInFlight(CONNECTIONS, { milliseconds: seconds * 1000 }, (number) => add(warm + number));
    const elapsed = (performance.now() - start) / 1000;
    const spent = cpu === undefined ? undefined : (child.cpuSeconds() ?? 0) - cpu;
    load.close();
    await child.stop();
    const note = `${count} adds in ${elapsed.toFixed(1)} s, ${errors} errors; p50 ${median(times).toFixed(1)} ms, p95 ${percentile(times, 0.95).toFixed(1)} ms`;
    const limits = { unit: "a second", bar: 500, aim: 2000, isMoreBetter: true };
    return [
      { what: "adds with infer: false, 32 connections", value: count / elapsed, ...limits, note },
      ...(spent === undefined
        ? []
        : [
            {
              what: "the same, per second of the server's CPU (one core, all its own)",
              value: count / spent,
              ...limits,
              note: `${((spent / count) * 1000).toFixed(2)} ms CPU an add`,
            },
          ]),
    ];
  },
};
