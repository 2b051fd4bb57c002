import { MemoryError } from "../../errors.ts";
import { describeMemory } from "../terminal/describe-memory.ts";
import type { Call, Command, Reply } from "./command.ts";
import { oneId, PLACE_OPTIONS } from "./options.ts";

export const command: Command = {
  usage: ["get <id> [options]"],
  summary: "show one memory with what it rests on",
  options: PLACE_OPTIONS,
  examples: ["recollect get 019a2b3c-4d5e-7f60-8a9b-0c1d2e3f4a5b"],
  run,
};

async function run(call: Call): Promise<Reply> {
  const id = oneId(call);
  const found = await (await call.store()).get(id);
  if (found === null) throw new MemoryError("not_found", `There is no memory ${id}.`);
  return { data: found, count: 1, lines: () => describeMemory(found) };
}
