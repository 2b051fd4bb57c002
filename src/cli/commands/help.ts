import { invalidInput } from "../../errors.ts";
import type { Command } from "./command.ts";
import { helpOf } from "./help-text.ts";
import { OUTPUT_OPTIONS } from "./options.ts";
import { ALIASES, COMMANDS } from "./table.ts";

/** `recollect help <command>`: what its --help prints. */
export async function helpFor(name: string): Promise<string> {
  return helpOf(name, await load(name));
}

/** `recollect help --json`: every command with its options, for programs. */
export async function helpAsJson(names: readonly string[] = Object.keys(COMMANDS)): Promise<object> {
  const commands = await Promise.all(
    names.map(async (name) => {
      const { usage, summary, options, examples } = await load(name);
      return { name, summary, usage, options: [...options, ...OUTPUT_OPTIONS], examples };
    }),
  );
  return {
    status: "success",
    command: "help",
    data: {
      commands,
      exit_statuses: { 0: "done", 1: "failed", 2: "wrong usage", 3: "nothing found" },
    },
  };
}

async function load(name: string): Promise<Command> {
  const entry = COMMANDS[ALIASES[name] ?? name];
  if (entry === undefined)
    throw invalidInput(`There is no command "${name}". Commands: ${Object.keys(COMMANDS).join(", ")}.`);
  return (await entry.load()).command;
}
