import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline/promises";
import { invalidInput, MemoryError } from "../../errors.ts";
import { checkSetting, configPath, readSettings, writeSettings } from "../store/cli-settings.ts";
import { userFolder } from "../store/find-file.ts";
import { paint } from "../terminal/paint.ts";
import { AGENT_NAMES, AGENTS } from "../wiring/agent-table.ts";
import type { AgentFile, AgentName, Places, WiringScope } from "../wiring/agent-table.ts";
import { readRecord, writeRecord } from "../wiring/change-record.ts";
import { serverCommand } from "../wiring/find-command.ts";
import { projectRoot } from "../wiring/project-root.ts";
import { showChange } from "../wiring/show-change.ts";
import { requireOwnFile } from "../wiring/trusted-file.ts";
import { planFile } from "../wiring/wire-agent.ts";
import type { PlannedChange } from "../wiring/wire-agent.ts";
import { writeText } from "../wiring/write-file.ts";
import type { Call, Command, Reply } from "./command.ts";

export const command: Command = {
  usage: ["init [options]", "init --agent <name,…> [--scope user|project] [options]"],
  summary: "set up where memories are kept, and the coding agents that use them",
  about:
    "On a terminal it asks what no option says: where memories are kept, which agents to set up, and whether a language\nmodel is used. Elsewhere it asks nothing. It may be run again; uninstall takes out exactly what it put in.",
  options: [
    { name: "agent", value: "<a,b>", help: `${AGENT_NAMES.join(", ")}; all: those in use here` },
    {
      name: "scope",
      value: "<scope>",
      help: "user (default): every project of yours; project: files of this checkout",
    },
    { name: "no-rules", help: "the MCP server alone, no rule file" },
    {
      name: "command",
      value: "<program>",
      help: "what an agent starts, with mcp behind it (default: found, else npx)",
    },
    { name: "project", help: "keep this checkout's memories in its own .recollect/" },
    { name: "user", help: "keep them in your own folder (default)" },
    {
      name: "llm",
      value: "<model>",
      help: "a language model that finds facts, such as openai/gpt-5-mini; none: without",
    },
    { name: "dry-run", help: "show what would change, and change nothing" },
    { name: "yes", short: "y", help: "ask nothing" },
  ],
  examples: [
    "recollect init",
    "recollect init --agent codex,cursor --dry-run",
    "recollect init --agent claude-code --scope project --no-rules",
    "recollect init --project --yes",
  ],
  run,
};

interface Answers {
  readonly isProject: boolean;
  readonly agents: readonly AgentName[];
  readonly llm: string | undefined;
}

async function run(call: Call): Promise<Reply> {
  if (call.positionals.length > 0) throw invalidInput('"recollect init" takes options alone.');
  if (call.has("project") && call.has("user")) throw invalidInput("Give --project or --user, not both.");
  const places: Places = { home: homedir(), project: projectRoot(), environment: process.env };
  const scope = scopeOf(call);
  const answers = await ask(call, places);
  const isDryRun = call.has("dry-run");
  const planned = planAll(call, { ...answers, scope, places });
  const folder = await prepareFolder(answers, places, isDryRun);
  if (!isDryRun) for (const change of planned) write(change);
  const notes = answers.agents.flatMap((agent) => AGENTS[agent].notes?.[scope] ?? []);
  return {
    data: {
      is_dry_run: isDryRun,
      folder: folder.path,
      is_folder_new: folder.isNew,
      agents: answers.agents,
      scope,
      llm: answers.llm ?? null,
      files: planned.map(({ path, what, why }) => ({ path, what, ...(why === undefined ? {} : { why }) })),
    },
    count: planned.filter(({ what }) => what === "add" || what === "update").length,
    warnings: notes,
    lines: () => [
      `Memories are kept in ${folder.path}${folder.isNew ? (isDryRun ? " (would be made)" : " (made)") : ""}`,
      ...(answers.llm === undefined ? [] : [`Language model: ${answers.llm}`]),
      ...planned.flatMap((change) => linesOf(change, isDryRun)),
      ...nextSteps(answers, isDryRun),
    ],
  };
}

function scopeOf(call: Call): WiringScope {
  const scope = call.text("scope") ?? "user";
  if (scope !== "user" && scope !== "project") throw invalidInput(`--scope expects user or project, got "${scope}".`);
  return scope;
}

/** At most three questions, and none that an option has answered. */
async function ask(call: Call, places: Places): Promise<Answers> {
  const present = AGENT_NAMES.filter((name) => AGENTS[name].isPresent(places));
  const named = call.text("agent");
  const llm = call.text("llm");
  const given: Answers = {
    isProject: call.has("project"),
    agents: named === undefined ? [] : readAgents(named, present),
    llm: llm === "none" ? undefined : llm,
  };
  const isAsking =
    process.stdin.isTTY && process.stderr.isTTY && !call.has("yes") && call.form === "text" && !call.has("dry-run");
  // Whoever names agents knows what they want: the rest keeps its default.
  if (!isAsking || named !== undefined) return given;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const where =
      given.isProject || call.has("user")
        ? ""
        : await terminal.question(`Keep memories in ${userFolder()} (u), or in this project's own folder (p)? [u] `);
    const which = await terminal.question(
      `Which agents to set up (${AGENT_NAMES.join(", ")}; all: ${present.join(", ") || "none found"})? [none] `,
    );
    const model = llm === undefined ? await terminal.question("A language model that finds more facts? [none] ") : "";
    return {
      isProject: given.isProject || /^p/iu.test(where.trim()),
      agents: readAgents(which, present),
      llm: given.llm ?? (/^(?:none)?$/iu.test(model.trim()) ? undefined : model.trim()),
    };
  } finally {
    terminal.close();
  }
}

function readAgents(text: string, present: readonly AgentName[]): readonly AgentName[] {
  const names = text
    .split(",")
    .map((each) => each.trim().toLowerCase())
    .filter((each) => each !== "" && each !== "none");
  return [
    ...new Set(
      names.flatMap((name) => {
        if (name === "all") return present;
        if ((AGENT_NAMES as readonly string[]).includes(name)) return [name as AgentName];
        throw invalidInput(`--agent expects ${AGENT_NAMES.join(", ")}, or all, got "${name}".`);
      }),
    ),
  ];
}

/** Everything is worked out before anything is written: one file that cannot be read stops all. */
function planAll(
  call: Call,
  { agents, scope, places }: Answers & { scope: WiringScope; places: Places },
): PlannedChange[] {
  const server = serverCommand(call.text("command"));
  const known = readRecord();
  const files = new Map<string, { file: AgentFile; agents: AgentName[] }>();
  for (const agent of agents) {
    for (const file of AGENTS[agent].files[scope](places)) {
      if (file.kind === "rules" && call.has("no-rules")) continue;
      if (scope === "project") requireOwnFile(file.path, places.project);
      const there = files.get(file.path);
      if (there === undefined) files.set(file.path, { file, agents: [agent] });
      else there.agents.push(agent);
    }
  }
  return [...files.values()].map(({ file, agents: readers }) =>
    planFile(file, { agents: readers, scope, server, known }),
  );
}

function write(planned: PlannedChange): void {
  const { path, before, change } = planned;
  if (planned.what === "unchanged") addReaders(planned);
  if (planned.after === (before ?? "") || planned.what === "unchanged" || planned.what === "left alone") return;
  if (change === undefined) {
    writeText(path, planned.after, before);
    return;
  }
  const others = readRecord().filter((each) => each.path !== path || each.kind !== change.kind);
  const old = readRecord().find((each) => each.path === path && each.kind === change.kind);
  // Noted first: whatever ends this process in between, uninstall knows what may stand there.
  writeRecord([...others, { ...change, folders: old?.folders ?? [] }]);
  const folders = writeText(path, planned.after, before);
  if (folders.length > 0) writeRecord([...others, { ...change, folders: [...folders] }]);
}

/** Another agent reads a file that is as it should be: it stays until the last of them is taken out. */
function addReaders({ path, agents }: PlannedChange): void {
  const record = readRecord();
  const known = record.find((each) => each.path === path);
  if (known === undefined || agents.every((agent) => known.agents.includes(agent))) return;
  const readers = [...new Set([...known.agents, ...agents])];
  writeRecord(record.map((each) => (each === known ? { ...each, agents: readers } : each)));
}

async function prepareFolder(
  { isProject, llm }: Answers,
  { project }: Places,
  isDryRun: boolean,
): Promise<{ path: string; isNew: boolean }> {
  const path = isProject ? join(project, ".recollect") : userFolder();
  if (isProject) requireOwnFile(path, project);
  const isNew = !existsSync(path);
  if (llm !== undefined) checkSetting("llm", llm, configPath(userFolder()));
  if (isDryRun) return { path, isNew };
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    if (isNew) writeFileSync(join(path, ".gitignore"), "*\n");
  } catch (error) {
    throw new MemoryError("store_failed", `${path} cannot be made: ${(error as Error).message}.`, { cause: error });
  }
  if (llm !== undefined) await writeSettings(userFolder(), { ...readSettings(userFolder()), llm });
  return { path, isNew };
}

function linesOf({ path, what, why, before, after }: PlannedChange, isDryRun: boolean): string[] {
  const words = { add: isDryRun ? "would add to" : "added to", update: isDryRun ? "would update" : "updated" };
  if (what === "unchanged") return [`${paint("dim", "as it should be")}  ${path}`];
  if (what === "left alone") return [`${paint("yellow", "left alone")}  ${path}: ${why ?? ""}`];
  return [`${paint("green", words[what])}  ${path}`, ...(isDryRun ? showChange(before ?? "", after) : [])];
}

function nextSteps({ agents }: Answers, isDryRun: boolean): string[] {
  if (isDryRun) return [paint("dim", "Nothing was changed.")];
  return [
    paint(
      "dim",
      agents.length === 0
        ? 'Next: recollect add "…", or recollect init --agent <name>.'
        : "Start the agent anew, so that it reads its settings. recollect uninstall takes this out again.",
    ),
  ];
}
