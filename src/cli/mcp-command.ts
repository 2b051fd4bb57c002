import { homedir, userInfo } from "node:os";
import { parseArgs } from "node:util";
import { invalidInput } from "../errors.ts";
import { findFile } from "./find-file.ts";

const HELP = `Usage: recollect mcp [options]

Serves memories to one MCP client over stdin and stdout. The client starts it, and it ends with the client.

  --user <id>       whose memories (RECOLLECT_USER; default: your name on this machine)
  --db <file>       the file (default: RECOLLECT_HOME, else the nearest .recollect/ upwards, else ~/.recollect/)
  --profile <name>  the set of tools: default, or mem0 for the names of Mem0's tools
  --idle <minutes>  end after so long without a call; default 480, 0: never
`;

const IDLE_MINUTES = 480;

/** Runs until the client is gone. */
export async function mcpCommand(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      user: { type: "string" },
      db: { type: "string" },
      profile: { type: "string", default: "default" },
      idle: { type: "string", default: String(IDLE_MINUTES) },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const minutes = values.idle.trim() === "" ? Number.NaN : Number(values.idle);
  if (!(minutes >= 0)) throw invalidInput(`--idle expects minutes, 0 or more, got "${values.idle}".`);
  // Memories are for nobody else on the machine.
  process.umask(0o077);
  const { serveOverStdio } = await import("../mcp/serve-stdio.ts");
  const reason = await serveOverStdio({
    dbPath: values.db ?? findFile({ env: process.env, folder: process.cwd(), home: homedir() }),
    userId: values.user ?? process.env["RECOLLECT_USER"] ?? nameOfUser(),
    profile: values.profile,
    idleMs: minutes * 60_000,
    log,
  });
  log(`ended: ${reason}`);
  // Nothing is left to do; a handle that somebody forgot must not keep the process.
  process.exit(0);
}

/** Standard output is the protocol's alone. */
function log(line: string): void {
  process.stderr.write(`recollect mcp: ${line}\n`);
}

/** Ids hold no white space, which names on some systems do. */
function nameOfUser(): string {
  const name = userInfo().username.trim().replaceAll(/\s+/gu, "-");
  return name === "" ? "user" : name;
}
