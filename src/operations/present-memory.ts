import { toNeededCheck } from "../domain/check-mark.ts";
import type { MemoryRecord } from "../domain/memory.ts";
import { normalizeForIdentity } from "../domain/memory.ts";
import type { HitSource, MemoryItem } from "../domain/search-result.ts";
import { findRecurrence } from "../text/recurrence.ts";
import type { StoredMemory } from "../ports/memory-store.ts";

let lastTime = Number.NaN;
let lastIso = "";

/** The times of a memory are mostly one moment: it is written out once. */
function iso(time: number): string {
  if (time !== lastTime) {
    lastIso = new Date(time).toISOString();
    lastTime = time;
  }
  return lastIso;
}

/** A stored memory in the shape that callers see. */
export function presentMemory({ record, evidence, isTurn, checks }: StoredMemory): MemoryItem {
  const { scope } = record;
  return {
    id: record.id,
    memory: record.text,
    hash: hashText(normalizeForIdentity(record.text)),
    createdAt: iso(record.saidAt),
    updatedAt: iso(record.updatedAt === record.createdAt ? record.saidAt : record.updatedAt),
    recordedAt: iso(record.createdAt),
    metadata: record.metadata,
    categories: record.categories,
    ...(scope.userId === undefined ? {} : { user_id: scope.userId }),
    ...(scope.agentId === undefined ? {} : { agent_id: scope.agentId }),
    ...(scope.appId === undefined ? {} : { app_id: scope.appId }),
    ...(scope.runId === undefined ? {} : { run_id: scope.runId }),
    kind: record.kind,
    state: record.state,
    ...(record.role === undefined ? {} : { role: record.role, attributedTo: record.role }),
    ...(record.name === undefined ? {} : { name: record.name }),
    ...(record.validFrom === undefined ? {} : { validFrom: iso(record.validFrom) }),
    ...(record.validTo === undefined ? {} : { validTo: iso(record.validTo) }),
    ...(record.granularity === undefined ? {} : { granularity: record.granularity }),
    ...optional("recurrence", findRecurrence(record.text)),
    ...(record.expirationDate === undefined ? {} : { expirationDate: record.expirationDate }),
    ...presentAttribute(record),
    ...(record.replacedBy === undefined ? {} : { replacedBy: record.replacedBy }),
    ...(record.conflictsWith.length === 0 ? {} : { conflictsWith: record.conflictsWith }),
    ...(checks.length === 0 ? {} : { needsCheck: checks.map(toNeededCheck) }),
    isVerified: record.isVerified,
    isImmutable: record.isImmutable,
    ...(record.isPinned === true ? { isPinned: true } : {}),
    confidence: record.confidence,
    ...(record.feedback === undefined ? {} : { feedback: record.feedback }),
    ...(record.language === undefined ? {} : { language: record.language }),
    sources: isTurn ? [selfSource(record)] : evidence.map(presentSource),
  };
}

function optional<Name extends string, Value>(name: Name, value: Value | undefined): { [Key in Name]?: Value } {
  return value === undefined ? {} : ({ [name]: value } as { [Key in Name]: Value });
}

function presentAttribute(record: MemoryRecord): Pick<MemoryItem, "attribute"> {
  if (record.attribute === undefined) return {};
  const { subject, attribute, value } = record.attribute;
  return { attribute: { subject, attribute, value } };
}

function presentSource(source: StoredMemory["evidence"][number]): HitSource {
  return {
    id: source.messageId,
    text: source.text,
    ...(source.name === null ? {} : { name: source.name }),
    ...(source.role === null ? {} : { role: source.role }),
    saidAt: iso(source.saidAt),
    ...(source.runId === null ? {} : { runId: source.runId }),
    metadata: source.metadata,
    spans: source.spans,
  };
}

/** A message, or a direct import, is its own source. */
function selfSource(record: MemoryRecord): HitSource {
  return {
    id: record.id,
    text: record.text,
    ...(record.name === undefined ? {} : { name: record.name }),
    ...(record.role === undefined ? {} : { role: record.role }),
    saidAt: iso(record.saidAt),
    ...(record.scope.runId === undefined ? {} : { runId: record.scope.runId }),
    metadata: record.metadata,
    spans: [{ start: 0, end: record.text.length }],
  };
}

/** 64-bit FNV-1a as hex: tells texts apart, proves nothing (the history's chain does). */
function hashText(text: string): string {
  let low = 0x811c9dc5;
  let high = 0xcbf29ce4;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    low = Math.imul(low ^ code, 0x01000193);
    high = Math.imul(high ^ (code + index), 0x01000193);
  }
  return (high >>> 0).toString(16).padStart(8, "0") + (low >>> 0).toString(16).padStart(8, "0");
}
