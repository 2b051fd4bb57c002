import { statSync } from "node:fs";
import { resolve } from "node:path";
import { invalidInput, MemoryError } from "../../errors.ts";
import { findTranscripts, transcriptFolders } from "../agents/find-transcripts.ts";
import { realFolder } from "../agents/git-folder.ts";
import { ingestArchive } from "../agents/ingest-archive.ts";
import { ingestTranscript } from "../agents/ingest-transcript.ts";
import { describeCost, estimateCost } from "../agents/model-cost.ts";
import { projectScope } from "../agents/project-scope.ts";
import type { ProjectScope } from "../agents/project-scope.ts";
import { findReader } from "../agents/transcript-file.ts";
import type { Store } from "../store/store.ts";
import { columns } from "../terminal/columns.ts";
import { paint } from "../terminal/paint.ts";
import { endProgress, showProgress } from "../terminal/write.ts";
import type { Call, Command, Reply } from "./command.ts";
import { confirm } from "./input.ts";
import { PLACE_OPTIONS } from "./options.ts";

export const command: Command = {
  usage: ["ingest [path…] [options]"],
  summary: "keep past sessions of coding agents, and archives of chats",
  about:
    "Without a path: every session of Claude Code (~/.claude/projects) and Codex (~/.codex/sessions) on this machine. A path is\na session file, a folder of them, or the conversations.json of a ChatGPT or Claude archive. What is kept already stays as it\nis, so that it may be run at any time. Tool output, commands and boot files are left out.",
  options: [
    { name: "dry-run", help: "count what is new, say what a model would cost, and store nothing" },
    { name: "here", help: "sessions of this project only" },
    { name: "since", value: "<date>", help: "session files changed from then on" },
    { name: "project", value: "<name>", help: "file them under this project: a name, a git address, a folder" },
    { name: "user", short: "u", value: "<id>", help: "whose sessions they are (default: yours)" },
    { name: "force", help: "do not ask before a language model is used" },
    ...PLACE_OPTIONS,
  ],
  examples: [
    "recollect ingest --dry-run",
    "recollect ingest --here",
    "recollect ingest ~/Downloads/chatgpt/conversations.json",
    "recollect ingest --since 2026-11-01 --user hana",
  ],
  run,
};

/** What one file came to. */
interface Ingested {
  readonly path: string;
  readonly agent: string;
  readonly project: string;
  readonly sessions: number;
  readonly turns: number;
  readonly known: number;
  readonly facts: number;
  readonly tokens: number;
  readonly leftOut: number;
  readonly damaged: number;
}

async function run(call: Call): Promise<Reply> {
  const paths = pathsOf(call);
  const isDry = call.has("dry-run");
  const isWithModel = call.settings["llm"] !== undefined;
  const skipped: { path: string; reason: string }[] = [];
  if (isDry || (isWithModel && !call.has("force"))) {
    const counted = await ingestAll(call, paths, { isDry: true, skipped });
    if (isDry) return replyOf(call, counted, { isDry, skipped });
    const cost = describeCost(estimateCost(sumOf(counted, "tokens"), call.settings));
    if (!(await confirm(call, `${sumOf(counted, "turns")} turns are new. ${cost} Go on?`)))
      return { data: { sessions: 0 }, count: 0, lines: () => ["Nothing was kept."] };
    skipped.length = 0;
  }
  return replyOf(call, await ingestAll(call, paths, { isDry: false, skipped }), { isDry, skipped });
}

function pathsOf(call: Call): readonly string[] {
  const named = call.positionals.map((path) => resolve(path));
  for (const path of named)
    if (statSync(path, { throwIfNoEntry: false }) === undefined)
      throw new MemoryError("not_found", `There is no ${path}.`, { details: { exitStatus: 1 } });
  const since = call.text("since");
  const from = since === undefined ? 0 : Date.parse(since);
  if (Number.isNaN(from)) throw invalidInput(`--since expects a date such as 2026-11-01, got "${since}".`);
  const all = findTranscripts(named.length === 0 ? transcriptFolders() : named);
  return all.filter((path) => statSync(path).mtimeMs >= from);
}

async function ingestAll(
  call: Call,
  paths: readonly string[],
  { isDry, skipped }: { readonly isDry: boolean; readonly skipped: { path: string; reason: string }[] },
): Promise<readonly Ingested[]> {
  const store = await call.store();
  const scopeOf = (folder: string): ProjectScope =>
    projectScope({ from: folder, user: call.text("user"), project: call.text("project"), settings: call.settings });
  const here = call.has("here") ? scopeOf(process.cwd()).owner.appId : undefined;
  const done: Ingested[] = [];
  for (const [index, path] of paths.entries()) {
    showProgress(`${index + 1} of ${paths.length} files, ${sumOf(done, "turns")} turns`);
    try {
      const found = await ingestOne(path, { store, isDry, scopeOf, here });
      if (found !== undefined) done.push(found);
    } catch (error) {
      // One file that cannot be read says nothing of the others; a store that cannot be written does.
      if (!MemoryError.isInstance(error) || error.code !== "invalid_input") throw error;
      skipped.push({ path, reason: error.message });
    }
  }
  endProgress();
  return done;
}

interface One {
  readonly store: Store;
  readonly isDry: boolean;
  readonly scopeOf: (folder: string) => ProjectScope;
  readonly here: string | undefined;
}

/** Undefined for a session of another project than is asked for. */
async function ingestOne(path: string, { store, isDry, scopeOf, here }: One): Promise<Ingested | undefined> {
  const reader = await findReader(path);
  const target = isDry ? undefined : store;
  if (reader === undefined) {
    if (here !== undefined) return undefined;
    const { format, skipped, ...counts } = await ingestArchive(path, {
      store: target,
      userId: scopeOf(process.cwd()).owner.userId,
      onProgress: (count, total) => showProgress(`${count} of ${total} messages of ${path}`),
    });
    return { path, agent: format, project: "", leftOut: 0, damaged: skipped, ...counts };
  }
  const folder = await firstFolder(path);
  if (here !== undefined && (folder === undefined || scopeOf(realFolder(folder)).owner.appId !== here))
    return undefined;
  const report = await ingestTranscript({
    transcript: path,
    reader,
    store: target,
    place: store.place,
    scopeOf,
    folder: folder ?? process.cwd(),
  });
  const { agent, turns, known, facts, tokens, leftOut, damaged } = report;
  const project = report.folder === undefined ? "" : scopeOf(realFolder(report.folder)).project.name;
  const isNew = turns > 0;
  return { path, agent, project, sessions: isNew ? 1 : 0, turns, known, facts, tokens, leftOut, damaged };
}

async function firstFolder(path: string): Promise<string | undefined> {
  const [{ linesFrom }, reader] = [await import("../agents/transcript-file.ts"), await findReader(path)];
  for await (const { text } of linesFrom(path, 0)) {
    const folder = reader?.read(text)?.folder;
    if (folder !== undefined) return folder;
  }
  return undefined;
}

function replyOf(
  call: Call,
  done: readonly Ingested[],
  { isDry, skipped }: { readonly isDry: boolean; readonly skipped: readonly { path: string; reason: string }[] },
): Reply {
  const cost = estimateCost(sumOf(done, "tokens"), call.settings);
  const [sessions, turns, facts, known] = [
    sumOf(done, "sessions"),
    sumOf(done, "turns"),
    sumOf(done, "facts"),
    sumOf(done, "known"),
  ];
  const left = sumOf(done, "leftOut");
  const damaged = sumOf(done, "damaged");
  return {
    data: {
      dry_run: isDry,
      files: done.length,
      sessions,
      turns,
      known,
      facts,
      left_out: left,
      damaged,
      cost,
      skipped,
      results: done,
    },
    count: turns,
    lines: () => [
      ...(turns === 0 ? [] : tableOf(done)),
      ...(turns === 0 ? [] : [""]),
      isDry
        ? `${turns} turns of ${sessions} sessions are new. Nothing was stored.`
        : `${turns - known} turns of ${sessions} sessions kept, ${facts} facts drawn.`,
      ...(isDry ? [describeCost(cost)] : []),
      ...(left === 0 ? [] : [`${left} turns left out: they were said during a pause, or in a private session.`]),
      ...(damaged === 0 ? [] : [paint("yellow", `${damaged} damaged parts passed over.`)]),
      ...skipped.map(({ path, reason }) => paint("yellow", `skipped ${path}: ${reason}`)),
    ],
  };
}

/** One row for each project and agent. */
function tableOf(done: readonly Ingested[]): string[] {
  const groups = Map.groupBy(
    done.filter(({ turns }) => turns > 0),
    ({ project, agent }) => `${project}\n${agent}`,
  );
  return columns(
    ["SESSIONS", "TURNS", "FACTS", "FROM", "PROJECT"],
    [...groups.values()].map((group) => [
      String(sumOf(group, "sessions")),
      String(sumOf(group, "turns")),
      String(sumOf(group, "facts")),
      group[0]?.agent ?? "",
      group[0]?.project === "" ? "none" : (group[0]?.project ?? ""),
    ]),
  );
}

function sumOf(
  done: readonly Ingested[],
  name: "sessions" | "turns" | "known" | "facts" | "tokens" | "leftOut" | "damaged",
): number {
  return done.reduce((sum, each) => sum + each[name], 0);
}
