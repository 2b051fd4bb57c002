import type { ExtractedFact } from "../../src/domain/extracted-fact.ts";
import type { MemoryRecord } from "../../src/domain/memory.ts";
import {
  applyChanges,
  draftRecord,
  type ExistingMemory,
  type IncomingFact,
  type ReconcileDecision,
} from "../../src/extraction/reconcile-plan.ts";
import { reconcile } from "../../src/extraction/reconcile.ts";
import { lastWordAt } from "../../src/retrieval/as-of.ts";

export type FactOptions = Partial<Omit<ExtractedFact, "text">>;

/** A fact with one source of its own; times are small numbers, read them as days. */
export function factOf(id: string, text: string, saidAt: number, options: FactOptions = {}): IncomingFact {
  return {
    id,
    text,
    saidAt,
    kind: "fact",
    cue: "none",
    categories: [],
    mentions: [],
    sources: [{ messageId: `message-${id}`, spans: [{ start: 0, end: text.length }] }],
    confidence: 0.9,
    attributedTo: "user",
    ...options,
  };
}

/** Applies plans to records in memory, as the real store does, and checks each plan's shape on the way. */
export interface ReconcileStore {
  now: number;
  add(facts: readonly IncomingFact[]): readonly ReconcileDecision[];
  get(id: string): MemoryRecord;
  set(id: string, fields: Partial<MemoryRecord>): void;
  insert(record: MemoryRecord): void;
  records(): readonly MemoryRecord[];
  active(): readonly MemoryRecord[];
  existing(): readonly ExistingMemory[];
  /** Distinct values of active memories that fill a slot. */
  current(): readonly string[];
  /** Values that were the last word at a time. */
  valuesAt(time: number): readonly string[];
}

export function createStore(): ReconcileStore {
  const records = new Map<string, MemoryRecord>();
  const saidAtOf = new Map<string, number>();
  const store: ReconcileStore = {
    now: 1_000,
    add(facts) {
      const { decisions } = reconcile({ incoming: facts, existing: store.existing(), now: store.now });
      for (const [index, decision] of decisions.entries()) {
        const fact = facts[index];
        if (fact === undefined || fact.id !== decision.factId) throw new Error("one decision per fact, in order");
        for (const source of fact.sources) saidAtOf.set(source.messageId, fact.saidAt);
        for (const patch of decision.patches) {
          const record = store.get(patch.id);
          if (record.isImmutable) throw new Error(`patch of the immutable ${patch.id}`);
          records.set(patch.id, applyChanges(record, patch.changes));
        }
        if (decision.memory !== undefined) {
          if (decision.action !== "ADD" && decision.action !== "SUPERSEDE") throw new Error("a memory without ADD");
          records.set(fact.id, draftRecord(fact, decision.memory, store.now));
        }
      }
      store.now += 1;
      return decisions;
    },
    get(id) {
      const record = records.get(id);
      if (record === undefined) throw new Error(`no record ${id}`);
      return record;
    },
    set: (id, fields) => void records.set(id, { ...store.get(id), ...fields }),
    insert: (record) => void records.set(record.id, record),
    records: () => [...records.values()],
    active: () => store.records().filter((record) => record.state === "active"),
    existing: () =>
      store.records().map((record) => ({
        ...record,
        statedAt: record.sources.map((source) => saidAtOf.get(source.messageId) ?? record.saidAt),
      })),
    current: () => distinctValues(store.active()),
    valuesAt: (time) =>
      distinctValues(
        lastWordAt(
          store.records().filter((record) => record.attribute !== undefined),
          time,
        ),
      ),
  };
  return store;
}

function distinctValues(list: readonly MemoryRecord[]): readonly string[] {
  return [...new Set(list.flatMap((record) => (record.attribute === undefined ? [] : [record.attribute.value])))];
}
