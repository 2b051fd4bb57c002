import type { AttributeValue } from "../domain/memory.ts";
import { DecisionDraft, Workbench } from "./reconcile-workbench.ts";
import { HELD_REASON } from "./reconcile-plan.ts";
import type { IncomingFact, ReconcileDecision, ReconcileInput, ReconcilePlan } from "./reconcile-plan.ts";
import { fillSlot } from "./fill-slot.ts";
import { isOfAnother } from "./of-another.ts";
import { withLeftValues } from "./left-values.ts";
import { findSameStatement } from "./find-same-statement.ts";
import { endedAttribute, slotOf, type Slot } from "./slot.ts";
import { aliasInUse } from "./slot-aliases.ts";
import { isWholeStretch, timelineOf } from "./slot-timeline.ts";

/**
 * Decides for every new fact what becomes of it, in order, each seeing the decisions before it. Pure: the same
 * facts and candidates give the same plan, whatever the order of the candidates. Nothing is ever dropped: a fact
 * is added, or its text or its sources go to a memory that says the same; only what was deleted stays deleted.
 */
export function reconcile({ incoming, existing, now }: ReconcileInput): ReconcilePlan {
  const bench = new Workbench(existing, now);
  const facts = withLeftValues(withOldSlots(incoming, existing), existing);
  return { decisions: facts.map((fact) => decide(fact, bench)) };
}

/**
 * "I switched from Airbus to Globex" does not say what the two are. Where exactly one slot holds the old value, the new
 * one fills that slot, and the end is the end of that value.
 */
function withOldSlots(
  incoming: readonly IncomingFact[],
  existing: ReconcileInput["existing"],
): readonly IncomingFact[] {
  if (!incoming.some(({ attribute, cue }) => attribute?.attribute === UNNAMED && cue === "end")) return incoming;
  return incoming.map((fact) => {
    const { attribute } = fact;
    if (attribute?.attribute !== UNNAMED) return fact;
    const left = incoming.find(
      (other) => other.cue === "end" && other.attribute?.attribute === UNNAMED && isSameSource(other, fact),
    )?.attribute;
    if (left === undefined) return fact;
    const names = new Set<string>();
    let cardinality: AttributeValue["cardinality"] = "single";
    for (const { state, isVerified, attribute: held } of existing) {
      if (state !== "active" || !isVerified || held === undefined) continue;
      if (held.subject !== left.subject || held.value !== left.value) continue;
      names.add(held.attribute);
      cardinality = held.cardinality;
    }
    const [name] = names;
    return name === undefined || names.size > 1
      ? fact
      : { ...fact, attribute: { ...attribute, attribute: name, cardinality } };
  });
}

/** The slot of a thing in use of which nobody said what it is for. */
const UNNAMED = "uses";

function isSameSource(left: IncomingFact, right: IncomingFact): boolean {
  const [first] = left.sources;
  const [second] = right.sources;
  return first?.messageId === second?.messageId && first?.spans[0]?.start === second?.spans[0]?.start;
}

function decide(fact: IncomingFact, bench: Workbench): ReconcileDecision {
  const decision = new DecisionDraft(fact, bench);
  const slot = fact.attribute === undefined ? undefined : slotOf(fact.attribute, fact.cue === "end");
  const same = findSameStatement(fact, slot, bench);

  if (same.deleted !== undefined && same.equal === undefined) {
    return decision.none(`deleted before, and stays so until it is restored: ${quote(same.deleted.record.text)}`, [
      same.deleted,
    ]);
  }
  const isVerified = fact.isVerified ?? true;
  if (slot !== undefined && isVerified) {
    const timeline = timelineOf(bench.drafts(), slot.key);
    const last = timeline.findLast(({ record }) => record.state === "active")?.record;
    if (last !== undefined && isOfAnother(fact, last)) return decide(withoutSlot(fact), bench);
    if (timeline.length > 0) return fillSlot(fact, slot, timeline, decision);
    const renamed = onlyPet(fact, bench);
    // "I have a dog named Rex", then "our dog is called Max now": the one dog has another name.
    if (renamed !== undefined)
      return fillSlot(fact, { ...slot, key: renamed.key }, timelineOf(bench.drafts(), renamed.key), decision);
    const alias = changedElsewhere(fact, bench);
    if (alias !== undefined) return decide({ ...fact, attribute: alias }, bench);
  }
  if (!isVerified && same.equal === undefined) {
    const reason = fact.isHeld === true ? HELD_REASON : "kept aside: its words are not in its source";
    return decision.add(reason, { attribute: storedAttribute(fact) });
  }
  if (same.equal !== undefined) return decision.touch(same.equal, "says the same as");
  if (same.fuller !== undefined) return decision.touch(same.fuller, "says less than");
  const [survivor, ...others] = same.barer;
  if (survivor !== undefined) return decision.merge(survivor, others);
  return decision.add("new", { attribute: storedAttribute(fact) });
}

/** What is said of another's thing of the same name fills no slot of the one that is known. */
function withoutSlot({ attribute: _attribute, ...fact }: IncomingFact): IncomingFact {
  return fact;
}

/** "The blog runs on Fly", then "we moved the blog to Render": the change is of the slot that is known. */
function changedElsewhere({ attribute, cue }: IncomingFact, bench: Workbench): AttributeValue | undefined {
  if (attribute === undefined || (cue !== "change" && cue !== "correction")) return undefined;
  const name = aliasInUse(
    attribute,
    [...bench.drafts()].map(({ record }) => record),
  );
  return name === undefined ? undefined : { ...attribute, attribute: name };
}

/** The slot of the only pet of that kind, where the fact gives the name of "my dog" and dogs were named one by one. */
function onlyPet({ attribute, cue }: IncomingFact, bench: Workbench): Slot | undefined {
  if (attribute?.cardinality !== "single" || cue === "end" || !attribute.attribute.startsWith("pet:")) return undefined;
  const slots = new Map<string, Slot>();
  for (const { record } of bench.drafts()) {
    const held = record.attribute;
    if (record.state !== "active" || held?.cardinality !== "multiple" || !record.isVerified) continue;
    if (held.subject !== attribute.subject || held.attribute !== attribute.attribute) continue;
    const slot = slotOf(held);
    if (!slot.isEnd && held.value !== attribute.value) slots.set(slot.key, slot);
  }
  const [only] = slots.values();
  return slots.size === 1 ? only : undefined;
}

/** "I worked at Acme from 2015 to 2019" is a value with its interval, not only the end of one. */
function storedAttribute(fact: IncomingFact): AttributeValue | undefined {
  const isBareEnd = fact.cue === "end" && !isWholeStretch(fact);
  return fact.attribute !== undefined && isBareEnd ? endedAttribute(fact.attribute) : fact.attribute;
}

function quote(text: string): string {
  return `"${text.length > 80 ? `${text.slice(0, 79)}…` : text}"`;
}
