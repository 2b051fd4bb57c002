import { describeMemory } from "../terminal/describe-memory.ts";
import type { Call, Command, Reply } from "./command.ts";
import { oneId, PLACE_OPTIONS } from "./options.ts";

export const command: Command = {
  usage: ["confirm <id> [options]"],
  summary: "say that a memory holds although its ground has changed",
  about: "Its marks (needs_check of get and list with --json) go. A memory without marks stays as it is.",
  options: PLACE_OPTIONS,
  examples: ["recollect confirm 019a2b3c-4d5e-7f60-8a9b-0c1d2e3f4a5b"],
  run,
};

async function run(call: Call): Promise<Reply> {
  const confirmed = await (await call.store()).confirm(oneId(call));
  return { data: confirmed, count: 1, lines: () => describeMemory(confirmed) };
}
