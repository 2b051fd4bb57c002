import type { AttributeValue } from "../domain/memory.ts";
import { DecisionDraft, Workbench } from "./reconcile-workbench.ts";
import type { IncomingFact, ReconcileDecision, ReconcileInput, ReconcilePlan } from "./reconcile-plan.ts";
import { fillSlot } from "./fill-slot.ts";
import { findSameStatement } from "./find-same-statement.ts";
import { endedAttribute, slotOf } from "./slot.ts";
import { isWholeStretch, timelineOf } from "./slot-timeline.ts";

/**
 * Decides for every new fact what becomes of it, in order, each seeing the decisions before it. Pure: the same
 * facts and candidates give the same plan, whatever the order of the candidates. Nothing is ever dropped: a fact
 * is added, or its text or its sources go to a memory that says the same; only what was deleted stays deleted.
 */
export function reconcile({ incoming, existing, now }: ReconcileInput): ReconcilePlan {
  const bench = new Workbench(existing, now);
  return { decisions: incoming.map((fact) => decide(fact, bench)) };
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
    if (timeline.length > 0) return fillSlot(fact, slot, timeline, decision);
  }
  if (!isVerified && same.equal === undefined) {
    return decision.add("kept aside: its words are not in its source", { attribute: storedAttribute(fact) });
  }
  if (same.equal !== undefined) return decision.touch(same.equal, "says the same as");
  if (same.fuller !== undefined) return decision.touch(same.fuller, "says less than");
  const [survivor, ...others] = same.barer;
  if (survivor !== undefined) return decision.merge(survivor, others);
  return decision.add("new", { attribute: storedAttribute(fact) });
}

/** "I worked at Acme from 2015 to 2019" is a value with its interval, not only the end of one. */
function storedAttribute(fact: IncomingFact): AttributeValue | undefined {
  const isBareEnd = fact.cue === "end" && !isWholeStretch(fact);
  return fact.attribute !== undefined && isBareEnd ? endedAttribute(fact.attribute) : fact.attribute;
}

function quote(text: string): string {
  return `"${text.length > 80 ? `${text.slice(0, 79)}…` : text}"`;
}
