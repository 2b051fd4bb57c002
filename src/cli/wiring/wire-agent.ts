import { invalidInput, MemoryError } from "../../errors.ts";
import { RULE_LINES, RULE_MARKERS, serverEntry } from "./agent-table.ts";
import type { AgentFile, AgentName, ServerCommand, WiringScope } from "./agent-table.ts";
import type { WiringChange } from "./change-record.ts";
import { insertJson, readJsonPath } from "./json-edit.ts";
import { findSection, putSection } from "./marked-section.ts";
import { insertTomlTable, readTomlTable, writeTomlTable } from "./toml-edit.ts";
import type { TomlTable } from "./toml-edit.ts";
import { withoutOurs } from "./unwire-agent.ts";
import { readText } from "./write-file.ts";

export interface PlannedChange {
  readonly path: string;
  readonly agents: readonly AgentName[];
  readonly what: "add" | "update" | "unchanged" | "left alone";
  readonly why?: string;
  /** Null where the file is not there yet. */
  readonly before: string | null;
  readonly after: string;
  /** Left out where nothing is put in. */
  readonly change?: Omit<WiringChange, "folders">;
}

/** What has to be changed in one file of an agent's. Nothing is written. */
export function planFile(
  file: AgentFile,
  of: { agents: readonly AgentName[]; scope: WiringScope; server: ServerCommand; known: readonly WiringChange[] },
): PlannedChange {
  const before = readText(file.path);
  const known = of.known.find((change) => change.path === file.path && change.kind === file.kind);
  try {
    const { inserted, root, ...planned } = planText(file, before, known, of.server);
    if (inserted === undefined) return { path: file.path, agents: of.agents, before, ...planned };
    const key = file.kind === "rules" ? [] : [...file.key];
    const head = file.kind === "rules" && file.head !== undefined ? { head: file.head } : {};
    const isNew = known?.isNew ?? before === null;
    const agents = [...new Set([...(known?.agents ?? []), ...of.agents])];
    const base = { agents, scope: of.scope, path: file.path, kind: file.kind, isNew };
    return {
      path: file.path,
      agents: of.agents,
      before,
      ...planned,
      change: { ...base, key, root: [...root], inserted, ...head },
    };
  } catch (error) {
    if (!MemoryError.isInstance(error)) throw error;
    throw invalidInput(`${file.path}: ${error.message}`);
  }
}

type PlannedText = Pick<PlannedChange, "what" | "why" | "after"> & {
  readonly inserted?: string;
  readonly root: readonly string[];
};

const NOT_OURS = 'an entry named "recollect" was there before, and is not ours';

function planText(
  file: AgentFile,
  before: string | null,
  known: WiringChange | undefined,
  server: ServerCommand,
): PlannedText {
  const text = before ?? "";
  if (file.kind === "rules") return planRules(file, before, known);
  const isSame = file.kind === "toml" ? isSameTable(text, file.key, server) : isSameEntry(text, file, server);
  if (isSame === true) return { what: "unchanged", after: text, root: file.key };
  if (isSame === undefined) return { what: "add", ...addEntry(text, file, server) };
  if (known === undefined) return { what: "left alone", why: NOT_OURS, after: text, root: file.key };
  // Taken out and put in anew, so that what is recorded is what stands there.
  return { what: "update", ...addEntry(withoutOurs(text, known), file, server) };
}

function planRules(
  file: Extract<AgentFile, { kind: "rules" }>,
  before: string | null,
  known: WiringChange | undefined,
): PlannedText {
  const text = before ?? "";
  const section = { ...RULE_MARKERS, lines: RULE_LINES, ...(file.head === undefined ? {} : { head: file.head }) };
  const there = findSection(text, section);
  if (there === undefined && before !== null && before.trim() !== "" && file.head !== undefined)
    return {
      what: "left alone",
      why: "a file of this name was there before, and is not ours",
      after: text,
      root: [],
    };
  const { text: after, inserted } = putSection(text, section);
  if (inserted !== null) return { what: "add", after, inserted, root: [] };
  if (after === text) return { what: "unchanged", after, root: [] };
  if (known === undefined) return { what: "update", after, root: [] };
  const gap = known.inserted.slice(0, Math.max(0, known.inserted.indexOf(section.start)));
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  const body = [section.start, ...section.lines, section.end, ""].join(eol);
  return { what: "update", after, inserted: gap + body, root: [] };
}

type EntryFile = Exclude<AgentFile, { kind: "rules" }>;

/** Undefined where there is no entry. */
function isSameTable(text: string, key: readonly string[], server: ServerCommand): boolean | undefined {
  const there = readTomlTable(text, key);
  return there === undefined ? undefined : there.replaceAll("\r\n", "\n") === writeTomlTable(tableOf(key, server));
}

function isSameEntry(text: string, file: EntryFile & { kind: "json" }, server: ServerCommand): boolean | undefined {
  if (text.trim() === "") return undefined;
  const there = readJsonPath(text, file.key);
  return there === undefined ? undefined : JSON.stringify(there) === JSON.stringify(serverEntry(file.form, server));
}

function addEntry(
  text: string,
  file: EntryFile,
  server: ServerCommand,
): { after: string; inserted: string; root: readonly string[] } {
  if (file.kind === "toml") {
    const { text: after, inserted } = insertTomlTable(text, tableOf(file.key, server));
    return { after, inserted, root: file.key };
  }
  const isNothing = text.trim() === "";
  const added = insertJson(isNothing ? `${text}{}\n` : text, file.key, serverEntry(file.form, server));
  // Where there was nothing, the braces are ours too.
  return { after: added.text, inserted: isNothing ? added.text.slice(text.length) : added.inserted, root: added.root };
}

function tableOf(path: readonly string[], { command, args }: ServerCommand): TomlTable {
  return { path, values: { command, args } };
}
