import { invalidInput } from "../../errors.ts";
import type { Call, Command, Reply } from "./command.ts";
import { PLACE_OPTIONS } from "./options.ts";

export const command: Command = {
  usage: ["backup <file> [options]"],
  summary: "copy the file as it is now, while others write",
  about: 'The target must not be there. A server\'s files: "recollect serve backup".',
  options: PLACE_OPTIONS,
  examples: ["recollect backup ~/memory-2026-11-24.db"],
  run,
};

async function run(call: Call): Promise<Reply> {
  const [path] = call.positionals;
  if (path === undefined || call.positionals.length > 1) throw invalidInput('"recollect backup" expects one new file.');
  const receipt = await (await call.store()).backup(path);
  return { data: receipt, lines: () => [`${String(receipt["bytes"])} bytes written to ${path}`] };
}
