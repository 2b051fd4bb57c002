import { describeMemory } from "../terminal/describe-memory.ts";
import type { Call, Command, Reply } from "./command.ts";
import { oneId, PLACE_OPTIONS } from "./options.ts";

export const command: Command = {
  usage: ["restore <id> [options]"],
  summary: "bring back a deleted, superseded or merged memory",
  options: PLACE_OPTIONS,
  examples: ["recollect restore 019a2b3c-4d5e-7f60-8a9b-0c1d2e3f4a5b"],
  run,
};

async function run(call: Call): Promise<Reply> {
  const restored = await (await call.store()).restore(oneId(call));
  return { data: restored, count: 1, lines: () => describeMemory(restored) };
}
