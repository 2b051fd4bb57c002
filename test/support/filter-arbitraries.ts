import * as fc from "fast-check";
import {
  condition,
  type Filter,
  type FilterField,
  type FilterTest,
  FLAG_COLUMNS,
  TEXT_COLUMNS,
  TIME_COLUMNS,
} from "../../src/domain/filter.ts";
import { MEMORY_KINDS, MEMORY_STATES, type MemoryRecord } from "../../src/domain/memory.ts";
import { SCOPE_KEYS } from "../../src/domain/scope.ts";
import { memoryRecord } from "./filter-table.ts";

// Small pools, so that filters and records meet often; odd values, because that is where SQL and JavaScript part.
const key = fc.constantFrom(
  "n",
  "n",
  "n",
  "n",
  "a",
  "b",
  "a.b",
  "a.b.c",
  "__proto__",
  "constructor",
  'q"uote',
  "back\\slash",
  "it's",
  "[0]",
  "$",
  "",
  "é",
  "😀",
  "user_id",
  "0",
);
const text = fc.oneof(
  fc.constantFrom(
    "",
    "a",
    "A",
    "b",
    "7",
    "true",
    "null",
    "straße",
    "STRASSE",
    "ΟΔΟΣ",
    "οδος",
    "%",
    "_",
    "*",
    "a\u0000b",
  ),
  fc.constantFrom("\uffff", "😀", "\ue000z", "é", "e\u0301", "İ", "'; DROP TABLE m; --", "2026-03-01", "日本"),
  fc.string({ unit: "binary", maxLength: 3 }),
);
const number = fc.oneof(
  fc.constantFrom(0, -0, 1, 3, 5, 7, 7.5, 10, -1, 2 ** 53, 2 ** 53 - 1, 2 ** 60, 2 ** 63, 2 ** 64, -(2 ** 63), 1e21),
  fc.constantFrom(0.1, 0.1 + 0.2, 1e300, 5e-324, Number.MAX_VALUE),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer(),
);
const scalar = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom<string | number | boolean>("a", "A", 5, 7, "7", true, 1) },
  { weight: 2, arbitrary: text },
  { weight: 2, arbitrary: number },
  { weight: 1, arbitrary: fc.boolean() },
);
const scalarOrNull = fc.oneof({ weight: 6, arbitrary: scalar }, { weight: 1, arbitrary: fc.constant(null) });

/** Through JSON, as stores keep it: -0 becomes 0, and `__proto__` an ordinary key. */
function metadataOf(entries: readonly (readonly [string, unknown])[]): Record<string, unknown> {
  const members = entries.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`);
  const unique = new Map(entries.map(([name], index) => [name, members[index]]));
  return JSON.parse(`{${[...unique.values()].join()}}`) as Record<string, unknown>;
}
const object = (value: fc.Arbitrary<unknown>): fc.Arbitrary<Record<string, unknown>> =>
  fc.array(fc.tuple(key, value), { maxLength: 4 }).map(metadataOf);
const leaf = fc.oneof(scalarOrNull, fc.array(fc.oneof(scalarOrNull, fc.constantFrom([], [1], {})), { maxLength: 3 }));
const metadata = object(fc.oneof(leaf, leaf, object(fc.oneof(leaf, object(leaf)))));

const scopeId = fc.constantFrom("alice", "bob", "*", "a,b", "b");
const scope = fc.record({ userId: scopeId, agentId: scopeId, appId: scopeId, runId: scopeId }, { requiredKeys: [] });
const time = fc.constantFrom(
  0,
  1_700_000_000_000,
  1_772_323_200_000,
  1_772_323_200_000 + 86_399_999,
  1_772_409_600_000,
);
const record = fc.record(
  {
    kind: fc.constantFrom(...MEMORY_KINDS),
    state: fc.constantFrom(...MEMORY_STATES),
    text,
    scope,
    metadata,
    categories: fc.array(text, { maxLength: 3 }),
    saidAt: time,
    createdAt: time,
    updatedAt: time,
    validFrom: time,
    validTo: time,
    isImmutable: fc.boolean(),
    isVerified: fc.boolean(),
    role: fc.constantFrom("user" as const, "assistant" as const),
    name: text,
    language: fc.constantFrom("en", "de"),
    expirationDate: fc.constantFrom("2026-03-01", "2026-03-02"),
    attribute: text.map((attribute) => ({ subject: "user", attribute, value: "", cardinality: "single" as const })),
  },
  {
    requiredKeys: [
      "kind",
      "state",
      "text",
      "scope",
      "metadata",
      "categories",
      "saidAt",
      "createdAt",
      "updatedAt",
      "isImmutable",
      "isVerified",
    ],
  },
);
export const records = fc
  .array(record, { minLength: 4, maxLength: 12 })
  .map((parts) =>
    parts.map((part, index): MemoryRecord => memoryRecord({ ...part, id: `m${String(index).padStart(2, "0")}` })),
  );

const field: fc.Arbitrary<FilterField> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom(...SCOPE_KEYS).map((scopeKey) => ({ kind: "scope" as const, key: scopeKey })),
  },
  {
    weight: 3,
    arbitrary: fc
      .constantFrom(...TEXT_COLUMNS, ...TIME_COLUMNS, ...FLAG_COLUMNS)
      .map((name) => ({ kind: "column" as const, name })),
  },
  { weight: 1, arbitrary: fc.constant({ kind: "categories" as const }) },
  {
    weight: 8,
    arbitrary: fc
      .oneof(
        key.map((name) => [name]),
        fc.array(key, { minLength: 1, maxLength: 3 }),
      )
      .map((path) => ({ kind: "metadata" as const, path })),
  },
);
const operand = fc.oneof(scalarOrNull, scopeId, time, fc.constantFrom("fact", "active", "user", "m00", "en"));
const comparable = operand.filter((value) => typeof value === "string" || typeof value === "number");
const test: fc.Arbitrary<FilterTest> = fc.oneof(
  fc.record({ operator: fc.constantFrom("eq" as const, "ne" as const), value: operand }),
  fc.record({
    operator: fc.constantFrom("gt" as const, "gte" as const, "lt" as const, "lte" as const),
    value: comparable,
  }),
  fc.record({ operator: fc.constantFrom("in" as const, "nin" as const), value: fc.array(operand, { maxLength: 4 }) }),
  fc.record({ operator: fc.constant("contains" as const), value: operand.filter((value) => value !== null) }),
  fc.record({ operator: fc.constant("icontains" as const), value: text }),
  fc.record({ operator: fc.constant("exists" as const), value: fc.boolean() }),
);
export const single = fc.tuple(field, test).map(([on, what]): Filter => condition(on, what));
/** Mostly such as bind, or hardly a filter would pass the gate. */
const scopeTest: fc.Arbitrary<FilterTest> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ operator: fc.constant("eq" as const), value: scopeId }) },
  {
    weight: 2,
    arbitrary: fc.record({ operator: fc.constant("in" as const), value: fc.array(scopeId, { maxLength: 3 }) }),
  },
  { weight: 1, arbitrary: test },
);
export const scopeCondition = fc
  .tuple(fc.constantFrom(...SCOPE_KEYS), scopeTest)
  .map(([scopeKey, what]): Filter => condition({ kind: "scope", key: scopeKey }, what));
/** Now and then none at all: everything under `and`, nothing under `or`. */
const branches = (node: fc.Arbitrary<Filter>): fc.Arbitrary<Filter[]> =>
  fc.oneof(
    { weight: 12, arbitrary: fc.array(node, { minLength: 2, maxLength: 4 }) },
    { weight: 1, arbitrary: fc.constant<Filter[]>([]) },
  );
export const treeOf = (leaves: fc.Arbitrary<Filter>): fc.Arbitrary<Filter> =>
  fc.letrec<{ node: Filter }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 5, depthSize: "medium" },
      { weight: 4, arbitrary: leaves },
      { weight: 4, arbitrary: branches(tie("node")).map((filters): Filter => ({ type: "and", filters })) },
      { weight: 4, arbitrary: branches(tie("node")).map((filters): Filter => ({ type: "or", filters })) },
      { weight: 2, arbitrary: tie("node").map((filter): Filter => ({ type: "not", filter })) },
    ),
  })).node;

/** Filters as callers write them; some are refused. */
const operators = fc.constantFrom(
  "eq",
  "ne",
  "gt",
  "gte",
  "lt",
  "lte",
  "in",
  "nin",
  "contains",
  "icontains",
  "exists",
  "$gt",
  "$in",
);
const inputKey = fc.oneof(
  key,
  fc.constantFrom(
    "nul\u0000",
    "user_id",
    "userId",
    "agent_id",
    "run_id",
    "appId",
    "created_at",
    "updatedAt",
    "timestamp",
    "text",
  ),
  fc.constantFrom("categories", "keywords", "memory_ids", "expiration_date", "recorded_at", "metadata.n"),
);
const bare = fc.oneof(
  operand,
  fc.array(operand, { maxLength: 3 }),
  fc.constantFrom("*", "2026-03-01", true, 1_772_323_200),
);
const fieldValue = fc.oneof(
  bare,
  fc.array(fc.tuple(operators, bare), { minLength: 1, maxLength: 3 }).map((entries) => metadataOf(entries)),
);
export const input = fc.letrec<{ node: unknown }>((tie) => {
  const members = fc.array(tie("node"), { maxLength: 3 });
  const entry = fc.oneof(
    { maxDepth: 4, depthSize: "medium" },
    fc.tuple(inputKey, fieldValue),
    fc.tuple(inputKey, fieldValue),
    fc.tuple(fc.constantFrom("AND", "OR", "NOT", "$and", "$or", "$not"), members),
    fc.tuple(fc.constant("NOT"), tie("node")),
    fc.tuple(fc.constant("metadata"), fc.array(fc.tuple(key, fieldValue), { maxLength: 2 }).map(metadataOf)),
  );
  return { node: fc.array(entry as fc.Arbitrary<[string, unknown]>, { minLength: 1, maxLength: 3 }).map(metadataOf) };
}).node;
