import { normalizeEntityName } from "../domain/entity.ts";
import type { MemoryRecord, Span } from "../domain/memory.ts";
import { isFullerThan, isNearDuplicate } from "./near-duplicate.ts";
import type { Draft, IncomingFact } from "./reconcile-plan.ts";
import type { Workbench } from "./reconcile-workbench.ts";
import { slotOf, type Slot } from "./slot.ts";

const DAY = 86_400_000;

export interface SameStatement {
  readonly equal: Draft | undefined;
  /** A memory that says the same and was deleted after the fact's message was stored: it blocks the fact. */
  readonly deleted: Draft | undefined;
  /** An active memory that says all of it and more. */
  readonly fuller: Draft | undefined;
  /** Active memories that say less, oldest first. */
  readonly barer: readonly Draft[];
}

/** Looks among the candidates for memories that say the same as the fact, or more, or less, in words. */
export function findSameStatement(fact: IncomingFact, slot: Slot | undefined, bench: Workbench): SameStatement {
  const words = bench.read(fact.text);
  let exact: Draft | undefined;
  let near: Draft | undefined;
  let fuller: Draft | undefined;
  let deleted: Draft | undefined;
  const barer: Draft[] = [];

  for (const draft of bench.drafts()) {
    const { record } = draft;
    if (!isComparable(record.kind) || !isSameSpeaker(fact, record) || isOtherSlot(slot, record)) continue;
    const other = bench.read(record.text);
    const isExact = other.key === words.key;
    if (record.state === "deleted") {
      if (!wasDeletedSince(fact, record)) continue;
      if (isExact || isNearDuplicate(words, other) || isSameValue(slot, record)) deleted ??= draft;
      continue;
    }
    // A hidden memory must not swallow a statement that could be served.
    if (!record.isVerified && (fact.isVerified ?? true)) continue;
    const standing = record.state === "merged" ? bench.survivorOf(draft) : draft;
    if (standing === undefined || standing.record.state !== "active" || isOtherDate(fact, record)) continue;
    if (isExact) exact ??= standing;
    else if (isNearDuplicate(words, other)) near ??= standing;
    else if (record.state !== "active" || record.kind !== fact.kind) continue;
    else if (isFullerThan(other, words)) fuller ??= draft;
    else if (!record.isImmutable && isFullerThan(words, other)) barer.push(draft);
  }
  return { equal: exact ?? near, deleted, fuller, barer };
}

function isComparable(kind: MemoryRecord["kind"]): boolean {
  return kind === "fact" || kind === "instruction" || kind === "procedure";
}

/** "I like tea" of two people are two facts; "Ana likes tea" is one, whoever says it. */
function isSameSpeaker(fact: IncomingFact, record: MemoryRecord): boolean {
  const left = fact.name === undefined ? undefined : normalizeEntityName(fact.name);
  const right = record.name === undefined ? undefined : normalizeEntityName(record.name);
  if (left !== undefined && right !== undefined) {
    if (left === right) return true;
    const text = normalizeEntityName(fact.text);
    return text.includes(left) || text.includes(right);
  }
  return record.role === undefined || record.role === fact.attributedTo;
}

/** The same words that fill different slots are different facts: "lives in Bern, works at Post" gives two. */
function isOtherSlot(slot: Slot | undefined, record: MemoryRecord): boolean {
  if (slot === undefined || record.attribute === undefined) return false;
  const other = slotOf(record.attribute);
  return other.key !== slot.key || other.value !== slot.value || other.isEnd !== slot.isEnd;
}

/** "Went hiking" on two days is two events. */
function isOtherDate(fact: IncomingFact, record: MemoryRecord): boolean {
  if (fact.validFrom === undefined || record.validFrom === undefined) return false;
  return Math.abs(fact.validFrom - record.validFrom) >= DAY;
}

/**
 * Extracting again what was there when the memory was deleted must not bring it back; a message that came later is new
 * evidence (decision 0010).
 */
function wasDeletedSince(fact: IncomingFact, record: MemoryRecord): boolean {
  const deletedAt = record.retractedAt ?? record.updatedAt;
  if (fact.storedAt !== undefined && fact.storedAt < deletedAt) return true;
  return fact.sources.some(({ messageId, spans }) =>
    record.sources.some((source) => source.messageId === messageId && overlap(spans, source.spans)),
  );
}

function overlap(left: readonly Span[], right: readonly Span[]): boolean {
  return left.some((one) => right.some((other) => one.start < other.end && other.start < one.end));
}

/** The same value in other words: slots of another value were left out before. */
function isSameValue(slot: Slot | undefined, record: MemoryRecord): boolean {
  return slot !== undefined && record.attribute !== undefined;
}
