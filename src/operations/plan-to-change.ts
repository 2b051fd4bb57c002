import type { MemoryRecord } from "../domain/memory.ts";
import type { Scope } from "../domain/scope.ts";
import { identityKey } from "../extraction/near-duplicate.ts";
import type { ReconcileDecision, ReconcilePlan } from "../extraction/reconcile-plan.ts";
import { allRelations } from "../extraction/relations/relations-of.ts";
import type { ChangeSet, MemoryPatch, NewMemory } from "../ports/memory-store.ts";
import type { StoredMessage } from "./add-memories.ts";
import { buildPassages } from "./build-passages.ts";
import type { PassageInput } from "./build-passages.ts";
import type { CheckedFact } from "./derive-facts.ts";
import type { Engine } from "./engine.ts";

export interface PlanInput {
  readonly scope: Scope;
  /** False: messages are stored as facts, word for word. */
  readonly isInferred: boolean;
  readonly plan: ReconcilePlan;
  readonly facts: readonly CheckedFact[];
  readonly messages: readonly StoredMessage[];
  readonly now: number;
  /** What the facts follow from. */
  readonly derivedFrom?: readonly string[];
  /** Why the embedder failed, if it did: appended to. */
  readonly failures?: string[];
}

/** Turns messages and decisions into what one transaction writes: evidence first, then facts, then changes of older ones. */
export async function planToChange(
  engine: Engine,
  { scope, isInferred, plan, facts, messages, now, derivedFrom = [], failures = [] }: PlanInput,
): Promise<ChangeSet> {
  const add: NewMemory[] = messages.map(({ record, passages, prepared }) => ({
    record,
    identity: record.kind === "message" ? prepared.said : identityKey(record.text),
    isTurn: true,
    ...(prepared.attachments === null ? {} : { attachments: prepared.attachments.json }),
    passages,
    mentions: [],
    event: "ADD",
    actor: record.role ?? "user",
    reason: isInferred ? "said" : "imported as given",
    ...(isInferred || derivedFrom.length === 0 ? {} : { restsOn: derivedFrom }),
  }));
  const patch: MemoryPatch[] = [];
  const byId = new Map(facts.map((fact) => [fact.id, fact]));
  const added = plan.decisions.filter((decision) => decision.memory !== undefined && byId.has(decision.factId));
  const records = added.map((decision) => factRecord(scope, byId.get(decision.factId) as CheckedFact, decision, now));
  const rewritten = plan.decisions
    .flatMap((decision) => decision.patches)
    .filter((change) => change.changes.text !== undefined);
  const passages = await buildPassages(
    [
      ...records.map((record): PassageInput => ({
        text: record.text,
        date: record.validFrom ?? record.saidAt,
        language: record.language,
      })),
      ...rewritten.map((change): PassageInput => ({
        text: change.changes.text as string,
        date: change.changes.validFrom ?? now,
      })),
    ],
    engine.embedder,
    { failures, signal: engine.shutdown },
  );
  for (const [index, decision] of added.entries()) {
    const fact = byId.get(decision.factId) as CheckedFact;
    add.push({
      record: records[index] as MemoryRecord,
      identity: identityKey(fact.text),
      isTurn: false,
      passages: passages[index] ?? [],
      mentions: fact.mentions,
      relations: allRelations(records[index] as MemoryRecord, fact.mentions, fact.relations),
      event: "ADD",
      actor: `extractor:${fact.extractor}`,
      reason: decision.reason,
      ...(derivedFrom.length === 0 ? {} : { restsOn: derivedFrom }),
    });
  }
  for (const change of plan.decisions.flatMap((decision) => decision.patches)) {
    const place = rewritten.indexOf(change);
    patch.push({
      id: change.id,
      changes: change.changes,
      ...(place < 0
        ? {}
        : { identity: identityKey(change.changes.text as string), passages: passages[records.length + place] ?? [] }),
      event: change.event,
      actor: "reconcile",
      reason: change.reason,
    });
  }
  return { userId: scope.userId ?? null, at: now, add, patch };
}

function factRecord(scope: Scope, fact: CheckedFact, decision: ReconcileDecision, now: number): MemoryRecord {
  const placed = decision.memory as NonNullable<ReconcileDecision["memory"]>;
  const validFrom = placed.validFrom ?? fact.validFrom;
  const validTo = placed.validTo ?? fact.validTo;
  const { attribute } = placed;
  return {
    id: fact.id,
    kind: fact.kind,
    text: fact.text,
    scope,
    role: fact.attributedTo,
    ...(fact.name === undefined ? {} : { name: fact.name }),
    metadata: fact.origin.metadata,
    categories: fact.categories,
    state: placed.state,
    isVerified: fact.isVerified,
    isImmutable: fact.origin.isImmutable,
    ...(fact.origin.isPinned === true ? { isPinned: true } : {}),
    saidAt: fact.saidAt,
    ...(validFrom === undefined ? {} : { validFrom }),
    ...(validTo === undefined ? {} : { validTo }),
    ...(fact.granularity === undefined ? {} : { granularity: fact.granularity }),
    createdAt: now,
    updatedAt: now,
    ...(fact.origin.expirationDate === undefined ? {} : { expirationDate: fact.origin.expirationDate }),
    ...(attribute === undefined ? {} : { attribute }),
    ...(placed.replacedBy === undefined ? {} : { replacedBy: placed.replacedBy }),
    conflictsWith: placed.conflictsWith,
    sources: fact.sources,
    ...(fact.language === undefined ? {} : { language: fact.language }),
    confidence: fact.confidence,
  };
}
