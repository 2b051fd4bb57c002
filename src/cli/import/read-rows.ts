import { invalidInput } from "../../errors.ts";
import { EMPTY_MEMORY } from "./foreign-memory.ts";
import type { ForeignMemory, ForeignSource, SkippedRow } from "./foreign-memory.ts";
import type { Importer, ReadOptions } from "./importer.ts";
import type { Place } from "./place.ts";
import { readCsv } from "./read-csv.ts";
import { readJsonRows } from "./read-json-rows.ts";
import { isRecord, readTime } from "./read-mem0-row.ts";
import { digestOf, idFrom, pickText, pickValue, readTexts, withoutEmpty } from "./read-values.ts";
import type { Values } from "./read-values.ts";

/** What a column can mean, with the names that are taken for it where nothing is said. */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  text: ["text", "memory", "content", "note", "body"],
  id: ["id", "uuid", "key"],
  user_id: ["user_id", "userId", "user"],
  agent_id: ["agent_id", "agentId", "agent"],
  app_id: ["app_id", "appId", "project"],
  run_id: ["run_id", "runId", "session_id", "session"],
  created_at: ["created_at", "createdAt", "created", "timestamp", "date", "time"],
  updated_at: ["updated_at", "updatedAt", "updated"],
  expiration_date: ["expiration_date", "expires", "expires_at"],
  categories: ["categories", "category", "tags"],
  role: ["role"],
  name: ["name", "speaker", "author"],
};

export const rows: Importer = {
  name: "rows",
  title: "rows of CSV or JSON",
  reads:
    'any CSV, JSON or JSON lines with --from rows; --map \'{"text":"body","created_at":"date"}\' names the columns',
  usual: () => [],
  // Rows are everybody's: they are taken for nothing that the caller does not call so.
  detect: () => null,
  read: readRows,
};

function readRows(place: Place, { map }: ReadOptions): ForeignSource {
  if (place.isFolder) throw invalidInput(`${place.path} is a folder: rows are read of a file.`);
  const columns = columnsOf(map);
  const skipped: SkippedRow[] = [];
  const list = /\.csv$/iu.test(place.name)
    ? readCsv(place.text(), place.path)
    : readJsonRows(place, { lists: ["rows", "results", "data", "items", "memories"], skipped });
  const taken = new Set(Object.values(columns).flat());
  const memories = list.flatMap((row, index): ForeignMemory[] => {
    const text = pickText(row, ...(columns["text"] ?? []));
    if (text !== null) return [toMemory(row, text, { columns, taken, modifiedAt: place.modifiedAt })];
    skipped.push({ row: `row ${index + 1}`, reason: `has no text (${columns["text"]?.join(", ") ?? ""})` });
    return [];
  });
  return {
    what: "rows",
    instance: "rows",
    memories,
    skipped,
    notes: ["Columns that are not named are kept in the metadata, by their names."],
  };
}

/** @throws MemoryError `invalid_input` for a field that there is not, or a column that is no name. */
function columnsOf(map: unknown): Readonly<Record<string, readonly string[]>> {
  if (map === undefined) return FIELDS;
  if (!isRecord(map)) throw invalidInput('--map expects a JSON object such as \'{"text":"body"}\'.');
  const named = Object.entries(map).map(([field, column]) => {
    if (!Object.hasOwn(FIELDS, field) || typeof column !== "string")
      throw invalidInput(
        `--map names columns for ${Object.keys(FIELDS).join(", ")}; "${field}" is none, or names no column.`,
      );
    return [field, [column]] as const;
  });
  return { ...FIELDS, ...Object.fromEntries(named) };
}

function toMemory(
  row: Values,
  text: string,
  {
    columns,
    taken,
    modifiedAt,
  }: {
    readonly columns: Readonly<Record<string, readonly string[]>>;
    readonly taken: ReadonlySet<string>;
    readonly modifiedAt: number;
  },
): ForeignMemory {
  const value = (field: string): unknown => pickValue(row, ...(columns[field] ?? []));
  const word = (field: string): string | null => pickText(row, ...(columns[field] ?? []));
  const [userId, agentId, appId, runId] = ["user_id", "agent_id", "app_id", "run_id"].map((field) =>
    idFrom(word(field)),
  );
  const time = readTime(value("created_at"));
  const { metadata: nested, ...others } = Object.fromEntries(Object.entries(row).filter(([name]) => !taken.has(name)));
  const createdAt = time ?? modifiedAt;
  return {
    ...EMPTY_MEMORY,
    // The same row is the same memory, however often the file is imported.
    id: word("id") ?? digestOf(JSON.stringify(row)),
    text,
    ...(userId === undefined ? {} : { userId }),
    ...(agentId === undefined ? {} : { agentId }),
    ...(appId === undefined ? {} : { appId }),
    ...(runId === undefined ? {} : { runId }),
    metadata: withoutEmpty({
      ...(isRecord(nested) ? nested : { metadata: nested }),
      ...others,
      ...(time === null ? { time_estimated: true } : {}),
    }),
    categories: readTexts(value("categories")).flatMap((each) =>
      each
        .split(/[,;]/u)
        .map((part) => part.trim())
        .filter((part) => part !== ""),
    ),
    createdAt,
    updatedAt: readTime(value("updated_at")) ?? createdAt,
    expirationDate: /^\d{4}-\d\d-\d\d/u.exec(word("expiration_date") ?? "")?.[0] ?? null,
    role: word("role"),
    name: word("name"),
  };
}
