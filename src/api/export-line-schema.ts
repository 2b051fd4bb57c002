import { z } from "zod";
import { BATCH_KINDS } from "../domain/batch.ts";
import { ENTITY_TYPES } from "../domain/entity.ts";
import { RELATION_ORIGINS } from "../domain/relation.ts";
import { EXPORT_FORMAT } from "../domain/export-format.ts";
import { MEMORY_KINDS, MEMORY_STATES, TIME_GRANULARITIES } from "../domain/memory.ts";
import { isEmptyScope } from "../domain/scope.ts";

export type LineSchema = z.ZodType<object>;

const hex = z.string().regex(/^(?:[0-9a-f]{2})*$/u, "expected lower-case hex");
const time = z.int();
const text = z.string().refine((value) => value.isWellFormed(), "contains half of a surrogate pair");
const filled = text.min(1);
/** Kept as parsed: a copy would lose keys such as `__proto__`. */
const object = z.custom<Record<string, unknown>>(
  (value) => typeof value === "object" && value !== null && !Array.isArray(value),
  "expected an object",
);
const span = z.strictObject({ start: z.int().nonnegative(), end: z.int().nonnegative() });
const sources = z.array(z.strictObject({ messageId: filled, spans: z.array(span) }));
const historyRow = z.strictObject({
  version: z.int().positive(),
  event: z.enum(["ADD", "UPDATE", "MERGE", "SUPERSEDE", "DELETE", "RESTORE", "PURGE", "FEEDBACK"]),
  previousText: text.nullable(),
  newText: text.nullable(),
  actor: text,
  reason: text,
  at: time,
  hash: hex.length(64),
  salt: hex.nullable(),
  contentHash: hex.length(64),
});

const record = z.strictObject({
  id: filled,
  kind: z.enum(MEMORY_KINDS),
  text,
  scope: z
    .strictObject({
      userId: filled.optional(),
      agentId: filled.optional(),
      appId: filled.optional(),
      runId: filled.optional(),
    })
    .refine((scope) => !isEmptyScope(scope as never), "expected at least one id"),
  role: z.enum(["user", "assistant", "system", "tool"]).optional(),
  name: text.optional(),
  metadata: object,
  categories: z.array(text),
  state: z.enum(MEMORY_STATES),
  isVerified: z.boolean(),
  isImmutable: z.boolean(),
  isPinned: z.boolean().optional(),
  saidAt: time,
  validFrom: time.optional(),
  validTo: time.optional(),
  granularity: z.enum(TIME_GRANULARITIES).optional(),
  createdAt: time,
  updatedAt: time,
  retractedAt: time.optional(),
  expirationDate: text.optional(),
  attribute: z
    .strictObject({ subject: text, attribute: text, value: text, cardinality: z.enum(["single", "multiple"]) })
    .optional(),
  replacedBy: text.optional(),
  conflictsWith: z.array(text),
  sources,
  language: text.optional(),
  confidence: z.number().min(0).max(1),
  feedback: z.enum(["POSITIVE", "NEGATIVE", "VERY_NEGATIVE"]).optional(),
  feedbackReason: text.optional(),
});

/** What a batch can take back (adapters' BATCH_COLUMNS). */
const before = z.strictObject({
  state: z.enum(MEMORY_STATES).optional(),
  validFrom: time.nullable().optional(),
  validTo: time.nullable().optional(),
  retractedAt: time.nullable().optional(),
  replacedBy: text.nullable().optional(),
  conflictsWith: z.array(text).optional(),
  confidence: z.number().min(0).max(1).optional(),
  isVerified: z.boolean().optional(),
  isPinned: z.boolean().optional(),
});

/** A line of an export, strictly: what is not known here would be lost. */
export const lineSchema: LineSchema = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("manifest"),
    format: z.literal(EXPORT_FORMAT),
    version: z.int(),
    createdBy: text,
    scope: object,
  }),
  z.strictObject({
    type: z.literal("memory"),
    record,
    isTurn: z.boolean(),
    attachments: text.nullable(),
    mentions: z.array(z.strictObject({ name: text, type: z.enum(ENTITY_TYPES) })),
    relations: z
      .array(
        z.strictObject({
          subject: z.strictObject({ name: text, type: z.enum(ENTITY_TYPES) }),
          predicate: text,
          object: z.strictObject({ name: text, type: z.enum(ENTITY_TYPES) }),
          origin: z.enum(RELATION_ORIGINS),
        }),
      )
      .optional(),
    externalIds: z.array(z.strictObject({ source: text, instance: text, id: text })),
    history: z.array(historyRow).min(1),
    hidden: z.array(span).optional(),
    accesses: z.strictObject({ count: z.int().nonnegative(), recent: z.array(time) }).optional(),
  }),
  z.strictObject({ type: z.literal("sources"), memoryId: filled, sources }),
  z.strictObject({
    type: z.literal("links"),
    memoryId: filled,
    restsOn: z.array(filled).optional(),
    checks: z
      .array(z.strictObject({ change: z.enum(["superseded", "deleted", "updated"]), memoryId: filled, at: time }))
      .optional(),
  }),
  z.strictObject({
    type: z.literal("batch"),
    id: filled,
    kind: z.enum(BATCH_KINDS),
    at: time,
    changes: z.array(
      z.strictObject({
        memoryId: filled,
        versionBefore: z.int().nonnegative(),
        versionAfter: z.int().nonnegative(),
        before,
        isUndone: z.literal(true).optional(),
      }),
    ),
  }),
  z.strictObject({ type: z.literal("purged"), memoryId: filled, history: z.array(historyRow).min(1) }),
  z.strictObject({ type: z.literal("end"), memories: z.int(), purged: z.int(), sha256: hex.length(64) }),
]);
