import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import type { ServerCommand } from "./agent-table.ts";

/** How an agent starts the server: the installed program where there is one, else through npx. */
export function serverCommand(named: string | undefined, environment: NodeJS.ProcessEnv = process.env): ServerCommand {
  if (named !== undefined) return { command: named, args: ["mcp"] };
  return isInstalled(environment["PATH"] ?? "")
    ? { command: "recollect", args: ["mcp"] }
    : { command: "npx", args: ["-y", "recollect", "mcp"] };
}

/** Folders that npm puts into PATH for the time of one command do not count. */
function isInstalled(path: string): boolean {
  return path.split(delimiter).some((folder) => {
    if (folder === "" || /node_modules|_npx/u.test(folder)) return false;
    try {
      accessSync(join(folder, "recollect"), constants.X_OK);
      return true;
    } catch {
      // Not here.
      return false;
    }
  });
}
