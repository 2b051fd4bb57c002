import { plain } from "../terminal/describe-memory.ts";
import { withoutControls } from "../terminal/text-width.ts";
import type { Call, Command, Reply } from "./command.ts";
import { foundReply } from "./found-reply.ts";
import { given, numberOption, readOptionsNamed, readRequest, refusePositionals, WHERE_OPTIONS } from "./options.ts";
import { warningsOf } from "./warnings-of.ts";

export const command: Command = {
  usage: ["instructions [options]"],
  summary: "standing rules, word for word",
  about: 'What was said to hold always, such as "always answer in French": one line each, ready for a prompt.',
  options: [
    { name: "token-budget", value: "<n>", help: "most tokens, at least 50 (default 1000)" },
    ...readOptionsNamed("filter", "category", "as-of", "known-at", "show-expired"),
    ...WHERE_OPTIONS,
  ],
  examples: ["recollect instructions", "recollect instructions --user-id hana --json"],
  run,
};

async function run(call: Call): Promise<Reply> {
  refusePositionals(call);
  const { owner, options } = readRequest(call);
  const found = await (
    await call.store()
  ).instructions({ ...options, ...given("tokenBudget", numberOption(call, "token-budget")) });
  const count = ((found["results"] ?? []) as readonly unknown[]).length;
  return foundReply({
    data: found,
    count,
    scope: owner,
    warnings: warningsOf(found),
    lines: () => [withoutControls(plain(found["text"]))],
  });
}
