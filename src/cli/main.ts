import { MemoryError } from "../errors.ts";

const HELP = `Recollect: the memory layer for AI agents

Usage: recollect <command> [options]

  add         keep what was said, and draw facts from it
  search      the memories that answer a query, best first
  context     a block for a prompt, within a token budget
  list        memories, newest said first
  get         one memory with what it rests on
  update      change text, metadata or expiry
  delete      delete memories; restore brings them back
  restore     bring back a deleted, superseded or merged memory
  move        file memories under another project, or under none
  purge       remove memories for good
  history     every change of a memory
  entities    the named things, or who has memories
  sessions    an agent's sessions: list, open, search
  ingest      keep past sessions of coding agents and archives of chats
  pause       stop recall and capture for a session or a folder
  private     keep nothing of a session or a folder
  import      store an export, Mem0's data, or a JSON array
  export      everything as lines of JSON
  backup      copy the file while others write
  verify      check the file; --repair mends what is derived
  stats       what the store holds
  doctor      one page: where, how much, whether all is well
  init        set up the file, and coding agents
  uninstall   take out of agents' files what init put in
  sync        share decisions, patterns and preferences with a folder, file or server
  block       keep a block of memories in CLAUDE.md, AGENTS.md or a rule file
  config      show and change settings
  completion  a script that completes commands in bash, zsh, fish

  serve       the REST server, with Mem0's API and its own
  mcp         memory for an MCP client, over stdin and stdout
  hook        answers a coding agent's hooks; see docs/coding-agents.md

Memories lie in the nearest .recollect/ upwards, else in ~/.recollect/ (RECOLLECT_HOME, --db), or on a server (--server,
RECOLLECT_SERVER). Without an id they are yours: the user is your user name on this machine. Every command takes --json.
Exit status: 0, 1 failed, 2 wrong usage, 3 nothing found.

  recollect add "I prefer tabs"
  recollect search tabs

recollect <command> --help says more.
`;

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
    (isHelp ? process.stdout : process.stderr).write(isHelp ? HELP : `There is no command "${command}".\n\n${HELP}`);
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
