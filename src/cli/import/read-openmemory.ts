import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { invalidInput } from "../../errors.ts";
import { EMPTY_MEMORY } from "./foreign-memory.ts";
import type { ForeignMemory, ForeignSource, SkippedRow } from "./foreign-memory.ts";
import type { Importer } from "./importer.ts";
import { parseJson } from "./place.ts";
import type { Place } from "./place.ts";
import { isRecord, readTime } from "./read-mem0-row.ts";
import { idFrom, pickText, pickValue, readTexts, withoutEmpty } from "./read-values.ts";
import type { Values } from "./read-values.ts";
import { readZipEntry } from "./zip-file.ts";
import type { ZipEntry } from "./zip-file.ts";

const MAX_MEMBER_BYTES = 256_000_000;

export const openMemory: Importer = {
  name: "openmemory",
  title: "OpenMemory",
  reads: "openmemory.db, or the zip of its backup (memories.json, memories.jsonl.gz)",
  usual: ({ folder, home }) => [folder, home].map((each) => join(each, "openmemory.db")),
  detect: (place) => {
    if (place.isFolder) return place.has("openmemory.db") ? "the database of OpenMemory" : null;
    if (place.isZip) return membersOf(place).length > 0 ? "a backup of OpenMemory" : null;
    const memories = place.tables.get("memories");
    const isOurs =
      memories?.includes("content") === true &&
      memories.includes("app_id") &&
      place.tables.has("memory_status_history");
    return isOurs ? "the database of OpenMemory" : isBackupJson(place) ? "memories.json of an OpenMemory backup" : null;
  },
  read: async (place) => {
    if (place.isFolder) return readDatabase(place.at("openmemory.db"));
    if (place.isSqlite) return readDatabase(place);
    return place.isZip ? readZip(place) : readBackup(place.json(), "backup of OpenMemory");
  },
};

function isBackupJson({ head }: Place): boolean {
  return /^\s*\{/u.test(head) && head.includes('"export_meta"');
}

function membersOf(place: Place): readonly ZipEntry[] {
  // Members may lie in a folder.
  return place.zipEntries.filter(({ name }) => /(?:^|\/)memories\.(?:json|jsonl\.gz)$/u.test(name));
}

async function readZip(place: Place): Promise<ForeignSource> {
  const members = membersOf(place);
  const whole = members.find(({ name }) => name.endsWith(".json"));
  if (whole !== undefined) {
    const text = (await bytesOf(place, whole)).toString("utf8");
    return readBackup(parseJson(text, `memories.json in ${place.path}`), "backup of OpenMemory");
  }
  const [lines] = members;
  if (lines === undefined) throw invalidInput(`${place.path} holds neither memories.json nor memories.jsonl.gz.`);
  return readLines(unpack(await bytesOf(place, lines), place.path));
}

async function bytesOf(place: Place, entry: ZipEntry): Promise<Buffer> {
  if (entry.size > MAX_MEMBER_BYTES)
    throw invalidInput(
      `${place.path} holds a file of ${entry.size} bytes; up to ${MAX_MEMBER_BYTES} are read as one piece.`,
    );
  const pieces: Buffer[] = [];
  for await (const piece of readZipEntry(place.path, entry)) pieces.push(piece);
  return Buffer.concat(pieces);
}

function unpack(bytes: Buffer, path: string): string {
  try {
    return gunzipSync(bytes, { maxOutputLength: MAX_MEMBER_BYTES }).toString("utf8");
  } catch (error) {
    throw invalidInput(`memories.jsonl.gz in ${path} cannot be unpacked: ${(error as Error).message}.`);
  }
}

/** Lines name the app and the categories themselves. */
function readLines(text: string): ForeignSource {
  const skipped: SkippedRow[] = [];
  const memories = text.split("\n").flatMap((line, index): ForeignMemory[] => {
    if (line.trim() === "") return [];
    let row: unknown;
    try {
      row = JSON.parse(line);
    } catch {
      // Told as skipped.
      row = undefined;
    }
    if (isRecord(row))
      return [toMemory(row, { app: pickText(row, "app"), categories: readTexts(row["categories"]), changes: [] })];
    skipped.push({ row: `line ${index + 1}`, reason: "is no JSON object" });
    return [];
  });
  return { what: "backup of OpenMemory", instance: "local", memories, skipped, notes: [] };
}

interface Tables {
  readonly users: readonly Values[];
  readonly apps: readonly Values[];
  readonly categories: readonly Values[];
  readonly links: readonly Values[];
  readonly changes: readonly Values[];
}

function readBackup(value: unknown, what: string): ForeignSource {
  if (!isRecord(value) || !Array.isArray(value["memories"]))
    throw invalidInput(`The ${what} holds no list of memories.`);
  const list = (name: string): readonly Values[] => {
    const found = value[name];
    return Array.isArray(found) ? found.filter(isRecord) : [];
  };
  const user = isRecord(value["user"]) ? [value["user"]] : [];
  const skipped = value["memories"].flatMap((row: unknown, index): SkippedRow[] =>
    isRecord(row) ? [] : [{ row: `memory ${index + 1}`, reason: "is no object" }],
  );
  const tables = {
    users: user,
    apps: list("apps"),
    categories: list("categories"),
    links: list("memory_categories"),
    changes: list("status_history"),
  };
  return { ...joinTables(list("memories"), tables, what), skipped };
}

function readDatabase(place: Place): ForeignSource {
  const all = (table: string): readonly Values[] =>
    place.tables.has(table) ? [...place.rows(`SELECT * FROM "${table}"`)] : [];
  const tables = {
    users: all("users"),
    apps: all("apps"),
    categories: all("categories"),
    links: all("memory_categories"),
    changes: all("memory_status_history"),
  };
  const source = joinTables(
    place.rows("SELECT * FROM memories ORDER BY created_at, id"),
    tables,
    "database of OpenMemory",
  );
  const [accesses, rules] = ["memory_access_logs", "access_controls"].map((name) => all(name).length);
  return {
    ...source,
    notes: [
      ...source.notes,
      ...((accesses ?? 0) + (rules ?? 0) === 0
        ? []
        : [`${accesses} rows of its access log and ${rules} access rules are no memories: they are left out.`]),
    ],
  };
}

/** Rows with what other tables say of them. Ids are written with and without hyphens. */
function joinTables(rows: Iterable<Values>, tables: Tables, what: string): ForeignSource {
  const users = nameOf(tables.users, "user_id", "name");
  const apps = nameOf(tables.apps, "name");
  const categories = nameOf(tables.categories, "name");
  const links = groupBy(tables.links, "memory_id", (row) => categories.get(plain(row["category_id"])) ?? "");
  const changes = groupBy(tables.changes, "memory_id", toChange);
  const onlyUser = tables.users.length === 1 ? pickText(tables.users[0] ?? {}, "user_id", "name") : null;
  const memories = Array.from(rows, (row) => {
    const id = plain(row["id"]);
    return toMemory(
      { ...row, user: users.get(plain(row["user_id"])) ?? onlyUser },
      { app: apps.get(plain(row["app_id"])) ?? null, categories: links.get(id) ?? [], changes: changes.get(id) ?? [] },
    );
  });
  return { what, instance: "local", memories, skipped: [], notes: [] };
}

function nameOf(list: readonly Values[], ...names: readonly string[]): Map<string, string> {
  return new Map(list.map((row) => [plain(row["id"]), pickText(row, ...names) ?? ""] as const));
}

interface Joined {
  readonly app: string | null;
  readonly categories: readonly string[];
  readonly changes: readonly StateChange[];
}

function toMemory(row: Values, { app, categories, changes }: Joined): ForeignMemory {
  const state = pickText(row, "state");
  const metadata = typeof row["metadata"] === "string" ? parseQuietly(row["metadata"]) : row["metadata"];
  const createdAt = readTime(pickValue(row, "created_at"));
  const appId = idFrom(app);
  const userId = idFrom(pickText(row, "user"));
  return {
    ...EMPTY_MEMORY,
    id: hyphenated(plain(row["id"])),
    text: pickText(row, "content") ?? "",
    ...(userId === undefined ? {} : { userId }),
    ...(appId === undefined ? {} : { appId }),
    categories: categories.filter((name) => name !== ""),
    metadata: withoutEmpty({
      ...(isRecord(metadata) ? metadata : {}),
      openmemory_state: state,
      archived: state === "archived" || state === "paused" ? true : null,
      status_history: changes,
    }),
    createdAt,
    updatedAt: readTime(pickValue(row, "deleted_at", "updated_at")) ?? createdAt,
    ...(state === "deleted" ? { state: "deleted" as const } : {}),
  };
}

interface StateChange {
  readonly from: string | null;
  readonly to: string | null;
  readonly at: string | null;
}

function toChange(row: Values): StateChange {
  const at = readTime(row["changed_at"]);
  return {
    from: pickText(row, "old_state"),
    to: pickText(row, "new_state"),
    at: at === null ? null : new Date(at).toISOString(),
  };
}

function groupBy<Value>(rows: readonly Values[], key: string, read: (row: Values) => Value): Map<string, Value[]> {
  const groups = new Map<string, Value[]>();
  for (const row of rows) {
    const id = plain(row[key]);
    const group = groups.get(id);
    if (group === undefined) groups.set(id, [read(row)]);
    else group.push(read(row));
  }
  return groups;
}

function plain(id: unknown): string {
  return typeof id === "string" || typeof id === "number" ? String(id).replaceAll("-", "").toLowerCase() : "";
}

/** SQLAlchemy writes UUIDs without hyphens. */
function hyphenated(id: string): string {
  return /^[0-9a-f]{32}$/u.test(id) ? id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/u, "$1-$2-$3-$4-$5") : id;
}

function parseQuietly(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // Kept as it is: a column that holds something else.
    return { text };
  }
}
