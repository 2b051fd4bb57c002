import { join } from "node:path";
import { EMPTY_MEMORY } from "./foreign-memory.ts";
import type { ForeignMemory, ForeignSource, SkippedRow } from "./foreign-memory.ts";
import type { Importer } from "./importer.ts";
import type { Place } from "./place.ts";
import { isRecord, readTime } from "./read-mem0-row.ts";
import { idFrom, pickText, pickValue, readTexts, withoutEmpty } from "./read-values.ts";
import type { Values } from "./read-values.ts";

const FILE = "claude-mem.db";
const TABLES = ["observations", "session_summaries", "user_prompts"] as const;
/** The recorder's own work: it ran models in sessions of its own, and kept those too. */
const OWN_PROJECT = /^(?:observer-sessions|\.?claude-mem(?:-observer)?)$/u;
const OWN_PROMPT = /^\s*(?:you are a claude-mem|hello memory agent|<observed_from_primary_session)/iu;

export const claudeMem: Importer = {
  name: "claude-mem",
  title: "Claude-Mem",
  reads: "claude-mem.db of every schema, its folder, or its export (JSON)",
  usual: ({ home, env }) => [join(env["CLAUDE_MEM_DATA_DIR"] ?? join(home, ".claude-mem"), FILE)],
  detect: (place) => {
    if (place.isFolder) return place.has(FILE) ? `the folder of Claude-Mem (${FILE})` : null;
    if (isExport(place)) return "an export of Claude-Mem";
    const observations = place.tables.get("observations");
    const isOurs =
      observations?.some((column) => column === "memory_session_id" || column === "sdk_session_id") === true &&
      place.tables.has("sdk_sessions");
    return isOurs ? "the database of Claude-Mem" : null;
  },
  read: (place) => {
    if (place.isFolder) return readDatabase(place.at(FILE));
    return place.isSqlite ? readDatabase(place) : readExport(place.json());
  },
};

/** Its export says in its first keys what it is. */
function isExport({ head }: Place): boolean {
  return /^\s*\{/u.test(head) && head.includes('"totalObservations"') && head.includes('"exportedAtEpoch"');
}

interface Parts {
  readonly what: string;
  readonly sessions: Iterable<Values>;
  readonly prompts: () => Iterable<Values>;
  readonly observations: () => Iterable<Values>;
  readonly summaries: () => Iterable<Values>;
  readonly notes: readonly string[];
}

function readDatabase(place: Place): ForeignSource {
  // A table that an older file lacks holds no rows.
  const all = (table: string, order: string): Iterable<Values> =>
    place.tables.has(table) ? place.rows(`SELECT * FROM "${table}" ORDER BY ${order}`) : [];
  const rows = (table: (typeof TABLES)[number]) => () =>
    all(table, place.tables.get(table)?.includes("id") === true ? "id" : "rowid");
  const waiting = [...all("pending_messages", "rowid")].length;
  return readParts({
    what: "Claude-Mem's database",
    sessions: all("sdk_sessions", "rowid"),
    prompts: rows("user_prompts"),
    observations: rows("observations"),
    summaries: rows("session_summaries"),
    notes:
      waiting === 0
        ? []
        : [`${waiting} events of tools that Claude-Mem had not worked off yet are no memories: left out.`],
  });
}

function readExport(value: unknown): ForeignSource {
  const list = (name: string): readonly Values[] => {
    const found = isRecord(value) ? value[name] : undefined;
    return Array.isArray(found) ? found.filter(isRecord) : [];
  };
  return readParts({
    what: "Claude-Mem's export",
    sessions: list("sessions"),
    prompts: () => list("prompts"),
    observations: () => list("observations"),
    summaries: () => list("summaries"),
    notes: [],
  });
}

function readParts({ what, sessions, prompts, observations, summaries, notes }: Parts): ForeignSource {
  const skipped: SkippedRow[] = [];
  const known = readSessions(sessions);
  const convert = function* (
    rows: Iterable<Values>,
    kind: string,
    read: (row: Values, session: Session) => ForeignMemory | string,
  ): Generator<ForeignMemory, void, undefined> {
    for (const row of rows) {
      const session = known.find(row);
      const result = OWN_PROJECT.test(session.project ?? "") ? "is the recorder's own work" : read(row, session);
      if (typeof result === "string") skipped.push({ row: `${kind} ${pickText(row, "id") ?? ""}`, reason: result });
      else yield { ...result, ...idsOf(row, kind, session) };
    }
  };
  const read = function* (): Generator<ForeignMemory, void, undefined> {
    skipped.length = 0;
    yield* convert(prompts(), "prompt", readPrompt);
    yield* convert(observations(), "observation", readObservation);
    yield* convert(summaries(), "summary", readSummary);
  };
  return { what, instance: "local", memories: { [Symbol.iterator]: read }, skipped, notes };
}

interface Session {
  /** The id that prompts and observations share: the coding agent's own. */
  readonly runId: string | null;
  readonly project: string | null;
}

class Sessions {
  readonly #byId = new Map<string, Session>();

  add(row: Values): void {
    const content = pickText(row, "content_session_id", "claude_session_id");
    const memory = pickText(row, "memory_session_id", "sdk_session_id");
    const session = { runId: content ?? memory, project: pickText(row, "project") };
    for (const id of [content, memory]) if (id !== null) this.#byId.set(id, session);
  }

  find(row: Values): Session {
    const id = pickText(row, "content_session_id", "claude_session_id", "memory_session_id", "sdk_session_id");
    const session = this.#byId.get(id ?? "");
    return {
      runId: session?.runId ?? id,
      project: pickText(row, "merged_into_project", "project") ?? session?.project ?? null,
    };
  }
}

function readSessions(rows: Iterable<Values>): Sessions {
  const sessions = new Sessions();
  for (const row of rows) sessions.add(row);
  return sessions;
}

/** A number is given out anew in another file; with its time it is the same row in a database and in its export. */
function idsOf(row: Values, kind: string, { runId, project }: Session): Partial<ForeignMemory> {
  const createdAt = readTime(pickValue(row, "created_at_epoch")) ?? readTime(pickValue(row, "created_at"));
  return {
    id: `${kind}:${pickText(row, "id") ?? pickText(row, "memory_session_id", "sdk_session_id") ?? ""}:${createdAt ?? ""}`,
    createdAt,
    updatedAt: createdAt,
    ...(project === null ? {} : { appId: idFrom(project) }),
    ...(runId === null ? {} : { runId: idFrom(runId) }),
    ...(typeof row["agent_id"] === "string" && row["agent_id"] !== "" ? { agentId: idFrom(row["agent_id"]) } : {}),
  };
}

function readPrompt(row: Values): ForeignMemory | string {
  const text = pickText(row, "prompt_text");
  if (text === null) return "has no text";
  if (OWN_PROMPT.test(text)) return "is the recorder's own work";
  return { ...EMPTY_MEMORY, text, kind: "message", role: "user", metadata: numbersOf(row, "claude_mem_prompt") };
}

function readObservation(row: Values): ForeignMemory | string {
  const title = pickText(row, "title");
  const facts = readTexts(row["facts"]);
  const narrative = pickText(row, "narrative", "text");
  const lines = [title, pickText(row, "subtitle"), narrative, ...facts.map((fact) => `- ${fact}`)];
  const text = lines.filter((line) => line !== null).join("\n");
  if (text === "") return "has no text";
  const type = pickText(row, "type");
  const concepts = readTexts(row["concepts"]);
  return {
    ...EMPTY_MEMORY,
    text,
    categories: [...(type === null ? [] : [type]), ...concepts],
    metadata: withoutEmpty({
      ...numbersOf(row, "claude_mem_id"),
      type,
      title,
      concepts,
      files_read: readTexts(row["files_read"]),
      files_modified: readTexts(row["files_modified"]),
      agent_type: pickText(row, "agent_type"),
    }),
  };
}

const SUMMARY_FIELDS = ["request", "investigated", "learned", "completed", "next_steps", "notes"] as const;

function readSummary(row: Values): ForeignMemory | string {
  const fields = Object.fromEntries(SUMMARY_FIELDS.map((name) => [name, pickText(row, name)]));
  const text = SUMMARY_FIELDS.flatMap((name) => {
    const value = fields[name];
    return typeof value === "string" ? [`${capital(name)}: ${value}`] : [];
  }).join("\n");
  if (text === "") return "has no text";
  return {
    ...EMPTY_MEMORY,
    text,
    categories: ["session-summary"],
    metadata: withoutEmpty({
      ...numbersOf(row, "claude_mem_summary"),
      ...fields,
      files_read: readTexts(row["files_read"]),
      files_edited: readTexts(row["files_edited"]),
    }),
  };
}

/** What it counts by: its tools name observations by number; prompts and summaries are counted apart. */
function numbersOf(row: Values, name: string): Values {
  return withoutEmpty({
    [name]: row["id"],
    prompt_number: row["prompt_number"],
    discovery_tokens: row["discovery_tokens"],
    platform_source: row["platform_source"],
  });
}

function capital(name: string): string {
  return `${name.charAt(0).toUpperCase()}${name.slice(1).replaceAll("_", " ")}`;
}
