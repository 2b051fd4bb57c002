import { invalidInput } from "../../errors.ts";
import { EMPTY_MEMORY } from "./foreign-memory.ts";
import type { ForeignMemory, ForeignSource, SkippedRow } from "./foreign-memory.ts";
import type { Importer } from "./importer.ts";
import type { Place } from "./place.ts";
import { readJsonRows } from "./read-json-rows.ts";
import { isRecord, readTime } from "./read-mem0-row.ts";
import { digestOf, idFrom, mentionOf, pickText, pickValue, readTexts, withoutEmpty } from "./read-values.ts";
import type { Values } from "./read-values.ts";

export const simpleMem: Importer = {
  name: "simplemem",
  title: "SimpleMem",
  reads: "entries of its table as JSON or JSON lines, or the SQLite file of its cross-session layer",
  usual: () => [],
  detect: (place) => {
    if (place.tables.has("session_events") && place.tables.has("memory_links")) return "SimpleMem's cross-session file";
    if (place.names.some((name) => name.endsWith(".lance"))) return "LanceDB tables, as SimpleMem has them";
    return place.head.includes('"lossless_restatement"') ? "entries of SimpleMem" : null;
  },
  read: (place) => {
    if (place.isSqlite) return readCrossSessions(place);
    if (place.isFolder)
      throw invalidInput(
        `${place.path} is a folder; LanceDB's files are not read. Write its table as JSON first: table.to_pandas().to_json("entries.json", orient="records", date_format="iso").`,
      );
    return readEntries(place);
  },
};

function readEntries(place: Place): ForeignSource {
  const skipped: SkippedRow[] = [];
  const rows = readJsonRows(place, { lists: ["entries", "results", "data", "memories"], skipped });
  const memories = rows.flatMap((row, index): ForeignMemory[] => {
    const text = pickText(row, "lossless_restatement", "content", "text");
    if (text !== null) return [readEntry(row, text, place.modifiedAt)];
    skipped.push({
      row: pickText(row, "entry_id") ?? `entry ${index + 1}`,
      reason: "has no text (lossless_restatement)",
    });
    return [];
  });
  return { what: "SimpleMem's entries", instance: "local", memories, skipped, notes: [] };
}

function readEntry(row: Values, text: string, modifiedAt: number): ForeignMemory {
  const happened = readTime(row["timestamp"]);
  const created = readTime(pickValue(row, "created_at"));
  const createdAt = created ?? happened ?? modifiedAt;
  const topic = pickText(row, "topic");
  const validFrom = readTime(row["valid_from"]) ?? happened;
  const validTo = readTime(row["valid_to"]);
  const userId = idFrom(pickText(row, "tenant_id"));
  const runId = idFrom(pickText(row, "memory_session_id"));
  const location = pickText(row, "location");
  return {
    ...EMPTY_MEMORY,
    id: pickText(row, "entry_id") ?? digestOf("entry", text),
    text,
    ...(userId === undefined ? {} : { userId }),
    ...(runId === undefined ? {} : { runId }),
    categories: topic === null ? [] : [topic],
    mentions: [
      ...readTexts(row["persons"]).map((name) => mentionOf(name, "person")),
      ...readTexts(row["entities"]).map((name) => mentionOf(name, null)),
      ...(location === null ? [] : [mentionOf(location, "place")]),
    ],
    metadata: withoutEmpty({
      keywords: readTexts(row["keywords"]),
      location,
      source_kind: row["source_kind"],
      source_id: row["source_id"],
      imported: withoutEmpty({ importance: row["importance"] }),
      ...(created === null && happened === null ? { time_estimated: true } : {}),
    }),
    createdAt,
    updatedAt: createdAt,
    ...(validFrom === null ? {} : { validFrom }),
    ...(validTo === null ? {} : { validTo }),
    replacedBy: pickText(row, "superseded_by"),
  };
}

function readCrossSessions(place: Place): ForeignSource {
  const skipped: SkippedRow[] = [];
  const notes: string[] = [];
  const rows = (table: string): Iterable<Values> =>
    place.tables.has(table) ? place.rows(`SELECT * FROM "${table}" ORDER BY rowid`) : [];
  const read = function* (): Generator<ForeignMemory, void, undefined> {
    skipped.length = 0;
    notes.length = 0;
    const projects = new Map<string, string>();
    for (const row of rows("sessions")) {
      const project = pickText(row, "project");
      const id = pickText(row, "memory_session_id", "session_id", "id");
      if (project !== null && id !== null) projects.set(id, project);
    }
    let events = 0;
    const kinds: readonly (readonly [string, (row: Values) => ForeignMemory | string | null])[] = [
      ["session_events", readEvent],
      ["observations", readObservation],
      ["session_summaries", readSummary],
    ];
    for (const [table, convert] of kinds) {
      let number = 0;
      for (const row of rows(table)) {
        number += 1;
        const result = convert(row);
        if (result === null) events += 1;
        else if (typeof result === "string")
          skipped.push({ row: `${table} ${pickText(row, "id") ?? number}`, reason: result });
        else yield { ...result, ...whereFrom(row, table, projects) };
      }
    }
    if (events > 0) notes.push(`${events} events of tools, files and the system are no talk: left out.`);
  };
  return {
    what: "SimpleMem's cross-session file",
    instance: "local",
    memories: { [Symbol.iterator]: read },
    skipped,
    notes,
  };
}

function whereFrom(row: Values, table: string, projects: ReadonlyMap<string, string>): Partial<ForeignMemory> {
  const session = pickText(row, "memory_session_id", "session_id");
  const createdAt = readTime(pickValue(row, "created_at", "timestamp", "occurred_at"));
  const [userId, runId] = [idFrom(pickText(row, "tenant_id")), idFrom(session)];
  const appId = idFrom(pickText(row, "project") ?? projects.get(session ?? "") ?? null);
  return {
    id: `${table}:${pickText(row, "event_id", "observation_id", "summary_id", "id") ?? digestOf(JSON.stringify(row))}`,
    createdAt,
    updatedAt: createdAt,
    ...(userId === undefined ? {} : { userId }),
    ...(runId === undefined ? {} : { runId }),
    ...(appId === undefined ? {} : { appId }),
  };
}

/** A turn of a talk; null for everything else that happened in a session. */
function readEvent(row: Values): ForeignMemory | string | null {
  if (pickText(row, "kind") !== "message") return null;
  const payload = typeof row["payload_json"] === "string" ? parseQuietly(row["payload_json"]) : {};
  const text = pickText(payload, "content", "text", "message");
  if (text === null) return "has no text";
  const role = pickText(payload, "role");
  return { ...EMPTY_MEMORY, text, kind: "message", role: role ?? "user" };
}

function readObservation(row: Values): ForeignMemory | string {
  const lines = [
    pickText(row, "title"),
    pickText(row, "subtitle"),
    pickText(row, "narrative"),
    ...readTexts(row["facts_json"]).map((fact) => `- ${fact}`),
  ].filter((line) => line !== null);
  if (lines.length === 0) return "has no text";
  const type = pickText(row, "type");
  const concepts = readTexts(row["concepts_json"]);
  return {
    ...EMPTY_MEMORY,
    text: lines.join("\n"),
    categories: [...(type === null ? [] : [type]), ...concepts],
    metadata: withoutEmpty({ type, title: row["title"], concepts, files: readTexts(row["files_json"]) }),
  };
}

/** Columns that say how a row is filed; all others of a summary are its words. */
const FILED = /(?:^|_)(?:id|at|epoch|tenant|project|session|number|tokens|version|hash|level|json)$/u;

function readSummary(row: Values): ForeignMemory | string {
  const fields = Object.entries(row).filter(
    (field): field is [string, string] =>
      !FILED.test(field[0]) && typeof field[1] === "string" && field[1].trim() !== "",
  );
  if (fields.length === 0) return "has no text";
  return {
    ...EMPTY_MEMORY,
    text: fields.map(([name, value]) => `${name.replaceAll("_", " ")}: ${value}`).join("\n"),
    categories: ["session-summary"],
    metadata: Object.fromEntries(fields),
  };
}

function parseQuietly(text: string): Values {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : {};
  } catch {
    // Told as a row without text.
    return {};
  }
}
