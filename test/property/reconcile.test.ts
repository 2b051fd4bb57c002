import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ChangeCue } from "../../src/domain/extracted-fact.ts";
import type { AttributeValue, MemoryRecord } from "../../src/domain/memory.ts";
import { reconcile } from "../../src/extraction/reconcile.ts";
import type { IncomingFact } from "../../src/extraction/reconcile-plan.ts";
import { slotOf } from "../../src/extraction/slot.ts";
import { createStore, factOf, type ReconcileStore } from "../support/reconcile-store.ts";

const VALUES = ["paris", "berlin", "rome", "oslo"] as const;

interface Step {
  readonly value: string;
  readonly saidAt: number;
  readonly cue: ChangeCue;
  readonly attribute: string;
  readonly confidence: number;
  readonly validFrom: number | undefined;
  readonly validTo: number | undefined;
}

const step = (cues: readonly ChangeCue[], maximumTime: number): fc.Arbitrary<Step> =>
  fc.record({
    value: fc.constantFrom(...VALUES),
    saidAt: fc.integer({ min: 1, max: maximumTime }),
    cue: fc.constantFrom(...cues),
    attribute: fc.constantFrom("residence", "employer", "likes", "dislikes", "scheduled:dentist"),
    confidence: fc.constantFrom(0.9, 0.9, 0.9, 0.3),
    validFrom: fc.option(fc.integer({ min: 1, max: maximumTime + 5 }), { nil: undefined, freq: 3 }),
    validTo: fc.option(fc.integer({ min: 1, max: maximumTime }), { nil: undefined, freq: 6 }),
  });

function toFact(entry: Step, index: number): IncomingFact {
  const { value, attribute } = entry;
  const cardinality = attribute.endsWith("likes") ? "multiple" : "single";
  const key: AttributeValue = { subject: "user", attribute, value, cardinality };
  return factOf(`f${String(index).padStart(2, "0")}`, `User ${attribute} ${entry.cue} ${value}`, entry.saidAt, {
    cue: entry.cue,
    attribute: key,
    confidence: entry.confidence,
    ...(entry.validFrom === undefined ? {} : { validFrom: entry.validFrom }),
    ...(entry.validTo === undefined || entry.validTo <= (entry.validFrom ?? 0) ? {} : { validTo: entry.validTo }),
  });
}

function addInBatches(store: ReconcileStore, facts: readonly IncomingFact[], size: number): void {
  for (let index = 0; index < facts.length; index += size) store.add(facts.slice(index, index + size));
}

function expectOneCurrent(records: readonly MemoryRecord[]): void {
  const active = records.filter((record) => record.state === "active" && record.attribute !== undefined);
  for (const left of active) {
    for (const right of active) {
      if (left.attribute === undefined || right.attribute === undefined || left.id >= right.id) continue;
      const [one, other] = [slotOf(left.attribute), slotOf(right.attribute)];
      if (one.key !== other.key || (one.value === other.value && one.isEnd === other.isEnd)) continue;
      expect(left.conflictsWith).toContain(right.id);
      expect(right.conflictsWith).toContain(left.id);
    }
  }
}

function expectLinearChains(records: readonly MemoryRecord[]): void {
  const byId = new Map(records.map((record) => [record.id, record]));
  for (const record of records) {
    expect(record.state === "active" && record.replacedBy !== undefined).toBe(false);
    const seen = new Set<string>();
    let current: MemoryRecord | undefined = record;
    while (current?.replacedBy !== undefined) {
      expect(seen.has(current.id)).toBe(false);
      seen.add(current.id);
      current = byId.get(current.replacedBy);
      expect(current).toBeDefined();
    }
    expect(current?.state).toBe("active");
  }
}

function expectNothingDropped(records: readonly MemoryRecord[], facts: readonly IncomingFact[]): void {
  const cited = new Set(records.flatMap((record) => record.sources.map((source) => source.messageId)));
  for (const fact of facts) expect(cited).toContain(`message-${fact.id}`);
}

describe("reconcile, whatever is said in whatever order", () => {
  it("keeps one current value per slot, chains that end, and everything that was said", () => {
    const sequences = fc.array(step(["none", "none", "change", "correction", "end"], 12), {
      minLength: 1,
      maxLength: 14,
    });
    fc.assert(
      fc.property(sequences, fc.integer({ min: 1, max: 5 }), (steps, size) => {
        const facts = steps.map(toFact);
        const store = createStore();
        addInBatches(store, facts, size);
        expectOneCurrent(store.records());
        expectLinearChains(store.records());
        expectNothingDropped(store.records(), facts);
        expect(store.records().length).toBeGreaterThan(0);
      }),
      { numRuns: 3_000 },
    );
  });

  it("answers as of any time with the value said last before it, in any order of arrival", () => {
    const sequences = fc.uniqueArray(
      fc.record({
        value: fc.constantFrom(...VALUES),
        saidAt: fc.integer({ min: 1, max: 40 }),
        cue: fc.constantFrom<ChangeCue>("none", "change"),
      }),
      { minLength: 1, maxLength: 12, selector: (entry) => entry.saidAt },
    );
    fc.assert(
      fc.property(sequences, fc.integer({ min: 1, max: 12 }), (entries, size) => {
        const facts = entries.map((entry, index) =>
          toFact(
            { ...entry, attribute: "residence", confidence: 0.9, validFrom: undefined, validTo: undefined },
            index,
          ),
        );
        const store = createStore();
        addInBatches(store, facts, size);
        const sorted = entries.toSorted((left, right) => left.saidAt - right.saidAt);
        for (let time = 0; time <= 41; time += 1) {
          const last = sorted.findLast((entry) => entry.saidAt <= time);
          expect(store.valuesAt(time)).toEqual(last === undefined ? [] : [last.value]);
        }
        expect(store.current()).toEqual([sorted.at(-1)?.value]);
      }),
      { numRuns: 3_000 },
    );
  });

  it("answers the same when the stated start is what orders them", () => {
    const sequences = fc.uniqueArray(
      // One start per value: two starts of one value leave it open which of them holds.
      fc.record({
        value: fc.integer({ min: 1, max: 9 }).map((city) => `city${city}`),
        start: fc.integer({ min: 1, max: 40 }),
      }),
      { minLength: 1, maxLength: 9, selector: (entry) => entry.value, comparator: "IsStrictlyEqual" },
    );
    fc.assert(
      fc.property(sequences, (entries) => {
        fc.pre(new Set(entries.map((entry) => entry.start)).size === entries.length);
        const store = createStore();
        for (const [index, { value, start }] of entries.entries()) {
          const fact = { value, saidAt: 100 + index, cue: "none" as const, attribute: "residence", confidence: 0.9 };
          store.add([toFact({ ...fact, validFrom: start, validTo: undefined }, index)]);
        }
        const last = entries.toSorted((left, right) => left.start - right.start).at(-1);
        expect(store.current()).toEqual([last?.value]);
        expectOneCurrent(store.records());
      }),
      { numRuns: 1_000 },
    );
  });

  it("corrections in the order said rewrite the period of what they correct", () => {
    const sequences = fc.array(
      fc.record({ value: fc.constantFrom(...VALUES), cue: fc.constantFrom<ChangeCue>("none", "change", "correction") }),
      { minLength: 1, maxLength: 10 },
    );
    fc.assert(
      fc.property(sequences, (entries) => {
        const store = createStore();
        const periods: { start: number; value: string }[] = [];
        for (const [index, { value, cue }] of entries.entries()) {
          const saidAt = (index + 1) * 10;
          const fact = { value, saidAt, cue, attribute: "residence", confidence: 0.9 };
          store.add([toFact({ ...fact, validFrom: undefined, validTo: undefined }, index)]);
          const last = periods.at(-1);
          if (last === undefined || (cue !== "correction" && last.value !== value))
            periods.push({ start: saidAt, value });
          else if (cue === "correction") last.value = value;
        }
        for (let time = 5; time < 120; time += 5) {
          const expected = periods.findLast((period) => period.start <= time);
          expect(store.valuesAt(time)).toEqual(expected === undefined ? [] : [expected.value]);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it("plans the same whatever the order of the candidates, and twice", () => {
    const sequences = fc.array(step(["none", "change", "correction", "end"], 8), { minLength: 2, maxLength: 12 });
    fc.assert(
      fc.property(sequences, fc.infiniteStream(fc.nat()), (steps, random) => {
        const facts = steps.map(toFact);
        const half = Math.floor(facts.length / 2);
        const store = createStore();
        addInBatches(store, facts.slice(0, half), 2);
        const existing = store.existing();
        const shuffled = existing
          .map((record) => ({ record, order: random.next().value }))
          .toSorted((left, right) => left.order - right.order)
          .map(({ record }) => record);
        const incoming = facts.slice(half);
        const plan = reconcile({ incoming, existing, now: 5_000 });
        expect(reconcile({ incoming, existing: shuffled, now: 5_000 })).toEqual(plan);
        expect(reconcile({ incoming, existing, now: 5_000 })).toEqual(plan);
      }),
      { numRuns: 500 },
    );
  });

  it("never patches an immutable memory", () => {
    const sequences = fc.array(step(["none", "change", "correction", "end"], 8), { minLength: 2, maxLength: 10 });
    fc.assert(
      fc.property(sequences, fc.nat(), (steps, pick) => {
        const facts = steps.map(toFact);
        const store = createStore();
        store.add(facts.slice(0, 1));
        store.set("f00", { isImmutable: true });
        const before = store.get("f00");
        addInBatches(store, facts.slice(1), 1 + (pick % 3));
        expect(store.get("f00")).toEqual(before);
      }),
      { numRuns: 1_000 },
    );
  });
});
