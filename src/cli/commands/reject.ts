import { replyTo, reviewedIds } from "./answer-review.ts";
import type { Command } from "./command.ts";
import { PLACE_OPTIONS } from "./options.ts";

export const command: Command = {
  usage: ["reject <id>… [options]"],
  summary: "delete what waits, or one side of a contradiction",
  about: "What neither waits nor contradicts is wrong usage: recollect delete removes it.",
  options: PLACE_OPTIONS,
  examples: ["recollect reject 019a2b3c-4d5e-7f60-8a9b-0c1d2e3f4a5b"],
  run: async (call) => {
    const ids = reviewedIds(call);
    return replyTo(await (await call.store()).reject(ids), "rejected and deleted");
  },
};
