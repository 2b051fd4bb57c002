import { invalidInput } from "../../errors.ts";
import type { Row } from "../store/store.ts";
import { plain } from "../terminal/describe-memory.ts";
import { oneLine } from "../terminal/text-width.ts";
import type { Call, Command, Reply } from "./command.ts";
import { PLACE_OPTIONS } from "./options.ts";

export const command: Command = {
  usage: ["undo <batch> [options]"],
  summary: "take a batch back: an import, a dream, a revoked source",
  about: "What it added is deleted, what it changed is as before. What was changed since stays as it is, and is named.",
  options: PLACE_OPTIONS,
  examples: ["recollect undo 019a2b3c-4d5e-7f60-8a9b-0c1d2e3f4a5b"],
  run,
};

async function run(call: Call): Promise<Reply> {
  const [batch] = call.positionals;
  if (batch === undefined || call.positionals.length > 1)
    throw invalidInput('"recollect undo" expects one batch. "recollect batches" shows them.');
  const answer = await (await call.store()).undo(batch);
  const [undone, kept] = [answer["undone"] as readonly string[], answer["kept"] as readonly Row[]];
  return {
    data: answer,
    count: undone.length,
    status: undone.length === 0 ? 3 : 0,
    lines: () => [
      `${undone.length} memories and messages are as they were before.`,
      ...kept.map((each) => `kept  ${plain(each["id"])}  ${oneLine(plain(each["why"]))}`),
    ],
  };
}
