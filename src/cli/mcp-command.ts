import { parseArgs } from "node:util";
import { invalidInput } from "../errors.ts";
import { personOf } from "./agents/person.ts";
import { mergeSettings, memorySettings, readSettings } from "./store/cli-settings.ts";
import { findFile, userFolder } from "./store/find-file.ts";

const HELP = `Usage: recollect mcp [options]

Serves memories to one MCP client over stdin and stdout. The client starts it, and it ends with the client.

  --user <id>       whose memories (RECOLLECT_USER_ID; default: your name on this machine)
  --db <file>       the file (default: RECOLLECT_HOME, else the nearest .recollect/ upwards, else ~/.recollect/)
  --profile <name>  the set of tools: default, or those of mem0, openmemory, knowledge-graph, claude-mem, memory-mcp,
                    simplemem, supermemory
  --idle <minutes>  end after so long without a call; default 480, 0: never
`;

const IDLE_MINUTES = 480;

/** Runs until the client is gone. */
export async function mcpCommand(args: readonly string[]): Promise<number> {
  const parent = process.ppid;
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
  const file = findFile(values.db);
  const own = userFolder();
  const settings =
    file.folder === own ? readSettings(own) : mergeSettings(readSettings(own), readSettings(file.folder));
  const { serveOverStdio } = await import("../mcp/serve-stdio.ts");
  const reason = await serveOverStdio({
    config: { ...memorySettings(settings), dbPath: file.path },
    parent,
    userId: personOf({ named: values.user, setting: settings["userId"] }),
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
