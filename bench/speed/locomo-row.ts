import { join } from "node:path";
import { readCorpus } from "../corpora/read-corpus.ts";
import { sample } from "./measure.ts";
import type { SpeedRow } from "./row.ts";
import { openStore } from "./stores.ts";

/** As the recall bench adds them: one `add` per turn, speaker, session, time, the turn's id in the metadata. */
export const locomo: SpeedRow = {
  name: "locomo",
  about: "all turns of a LoCoMo file (--locomo <file>) added and searchable",
  run: async (context) => {
    if (context.locomo === undefined) {
      context.progress("locomo: left out, no --locomo <file> was given");
      return [];
    }
    const { corpus } = await readCorpus(context.locomo);
    const memory = openStore(join(context.folder, "locomo.db"), "builtin");
    let turns = 0;
    const { wallMs, cpuMs } = await sample(async () => {
      for (const conversation of corpus.conversations) {
        for (const { id, session, role, name, text, timestamp } of conversation.turns) {
          await memory.add([{ role, content: text, ...(name === undefined ? {} : { name }) }], {
            userId: conversation.id,
            runId: session,
            timestamp,
            metadata: { turn_id: id },
          });
          turns += 1;
        }
        // Searchable means that a search finds them, so one is part of the time.
        const question = conversation.questions[0]?.question ?? "What happened last?";
        await memory.search(question, { filters: { user_id: conversation.id } });
      }
    });
    await memory.close();
    return [
      {
        what: `LoCoMo: ${turns} turns added and searchable, one add per turn`,
        value: wallMs / 1000,
        unit: "s wall",
        bar: 10,
        aim: 2,
        note: `${(cpuMs / 1000).toFixed(2)} s CPU, ${(cpuMs / turns).toFixed(2)} ms CPU a turn`,
      },
    ];
  },
};
