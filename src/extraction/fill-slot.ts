import type { AttributeValue } from "../domain/memory.ts";
import { trueFrom, trueUntil } from "../domain/validity.ts";
import type { Draft, IncomingFact, ReconcileDecision } from "./reconcile-plan.ts";
import type { DecisionDraft } from "./reconcile-workbench.ts";
import { endedAttribute, slotOf, type Slot } from "./slot.ts";
import {
  hasValue,
  isActive,
  isClosedPast,
  isEndedBy,
  isHedged,
  isStatedAt,
  isWholeStretch,
  placeFact,
  type Placement,
} from "./slot-timeline.ts";

interface Filling {
  readonly fact: IncomingFact;
  readonly attribute: AttributeValue;
  readonly slot: Slot;
  readonly timeline: readonly Draft[];
  readonly place: Placement;
  readonly decision: DecisionDraft;
  readonly isHedged: boolean;
}

/**
 * Puts a fact into a slot that already has memories: the value said last is the current one, older ones keep their
 * interval, late arrivals go where they belong in time, and what cannot be decided stays side by side.
 */
export function fillSlot(
  fact: IncomingFact,
  slot: Slot,
  timeline: readonly Draft[],
  decision: DecisionDraft,
): ReconcileDecision {
  const { attribute } = fact;
  if (attribute === undefined) return decision.add("new", { attribute });
  const place = placeFact(fact, slot, timeline);
  const filling: Filling = {
    fact,
    attribute: slot.isEnd ? endedAttribute(attribute) : attribute,
    slot,
    timeline,
    place,
    decision,
    isHedged: isHedged(fact),
  };
  const same = place.inForce.find((draft) => hasValue(draft, slot));
  if (same !== undefined) return restate(filling, same);
  if (isClosedPast(fact, slot)) return addClosedPast(filling);
  if (slot.isEnd && !place.inForce.some((draft) => isEndedBy(draft, slot))) return addUnmatchedEnd(filling);
  if (place.overtaken.length > 0 && !filling.isHedged) return overtakePlan(filling);
  if (place.inForce.length === 0) return fillGap(filling);
  return place.inForce.some(isActive) ? replaceCurrent(filling) : insertIntoPast(filling);
}

/** The value in force was said again. When it was disputed and this is the last word, that settles it. */
function restate({ slot, place, decision, isHedged: isDoubtful, ...rest }: Filling, same: Draft): ReconcileDecision {
  const rivals = place.inForce.filter((draft) => !hasValue(draft, slot) && !draft.record.isImmutable);
  const isLastWord = place.restated === undefined && !place.inForce.some((draft) => isStatedAt(draft, place.position));
  if (rivals.length === 0 || isDoubtful || !isLastWord || !isActive(same) || same.record.isImmutable) {
    return decision.touch(same, `the same value of ${label(rest.attribute)} as`);
  }
  const reason = `said again, which settles a conflict of ${label(rest.attribute)}: ${slot.value}`;
  for (const rival of rivals) {
    decision.patch(rival, "SUPERSEDE", reason, {
      state: "superseded",
      validTo: Math.min(place.position, trueUntil(rival.record)),
      replacedBy: same.record.id,
    });
  }
  const settled = new Set(rivals.map((rival) => rival.record.id));
  const conflictsWith = same.record.conflictsWith.filter((id) => !settled.has(id));
  decision.addEvidence(same, { conflictsWith });
  return decision.finish("UPDATE", reason, [same, ...rivals]);
}

/** "I lived in Rome from 2010 to 2012": a stretch of the past, whatever is current. */
function addClosedPast({ attribute, timeline, place, decision, fact }: Filling): ReconcileDecision {
  const active = timeline.filter(isActive);
  const later = active.findLast((draft) => trueUntil(draft.record) > (fact.validTo ?? place.position));
  if (later !== undefined) {
    return decision.add(`an earlier value of ${label(attribute)}`, {
      attribute,
      state: "superseded",
      replacedBy: later.record.id,
      targets: [later],
    });
  }
  return supersede(active, { attribute, decision }, `a later value of ${label(attribute)}`, (draft) =>
    trueUntil(draft.record),
  );
}

/** The end of a value that is not in force: known to be over, or never heard of. */
function addUnmatchedEnd({ attribute, slot, timeline, place, decision, fact }: Filling): ReconcileDecision {
  const ended = timeline.findLast((draft) => draft.record.state === "superseded" && isEndedBy(draft, slot));
  if (ended !== undefined) return decision.touch(ended, `an end of ${label(attribute)} that is known already, of`);
  if (isWholeStretch(fact) && fact.attribute !== undefined) {
    return fillSlot({ ...fact, cue: "none" }, slotOf(fact.attribute), timeline, decision);
  }
  if (place.inForce.length === 0 && place.next === undefined) {
    return supersede(timeline.filter(isActive), { attribute, decision }, `an end of ${label(attribute)}`, (draft) =>
      trueUntil(draft.record),
    );
  }
  // It says nothing about the value in force, so it takes no part in the slot.
  return decision.add(`an end of ${label(attribute)} that was not in force`, { attribute: undefined });
}

/** Something else was said before a plan came true. */
function overtakePlan({ attribute, slot, timeline, place, decision }: Filling): ReconcileDecision {
  for (const draft of place.inForce.filter((candidate) => !isActive(candidate))) {
    decision.patch(draft, null, "the plan that was to follow was dropped", { validTo: place.position });
  }
  return supersede(
    timeline.filter(isActive),
    { attribute, decision },
    replaces(attribute, slot, place.overtaken),
    (draft) => Math.max(trueFrom(draft.record), place.position),
  );
}

/** Nothing was in force then: it came before all others, between them, or after all had ended. */
function fillGap({ attribute, slot, timeline, place, decision, isHedged: isDoubtful }: Filling): ReconcileDecision {
  const { next } = place;
  if (next === undefined) {
    return supersede(
      timeline.filter(isActive),
      { attribute, decision },
      `a later value of ${label(attribute)}`,
      (draft) => trueUntil(draft.record),
    );
  }
  if (hasValue(next, slot) && !isDoubtful) return extendBack(next, place.position, attribute, decision);
  return decision.add(`an earlier value of ${label(attribute)}, told later`, {
    attribute,
    state: "superseded",
    validTo: trueFrom(next.record),
    replacedBy: next.record.id,
    targets: [next],
  });
}

/** A late arrival inside an interval that is closed already. */
function insertIntoPast({ attribute, slot, place, decision, fact, isHedged: isDoubtful }: Filling): ReconcileDecision {
  const { inForce, position, restated } = place;
  const [first] = inForce;
  if (first === undefined) return decision.add("new", { attribute });
  const isUndecided = isDoubtful || isTie(fact, inForce, position);
  const end = restated?.at ?? trueUntil(first.record);
  const replacedBy = restated?.by.record.id ?? first.record.replacedBy;
  const cuts = restated === undefined && !isUndecided;
  const successor = decision.get(first.record.replacedBy);
  const reason = `an earlier value of ${label(attribute)}, told later`;
  if (cuts) {
    const continues =
      successor !== undefined && hasValue(successor, slot) && trueFrom(successor.record) === trueUntil(first.record);
    for (const draft of inForce) {
      const cut = { validTo: Math.max(position, trueFrom(draft.record)) };
      decision.patch(draft, continues ? null : "SUPERSEDE", reason, continues ? cut : { ...cut, replacedBy: fact.id });
    }
    if (continues) return extendBack(successor, position, attribute, decision);
  }
  return decision.add(reason, {
    attribute,
    state: "superseded",
    validTo: end,
    replacedBy,
    conflicts: isUndecided ? inForce : [],
    targets: isUndecided ? [] : inForce,
  });
}

function replaceCurrent(filling: Filling): ReconcileDecision {
  const { attribute, slot, timeline, place, decision, fact } = filling;
  const { inForce, position, restated, next } = place;
  const later =
    restated ?? (inForce.every(isImmutable) && next !== undefined && isActive(next) ? startOfNext(next) : undefined);
  const isUndecided = filling.isHedged || isTie(fact, inForce, position);
  // Active only because nothing came after them.
  const over = timeline.filter(
    (draft) => isActive(draft) && trueUntil(draft.record) <= position && !inForce.includes(draft),
  );
  if (later !== undefined) {
    return decision.add(`an earlier value of ${label(attribute)}, told later`, {
      attribute,
      state: "superseded",
      validTo: later.at,
      replacedBy: later.by.record.id,
      conflicts: isUndecided ? inForce : [],
      targets: isUndecided ? [] : [later.by],
    });
  }
  if (isUndecided) {
    for (const draft of over) {
      decision.patch(draft, "SUPERSEDE", "over", { state: "superseded", replacedBy: fact.id });
    }
    const why = filling.isHedged ? "not sure enough to replace" : "said at the same time as";
    return decision.add(`conflict of ${label(attribute)}: ${slot.value} is ${why} ${valuesOf(inForce)}`, {
      attribute,
      conflicts: timeline.filter((draft) => isActive(draft) && !hasValue(draft, slot) && !over.includes(draft)),
    });
  }
  const targets = slot.isEnd ? inForce.filter((draft) => isEndedBy(draft, slot)) : inForce;
  const replaced = targets.filter((draft) => !draft.record.isImmutable);
  const untouched = timeline.filter(
    (draft) => isActive(draft) && !replaced.includes(draft) && !over.includes(draft) && !hasValue(draft, slot),
  );
  if (slot.isEnd && untouched.length > 0) return endOneSide(filling, replaced, untouched);
  for (const draft of over) {
    decision.patch(draft, "SUPERSEDE", "over", { state: "superseded", replacedBy: fact.id });
  }
  if (replaced.length === 0) {
    return decision.add(`conflict of ${label(attribute)}: ${valuesOf(untouched)} is immutable`, {
      attribute,
      conflicts: untouched,
    });
  }
  const isCorrection = fact.cue === "correction";
  const reason = replaces(attribute, slot, replaced);
  return supersede(replaced, { attribute, decision, isCorrection, conflicts: untouched }, reason, (draft) =>
    Math.min(Math.max(trueFrom(draft.record), place.closesAt), trueUntil(draft.record)),
  );
}

/** One side of a conflict ended: the other has the slot to itself, and the ending is a statement beside it. */
function endOneSide(
  { attribute, slot, place, decision, fact }: Filling,
  ended: readonly Draft[],
  others: readonly Draft[],
): ReconcileDecision {
  const reason = replaces(attribute, slot, ended);
  for (const draft of ended) {
    decision.patch(draft, "SUPERSEDE", reason, {
      state: "superseded",
      validTo: Math.max(trueFrom(draft.record), place.position),
      replacedBy: fact.id,
    });
  }
  const endedIds = new Set(ended.map((draft) => draft.record.id));
  for (const draft of others) {
    const conflictsWith = draft.record.conflictsWith.filter((id) => !endedIds.has(id));
    if (conflictsWith.length < draft.record.conflictsWith.length)
      decision.patch(draft, null, reason, { conflictsWith });
  }
  return decision.add(reason, { action: ended.length > 0 ? "SUPERSEDE" : "ADD", attribute: undefined, targets: ended });
}

interface SupersedeOptions {
  readonly attribute: AttributeValue;
  readonly decision: DecisionDraft;
  /** What it replaces was never true. */
  readonly isCorrection?: boolean;
  readonly conflicts?: readonly Draft[];
}

function supersede(
  replaced: readonly Draft[],
  { attribute, decision, isCorrection = false, conflicts = [] }: SupersedeOptions,
  reason: string,
  endOf: (draft: Draft) => number,
): ReconcileDecision {
  const { fact } = decision;
  const mutable = replaced.filter((draft) => !draft.record.isImmutable);
  for (const draft of mutable) {
    const end = isCorrection ? trueFrom(draft.record) : endOf(draft);
    decision.patch(draft, "SUPERSEDE", reason, {
      state: "superseded",
      replacedBy: fact.id,
      ...(Number.isFinite(end) ? { validTo: end } : {}),
      ...(isCorrection ? { retractedAt: decision.now } : {}),
    });
  }
  const corrected = isCorrection
    ? Math.min(...mutable.map((draft) => trueFrom(draft.record)))
    : Number.POSITIVE_INFINITY;
  return decision.add(reason, {
    action: mutable.length > 0 ? "SUPERSEDE" : "ADD",
    attribute,
    validFrom: fact.validFrom ?? (Number.isFinite(corrected) && corrected < fact.saidAt ? corrected : undefined),
    targets: mutable,
    conflicts: [...conflicts, ...replaced.filter((draft) => draft.record.isImmutable && !conflicts.includes(draft))],
  });
}

/** Earlier evidence of a value that is known from later on. */
function extendBack(
  draft: Draft,
  start: number,
  attribute: AttributeValue,
  decision: DecisionDraft,
): ReconcileDecision {
  decision.addEvidence(draft, draft.record.isImmutable ? {} : { validFrom: start });
  return decision.none(`earlier evidence of a known value of ${label(attribute)}`, [draft]);
}

/** Said for the same moment without a word on which holds. */
function isTie(fact: IncomingFact, inForce: readonly Draft[], position: number): boolean {
  return fact.cue === "none" && inForce.some((draft) => isStatedAt(draft, position));
}

function isImmutable(draft: Draft): boolean {
  return draft.record.isImmutable;
}

function startOfNext(next: Draft): { readonly at: number; readonly by: Draft } {
  return { at: trueFrom(next.record), by: next };
}

function replaces(attribute: AttributeValue, slot: Slot, replaced: readonly Draft[]): string {
  if (slot.isEnd) return `end of ${label(attribute)}: ${valuesOf(replaced) || slot.value}`;
  return `newer value of ${label(attribute)}: ${attribute.cardinality === "single" ? slot.value : `${attribute.attribute} ${attribute.value}`} replaces ${valuesOf(replaced)}`;
}

function label(attribute: AttributeValue): string {
  return `${attribute.attribute} (${attribute.subject})`;
}

function valuesOf(drafts: readonly Draft[]): string {
  const values = drafts.flatMap(({ record: { attribute } }) => {
    if (attribute === undefined) return [];
    if (attribute.cardinality === "single") return [attribute.value];
    return [`${attribute.attribute} ${slotOf(attribute).isEnd ? "(ended) " : ""}${attribute.value}`];
  });
  return [...new Set(values)].join(" and ");
}
