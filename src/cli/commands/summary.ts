import { plain } from "../terminal/describe-memory.ts";
import { withoutControls } from "../terminal/text-width.ts";
import type { Call, Command, Reply } from "./command.ts";
import { foundReply } from "./found-reply.ts";
import {
  given,
  MODEL_OPTIONS,
  modelRequest,
  numberOption,
  readOptionsNamed,
  readRequest,
  refusePositionals,
  WHERE_OPTIONS,
} from "./options.ts";
import { warningsOf } from "./warnings-of.ts";

export const command: Command = {
  usage: ["summary [options]"],
  summary: "what matters most of your memories, by category",
  about: "With --json each line comes with the ids that it rests on.",
  options: [
    { name: "max-memories", value: "<n>", help: "memories that lines may rest on, 1 to 500 (default 50)" },
    { name: "max-characters", value: "<n>", help: "of the text, from 100 (default 8000)" },
    ...MODEL_OPTIONS,
    ...readOptionsNamed("filter", "category", "after", "before", "as-of", "known-at", "show-expired"),
    ...WHERE_OPTIONS,
  ],
  examples: ["recollect summary", "recollect summary --after 2026-01-01 --max-memories 20", "recollect summary --json"],
  run,
};

async function run(call: Call): Promise<Reply> {
  refusePositionals(call);
  const { owner, options } = readRequest(call);
  const summary = await (
    await call.store()
  ).summary({
    ...options,
    ...modelRequest(call),
    ...given("maxMemories", numberOption(call, "max-memories")),
    ...given("maxCharacters", numberOption(call, "max-characters")),
  });
  const count = ((summary["lines"] ?? []) as readonly unknown[]).length;
  return foundReply({
    data: summary,
    count,
    scope: owner,
    warnings: warningsOf(summary),
    lines: () => [withoutControls(plain(summary["summary"]))],
  });
}
