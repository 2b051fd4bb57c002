import { join } from "node:path";
import type { Memory } from "../../src/index.ts";
import { longestBlock, sample } from "./measure.ts";
import type { SpeedRow } from "./row.ts";
import { openStore } from "./stores.ts";
import { memoryText } from "./texts.ts";

export const deleteAll: SpeedRow = {
  name: "delete-all",
  about: "deleteAll of 10,000 memories",
  run: async ({ folder, isQuick, progress }) => {
    const memory = openStore(join(folder, "delete.db"), "builtin") as Memory & {
      deleteAll?: (options: { userId: string }) => Promise<unknown>;
    };
    const rows = isQuick ? 1000 : 10_000;
    for (let first = 0; first < rows; first += 1000) {
      const messages = Array.from({ length: 1000 }, (_, at) => ({ role: "user", content: memoryText(first + at) }));
      await memory.add(messages, { userId: "leaving", infer: false });
    }
    if (memory.deleteAll === undefined) {
      progress("delete-all: left out, this build has no deleteAll");
      await memory.close();
      return [];
    }
    let blockMs = 0;
    const { wallMs } = await sample(async () => {
      ({ blockMs } = await longestBlock(async () => memory.deleteAll?.({ userId: "leaving" })));
    });
    const { results } = await memory.search(memoryText(1), { filters: { user_id: "leaving" } });
    await memory.close();
    if (results.length > 0) throw new Error(`deleteAll left ${results.length} memories to be found`);
    return [
      {
        what: `deleteAll of ${rows} memories`,
        value: wallMs / 1000,
        unit: "s wall",
        bar: 2,
        aim: 0.5,
        note: `longest event-loop block ${blockMs.toFixed(0)} ms`,
      },
    ];
  },
};
