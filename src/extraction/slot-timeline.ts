import type { MemoryRecord } from "../domain/memory.ts";
import { trueFrom, trueUntil } from "../domain/validity.ts";
import type { Draft, IncomingFact } from "./reconcile-plan.ts";
import { isSameOrBarer, slotOf, type Slot } from "./slot.ts";
import { FOR_A_WHILE, HEDGES, SINCE } from "./statement-words.ts";
import { foldWord } from "../text/fold.ts";

/** Below it a statement decides nothing against another. */
const LEAST_DECIDING_CONFIDENCE = 0.5;
const DAY = 86_400_000;

/** How long the stretch is in which a start of that granularity may lie. */
const UNCERTAINTY: Readonly<Record<NonNullable<MemoryRecord["granularity"]>, number>> = {
  instant: 0,
  day: DAY,
  week: 7 * DAY,
  month: 31 * DAY,
  season: 92 * DAY,
  year: 366 * DAY,
  open: Number.POSITIVE_INFINITY,
};

/** The memories of one slot that were ever true, by when they began; the order given plays no part. */
export function timelineOf(drafts: Iterable<Draft>, key: string): readonly Draft[] {
  const found: Draft[] = [];
  for (const draft of drafts) {
    const { record } = draft;
    if (record.attribute === undefined || !record.isVerified) continue;
    if (record.state !== "active" && record.state !== "superseded") continue;
    // A superseded memory with an empty interval was corrected away: it was never true.
    if (record.retractedAt !== undefined) continue;
    if (record.state === "superseded" && trueUntil(record) <= trueFrom(record)) continue;
    if (slotOf(record.attribute).key === key) found.push(draft);
  }
  return found.toSorted(byStart);
}

function byStart(left: Draft, right: Draft): number {
  return (
    trueFrom(left.record) - trueFrom(right.record) ||
    left.record.saidAt - right.record.saidAt ||
    left.record.createdAt - right.record.createdAt ||
    (left.record.id < right.record.id ? -1 : 1)
  );
}

export interface Placement {
  /** When the fact takes effect in the timeline. */
  readonly position: number;
  /** When it closes what it replaces; earlier than `position` when the change was told after the fact. */
  readonly closesAt: number;
  /** What is in force there: one memory, or the sides of a conflict. */
  readonly inForce: readonly Draft[];
  /** The first memory that begins after it. */
  readonly next: Draft | undefined;
  /** When the value in force was said again after `position`, and by which memory. */
  readonly restated: { readonly at: number; readonly by: Draft } | undefined;
  /** Plans for later than the fact was said, made before it was said. */
  readonly overtaken: readonly Draft[];
}

/** Finds the fact's place among the memories of its slot. */
export function placeFact(fact: IncomingFact, slot: Slot, timeline: readonly Draft[]): Placement {
  const active = timeline.filter(isActive);
  const start = startOf(fact, slot);
  const isSaidLast = active.every((draft) => fact.saidAt > lastSaid(draft));
  const isLate = isSaidLast && active.some((draft) => pointsOf(draft).some((point) => point > start));
  const position = isLate && countsAsCurrent(fact, active) ? Math.max(start, fact.saidAt) : start;
  const inForce = inForceAt(timeline, position);
  return {
    position,
    closesAt: Math.min(start, position),
    inForce,
    next: timeline.find((draft) => trueFrom(draft.record) > position),
    restated: restatedAfter(inForce, position),
    overtaken: isSaidLast && position >= fact.saidAt ? active.filter((draft) => trueFrom(draft.record) > position) : [],
  };
}

/** Hedged or doubtful statements, and what is so for some days only, stand beside others, they do not replace them. */
export function isHedged(fact: IncomingFact): boolean {
  const text = foldWord(fact.text);
  return fact.confidence < LEAST_DECIDING_CONFIDENCE || HEDGES.test(text) || FOR_A_WHILE.test(text);
}

/** A stretch of the past, told with its end. */
export function isClosedPast(fact: IncomingFact, slot: Slot): boolean {
  return (
    !slot.isEnd && fact.validTo !== undefined && fact.validTo <= fact.saidAt && trueUntil(asRecord(fact)) <= fact.saidAt
  );
}

/** Told with its start and its end: there may be nothing known for it to end, but it was true in between. */
export function isWholeStretch(fact: IncomingFact): boolean {
  return fact.validFrom !== undefined && fact.validTo !== undefined && fact.validFrom < fact.validTo;
}

export function isActive(draft: Draft): boolean {
  return draft.record.state === "active";
}

export function hasValue(draft: Draft, slot: Slot): boolean {
  const { attribute } = draft.record;
  if (attribute === undefined) return false;
  const other = slotOf(attribute);
  return other.isEnd === slot.isEnd && isSameOrBarer(slot.value, other.value);
}

/** True when an ending statement ends this memory's value. */
export function isEndedBy(draft: Draft, slot: Slot): boolean {
  const { attribute } = draft.record;
  if (attribute === undefined) return false;
  const other = slotOf(attribute);
  if (other.isEnd) return false;
  return slot.value === "" || isSameOrBarer(slot.value, other.value) || isSameOrBarer(other.value, slot.value);
}

export function isStatedAt(draft: Draft, position: number): boolean {
  return pointsOf(draft).includes(position);
}

export function startOf(fact: IncomingFact, slot: Slot): number {
  const start = trueFrom(asRecord(fact));
  return slot.isEnd ? (fact.validTo ?? start) : start;
}

function asRecord(fact: IncomingFact): IncomingFact & { readonly state: "active" } {
  return { ...fact, state: "active" };
}

function pointsOf(draft: Draft): readonly number[] {
  const start = trueFrom(draft.record);
  return [start, ...draft.statedAt.filter((time) => time > start)];
}

function lastSaid(draft: Draft): number {
  return Math.max(draft.record.saidAt, ...draft.statedAt);
}

/**
 * Whether a statement that was said last, of something that began before the current value, is still about the
 * present. "I moved in January" after "I live in Paris" of February is; "I moved there in 2015" after "I moved to
 * Paris in 2020" is not.
 */
function countsAsCurrent(fact: IncomingFact, active: readonly Draft[]): boolean {
  if (fact.cue === "correction" || fact.granularity === "open" || SINCE.test(foldWord(fact.text))) return true;
  if (fact.cue === "change" && active.every((draft) => draft.record.validFrom === undefined)) return true;
  const uncertainty = fact.granularity === undefined ? 0 : UNCERTAINTY[fact.granularity];
  return active.every((draft) => (fact.validFrom ?? fact.saidAt) + uncertainty > trueFrom(draft.record));
}

function inForceAt(timeline: readonly Draft[], position: number): readonly Draft[] {
  const covering = timeline.filter((draft) => trueFrom(draft.record) <= position && position < trueUntil(draft.record));
  const last = covering.at(-1);
  if (last === undefined) return [];
  // An interval inside a longer one has the word while it lasts; the sides of a conflict share it.
  const start = trueFrom(last.record);
  const latest = covering.filter((draft) => trueFrom(draft.record) === start);
  return latest.some(isActive) ? covering.filter(isActive) : latest;
}

function restatedAfter(drafts: readonly Draft[], position: number): Placement["restated"] {
  let restated: Placement["restated"];
  for (const draft of drafts) {
    for (const point of pointsOf(draft)) {
      if (point <= position || point >= trueUntil(draft.record)) continue;
      if (restated === undefined || point < restated.at) restated = { at: point, by: draft };
    }
  }
  return restated;
}
