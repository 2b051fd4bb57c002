import { watchStandardOutput, write } from "../terminal/write.ts";
import { runCommand } from "./run-command.ts";
import { ALIASES, COMMANDS } from "./table.ts";

/** Runs a command of the table, its help, or the version; undefined where the name is none of these. */
export async function runNamed(name: string | undefined, args: readonly string[]): Promise<number | undefined> {
  if (name === undefined) return undefined;
  const entry = Object.hasOwn(COMMANDS, ALIASES[name] ?? name) ? COMMANDS[ALIASES[name] ?? name] : undefined;
  if (entry !== undefined) return runCommand(name, (await entry.load()).command, args);
  watchStandardOutput();
  if (name === "version" || name === "--version" || name === "-V") {
    const { VERSION } = await import("../../mcp/version.ts");
    await write(
      args.includes("--json")
        ? `${JSON.stringify({ status: "success", command: "version", data: VERSION })}\n`
        : `${VERSION}\n`,
    );
    return 0;
  }
  if (name !== "help" || args.length === 0) return undefined;
  const { helpFor, helpAsJson } = await import("./help.ts");
  const named = args.filter((each) => each !== "--json");
  if (args.includes("--json"))
    await write(`${JSON.stringify(await helpAsJson(named.length === 0 ? undefined : named))}\n`);
  else for (const each of named) await write(await helpFor(each));
  return 0;
}
