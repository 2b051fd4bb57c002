import { existsSync, readdirSync } from "node:fs";
import { join, sep } from "node:path";
import { invalidInput, MemoryError } from "../../errors.ts";
import { userFolder } from "../store/find-file.ts";
import { paint } from "../terminal/paint.ts";
import { AGENT_NAMES } from "../wiring/agent-table.ts";
import { readRecord, recordPath, writeRecord } from "../wiring/change-record.ts";
import type { WiringChange } from "../wiring/change-record.ts";
import { projectRoot } from "../wiring/project-root.ts";
import { showChange } from "../wiring/show-change.ts";
import { planRemoval } from "../wiring/unwire-agent.ts";
import type { PlannedRemoval } from "../wiring/unwire-agent.ts";
import { removeFile, writeText } from "../wiring/write-file.ts";
import type { Call, Command, Reply } from "./command.ts";

export const command: Command = {
  usage: ["uninstall [--agent <name,…>] [options]"],
  summary: "take out of agents' files what init put in",
  about:
    "Files are left byte for byte as they were; what you changed in them since stays, and so do memories. Managed blocks are\ntaken out by block off.",
  options: [
    { name: "agent", value: "<a,b>", help: "of these alone (default: of all)" },
    { name: "scope", value: "<scope>", help: "user or project (default: both)" },
    { name: "dry-run", help: "show what would change, and change nothing" },
  ],
  examples: ["recollect uninstall --dry-run", "recollect uninstall --agent cursor", "recollect uninstall"],
  run,
};

async function run(call: Call): Promise<Reply> {
  const isDryRun = call.has("dry-run");
  const all = readRecord();
  const agents = agentsOf(call);
  const chosen = all.filter(isChosen(call, agents));
  const isNeeded = (change: WiringChange): boolean =>
    agents !== undefined && change.agents.some((agent) => !agents.includes(agent));
  const problems: string[] = [];
  const planned = chosen
    .filter((change) => !isNeeded(change))
    .toReversed()
    .flatMap((change) => planOrTell(change, problems));
  const shared = chosen.filter(isNeeded);
  if (!isDryRun) {
    for (const removal of planned) take(removal);
    if (agents === undefined) removeEmptyFolder();
    for (const { path, kind } of shared) forgetReaders(path, kind, agents ?? []);
  }
  return Promise.resolve({
    data: {
      is_dry_run: isDryRun,
      record: recordPath(),
      files: planned.map((removal) => ({ path: removal.path, agents: removal.change.agents, what: whatOf(removal) })),
    },
    count: planned.length,
    warnings: [
      ...problems,
      ...shared.map(({ path, agents: readers }) => `${path} stays: ${readers.join(", ")} read it.`),
    ],
    status: chosen.length === 0 ? (3 as const) : problems.length > 0 ? (1 as const) : (0 as const),
    lines: () =>
      chosen.length === 0
        ? ["Nothing to take out."]
        : [
            ...planned.flatMap((removal) => linesOf(removal, isDryRun)),
            paint("dim", isDryRun ? "Nothing was changed." : "Memories stay where they are."),
          ],
  });
}

function agentsOf(call: Call): readonly string[] | undefined {
  const agents = call
    .text("agent")
    ?.split(",")
    .map((each) => each.trim());
  const unknown = agents?.find((each) => !(AGENT_NAMES as readonly string[]).includes(each));
  if (unknown !== undefined) throw invalidInput(`--agent expects ${AGENT_NAMES.join(", ")}, got "${unknown}".`);
  return agents;
}

function isChosen(call: Call, agents: readonly string[] | undefined): (change: WiringChange) => boolean {
  const scope = call.text("scope");
  if (scope !== undefined && scope !== "user" && scope !== "project")
    throw invalidInput(`--scope expects user or project, got "${scope}".`);
  return (change) =>
    (agents === undefined || agents.some((agent) => change.agents.includes(agent))) &&
    (scope === undefined || change.scope === scope);
}

/** A file that cannot be read keeps its place in the record; the others are taken out all the same. */
function planOrTell(change: WiringChange, problems: string[]): PlannedRemoval[] {
  try {
    return [planRemoval(change)];
  } catch (error) {
    if (!MemoryError.isInstance(error)) throw error;
    problems.push(error.message);
    return [];
  }
}

function take({ path, before, after, change }: PlannedRemoval): void {
  if (after === null) removeFile(path, change.folders);
  else if (after !== before) writeText(path, after, before);
  // A folder that still holds a file of ours goes with that one.
  const left = change.folders.filter((folder) => existsSync(folder));
  writeRecord(
    readRecord()
      .filter((each) => each.path !== path || each.kind !== change.kind)
      .map((each) => ({
        ...each,
        folders: [
          ...left.filter((folder) => each.path.startsWith(folder + sep) && !each.folders.includes(folder)),
          ...each.folders,
        ],
      })),
  );
}

/** A project's folder that `init` made and nobody stored anything in. */
function removeEmptyFolder(): void {
  const folder = join(projectRoot(), ".recollect");
  if (folder === userFolder() || !existsSync(folder) || readdirSync(folder).join() !== ".gitignore") return;
  removeFile(join(folder, ".gitignore"), [folder]);
}

function forgetReaders(path: string, kind: string, agents: readonly string[]): void {
  writeRecord(
    readRecord().map((each) =>
      each.path === path && each.kind === kind
        ? { ...each, agents: each.agents.filter((agent) => !agents.includes(agent)) }
        : each,
    ),
  );
}

function whatOf({ before, after }: PlannedRemoval): "gone" | "remove" | "restore" | "unchanged" {
  if (before === null) return "gone";
  if (after === null) return "remove";
  return after === before ? "unchanged" : "restore";
}

function linesOf(removal: PlannedRemoval, isDryRun: boolean): string[] {
  const words = {
    gone: "not there any more",
    remove: isDryRun ? "would be removed" : "removed",
    restore: isDryRun ? "would be taken out of" : "taken out of",
    unchanged: "no longer in",
  };
  const what = whatOf(removal);
  const head = `${paint(what === "restore" || what === "remove" ? "green" : "dim", words[what])}  ${removal.path}`;
  return isDryRun && removal.before !== null ? [head, ...showChange(removal.before, removal.after ?? "")] : [head];
}
