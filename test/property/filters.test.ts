import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseFilter } from "../../src/api/parse-filter.ts";
import { condition, type Filter, type FilterField, type FilterTest } from "../../src/domain/filter.ts";
import { compareCodePoints, evaluateFilter } from "../../src/domain/filter-evaluate.ts";
import { boundScopes, requireScope, scopeReach, type ScopeBinding } from "../../src/domain/filter-scopes.ts";
import type { MemoryRecord } from "../../src/domain/memory.ts";
import { SCOPE_KEYS } from "../../src/domain/scope.ts";
import { MemoryError } from "../../src/errors.ts";
import { input, records, scopeCondition, single, treeOf } from "../support/filter-arbitraries.ts";
import { fillFilterTable, memoryRecord, openFilterTable, selectIds } from "../support/filter-table.ts";

const SEED = 20_260_301;

/** Undefined for what is refused with `invalid_input`; any other error gets out. */
function parsedOrRefused(raw: unknown, wildcard: "refuse" | "any"): Filter | undefined {
  try {
    return parseFilter(raw, { wildcard }).filter;
  } catch (error) {
    if (MemoryError.isInstance(error) && error.code === "invalid_input") return undefined;
    throw error;
  }
}

function evaluatedIds(all: readonly MemoryRecord[], filter: Filter): string[] {
  return all.filter((one) => evaluateFilter(filter, one)).map((one) => one.id);
}

function lies(one: MemoryRecord, binding: ScopeBinding): boolean {
  return SCOPE_KEYS.every((scopeKey) => {
    const ids = binding[scopeKey];
    const id = one.scope[scopeKey] ?? null;
    return ids === undefined || (ids === "present" ? id !== null : ids.has(id));
  });
}

describe("filters over random memories", () => {
  it("select the same rows in SQL and in memory, for any tree of conditions", () => {
    const driver = openFilterTable();
    let selected = 0;
    fc.assert(
      fc.property(records, fc.array(treeOf(single), { minLength: 4, maxLength: 4 }), (all, filters) => {
        fillFilterTable(driver, all);
        for (const filter of filters) {
          const expected = evaluatedIds(all, filter);
          if (expected.length > 0 && expected.length < all.length) selected += 1;
          expect(selectIds(driver, filter)).toEqual(expected);
        }
      }),
      { seed: SEED, numRuns: 1_500 },
    );
    // The property means nothing when nearly all filters select everything or nothing.
    expect(selected).toBeGreaterThan(500);
    driver.close();
  });

  it("select the same rows for every operator on every kind of field", () => {
    const driver = openFilterTable();
    fc.assert(
      fc.property(records, fc.array(single, { minLength: 20, maxLength: 20 }), (all, filters) => {
        fillFilterTable(driver, all);
        for (const filter of filters) expect(selectIds(driver, filter)).toEqual(evaluatedIds(all, filter));
      }),
      { seed: SEED, numRuns: 1_000 },
    );
    driver.close();
  });

  it("are parsed or refused with invalid_input, never changed, and agree once parsed", () => {
    const driver = openFilterTable();
    let parsed = 0;
    fc.assert(
      fc.property(records, input, fc.constantFrom("refuse" as const, "any" as const), (all, raw, wildcard) => {
        const before = JSON.stringify(raw);
        const filter = parsedOrRefused(raw, wildcard);
        expect(JSON.stringify(raw)).toBe(before);
        if (filter === undefined) return;
        parsed += 1;
        fillFilterTable(driver, all);
        expect(selectIds(driver, filter)).toEqual(evaluatedIds(all, filter));
      }),
      { seed: SEED, numRuns: 3_000 },
    );
    expect(parsed).toBeGreaterThan(500);
    driver.close();
  });

  it("select rows of their bound scopes only", () => {
    let bound = 0;
    fc.assert(
      fc.property(
        records,
        treeOf(fc.oneof({ weight: 5, arbitrary: scopeCondition }, { weight: 1, arbitrary: single })),
        (all, filter) => {
          const bindings = boundScopes(filter);
          const reach = scopeReach(bindings);
          const matching = all.filter((one) => evaluateFilter(filter, one));
          for (const one of matching) {
            expect(bindings.some((binding) => lies(one, binding))).toBe(true);
            for (const scopeKey of SCOPE_KEYS) {
              const ids = reach[scopeKey];
              expect(ids === "any" || ids.has(one.scope[scopeKey] ?? null)).toBe(true);
            }
          }
          let passes = true;
          try {
            requireScope(filter);
          } catch {
            passes = false;
          }
          if (!passes) return;
          if (matching.length > 0) bound += 1;
          // Past the gate, every row carries an id that stands in the filter.
          const written = JSON.stringify(filter);
          for (const one of matching) {
            expect(Object.values(one.scope).some((id) => written.includes(JSON.stringify(id)))).toBe(true);
          }
        },
      ),
      { seed: SEED, numRuns: 5_000 },
    );
    expect(bound).toBeGreaterThan(100);
  });

  it("order texts as their UTF-8 bytes do", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (left, right) => {
        const bytes = Buffer.compare(Buffer.from(left), Buffer.from(right));
        expect(Math.sign(compareCodePoints(left, right))).toBe(bytes);
      }),
      { seed: SEED, numRuns: 2_000 },
    );
  });

  it("agree on every pair of telling values under every operator", () => {
    const driver = openFilterTable();
    const numbers = [0, 1, 7, -1, 0.1, 0.1 + 0.2, 5e-324, Number.MAX_VALUE, 1e21, 2 ** 53 - 1, 2 ** 53, 2 ** 53 + 2];
    // Their shortest decimal form, which JSON holds, is another number when read as a 64-bit integer.
    const large = [2 ** 60, 2 ** 60 + 256, 2 ** 63, 2 ** 63 - 1024, -(2 ** 63), 2 ** 64];
    const texts = ["", "7", "a", "A", "true", "\uffff", "😀", "a\u0000", "a\u0000b", "é", "e\u0301"];
    const values = [...numbers, ...large, ...texts, true, false];
    const shapes = [{}, { n: null }, { n: [] }, { n: [null] }, { n: [[7]] }, { n: { a: 7, 0: 7 } }];
    const all = [...values.map((n) => ({ n })), ...values.map((n) => ({ n: [n] })), ...shapes].map((data, index) =>
      memoryRecord({ id: `m${String(index).padStart(3, "0")}`, metadata: data }),
    );
    fillFilterTable(driver, all);
    const on: FilterField = { kind: "metadata", path: ["n"] };
    const tests = values.flatMap((value): FilterTest[] => [
      ...(["eq", "ne"] as const).map((operator) => ({ operator, value })),
      ...(["in", "nin"] as const).map((operator) => ({ operator, value: [value, 3, "x", null] })),
      { operator: "contains", value },
      ...(typeof value === "boolean"
        ? []
        : (["gt", "gte", "lt", "lte"] as const).map((operator) => ({ operator, value }))),
      ...(typeof value === "string" ? [{ operator: "icontains" as const, value }] : []),
    ]);
    for (const what of tests) {
      const filter = condition(on, what);
      expect([what, selectIds(driver, filter)]).toEqual([what, evaluatedIds(all, filter)]);
    }
    driver.close();
  });

  it("stay within SQLite's limits at their largest", () => {
    const driver = openFilterTable();
    const all = [
      memoryRecord({ id: "m00", metadata: { n: 999 } }),
      memoryRecord({ id: "m01", metadata: { n: 5_000 } }),
    ];
    fillFilterTable(driver, all);
    const numbers = Array.from({ length: 990 }, (_, index) => index + 10);
    let deep: unknown = { OR: numbers.map((n) => ({ n })) };
    for (let level = 0; level < 60; level += 1) deep = level % 2 === 0 ? { NOT: deep } : { NOT: [deep] };
    const largest = [
      { OR: numbers.slice(0, 495).map((n) => ({ "a.b": n, n })) },
      deep,
      { n: Array.from({ length: 100_000 }, (_, index) => index - 90_000) },
      { user_id: Array.from({ length: 40_000 }, (_, index) => (index === 0 ? "u" : `u${index}`)) },
    ];
    for (const raw of largest) {
      const { filter } = parseFilter(raw);
      const expected = evaluatedIds(all, filter as Filter);
      expect(selectIds(driver, filter as Filter)).toEqual(expected);
    }
    driver.close();
  });
});
