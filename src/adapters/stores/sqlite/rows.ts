import { createHash } from "node:crypto";
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
  return createHash("sha256").update(identity).digest().subarray(0, 12);
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
const RECORD_COLUMNS = MEMORY_COLUMNS.filter((column) => column !== "identity" && column !== "attachments")
  .map((column) => `m.${column}`)
  .join(", ");

/** The columns that a read of whole records needs, without the one blob; `user_id` comes from the partition. */
export const RECORD_SELECT: string = `SELECT ${RECORD_COLUMNS}, (SELECT user_id FROM partitions u WHERE u.partition_no = m.partition_no) AS user_id FROM memories m`;

/** The same for memories of one user, whose id is the first parameter. */
export const RECORD_SELECT_OF_USER: string = `SELECT ${RECORD_COLUMNS}, ? AS user_id FROM memories m`;

/**
 * A row of `RECORD_SELECT` that was read as an array: the same as a row that was read by names, for less, since Node
 * makes those as dictionaries.
 */
export function recordRow(c: readonly Row[string][]): Row {
  return {
    rid: c[0], id: c[1], partition_no: c[2], kind: c[3], state: c[4], is_turn: c[5],
    role: c[6], name: c[7], text: c[8], agent_no: c[9], app_no: c[10], run_no: c[11],
    metadata: c[12], categories: c[13], said_at: c[14], valid_from: c[15], valid_to: c[16], granularity: c[17],
    created_at: c[18], updated_at: c[19], retracted_at: c[20], expiration_date: c[21], attribute_subject: c[22], attribute: c[23],
    attribute_value: c[24], attribute_cardinality: c[25], replaced_by: c[26], conflicts_with: c[27], is_verified: c[28], is_immutable: c[29],
    is_pinned: c[30], confidence: c[31], language: c[32], feedback: c[33], feedback_reason: c[34], user_id: c[35],
  } as Row; // prettier-ignore
}

/** Field by field: objects spread into objects cost a third of a read of many rows. */
export function toRecord(row: Row, owners: Owners, sources: readonly Source[]): MemoryRecord {
  const record = {
    id: String(row["id"]),
    kind: row["kind"] as MemoryKind,
    text: String(row["text"]),
    scope: readScope(row, owners),
  } as Writable<MemoryRecord>;
  if (row["role"] !== null) record.role = row["role"] as Role;
  if (row["name"] !== null) record.name = row["name"] as string;
  record.metadata = parseMetadata(row["metadata"]);
  record.categories = readStrings(row["categories"]);
  record.state = row["state"] as MemoryState;
  record.isVerified = row["is_verified"] === 1;
  record.isImmutable = row["is_immutable"] === 1;
  if (row["is_pinned"] === 1) record.isPinned = true;
  record.saidAt = Number(row["said_at"]);
  if (row["valid_from"] !== null) record.validFrom = row["valid_from"] as number;
  if (row["valid_to"] !== null) record.validTo = row["valid_to"] as number;
  if (row["granularity"] !== null) record.granularity = row["granularity"] as TimeGranularity;
  record.createdAt = Number(row["created_at"]);
  record.updatedAt = Number(row["updated_at"]);
  if (row["retracted_at"] !== null) record.retractedAt = row["retracted_at"] as number;
  if (row["expiration_date"] !== null) record.expirationDate = row["expiration_date"] as string;
  if (row["attribute"] !== null) record.attribute = readAttribute(row);
  if (row["replaced_by"] !== null) record.replacedBy = row["replaced_by"] as string;
  record.conflictsWith = readStrings(row["conflicts_with"]);
  record.sources = sources;
  if (row["language"] !== null) record.language = row["language"] as string;
  record.confidence = Number(row["confidence"]);
  if (row["feedback"] !== null) record.feedback = row["feedback"] as Feedback;
  if (row["feedback_reason"] !== null) record.feedbackReason = row["feedback_reason"] as string;
  return record;
}

type Writable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

function readStrings(value: Row[string] | undefined): string[] {
  return value === null || value === "[]" ? [] : (JSON.parse(String(value)) as string[]);
}

function readAttribute(row: Row): AttributeValue {
  return {
    subject: String(row["attribute_subject"]),
    attribute: String(row["attribute"]),
    value: String(row["attribute_value"]),
    cardinality: row["attribute_cardinality"] as "single" | "multiple",
  };
}

function readScope(row: Row, owners: Owners): Scope {
  const scope: Writable<Scope> = {};
  if (row["user_id"] !== null) scope.userId = row["user_id"] as string;
  if (row["agent_no"] !== null) scope.agentId = owners.value(Number(row["agent_no"]));
  if (row["app_no"] !== null) scope.appId = owners.value(Number(row["app_no"]));
  if (row["run_no"] !== null) scope.runId = owners.value(Number(row["run_no"]));
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
