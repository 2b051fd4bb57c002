import type { Command } from "./command.ts";

interface Entry {
  readonly summary: string;
  readonly load: () => Promise<{ readonly command: Command }>;
}

/** Every command that is run here. Each file loads when its command is called: start-up is most of a search's time. */
export const COMMANDS: Readonly<Record<string, Entry>> = {
  add: { summary: "keep what was said, and draw facts from it", load: () => import("./add.ts") },
  search: { summary: "the memories that answer a query, best first", load: () => import("./search.ts") },
  context: { summary: "a block for a prompt, within a token budget", load: () => import("./context.ts") },
  digest: { summary: "what was done, decided and left open, or since a date", load: () => import("./digest.ts") },
  timeline: { summary: "what happened, in the order of the events", load: () => import("./timeline.ts") },
  profile: { summary: "who somebody is, as the memories say now", load: () => import("./profile.ts") },
  summary: { summary: "what matters most, by category", load: () => import("./summary.ts") },
  instructions: { summary: "standing rules, word for word", load: () => import("./instructions.ts") },
  list: { summary: "memories, newest said first", load: () => import("./list.ts") },
  get: { summary: "one memory with what it rests on", load: () => import("./get.ts") },
  update: { summary: "change text, metadata or expiry", load: () => import("./update.ts") },
  delete: { summary: "delete memories; restore brings them back", load: () => import("./delete.ts") },
  restore: { summary: "bring back a deleted, superseded or merged memory", load: () => import("./restore.ts") },
  move: { summary: "file memories under another project or none", load: () => import("./move.ts") },
  purge: { summary: "remove memories for good", load: () => import("./purge.ts") },
  dream: { summary: "write down what comes again: habits, counts, patterns", load: () => import("./dream.ts") },
  review: { summary: "what waits for your word, and what contradicts itself", load: () => import("./review.ts") },
  approve: { summary: "let what waits be served, or decide a contradiction", load: () => import("./approve.ts") },
  reject: { summary: "delete what waits, or one side of a contradiction", load: () => import("./reject.ts") },
  revoke: { summary: "remove all that came from one source", load: () => import("./revoke.ts") },
  batches: { summary: "what was done together and can be taken back", load: () => import("./batches.ts") },
  undo: { summary: "take a batch back: an import, a dream, a revoked source", load: () => import("./undo.ts") },
  history: { summary: "every change of a memory", load: () => import("./history.ts") },
  confirm: { summary: "say that a memory holds although its ground has changed", load: () => import("./confirm.ts") },
  entities: { summary: "the named things, or who has memories", load: () => import("./entities.ts") },
  relations: { summary: "what memories say about two named things", load: () => import("./relations.ts") },
  sessions: { summary: "an agent's sessions: list, open, search", load: () => import("./sessions.ts") },
  ingest: { summary: "keep past sessions of coding agents and archives of chats", load: () => import("./ingest.ts") },
  pause: { summary: "stop recall and capture for a session or a folder", load: () => import("./pause.ts") },
  private: { summary: "keep nothing of a session or a folder", load: () => import("./private.ts") },
  import: { summary: "store an export, Mem0's data, or a JSON array", load: () => import("./import.ts") },
  export: { summary: "everything as lines of JSON", load: () => import("./export.ts") },
  backup: { summary: "copy the file while others write", load: () => import("./backup.ts") },
  verify: { summary: "check the file; --repair mends what is derived", load: () => import("./verify.ts") },
  stats: { summary: "what the store holds", load: () => import("./stats.ts") },
  doctor: { summary: "one page: where, how much, whether all is well", load: () => import("./doctor.ts") },
  init: { summary: "set up the file, and coding agents", load: () => import("./init.ts") },
  uninstall: { summary: "take out of agents' files what init put in", load: () => import("./uninstall.ts") },
  sync: { summary: "share decisions, patterns and preferences", load: () => import("./sync.ts") },
  block: { summary: "keep memories in CLAUDE.md or AGENTS.md", load: () => import("./block.ts") },
  config: { summary: "show and change settings", load: () => import("./config.ts") },
  completion: { summary: "a script that completes commands in bash, zsh, fish", load: () => import("./completion.ts") },
};

/** Run by files of their own, before a table is read. */
export const OTHER_COMMANDS: Readonly<Record<string, string>> = {
  serve: "the REST server, with Mem0's API and its own",
  mcp: "memory for an MCP client, over stdin and stdout",
  hook: "answers a coding agent's hooks; see docs/coding-agents.md",
};

/** Mem0's words, and the shells' habits. */
export const ALIASES: Readonly<Record<string, string>> = { entity: "entities" };
