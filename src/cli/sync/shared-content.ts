import { createHash } from "node:crypto";
import { v5 } from "uuid";
import type { ExportedMemory } from "../../domain/export-format.ts";
import type { MemoryRecord, Metadata } from "../../domain/memory.ts";
import type { SharedContent } from "../../domain/replica.ts";
import { isInjection } from "../../text/injection.ts";
import { maskSecrets } from "../../text/mask-secrets.ts";
import { stripRecallFences } from "../../text/recall-fence.ts";
import { chain } from "../import/to-record.ts";
import type { OwnerIds } from "../store/store.ts";

/** In metadata, where a memory came from somebody else: for whom it was first kept. */
const SHARED_BY = "sharedBy";

const NAMESPACE = "b1f0c8f4-5d6a-4f0e-9d0b-4f6c1f6f8a52";

/** The same id on every replica for the same text. */
export function idFor(text: string): string {
  return v5(text, NAMESPACE);
}

export function contentOf(record: MemoryRecord): SharedContent {
  const { [SHARED_BY]: author = record.scope.userId, ...metadata } = record.metadata;
  return {
    kind: record.kind as SharedContent["kind"],
    text: record.text,
    categories: record.categories,
    metadata,
    agentId: record.scope.agentId,
    appId: record.scope.appId,
    author: typeof author === "string" ? author : undefined,
    saidAt: record.saidAt,
    validFrom: record.validFrom,
    validTo: record.validTo,
    granularity: record.granularity,
    expirationDate: record.expirationDate,
    attribute: record.attribute,
    language: record.language,
  };
}

/** What a change of a memory changes. The rest is settled when it is stored. */
export function digestOf({ text, metadata, expirationDate }: SharedContent): string {
  const sorted = Object.entries(metadata).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return createHash("sha256")
    .update(JSON.stringify([text, sorted, expirationDate ?? null]))
    .digest("hex")
    .slice(0, 32);
}

/** What may be stored of a text that comes from elsewhere: as for texts that are added. */
function cleanText(text: string): string {
  return maskSecrets(stripRecallFences(text.toWellFormed().replaceAll("\0", "\u{FFFD}")).text).text;
}

/** A text that gives orders to a model. */
export function isOrder(text: string): boolean {
  return isInjection(text.toLowerCase());
}

export function metadataFor({ metadata, author }: SharedContent, owner: OwnerIds): Metadata {
  return author === undefined || author === owner.userId ? metadata : { ...metadata, [SHARED_BY]: author };
}

/** A memory that is not there yet, as a line of an export has it. */
export function toExported(id: string, content: SharedContent, owner: OwnerIds, now: number): ExportedMemory | null {
  const text = cleanText(content.text);
  if (text.trim() === "") return null;
  const {
    kind,
    categories,
    agentId,
    appId,
    saidAt,
    validFrom,
    validTo,
    granularity,
    expirationDate,
    attribute,
    language,
  } = content;
  const record: MemoryRecord = {
    id,
    kind,
    text,
    scope: {
      ...(agentId === undefined ? {} : { agentId }),
      ...(appId === undefined ? {} : { appId }),
      ...owner,
    },
    metadata: metadataFor(content, owner),
    categories,
    state: "active",
    // As on import: what gives orders to a model is kept, and served to nobody until somebody approves it.
    isVerified: !isOrder(text),
    isImmutable: false,
    saidAt,
    ...(validFrom === undefined ? {} : { validFrom }),
    ...(validTo === undefined ? {} : { validTo }),
    ...(granularity === undefined ? {} : { granularity }),
    createdAt: now,
    updatedAt: now,
    ...(expirationDate === undefined ? {} : { expirationDate }),
    ...(attribute === undefined ? {} : { attribute }),
    conflictsWith: [],
    sources: [],
    ...(language === undefined ? {} : { language }),
    confidence: 1,
  };
  const history = chain(id, [{ event: "ADD", newText: text, at: now, reason: "taken in from another store" }], "sync");
  return { record, isTurn: false, attachments: null, mentions: [], externalIds: [], history };
}

export const SHARED_PARTS = ["decisions", "patterns", "preferences", "instructions", "all"] as const;
export type SharedPart = (typeof SHARED_PARTS)[number];

/** Whether a memory is one of those that are shared. */
export function isShared(
  { kind, categories, metadata, isVerified }: MemoryRecord,
  parts: readonly SharedPart[],
): boolean {
  if (!isVerified) return false;
  if (parts.includes("all")) return true;
  const names = [...categories, metadata["type"], metadata["category"]].map((each) => String(each).toLowerCase());
  const has = (pattern: RegExp): boolean => names.some((name) => pattern.test(name));
  return (
    (parts.includes("decisions") && has(/^decisions?$/u)) ||
    (parts.includes("patterns") &&
      (kind === "pattern" || kind === "procedure" || has(/^(?:pattern|convention)s?$/u))) ||
    (parts.includes("preferences") && has(/^(?:user_)?preferences?$/u)) ||
    (parts.includes("instructions") && kind === "instruction")
  );
}
