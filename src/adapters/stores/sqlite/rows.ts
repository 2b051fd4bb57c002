import { hash } from "node:crypto";
import type {
  AttributeValue,
  Feedback,
  MemoryKind,
  MemoryRecord,
  MemoryState,
  Role,
  Source,
  TimeGranularity,
} from "../../../domain/memory.ts";
import type { Scope } from "../../../domain/scope.ts";
import type { Row, SqliteDriver, SqlValue } from "./driver.ts";

export type OwnerType = "agent" | "app" | "run";

/** Ids of agents, apps and runs are kept once and referred to by number. */
export class Owners {
  readonly #driver: SqliteDriver;
  readonly #numbers = new Map<string, number>();
  readonly #values = new Map<number, string>();
  #dataVersion: number | undefined;

  constructor(driver: SqliteDriver) {
    this.#driver = driver;
  }

  /** The number of an id, or null when no memory has ever had it. */
  find(type: OwnerType, value: string | undefined): number | null {
    if (value === undefined) return null;
    const key = `${type} ${value}`;
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const row = this.#driver.get("SELECT owner_no FROM owners WHERE type = ? AND value = ?", type, value);
    if (row === undefined) return null;
    return this.#remember(key, Number(row["owner_no"]), value);
  }

  /** The number of an id, made when it is new. Call inside a transaction, and `forget` when that fails. */
  ensure(type: OwnerType, value: string | undefined): number | null {
    if (value === undefined) return null;
    const found = this.find(type, value);
    if (found !== null) return found;
    return this.#driver.run("INSERT INTO owners(type, value) VALUES(?, ?)", type, value).lastInsertRowid;
  }

  value(number: number): string {
    const known = this.#values.get(number);
    if (known !== undefined) return known;
    const row = this.#driver.get("SELECT type, value FROM owners WHERE owner_no = ?", number);
    if (row === undefined) throw new Error(`owner ${number} is missing`);
    this.#remember(`${String(row["type"])} ${String(row["value"])}`, number, String(row["value"]));
    return String(row["value"]);
  }

  /** Forgets everything when another process has changed the file: it may have emptied it. */
  refresh(): void {
    const version = Number(this.#driver.get("PRAGMA data_version")?.["data_version"]);
    if (version !== this.#dataVersion) this.forget();
    this.#dataVersion = version;
  }

  forget(): void {
    this.#numbers.clear();
    this.#values.clear();
  }

  #remember(key: string, number: number, value: string): number {
    if (this.#numbers.size >= 20_000) this.forget();
    this.#numbers.set(key, number);
    this.#values.set(number, value);
    return number;
  }
}

/** Identities are kept as 12 bytes of their SHA-256. */
export function identityHash(identity: string): Uint8Array {
  return hash("sha256", identity, "buffer").subarray(0, 12);
}

export const MEMORY_COLUMNS: readonly string[] = [
  "rid", "id", "partition_no", "kind", "state", "is_turn", "role", "name", "text", "identity",
  "agent_no", "app_no", "run_no", "metadata", "categories", "said_at", "valid_from", "valid_to", "granularity",
  "created_at", "updated_at", "retracted_at", "expiration_date",
  "attribute_subject", "attribute", "attribute_value", "attribute_cardinality",
  "replaced_by", "conflicts_with", "is_verified", "is_immutable", "is_pinned", "confidence", "language",
  "feedback", "feedback_reason", "attachments",
]; // prettier-ignore

export const INSERT_MEMORY: string = `INSERT INTO memories(${MEMORY_COLUMNS.join(", ")}) VALUES(${MEMORY_COLUMNS.map(() => "?").join(", ")})`;

export interface RowPlace {
  readonly rid: number;
  readonly partition: number;
  readonly agent: number | null;
  readonly app: number | null;
  readonly run: number | null;
}

export interface RowInput {
  readonly record: MemoryRecord;
  readonly identity: string;
  readonly isTurn: boolean;
  readonly attachments?: string | null | undefined;
}

export function toRow({ record, identity, isTurn, attachments }: RowInput, place: RowPlace): SqlValue[] {
  const { attribute } = record;
  return [
    place.rid, record.id, place.partition, record.kind, record.state, isTurn ? 1 : 0,
    record.role ?? null, record.name ?? null, record.text, identityHash(identity),
    place.agent, place.app, place.run, toJson(record.metadata), JSON.stringify(record.categories),
    record.saidAt, record.validFrom ?? null, record.validTo ?? null, record.granularity ?? null,
    record.createdAt, record.updatedAt, record.retractedAt ?? null, record.expirationDate ?? null,
    attribute?.subject ?? null, attribute?.attribute ?? null, attribute?.value ?? null, attribute?.cardinality ?? null,
    record.replacedBy ?? null, record.conflictsWith.length === 0 ? null : JSON.stringify(record.conflictsWith),
    record.isVerified ? 1 : 0, record.isImmutable ? 1 : 0, record.isPinned === true ? 1 : 0, record.confidence, record.language ?? null,
    record.feedback ?? null, record.feedbackReason ?? null, attachments ?? null,
  ]; // prettier-ignore
}

function toJson(metadata: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(metadata);
}

/** Without the attachments: pictures of megabytes, which no record shows. */
const RECORD_COLUMNS: readonly string[] = MEMORY_COLUMNS.filter(
  (column) => column !== "identity" && column !== "attachments",
);
const SELECTED = RECORD_COLUMNS.map((column) => `m.${column}`).join(", ");

/**
 * The columns that a read of whole records needs, without the one blob; `user_id` comes from the partition. Read its rows
 * as arrays: objects with so many columns are dictionaries, and each look into one costs what ten into an array do.
 */
export const RECORD_SELECT: string = `SELECT ${SELECTED}, (SELECT user_id FROM partitions u WHERE u.partition_no = m.partition_no) AS user_id FROM memories m`;

/** The same for memories of one user, whose id is the first parameter. */
export const RECORD_SELECT_OF_USER: string = `SELECT ${SELECTED}, ? AS user_id FROM memories m`;

/** A row of these, in the order of their columns. */
export type RecordRow = readonly Row[string][];

/** Where a column stands in such a row. */
function placeOf(column: string): number {
  const place = column === "user_id" ? RECORD_COLUMNS.length : RECORD_COLUMNS.indexOf(column);
  if (place < 0) throw new Error(`records have no column ${column}`);
  return place;
}

const AT = {
  rid: placeOf("rid"),
  id: placeOf("id"),
  kind: placeOf("kind"),
  state: placeOf("state"),
  isTurn: placeOf("is_turn"),
  role: placeOf("role"),
  name: placeOf("name"),
  text: placeOf("text"),
  agent: placeOf("agent_no"),
  app: placeOf("app_no"),
  run: placeOf("run_no"),
  metadata: placeOf("metadata"),
  categories: placeOf("categories"),
  saidAt: placeOf("said_at"),
  validFrom: placeOf("valid_from"),
  validTo: placeOf("valid_to"),
  granularity: placeOf("granularity"),
  createdAt: placeOf("created_at"),
  updatedAt: placeOf("updated_at"),
  retractedAt: placeOf("retracted_at"),
  expirationDate: placeOf("expiration_date"),
  subject: placeOf("attribute_subject"),
  attribute: placeOf("attribute"),
  value: placeOf("attribute_value"),
  cardinality: placeOf("attribute_cardinality"),
  replacedBy: placeOf("replaced_by"),
  conflictsWith: placeOf("conflicts_with"),
  isVerified: placeOf("is_verified"),
  isImmutable: placeOf("is_immutable"),
  isPinned: placeOf("is_pinned"),
  confidence: placeOf("confidence"),
  language: placeOf("language"),
  feedback: placeOf("feedback"),
  feedbackReason: placeOf("feedback_reason"),
  userId: placeOf("user_id"),
} as const;

export function ridOf(row: RecordRow): number {
  return Number(row[AT.rid]);
}

export function isTurnRow(row: RecordRow): boolean {
  return row[AT.isTurn] === 1;
}

/** Field by field: objects spread into objects cost more than half of it. */
export function toRecord(row: RecordRow, owners: Owners, sources: readonly Source[]): MemoryRecord {
  const record = {
    id: String(row[AT.id]),
    kind: row[AT.kind] as MemoryKind,
    text: String(row[AT.text]),
    scope: readScope(row, owners),
  } as Writable<MemoryRecord>;
  if (row[AT.role] !== null) record.role = row[AT.role] as Role;
  if (row[AT.name] !== null) record.name = row[AT.name] as string;
  record.metadata = parseMetadata(row[AT.metadata]);
  record.categories = readStrings(row[AT.categories]);
  record.state = row[AT.state] as MemoryState;
  record.isVerified = row[AT.isVerified] === 1;
  record.isImmutable = row[AT.isImmutable] === 1;
  if (row[AT.isPinned] === 1) record.isPinned = true;
  record.saidAt = Number(row[AT.saidAt]);
  if (row[AT.validFrom] !== null) record.validFrom = row[AT.validFrom] as number;
  if (row[AT.validTo] !== null) record.validTo = row[AT.validTo] as number;
  if (row[AT.granularity] !== null) record.granularity = row[AT.granularity] as TimeGranularity;
  record.createdAt = Number(row[AT.createdAt]);
  record.updatedAt = Number(row[AT.updatedAt]);
  if (row[AT.retractedAt] !== null) record.retractedAt = row[AT.retractedAt] as number;
  if (row[AT.expirationDate] !== null) record.expirationDate = row[AT.expirationDate] as string;
  if (row[AT.attribute] !== null) record.attribute = readAttribute(row);
  if (row[AT.replacedBy] !== null) record.replacedBy = row[AT.replacedBy] as string;
  record.conflictsWith = readStrings(row[AT.conflictsWith]);
  record.sources = sources;
  if (row[AT.language] !== null) record.language = row[AT.language] as string;
  record.confidence = Number(row[AT.confidence]);
  if (row[AT.feedback] !== null) record.feedback = row[AT.feedback] as Feedback;
  if (row[AT.feedbackReason] !== null) record.feedbackReason = row[AT.feedbackReason] as string;
  return record;
}

type Writable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

function readStrings(value: Row[string] | undefined): string[] {
  return value === null || value === "[]" ? [] : (JSON.parse(String(value)) as string[]);
}

function readAttribute(row: RecordRow): AttributeValue {
  return {
    subject: String(row[AT.subject]),
    attribute: String(row[AT.attribute]),
    value: String(row[AT.value]),
    cardinality: row[AT.cardinality] as "single" | "multiple",
  };
}

function readScope(row: RecordRow, owners: Owners): Scope {
  const scope: Writable<Scope> = {};
  if (row[AT.userId] !== null) scope.userId = row[AT.userId] as string;
  if (row[AT.agent] !== null) scope.agentId = owners.value(Number(row[AT.agent]));
  if (row[AT.app] !== null) scope.appId = owners.value(Number(row[AT.app]));
  if (row[AT.run] !== null) scope.runId = owners.value(Number(row[AT.run]));
  return scope;
}

export function parseMetadata(value: Row[string] | undefined): Readonly<Record<string, unknown>> {
  return value === "{}" ? {} : (JSON.parse(String(value)) as Record<string, unknown>);
}

/** `{ [key]: value }`, or nothing when the value is null: optional fields are absent, never undefined. */
export function optional<Key extends string, Value>(
  key: Key,
  value: Value | null | undefined,
): { [Name in Key]?: Value } {
  return value === null || value === undefined ? {} : ({ [key]: value } as { [Name in Key]?: Value });
}
