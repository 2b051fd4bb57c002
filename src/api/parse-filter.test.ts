import { describe, expect, it } from "vitest";
import { evaluateFilter } from "../domain/filter-evaluate.ts";
import { requireScope } from "../domain/filter-scopes.ts";
import type { MemoryRecord } from "../domain/memory.ts";
import { MemoryError } from "../errors.ts";
import { parseFilter, type ParseFilterOptions } from "./parse-filter.ts";

function memory(part: Partial<MemoryRecord>): MemoryRecord {
  return {
    id: "m1",
    kind: "fact",
    text: "Alice lives in Paris",
    scope: { userId: "alice" },
    metadata: {},
    categories: [],
    state: "active",
    isVerified: true,
    isImmutable: false,
    saidAt: Date.UTC(2026, 2, 1, 12),
    createdAt: Date.UTC(2026, 5, 1),
    updatedAt: Date.UTC(2026, 6, 1),
    conflictsWith: [],
    sources: [],
    confidence: 1,
    ...part,
  };
}

function matches(input: unknown, part: Partial<MemoryRecord>, options?: ParseFilterOptions): boolean {
  const { filter } = parseFilter(input, options);
  return filter === undefined || evaluateFilter(filter, memory(part));
}

/** Which of the values of the metadata key `n` satisfy the filter. */
function matching(input: unknown, values: readonly unknown[]): unknown[] {
  return values.filter((n) => matches(input, { metadata: n === undefined ? {} : { n } }));
}

function refusal(input: unknown, options?: ParseFilterOptions): string {
  try {
    parseFilter(input, options);
  } catch (error) {
    if (MemoryError.isInstance(error)) return `${error.code}: ${error.message}`;
    throw error;
  }
  return "accepted";
}

describe("what Mem0 gets wrong in filters", () => {
  it("F-1: applies every operator of a condition", () => {
    expect(matching({ n: { gte: 5, lte: 10 } }, [3, 7, 12])).toEqual([7]);
  });

  it("F-2: applies every member of AND", () => {
    expect(matching({ AND: [{ n: { gte: 5 } }, { n: { lte: 10 } }] }, [3, 7, 12])).toEqual([7]);
  });

  it("F-3: nests to any depth, and takes NOT as a list or an object", () => {
    expect(matching({ AND: [{ OR: [{ n: 3 }, { n: 7 }] }] }, [3, 7, 12])).toEqual([3, 7]);
    expect(matching({ NOT: { n: 3 } }, [3, 7])).toEqual([7]);
    expect(matching({ NOT: [{ n: 3 }, { n: 7 }] }, [3, 7, 12])).toEqual([12]);
    expect(matching({ $or: [{ $and: [{ n: { $gt: 1 } }, { $not: { n: 7 } }] }] }, [1, 3, 7])).toEqual([3]);
    let deep: unknown = { n: 7 };
    for (let level = 0; level < 62; level += 1) deep = level % 2 === 0 ? { NOT: deep } : { NOT: [deep] };
    expect(matching(deep, [3, 7])).toEqual([7]);
    expect(refusal({ AND: [{ NOT: [deep] }] })).toContain("nested too deep");
  });

  it("F-4: refuses unknown operators by name", () => {
    expect(refusal({ n: { foo: 1 } })).toContain("invalid_input: Unsupported metadata filter operator: foo");
    expect(refusal({ n: { gte: 1, constructor: 1 } })).toContain("operator: constructor");
    expect(refusal({ metadata: { n: { ">=": 1 } } })).toContain("operator: >=");
    expect(refusal({ n: {} })).toContain("holds no operator");
  });

  it("F-5: `*` matches only rows where the key has a value", () => {
    expect(matching({ n: "*" }, [0, false, "", [], {}, null, undefined])).toEqual([0, false, "", [], {}]);
  });

  it("F-6: compares numbers with numbers and texts with texts", () => {
    expect(matching({ n: { gte: 5 } }, [7, "7", true, null, undefined, [7], ["7"]])).toEqual([7, [7]]);
    expect(matching({ n: 1 }, [1, "1", true])).toEqual([1]);
    expect(matching({ n: true }, [1, "true", true])).toEqual([true]);
  });

  it("F-7: created_at is when it was said, recorded_at when it was stored", () => {
    for (const key of ["created_at", "createdAt", "timestamp"]) {
      expect(matches({ [key]: "2026-03-01" }, {})).toBe(true);
      expect(matches({ [key]: { gte: "2026-03-02" } }, {})).toBe(false);
    }
    expect(matches({ recorded_at: "2026-06-01", updated_at: { gt: "2026-06-30" } }, {})).toBe(true);
  });

  it("I-1: refuses `*` as an id, and lets REST read any id by it", () => {
    for (const input of [
      { user_id: "*" },
      { userId: " * " },
      { agent_id: ["a", "*"] },
      { NOT: { run_id: { ne: "*" } } },
    ]) {
      expect(refusal(input)).toContain('"*" would stand for every id');
    }
    expect(matches({ user_id: "*" }, {}, { wildcard: "any" })).toBe(true);
    expect(matches({ user_id: "*" }, { scope: { agentId: "a" } }, { wildcard: "any" })).toBe(false);
    expect(matches({ agent_id: { ne: "*" } }, {}, { wildcard: "any" })).toBe(true);
  });

  it("I-4: bob and alice together are nobody", () => {
    const both = [
      { user_id: "bob", AND: [{ user_id: "alice" }] },
      { AND: [{ user_id: "bob" }, { user_id: "alice" }] },
      { user_id: "bob", userId: "alice" },
    ];
    for (const input of both) {
      expect(matches(input, { scope: { userId: "alice" } })).toBe(false);
      expect(matches(input, { scope: { userId: "bob" } })).toBe(false);
      expect(requireScope(parseFilter(input).filter)).toEqual([]);
    }
  });

  it("I-5: never changes its input", () => {
    const input = Object.freeze({
      user_id: " alice ",
      AND: Object.freeze([Object.freeze({ n: Object.freeze([1, 1]) })]),
    });
    expect(parseFilter(input).filter).toBeDefined();
    expect(input).toEqual({ user_id: " alice ", AND: [{ n: [1, 1] }] });
  });

  it("I-9: reads a list of ids and `in` as any of them", () => {
    for (const input of [{ user_id: ["alice", "b"] }, { user_id: { in: ["alice", "b"] } }]) {
      expect(matches(input, { scope: { userId: "alice" } })).toBe(true);
      expect(matches(input, { scope: { userId: "alice,b" } })).toBe(false);
    }
  });

  it("I-10: takes both spellings of scope keys", () => {
    const scope = { userId: "u", agentId: "a", appId: "p", runId: "r" };
    expect(matches({ userId: "u", agentId: "a", appId: "p", runId: "r" }, { scope })).toBe(true);
    expect(matches({ user_id: "u", agent_id: "a", app_id: "p", run_id: "r" }, { scope })).toBe(true);
    expect(matches({ userId: "u", run_id: "x" }, { scope })).toBe(false);
  });
});

describe("parseFilter", () => {
  it("refuses what is not a filter in Mem0's words", () => {
    expect(refusal({ AND: { n: 1 } })).toBe("invalid_input: AND operator requires a list of conditions");
    expect(refusal({ OR: [] })).toBe("invalid_input: OR operator requires a non-empty list of conditions");
    expect(refusal({ OR: { n: 1 } })).toBe("invalid_input: OR operator requires a non-empty list of conditions");
    expect(refusal({ NOT: [] })).toBe("invalid_input: NOT operator requires a non-empty list of conditions");
    expect(refusal({ NOT: "x" })).toBe("invalid_input: NOT operator requires a non-empty list of conditions");
    expect(parseFilter({ AND: [] }).filter).toBeUndefined();
  });

  it.each<[unknown]>([
    ["x"],
    [[]],
    [7],
    [new Map([["user_id", "u"]])],
    [new Date(0)],
    [{ OR: ["x"] }],
    // oxlint-disable-next-line no-sparse-arrays -- a hole is the case
    [{ AND: [, { n: 1 }] }],
    [{ metadata: "x" }],
    [{ n: Number.NaN }],
    [{ n: Number.POSITIVE_INFINITY }],
    [{ n: { eq: [] } }],
    [{ n: [{ deep: 1 }] }],
    [{ n: { eq: [1] } }],
    [{ n: { in: "a" } }],
    [{ n: { gt: true } }],
    [{ n: { gt: null } }],
    [{ n: { exists: "yes" } }],
    [{ n: { contains: null } }],
    [{ n: { icontains: 5 } }],
    [{ user_id: undefined }],
    [{ agent_id: "a", user_id: undefined }],
    [{ user_id: { eq: undefined } }],
    [{ user_id: { contains: "a" } }],
    [{ user_id: true }],
    [{ user_id: { gt: "a" } }],
    [{ created_at: "yesterday" }],
    [{ created_at: "2026-02-30" }],
    [{ created_at: "2026-13-01" }],
    [{ created_at: Number.NaN }],
    [{ created_at: 1e300 }],
    [{ created_at: { contains: "2026" } }],
    [{ expiration_date: "soon" }],
    [{ categories: { gt: "a" } }],
    [{ categories: [1] }],
    [{ text: 5 }],
    [{ keywords: { eq: "a" } }],
    [{ memory_ids: [1] }],
    [{ "a\u0000b": 1 }],
    [{ [Array.from({ length: 65 }, () => "a").join(".")]: 1 }],
  ])("refuses unclear input, case %#", (input) => {
    expect(refusal(input)).toMatch(/^invalid_input: .{10}/u);
  });

  it("refuses values that JSON has not", () => {
    for (const value of [1n, Symbol("s"), () => 1, new Date(Number.NaN), new Map()]) {
      expect(refusal({ n: value })).toContain("filters.n expects a text, a finite number, a boolean or null, got");
      expect(refusal({ user_id: value })).toContain("Invalid userId: expected a text");
    }
  });

  it("refuses bad ids in Mem0's words", () => {
    expect(refusal({ user_id: "  " })).toContain(
      "Invalid userId: cannot be empty or whitespace-only. Provide a valid identifier.",
    );
    expect(refusal({ AND: [{ runId: ["ok", "a b"] }] })).toContain(
      "Invalid runId: cannot contain whitespace. Provide a valid identifier without spaces.",
    );
    expect(refusal({ agent_id: "\ud800" })).toContain("Invalid agentId: contains half of a surrogate pair");
    expect(matches({ user_id: " 42 " }, { scope: { userId: "42" } })).toBe(true);
    expect(matches({ user_id: 42 }, { scope: { userId: "42" } })).toBe(true);
  });

  it("gives up on cyclic and exploding input at once", () => {
    const cyclic: Record<string, unknown> = {};
    cyclic["NOT"] = cyclic;
    expect(refusal(cyclic)).toContain("nested too deep");
    let exploding: unknown = { n: 1 };
    for (let level = 0; level < 60; level += 1) exploding = { NOT: exploding, $not: exploding };
    expect(refusal(exploding)).toContain("too many conditions");
    let wide: unknown = { n: 1 };
    for (let level = 0; level < 60; level += 1) wide = { AND: [wide, wide] };
    expect(refusal(wide)).toContain("too many conditions");
    expect(refusal({ n: Array.from({ length: 100_001 }, (_, index) => index) })).toContain("too many values");
  });

  it("takes an unreserved key as metadata, always", () => {
    expect(matches({ kind: "fact" }, { kind: "fact" })).toBe(false);
    expect(matches({ kind: "invoice", state: "open" }, { metadata: { kind: "invoice", state: "open" } })).toBe(true);
    expect(matches({ metadata: { user_id: "x", AND: 1 } }, { metadata: { user_id: "x", AND: 1 } })).toBe(true);
    expect(parseFilter({ metadata: { user_id: "x" } }).namedScopes).toEqual([]);
  });

  it("reaches nested metadata by dots, a literal key first", () => {
    expect(matches({ "a.b": 1 }, { metadata: { a: { b: 1 } } })).toBe(true);
    expect(matches({ "a.b": 1 }, { metadata: { "a.b": 1 } })).toBe(true);
    expect(matches({ "a.b": 1 }, { metadata: { "a.b": 2, a: { b: 1 } } })).toBe(false);
    expect(matches({ "metadata.a": 1, metadata: { "a..b": 2 } }, { metadata: { a: 1, "a..b": 2 } })).toBe(true);
  });

  it("keeps prototype names ordinary", () => {
    const input = JSON.parse('{"__proto__": "p", "constructor": "c"}') as unknown;
    const metadata = JSON.parse('{"__proto__": "p", "constructor": "c"}') as Record<string, unknown>;
    expect(matches(input, { metadata })).toBe(true);
    expect(matches(input, { metadata: {} })).toBe(false);
    expect(matches({ toString: { exists: true } }, { metadata: {} })).toBe(false);
  });

  it("treats missing and null alike, and ne and nin as opposites of eq and in", () => {
    const values = [1, 2, null, undefined, [1, 2], []];
    expect(matching({ n: { ne: 1 } }, values)).toEqual([2, null, undefined, []]);
    expect(matching({ n: { nin: [1, 2] } }, values)).toEqual([null, undefined, []]);
    expect(matching({ n: null }, values)).toEqual([null, undefined]);
    expect(matching({ n: { exists: false } }, values)).toEqual([null, undefined]);
    expect(matching({ n: [null, 2] }, values)).toEqual([2, null, undefined, [1, 2]]);
    expect(matching({ n: [] }, values)).toEqual([]);
  });

  it("finds parts of texts and elements of lists", () => {
    expect(matching({ n: { contains: "ar" } }, ["Paris", "PARIS", ["x", "arm"], 7])).toEqual(["Paris", ["x", "arm"]]);
    expect(matching({ n: { icontains: "STRASSE" } }, ["Hauptstraße", "Weg"])).toEqual(["Hauptstraße"]);
    expect(matching({ n: { contains: 7 } }, [7, [1, 7], "7", 17])).toEqual([7, [1, 7]]);
  });

  it("compares categories and bare keywords without regard to case", () => {
    const categories = ["Food", "travel"];
    expect(matches({ categories: ["FOOD", "x"] }, { categories })).toBe(true);
    expect(matches({ categories: { contains: "TRAV" } }, { categories })).toBe(true);
    expect(matches({ categories: { ne: "food" } }, { categories })).toBe(false);
    expect(matches({ categories: "*" }, { categories: [] })).toBe(false);
    expect(matches({ keywords: "paris" }, {})).toBe(true);
    expect(matches({ keywords: ["rome", "PARIS"] }, {})).toBe(true);
    expect(matches({ keywords: { contains: "paris" } }, {})).toBe(false);
    expect(matches({ text: { contains: "Paris" }, memory_ids: ["m1", "m2"] }, {})).toBe(true);
  });

  it("reads days, times, seconds and milliseconds", () => {
    const noon = Date.UTC(2026, 2, 1, 12);
    const same = [
      "2026-03-01T12:00:00Z",
      "2026-03-01 12:00",
      "2026-03-01T13:00:00+01:00",
      "2026-03-01T14:00:00.000+0200",
    ];
    for (const value of [...same, noon, noon / 1000, new Date(noon)]) {
      expect(matches({ created_at: value }, {})).toBe(true);
      expect(matches({ created_at: { in: [0, value] } }, {})).toBe(true);
      expect(matches({ created_at: { gt: value } }, {})).toBe(false);
      expect(matches({ created_at: { lte: value } }, {})).toBe(true);
    }
    // A day is the whole day: March ends with its last instant.
    const lastInstant = Date.UTC(2026, 3, 1) - 1;
    expect(matches({ created_at: { gte: "2026-03-01", lte: "2026-03-31" } }, { saidAt: lastInstant })).toBe(true);
    expect(matches({ created_at: { gt: "2026-03-31" } }, { saidAt: lastInstant })).toBe(false);
    expect(matches({ created_at: { lt: "2026-03-31" } }, { saidAt: lastInstant })).toBe(false);
    expect(matches({ created_at: { ne: "2026-03-31" } }, { saidAt: lastInstant })).toBe(false);
    expect(matches({ created_at: ["2026-03-30", "2026-03-31"] }, { saidAt: lastInstant })).toBe(true);
    expect(matches({ expiration_date: { gte: "2026-03-01" } }, { expirationDate: "2026-03-01" })).toBe(true);
    expect(matches({ expiration_date: { gte: "2026-03-01" } }, {})).toBe(false);
  });
});
