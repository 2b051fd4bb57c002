import type { NeededCheck } from "../../domain/check-mark.ts";
import type { MemoryItem, SearchHit } from "../../domain/search-result.ts";

/** A memory as Mem0's platform writes it, with ours beside it: snake_case at every level but inside `metadata`. */
export type MemoryShape = Readonly<Record<string, unknown>>;

export function checkShape({ memoryId, replacedBy, ...check }: NeededCheck): MemoryShape {
  return { ...check, memory_id: memoryId, replaced_by: replacedBy ?? null };
}

export function memoryShape(item: MemoryItem): MemoryShape {
  return {
    id: item.id,
    memory: item.memory,
    user_id: item.user_id ?? null,
    agent_id: item.agent_id ?? null,
    app_id: item.app_id ?? null,
    run_id: item.run_id ?? null,
    session_id: item.run_id ?? null,
    hash: item.hash,
    metadata: item.metadata,
    categories: item.categories,
    structured_attributes: attributesOf(item.createdAt),
    replaced_by: item.replacedBy ?? null,
    synthesized: item.kind === "pattern",
    lifecycle_state: item.state,
    expiration_date: item.expirationDate ?? null,
    created_at: item.createdAt,
    updated_at: item.updatedAt,
    recorded_at: item.recordedAt,
    kind: item.kind,
    state: item.state,
    role: item.role ?? null,
    name: item.name ?? null,
    attributed_to: item.attributedTo ?? null,
    valid_from: item.validFrom ?? null,
    valid_to: item.validTo ?? null,
    granularity: item.granularity ?? null,
    recurrence: item.recurrence ?? null,
    attribute: item.attribute ?? null,
    needs_check: (item.needsCheck ?? []).map(checkShape),
    conflicts_with: item.conflictsWith ?? [],
    rests_on: item.restsOn ?? [],
    is_verified: item.isVerified,
    immutable: item.isImmutable,
    pinned: item.isPinned === true,
    confidence: item.confidence,
    feedback: item.feedback ?? null,
    language: item.language ?? null,
    sources: item.sources.map(({ saidAt, runId, ...source }) => ({
      ...source,
      said_at: saidAt,
      run_id: runId ?? null,
    })),
  };
}

export function hitShape(hit: SearchHit): MemoryShape {
  const { scoreBreakdown } = hit;
  return {
    ...memoryShape(hit),
    score: hit.score,
    ...(scoreBreakdown === undefined
      ? {}
      : {
          score_breakdown: {
            ...scoreBreakdown,
            semantic: scoreBreakdown.dense,
            bm25: scoreBreakdown.lexical,
            entity: scoreBreakdown.slot,
          },
        }),
  };
}

/** Only the named fields; the id always. None, or null as clients send it for what is not set: all of them. */
export function pickFields(shape: MemoryShape, fields: unknown): MemoryShape {
  if (!Array.isArray(fields) || fields.length === 0) return shape;
  return Object.fromEntries(Object.entries(shape).filter(([name]) => name === "id" || fields.includes(name)));
}

/** The parts of the day it was said, as Mem0 gives them for its filters; UTC. */
function attributesOf(iso: string): Readonly<Record<string, number | string | boolean>> {
  const date = new Date(iso);
  const start = Date.UTC(date.getUTCFullYear(), 0, 1);
  const dayOfYear = Math.floor((date.getTime() - start) / 86_400_000) + 1;
  const weekday = date.getUTCDay();
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    day_of_week: WEEKDAYS[weekday] as string,
    week_of_year: weekOf(date),
    day_of_year: dayOfYear,
    quarter: Math.floor(date.getUTCMonth() / 3) + 1,
    is_weekend: weekday === 0 || weekday === 6,
  };
}

const WEEKDAYS = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

/** ISO 8601: the week of the year's first Thursday is the first. */
function weekOf(date: Date): number {
  const thursday = new Date(date);
  thursday.setUTCDate(date.getUTCDate() + 4 - (date.getUTCDay() || 7));
  return Math.ceil(((thursday.getTime() - Date.UTC(thursday.getUTCFullYear(), 0, 1)) / 86_400_000 + 1) / 7);
}
