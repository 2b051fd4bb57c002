import { replyTo, reviewedIds } from "./answer-review.ts";
import type { Command } from "./command.ts";
import { PLACE_OPTIONS } from "./options.ts";

export const command: Command = {
  usage: ["approve <id>… [options]"],
  summary: "let what waits be served, or decide a contradiction",
  about: "Of a contradiction, the others are replaced by it. What neither waits nor contradicts is wrong usage.",
  options: PLACE_OPTIONS,
  examples: ["recollect approve 019a2b3c-4d5e-7f60-8a9b-0c1d2e3f4a5b"],
  run: async (call) => {
    const ids = reviewedIds(call);
    return replyTo(await (await call.store()).approve(ids), "approved");
  },
};
