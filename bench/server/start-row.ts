import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { median } from "../speed/measure.ts";
import type { SpeedRow } from "../speed/row.ts";
import { freePort } from "./filled-server.ts";
import { serverEntry, startServerChild } from "./server-child.ts";

/** From the start of the process until it answers. */
export const startToAnswer: SpeedRow = {
  name: "start",
  about: "start of the process to its first answer",
  run: async (context) => {
    const folder = join(context.folder, "start");
    mkdirSync(folder);
    const times: number[] = [];
    const cpu: number[] = [];
    for (let round = 0; round < 11; round += 1) {
      const child = await startServerChild(folder, await freePort());
      // The first one makes the files.
      if (round > 0) {
        times.push(child.startMs);
        cpu.push(child.startCpuMs ?? Number.NaN);
      }
      await child.stop();
    }
    const note = `${serverEntry().name}; ${times.length} starts, ${Math.min(...times).toFixed(0)} to ${Math.max(...times).toFixed(0)}`;
    return [
      { what: "start to first answer", value: median(times), unit: "ms wall", bar: 500, aim: 200, note },
      { what: "the same, CPU of all its threads", value: median(cpu), unit: "ms CPU", note: "in steps of 10 ms" },
    ];
  },
};
