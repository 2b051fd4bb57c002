import { invalidInput } from "../../errors.ts";
import { SCOPE_FIELD, SCOPE_KEYS } from "../../domain/scope.ts";
import { nameOfUser } from "../agents/person.ts";
import { projectScope } from "../agents/project-scope.ts";
import { filtersFor, namesOwner } from "../store/filters-for.ts";
import type { OwnerIds, Row } from "../store/store.ts";
import type { Call, OptionSpec } from "./command.ts";

export const SCOPE_OPTIONS: readonly OptionSpec[] = [
  { name: "user-id", short: "u", value: "<id>", help: "whose memories (RECOLLECT_USER_ID; default: your user name)" },
  { name: "agent-id", value: "<id>", help: "an agent's (RECOLLECT_AGENT_ID)" },
  { name: "app-id", value: "<id>", help: "an app's (RECOLLECT_APP_ID)" },
  { name: "run-id", value: "<id>", help: "a run's or session's (RECOLLECT_RUN_ID)" },
];

/** For what is somebody's in a project; where a command has no other use for the word. */
export const PROJECT_OPTIONS: readonly OptionSpec[] = [
  { name: "project", value: "<name>", help: "yours in a project: a name, a git address, or a folder (. is this one)" },
  { name: "user", value: "<id>", help: "the same as --user-id", isHidden: true },
];

export const PLACE_OPTIONS: readonly OptionSpec[] = [
  { name: "db", value: "<path>", help: "the file, or the folder that holds memory.db" },
  { name: "server", value: "<url>", help: "a server in place of a file (RECOLLECT_SERVER)" },
  { name: "base-url", value: "<url>", help: "the same", isHidden: true },
  { name: "api-key", value: "<key>", help: "the server's key (RECOLLECT_API_KEY)" },
];

/** Whose, and in which file or server: of every command that works on somebody's memories. */
export const WHERE_OPTIONS: readonly OptionSpec[] = [...SCOPE_OPTIONS, ...PROJECT_OPTIONS, ...PLACE_OPTIONS];

export const OUTPUT_OPTIONS: readonly OptionSpec[] = [
  { name: "output", short: "o", value: "<form>", help: "text, json, table or quiet" },
  { name: "json", help: "one JSON object on standard output, errors too" },
  { name: "agent", help: "the same", isHidden: true },
  { name: "help", short: "h", help: "this help" },
];

/** Options of search, context and list. */
export const READ_OPTIONS: readonly OptionSpec[] = [
  { name: "filter", value: "<json>", help: "conditions, in AND with the ids (docs/filters.md)" },
  { name: "category", value: "<name>", help: "only of this category" },
  { name: "after", value: "<date>", help: "said from then on" },
  { name: "before", value: "<date>", help: "said until then" },
  { name: "kind", value: "<a,b>", help: "fact, message, pattern, procedure, instruction" },
  { name: "as-of", value: "<date>", help: "what was true then" },
  { name: "known-at", value: "<date>", help: "what was known then" },
  { name: "show-expired", help: "what has expired too" },
  { name: "latest-only", help: "leave out what was replaced" },
];

/** Those of them that a command takes. */
export function readOptionsNamed(...names: readonly string[]): readonly OptionSpec[] {
  return READ_OPTIONS.filter(({ name }) => names.includes(name));
}

/** Options of what a language model writes, where one is set. */
export const MODEL_OPTIONS: readonly OptionSpec[] = [
  { name: "instructions", value: "<text>", help: "what is wanted of it; a language model follows it" },
  { name: "no-model", help: "by rules, also where a language model is set" },
];

export function modelRequest(call: Call): Row {
  return {
    ...given("instructions", call.text("instructions")),
    ...given("useModel", call.has("no-model") ? false : undefined),
  };
}

const VARIABLES: Readonly<Record<string, readonly string[]>> = {
  userId: ["RECOLLECT_USER_ID", "RECOLLECT_USER"],
  agentId: ["RECOLLECT_AGENT_ID"],
  appId: ["RECOLLECT_APP_ID"],
  runId: ["RECOLLECT_RUN_ID"],
};

/** The ids given as options, and nothing else. */
export function namedOwner(call: Call): OwnerIds {
  const named: OwnerIds = Object.fromEntries(
    SCOPE_KEYS.flatMap((key) => {
      const value = call.text(SCOPE_FIELD[key].replace("_", "-")) ?? (key === "userId" ? call.text("user") : undefined);
      return value === undefined ? [] : [[key, value]];
    }),
  );
  const project = call.text("project");
  if (project === undefined) return named;
  if (named.appId !== undefined) throw invalidInput("--project and --app-id are two names of one thing. Give one.");
  // A project's memories are somebody's: without a name, of who asks.
  return { ...projectScope({ project, user: named.userId, settings: call.settings }).owner, ...named };
}

/** The ids given as options; without any, those of the environment, then of the settings, then who is logged in. */
export function ownerOf(call: Call): OwnerIds {
  const named = namedOwner(call);
  if (Object.keys(named).length > 0) return named;
  const set = Object.fromEntries(
    SCOPE_KEYS.flatMap((key) => {
      const variables = (VARIABLES[key] ?? []).map((name) => process.env[name]);
      const value = variables.find((each) => each !== undefined && each !== "") ?? call.settings[key];
      return typeof value === "string" && value !== "" ? [[key, value]] : [];
    }),
  );
  return Object.keys(set).length > 0 ? set : { userId: nameOfUser() };
}

/** Options of a read: the ids AND the filter AND category and dates. */
export function readRequest(call: Call): { owner: OwnerIds; options: Row } {
  const filter = jsonOption(call, "filter");
  const owner = filter !== undefined && namesOwner(filter) ? namedOwner(call) : ownerOf(call);
  const [category, after, before, kind] = ["category", "after", "before", "kind"].map((name) => call.text(name));
  const conditions: Row[] = [
    ...(filter === undefined ? [] : [filter]),
    ...(category === undefined ? [] : [{ categories: { contains: category } }]),
    ...(after === undefined ? [] : [{ created_at: { gte: after } }]),
    ...(before === undefined ? [] : [{ created_at: { lte: endOf(before) } }]),
  ];
  return {
    owner,
    options: {
      filters: filtersFor(owner, conditions),
      ...given(
        "kinds",
        kind?.split(",").map((part) => part.trim()),
      ),
      ...given("asOf", call.text("as-of")),
      ...given("knownAt", call.text("known-at")),
      ...given("showExpired", call.has("show-expired") ? true : undefined),
      ...given("latestOnly", call.has("latest-only") ? true : undefined),
    },
  };
}

/** A day means all of it. */
function endOf(date: string): string {
  return /^\d{4}-\d{2}-\d{2}$/u.test(date) ? `${date}T23:59:59.999Z` : date;
}

export function given(name: string, value: unknown): Row {
  return value === undefined ? {} : { [name]: value };
}

/** @throws MemoryError `invalid_input` for what is no JSON object. */
export function jsonOption(call: Call, name: string): Row | undefined {
  const value = anyJsonOption(call, name);
  if (value === undefined) return undefined;
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw invalidInput(`--${name} expects a JSON object such as '{"team":"blue"}'.`);
  return value as Row;
}

export function anyJsonOption(call: Call, name: string): unknown {
  const text = call.text(name);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw invalidInput(`--${name} expects JSON: ${(error as Error).message}.`);
  }
}

export function numberOption(call: Call, name: string): number | undefined {
  const text = call.text(name);
  if (text === undefined) return undefined;
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value)) throw invalidInput(`--${name} expects a number, got "${text}".`);
  return value;
}

export function fieldsOption(call: Call): readonly string[] | undefined {
  return call
    .text("fields")
    ?.split(",")
    .map((field) => field.trim())
    .filter((field) => field !== "");
}

export function pickFields(row: Row, fields: readonly string[] | undefined): Row {
  if (fields === undefined) return row;
  return Object.fromEntries(Object.entries(row).filter(([name]) => name === "id" || fields.includes(name)));
}

/** @throws MemoryError `invalid_input` without exactly one. */
export function oneId(call: Call): string {
  const [id] = call.positionals;
  if (id === undefined || call.positionals.length > 1)
    throw invalidInput(`"recollect ${call.name}" expects one id. "recollect list" shows them.`);
  return id;
}

/** @throws MemoryError `invalid_input` where a command that takes options alone gets more. */
export function refusePositionals(call: Call): void {
  if (call.positionals.length > 0)
    throw invalidInput(`"recollect ${call.name}" takes options alone, got "${call.positionals.join(" ")}".`);
}
