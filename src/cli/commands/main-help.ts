import { COMMANDS, OTHER_COMMANDS } from "./table.ts";

/** Every command once, by what it is for. */
const GROUPS: readonly (readonly [string, readonly string[]])[] = [
  ["Remember and recall", ["add", "search", "context", "list", "get", "entities", "relations"]],
  ["Views of what is known", ["profile", "summary", "instructions", "timeline", "digest"]],
  ["Change and forget", ["update", "move", "confirm", "history", "delete", "restore", "revoke", "purge"]],
  ["Look after", ["dream", "review", "approve", "reject", "batches", "undo"]],
  ["Coding agents", ["init", "uninstall", "sessions", "ingest", "pause", "private", "block", "sync", "hook"]],
  ["In and out", ["import", "export", "backup"]],
  ["The file, and settings", ["verify", "stats", "doctor", "config", "completion"]],
  ["For programs", ["serve", "mcp"]],
];

/** What `recollect --help` prints. */
export function mainHelp(): string {
  const width = Math.max(...GROUPS.flatMap(([, names]) => names.map((name) => name.length)));
  const groups = GROUPS.flatMap(([title, names]) => [
    `${title}:`,
    ...names.map((name) => `  ${name.padEnd(width)}  ${COMMANDS[name]?.summary ?? OTHER_COMMANDS[name] ?? ""}`),
    "",
  ]);
  return `Recollect: the memory layer for AI agents

Usage: recollect <command> [options]

${groups.join("\n")}
Memories lie in the nearest .recollect/ upwards, else in ~/.recollect/ (RECOLLECT_HOME, --db), or on a server (--server,
RECOLLECT_SERVER). Without an id they are yours: the user is your user name on this machine. Every command takes --json.
Exit status: 0, 1 failed, 2 wrong usage, 3 nothing found.

  recollect add "I prefer tabs"
  recollect search tabs

recollect <command> --help says more.
`;
}
