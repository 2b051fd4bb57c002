import type { ForeignChange, ForeignMemory } from "./foreign-memory.ts";

type Row = Readonly<Record<string, unknown>>;

/** What Mem0 itself puts beside a caller's metadata, in both spellings; what of it is kept has a place of its own. */
const OWN_NAMES: ReadonlySet<string> = new Set([
  "id", "memory", "data", "text", "hash", "text_lemmatized", "textLemmatized", "attributed_to", "attributedTo", "created_at", "createdAt",
  "updated_at", "updatedAt", "user_id", "userId", "agent_id", "agentId", "app_id", "appId", "run_id", "runId", "session_id", "sessionId",
  "actor_id", "actorId", "role", "expiration_date", "expirationDate", "categories", "memory_type", "memoryType", "replaced_by", "replacedBy",
  "metadata", "score", "structured_attributes", "structuredAttributes", "synthesized", "lifecycle_state", "lifecycleState",
]); // prettier-ignore

/** A memory as Mem0's platform and servers answer it: the caller's metadata under `metadata`. */
export function readMem0Item(item: Row): ForeignMemory {
  return readRow(item, isRecord(item["metadata"]) ? item["metadata"] : {});
}

/** A payload of a vector store: the caller's metadata beside Mem0's own names. */
export function readMem0Payload(id: string, payload: Row): ForeignMemory {
  const metadata = Object.fromEntries(Object.entries(payload).filter(([name]) => !OWN_NAMES.has(name)));
  const nested = payload["metadata"];
  return readRow({ ...payload, id }, { ...(isRecord(nested) ? nested : {}), ...metadata });
}

function readRow(row: Row, allMetadata: Row): ForeignMemory {
  const { expiration_date: inMetadata, ...metadata } = allMetadata;
  const pick = (...names: readonly string[]): unknown =>
    names.map((name) => row[name]).find((value) => value !== undefined && value !== null);
  return {
    id: textOf(pick("id")) ?? "",
    text: textOf(pick("memory", "data", "text")) ?? "",
    userId: pick("user_id", "userId"),
    agentId: pick("agent_id", "agentId"),
    appId: pick("app_id", "appId"),
    runId: pick("run_id", "runId", "session_id", "sessionId"),
    metadata,
    categories: listOf(pick("categories")),
    createdAt: readTime(pick("created_at", "createdAt")),
    updatedAt: readTime(pick("updated_at", "updatedAt")),
    expirationDate: readDay(pick("expiration_date", "expirationDate") ?? inMetadata),
    role: textOf(pick("role")),
    name: textOf(pick("actor_id", "actorId")),
    isProcedure: (pick("memory_type", "memoryType") ?? metadata["memory_type"]) === "procedural_memory",
    replacedBy: textOf(pick("replaced_by", "replacedBy")),
    changes: [],
  };
}

/** A row of a history, of the platform, of Python's history.db or of TypeScript's memory.db. */
export function readMem0Change(row: Row): ForeignChange {
  const pick = (...names: readonly string[]): unknown =>
    names.map((name) => row[name]).find((value) => value !== undefined);
  const event = textOf(pick("event", "action"))?.toUpperCase() ?? "";
  return {
    event: Number(row["is_deleted"] ?? 0) === 1 ? "DELETE" : event,
    previousText: textOf(pick("old_memory", "previous_value", "oldMemory", "previousValue")),
    newText: textOf(pick("new_memory", "new_value", "newMemory", "newValue")),
    at: readTime(
      event === "ADD"
        ? pick("created_at", "createdAt")
        : (pick("updated_at", "updatedAt") ?? pick("created_at", "createdAt")),
    ),
  };
}

/** The end of the year 9999: what is later is no time of a memory. */
const LAST_TIME = 253_402_300_799_999;

/** ISO 8601, without a zone taken as UTC, or Unix seconds or milliseconds. */
export function readTime(value: unknown): number | null {
  if (typeof value === "number" && value > 0) {
    const milliseconds = Math.round(value < 1e11 ? value * 1000 : value);
    return milliseconds <= LAST_TIME ? milliseconds : null;
  }
  if (typeof value !== "string" || value.length > 40) return null;
  const isBare = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?$/u.test(value);
  const time = Date.parse(isBare ? `${value.replace(" ", "T")}Z` : value);
  return Number.isNaN(time) || time < 0 || time > LAST_TIME ? null : time;
}

function readDay(value: unknown): string | null {
  const day = /^\d{4}-\d\d-\d\d/u.exec(textOf(value) ?? "")?.[0];
  return day === undefined || Number.isNaN(Date.parse(day)) ? null : day;
}

function textOf(value: unknown): string | null {
  if (typeof value === "string") return value;
  return typeof value === "number" ? String(value) : null;
}

function listOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === "string" && each.trim() !== "") : [];
}

export function isRecord(value: unknown): value is Row {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
