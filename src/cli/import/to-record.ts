import { createHash, randomBytes } from "node:crypto";
import { v5, validate } from "uuid";
import { parseMetadata } from "../../api/parse-metadata.ts";
import { parseScopeId } from "../../api/parse-scope-id.ts";
import type { ExportedHistoryRow, ExportedMemory } from "../../domain/export-format.ts";
import { chainHash, contentHash, toHex } from "../../domain/history-chain.ts";
import type { HistoryEvent } from "../../domain/history.ts";
import type { AttributeValue, MemoryRecord, MemoryState, Metadata, Role } from "../../domain/memory.ts";
import { isEmptyScope, SCOPE_KEYS } from "../../domain/scope.ts";
import type { Scope } from "../../domain/scope.ts";
import { MemoryError } from "../../errors.ts";
import { detectLanguage } from "../../text/detect-language.ts";
import { isInjection } from "../../text/injection.ts";
import { maskSecrets } from "../../text/mask-secrets.ts";
import { dropPrivateSpans } from "../../text/private-spans.ts";
import { stripRecallFences } from "../../text/recall-fence.ts";
import type { ForeignMemory } from "./foreign-memory.ts";

export interface RecordOptions {
  readonly source: string;
  readonly instance: string;
  /** Owner of memories that name none. */
  readonly owner: Scope;
  /** Ids that a memory lacks come from `owner`, beside those that it has. */
  readonly fillsOwner: boolean;
  /** For memories without any time. */
  readonly now: number;
  /** Everything that is imported with it: ids in the other system, and when each was said. */
  readonly known: ReadonlyMap<string, number | null>;
}

/** A memory as it is stored, or why it is not. */
export type Conversion =
  | { readonly memory: ExportedMemory; readonly masked: number; readonly notes: readonly string[] }
  | { readonly reason: string };

/** The library's own bound for one message. */
const MAX_CHARACTERS = 4_000_000;
/** The last row of a history whose memory is no longer active. */
const END_EVENTS: Readonly<Partial<Record<MemoryState, HistoryEvent>>> = {
  superseded: "SUPERSEDE",
  merged: "MERGE",
  deleted: "DELETE",
};
const ROLES: readonly string[] = ["user", "assistant", "system", "tool"];
const ACTOR = "import";
/** Of this project; ids that are no UUIDs become ones that are the same in every run. */
const NAMESPACE = "7c9e6679-7425-40de-944b-e07fc1f90ae7";

export function toRecord(foreign: ForeignMemory, options: RecordOptions): Conversion {
  const cleaner = new Cleaner();
  const text = cleaner.clean(foreign.text);
  if (text.trim() === "") return { reason: "has no text" };
  if (text.length > MAX_CHARACTERS) return { reason: `is longer than ${MAX_CHARACTERS} characters` };
  const scope = readScope(foreign, options);
  if (typeof scope === "string") return { reason: scope };
  const notes: string[] = [];
  const metadata = { ...readMetadata(foreign, cleaner, notes), import_source: options.source };
  const createdAt = foreign.createdAt ?? foreign.updatedAt ?? options.now;
  if (foreign.createdAt === null && foreign.updatedAt === null) notes.push("have no time: they count as said now");
  const externalId = foreign.id === "" ? v5(JSON.stringify([scope, text]), NAMESPACE) : foreign.id;
  // Two people may import the same file, each for themselves.
  const holder = options.fillsOwner ? scope : {};
  const id = idOf(externalId, options, holder);
  const isReplaced =
    foreign.replacedBy !== null && options.known.has(foreign.replacedBy) && foreign.replacedBy !== foreign.id;
  const state = foreign.state ?? (isReplaced ? "superseded" : "active");
  const kind = foreign.kind ?? (foreign.isProcedure ? "procedure" : "fact");
  // What gives orders to a model is kept, and served to nobody who does not ask for it; a turn of a talk is evidence.
  const isOrder = kind !== "message" && isInjection(text.toLowerCase());
  if (isOrder) notes.push("give orders to a model: they are kept apart, as unverified");
  // It was true until the other one was said.
  const replacedAt = Math.max(createdAt, options.known.get(foreign.replacedBy ?? "") ?? foreign.updatedAt ?? createdAt);
  const history = buildHistory({ id, text, createdAt, state, foreign, cleaner });
  const role = ROLES.includes(foreign.role ?? "") ? (foreign.role as Role) : undefined;
  const name = foreign.name === null || foreign.name.trim() === "" ? undefined : cleaner.clean(foreign.name);
  const language = detectLanguage(text);
  const record: MemoryRecord = {
    id,
    kind,
    text,
    scope,
    ...(role === undefined ? {} : { role }),
    ...(name === undefined ? {} : { name }),
    metadata,
    categories: [...new Set(foreign.categories.map((category) => cleaner.clean(category)))],
    state,
    isVerified: !isOrder,
    isImmutable: false,
    ...(foreign.isPinned === true ? { isPinned: true } : {}),
    saidAt: createdAt,
    createdAt,
    updatedAt: history.at(-1)?.at ?? createdAt,
    ...(foreign.validFrom === undefined ? {} : { validFrom: foreign.validFrom }),
    ...(foreign.validTo === undefined ? {} : { validTo: foreign.validTo }),
    ...(foreign.granularity === undefined ? {} : { granularity: foreign.granularity }),
    ...(isReplaced ? { replacedBy: idOf(foreign.replacedBy as string, options, holder) } : {}),
    ...(state === "superseded" && foreign.validTo === undefined ? { validTo: replacedAt } : {}),
    ...(state === "deleted" || state === "merged" ? { retractedAt: replacedAt } : {}),
    ...(foreign.expirationDate === null ? {} : { expirationDate: foreign.expirationDate }),
    ...(foreign.attribute === undefined ? {} : { attribute: cleaner.cleanAll(foreign.attribute) as AttributeValue }),
    conflictsWith: [],
    sources: [],
    ...(language === undefined ? {} : { language }),
    confidence: Math.min(1, Math.max(0, foreign.confidence ?? 1)),
  };
  const { source, instance } = options;
  const memory: ExportedMemory = {
    record,
    // It rests on nothing but itself, as what is added word for word: context() shows it, and no purge takes it along.
    isTurn: true,
    attachments: null,
    mentions: (foreign.mentions ?? []).map(({ name: mentioned, type }) => ({ name: cleaner.clean(mentioned), type })),
    externalIds: [{ source, instance, id: externalId }],
    history,
  };
  return { memory, masked: cleaner.masked, notes };
}

function idOf(externalId: string, { source, instance }: RecordOptions, holder: Scope): string {
  if (validate(externalId)) return externalId.toLowerCase();
  const { userId, agentId } = holder;
  const owner = userId === undefined && agentId === undefined ? [] : [userId ?? null, agentId ?? null];
  return v5(JSON.stringify([source, instance, externalId, ...owner]), NAMESPACE);
}

/** What may be stored of a text: as for messages that are added. */
class Cleaner {
  masked = 0;

  clean(text: string): string {
    const unfenced = stripRecallFences(text.toWellFormed().replaceAll("\0", "\u{FFFD}"));
    const { text: stored, masked } = maskSecrets(dropPrivateSpans(unfenced.text).text);
    this.masked += masked.length;
    return stored;
  }

  cleanAll(value: unknown): unknown {
    if (typeof value === "string") return this.clean(value);
    if (typeof value !== "object" || value === null) return value;
    if (Array.isArray(value)) return value.map((each) => this.cleanAll(each));
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [this.clean(name), this.cleanAll(each)]));
  }
}

function readScope(foreign: ForeignMemory, { owner, fillsOwner }: RecordOptions): Scope | string {
  const scope: { -readonly [Key in keyof Scope]: Scope[Key] } = {};
  for (const key of SCOPE_KEYS) {
    const value = foreign[key];
    if (value === undefined || value === null) continue;
    try {
      scope[key] = parseScopeId(key, value);
    } catch (error) {
      if (!MemoryError.isInstance(error)) throw error;
      return `has a ${key} that is no id: empty, or with white space in it`;
    }
  }
  if (fillsOwner) return { ...owner, ...scope };
  if (Object.keys(scope).length > 0) return scope;
  return isEmptyScope(owner) ? "names no user, agent, app or run (--user-id gives such memories an owner)" : owner;
}

function readMetadata(foreign: ForeignMemory, cleaner: Cleaner, notes: string[]): Metadata {
  try {
    const warnings: string[] = [];
    const metadata = parseMetadata(foreign.metadata, warnings);
    return cleaner.cleanAll(metadata) as Metadata;
  } catch (error) {
    if (!MemoryError.isInstance(error)) throw error;
    notes.push("have metadata that cannot be stored (too large, too deep, or no JSON): it was left out");
    return {};
  }
}

interface HistoryInput {
  readonly id: string;
  readonly text: string;
  readonly createdAt: number;
  readonly state: MemoryState;
  readonly foreign: ForeignMemory;
  readonly cleaner: Cleaner;
}

/**
 * The texts that the other system tells of become the version chain, the present one last. Where its history does not
 * lead to it, a last row says so.
 */
function buildHistory({ id, text, createdAt, state, foreign, cleaner }: HistoryInput): ExportedHistoryRow[] {
  const rows: { event: HistoryEvent; newText: string | null; at: number; reason: string }[] = [];
  const last = (): string | undefined => rows.findLast(({ newText }) => newText !== null)?.newText ?? undefined;
  const add = (newText: string, at: number, reason: string): void => {
    if (newText === last()) return;
    const event = rows.length === 0 ? "ADD" : "UPDATE";
    rows.push({ event, newText, at: Math.max(at, rows.at(-1)?.at ?? 0), reason });
  };
  for (const change of foreign.changes) {
    const at = change.at ?? rows.at(-1)?.at ?? createdAt;
    // The first one may be an update: then its old text is the first version.
    if (rows.length === 0 && change.previousText !== null)
      add(cleaner.clean(change.previousText), createdAt, "imported");
    if (change.newText !== null && change.event !== "DELETE") add(cleaner.clean(change.newText), at, "imported");
  }
  const end = foreign.updatedAt ?? createdAt;
  add(
    text,
    rows.length === 0 ? createdAt : end,
    rows.length === 0 ? "imported" : "imported: its history told of no such change",
  );
  const ended = END_EVENTS[state];
  if (ended !== undefined)
    rows.push({ event: ended, newText: null, at: Math.max(end, rows.at(-1)?.at ?? 0), reason: "imported" });
  return chain(id, rows);
}

/** Rows as an export has them, each with the hash of the one before. */
export function chain(
  id: string,
  rows: readonly { event: HistoryEvent; newText: string | null; at: number; reason: string }[],
  actor: string = ACTOR,
): ExportedHistoryRow[] {
  const chained: ExportedHistoryRow[] = [];
  let previous: Uint8Array | null = null;
  let text: string | null = null;
  for (const [index, { event, newText, at, reason }] of rows.entries()) {
    const salt = new Uint8Array(randomBytes(8));
    const content = contentHash(createSha256, salt, text, newText);
    const link = { memoryId: id, version: index + 1, event, actor, at };
    previous = chainHash(createSha256, previous, link, content);
    chained.push({
      version: link.version,
      event,
      previousText: text,
      newText,
      actor,
      reason,
      at,
      hash: toHex(previous),
      salt: toHex(salt),
      contentHash: toHex(content),
    });
    text = newText ?? text;
  }
  return chained;
}

function createSha256(): ReturnType<typeof createHash> {
  return createHash("sha256");
}
