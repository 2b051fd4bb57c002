import { MemoryError } from "../errors.ts";

const HELP = `Recollect: the memory layer for AI agents

Usage: recollect <command> [options]

  serve   the REST server, with Mem0's API and its own
  import  bring memories along from Mem0

recollect <command> --help says more.
`;

/** Runs one command; the exit status is 0, 1 when it failed, 2 when it was called in a wrong way. */
export async function main(args: readonly string[]): Promise<number> {
  const [command, ...rest] = args;
  try {
    if (command === "serve") {
      const { serveCommand } = await import("./serve-command.ts");
      return await serveCommand(rest);
    }
    if (command === "import") {
      const { importCommand } = await import("./import-command.ts");
      return await importCommand(rest);
    }
    const isHelp = command === undefined || command === "--help" || command === "-h" || command === "help";
    (isHelp ? process.stdout : process.stderr).write(isHelp ? HELP : `There is no command "${command}".\n\n${HELP}`);
    return isHelp ? 0 : 2;
  } catch (error) {
    const isUsage = (error as { code?: unknown }).code?.toString().startsWith("ERR_PARSE_ARGS") === true;
    if (!MemoryError.isInstance(error) && !isUsage) throw error;
    process.stderr.write(`recollect: ${(error as Error).message}\n`);
    return isUsage ? 2 : 1;
  }
}
