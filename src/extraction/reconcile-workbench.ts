import type { AttributeValue } from "../domain/memory.ts";
import { isFullerThan, readStatement, type ReadStatement } from "./near-duplicate.ts";
import {
  applyChanges,
  draftOf,
  draftRecord,
  newSources,
  type AddedMemory,
  type Draft,
  type ExistingMemory,
  type IncomingFact,
  type ReconcileAction,
  type ReconcileChanges,
  type ReconcileDecision,
  type ReconcilePatch,
} from "./reconcile-plan.ts";
import { slotOf } from "./slot.ts";

/** The candidates as the decisions so far leave them. */
export class Workbench {
  readonly now: number;
  readonly #drafts: Map<string, Draft>;
  readonly #read = new Map<string, ReadStatement>();

  constructor(existing: readonly ExistingMemory[], now: number) {
    this.now = now;
    const sorted = existing.toSorted(
      (left, right) => left.createdAt - right.createdAt || (left.id < right.id ? -1 : 1),
    );
    this.#drafts = new Map(sorted.map((memory) => [memory.id, draftOf(memory)]));
  }

  /** Oldest first. */
  drafts(): Iterable<Draft> {
    return this.#drafts.values();
  }

  get(id: string): Draft | undefined {
    return this.#drafts.get(id);
  }

  read(text: string): ReadStatement {
    let statement = this.#read.get(text);
    if (statement === undefined) {
      statement = readStatement(text);
      this.#read.set(text, statement);
    }
    return statement;
  }

  put(draft: Draft): void {
    this.#drafts.set(draft.record.id, draft);
  }

  /** The memory into which a merged one was folded at last. */
  survivorOf(draft: Draft): Draft | undefined {
    const seen = new Set<string>();
    let current: Draft | undefined = draft;
    while (current?.record.state === "merged" && !seen.has(current.record.id)) {
      seen.add(current.record.id);
      current = current.record.replacedBy === undefined ? undefined : this.get(current.record.replacedBy);
    }
    return current;
  }
}

export interface AddOptions {
  readonly action?: Extract<ReconcileAction, "ADD" | "SUPERSEDE">;
  readonly attribute: AttributeValue | undefined;
  readonly state?: AddedMemory["state"];
  readonly validFrom?: number | undefined;
  readonly validTo?: number | undefined;
  readonly replacedBy?: string | undefined;
  readonly conflicts?: readonly Draft[];
  /** Memories that the decision is about besides the conflicting ones. */
  readonly targets?: readonly Draft[];
}

/** One decision in the making: keeps the patches and the workbench in step. Immutable memories are never patched. */
export class DecisionDraft {
  readonly fact: IncomingFact;
  readonly #bench: Workbench;
  readonly #patches: ReconcilePatch[] = [];

  constructor(fact: IncomingFact, bench: Workbench) {
    this.fact = fact;
    this.#bench = bench;
  }

  get now(): number {
    return this.#bench.now;
  }

  get(id: string | undefined): Draft | undefined {
    return id === undefined ? undefined : this.#bench.get(id);
  }

  patch(target: Draft, event: ReconcilePatch["event"], reason: string, changes: ReconcileChanges): void {
    const draft = this.#bench.get(target.record.id) ?? target;
    if (draft.record.isImmutable) return;
    this.#patches.push({ id: draft.record.id, changes, event, reason });
    const statedAt = changes.addSources === undefined ? draft.statedAt : [...draft.statedAt, this.fact.saidAt];
    this.#bench.put({ record: applyChanges(draft.record, changes), statedAt });
  }

  /** Notes on both sides that they say different things about one slot. */
  linkConflict(target: Draft): void {
    const { conflictsWith } = (this.#bench.get(target.record.id) ?? target).record;
    if (conflictsWith.includes(this.fact.id)) return;
    this.patch(target, null, "undecided conflict", { conflictsWith: [...conflictsWith, this.fact.id] });
  }

  /** Adds the fact's evidence to a memory that says the same, or its fuller words. */
  touch(target: Draft, relation: string): ReconcileDecision {
    const { record } = target;
    if (record.isImmutable) return this.none(`${relation} an immutable memory`, [target]);
    if (record.state === "active" && isFullerThan(this.fact.text, record.text)) return this.merge(target, []);
    const isNew = this.addEvidence(target);
    return this.none(`${relation} a known memory; ${isNew ? "its evidence grows" : "from the same words"}`, [target]);
  }

  /** Appends sources that are not there yet; true when there were any. */
  addEvidence(target: Draft, changes: ReconcileChanges = {}): boolean {
    const { record } = target;
    const addSources = newSources(record, this.fact.sources);
    const confidence = Math.max(record.confidence, this.fact.confidence);
    const all: ReconcileChanges = {
      ...changes,
      ...(addSources.length === 0 ? {} : { addSources }),
      ...(confidence === record.confidence ? {} : { confidence }),
    };
    if (Object.keys(all).length > 0) this.patch(target, null, "said again", all);
    return addSources.length > 0;
  }

  /** The survivor takes the fuller words; other barer memories fold into it. */
  merge(survivor: Draft, others: readonly Draft[]): ReconcileDecision {
    const { fact } = this;
    const reason = "a fuller statement of the same";
    const folded = others.flatMap((other) => other.record.sources);
    this.patch(survivor, "UPDATE", reason, {
      text: fact.text,
      addSources: newSources(survivor.record, [...fact.sources, ...folded]),
      confidence: Math.max(survivor.record.confidence, fact.confidence),
    });
    for (const other of others) {
      this.patch(other, "MERGE", reason, {
        state: "merged",
        replacedBy: survivor.record.id,
        retractedAt: this.now,
      });
    }
    return this.finish("MERGE", reason, [survivor, ...others]);
  }

  none(reason: string, targets: readonly Draft[]): ReconcileDecision {
    return this.finish("NONE", reason, targets);
  }

  add(reason: string, options: AddOptions): ReconcileDecision {
    const { fact } = this;
    const { attribute, conflicts = [], targets = [], replacedBy } = options;
    // What an ending statement says holds from the end on.
    const isEnd = attribute !== undefined && slotOf(attribute).isEnd;
    const validFrom = options.validFrom ?? (isEnd ? (fact.validTo ?? fact.validFrom) : fact.validFrom);
    const validTo = options.validTo ?? (isEnd ? undefined : fact.validTo);
    const memory: AddedMemory = {
      state: options.state ?? "active",
      conflictsWith: conflicts.map((draft) => draft.record.id),
      ...(attribute === undefined ? {} : { attribute }),
      ...(validFrom === undefined ? {} : { validFrom }),
      ...(validTo === undefined ? {} : { validTo }),
      ...(replacedBy === undefined ? {} : { replacedBy }),
    };
    for (const draft of conflicts) this.linkConflict(draft);
    this.#bench.put({ record: draftRecord(fact, memory, this.now), statedAt: [fact.saidAt] });
    return this.finish(options.action ?? "ADD", reason, [...targets, ...conflicts], memory);
  }

  finish(action: ReconcileAction, reason: string, targets: readonly Draft[], memory?: AddedMemory): ReconcileDecision {
    return {
      action,
      reason,
      factId: this.fact.id,
      targetIds: targets.map((draft) => draft.record.id),
      patches: this.#patches,
      ...(memory === undefined ? {} : { memory }),
    };
  }
}
