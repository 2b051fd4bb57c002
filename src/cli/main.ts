import { MemoryError } from "../errors.ts";

/** Runs one command; the exit status is 0, 1 when it failed, 2 when it was called in a wrong way. */
export async function main(args: readonly string[]): Promise<number> {
  const [command, ...rest] = args;
  try {
    if (command === "hook") {
      const { hookCommand } = await import("./agents/hook-command.ts");
      return await hookCommand(rest);
    }
    if (command === "serve") {
      const { serveCommand } = await import("./serve-command.ts");
      return await serveCommand(rest);
    }
    if (command === "import" && isFromMem0(rest)) {
      const { importCommand } = await import("./import-command.ts");
      return await importCommand(rest);
    }
    if (command === "mcp") {
      const { mcpCommand } = await import("./mcp-command.ts");
      return await mcpCommand(rest);
    }
    const { runNamed } = await import("./commands/run-named.ts");
    const status = await runNamed(command, rest);
    if (status !== undefined) return status;
    const isHelp = command === undefined || command === "--help" || command === "-h" || command === "help";
    const { mainHelp } = await import("./commands/main-help.ts");
    (isHelp ? process.stdout : process.stderr).write(
      isHelp ? mainHelp() : `There is no command "${command}".\n\n${mainHelp()}`,
    );
    return isHelp ? 0 : 2;
  } catch (error) {
    const isUsage = (error as { code?: unknown }).code?.toString().startsWith("ERR_PARSE_ARGS") === true;
    if (!MemoryError.isInstance(error) && !isUsage) throw error;
    process.stderr.write(`recollect: ${(error as Error).message}\n`);
    return isUsage ? 2 : 1;
  }
}

/** Mem0 has addresses, keys and histories of its own to name; every other system is a path. */
function isFromMem0(args: readonly string[]): boolean {
  return args.some((each, index) => each === "--from=mem0" || (each === "--from" && args[index + 1] === "mem0"));
}
