import { join } from "node:path";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Memory } from "../../src/index.ts";
import { alice, collect, LONGEST, ofAlice, openHostileStore, refusal } from "../support/hostile-store.ts";
import type { Method } from "../support/hostile-store.ts";
import { contentsOf, embedderOf, hostileValue, outcomeOf, WRONG_TYPES } from "../support/hostile-values.ts";

/** Wrong types, nothing, and whatever else comes in: a result or a MemoryError, and never half of a write. */

const store = openHostileStore();

describe("wrong types", () => {
  /** `?` is where the wrong value goes; what is accepted there by design is left out by name. */
  const places: readonly (readonly [string, (value: unknown) => () => unknown, readonly string[]])[] = [
    ["add messages", (value) => store.call("add", value, alice), ["an empty object", "an object without a prototype", "an object whose toString throws", "a Map", "a Date", "an invalid Date", "bytes"]],
    ["add message content", (value) => store.call("add", [{ role: "user", content: value }], alice), []],
    ["add message role", (value) => store.call("add", [{ role: value, content: "x" }], alice), []],
    ["add message name", (value) => store.call("add", [{ role: "user", content: "x", name: value }], alice), []],
    ["add options", (value) => store.call("add", "x", value), []],
    ["add userId", (value) => store.call("add", "x", { userId: value }), ["a number"]],
    ["add infer", (value) => store.call("add", "x", { ...alice, infer: value }), ["true"]],
    ["add timestamp", (value) => store.call("add", "x", { ...alice, timestamp: value }), ["a number", "a Date"]],
    ["add expirationDate", (value) => store.call("add", "x", { ...alice, expirationDate: value }), []],
    ["add immutable", (value) => store.call("add", "x", { ...alice, immutable: value }), ["true"]],
    ["add idempotencyKey", (value) => store.call("add", "x", { ...alice, idempotencyKey: value }), []],
    ["search query", (value) => store.call("search", value, ofAlice), []],
    ["search options", (value) => store.call("search", "x", value), []],
    ["search filters", (value) => store.call("search", "x", { filters: value }), []],
    ["search user_id", (value) => store.call("search", "x", { filters: { user_id: value } }), ["a number"]],
    ["search topK", (value) => store.call("search", "x", { ...ofAlice, topK: value }), ["a number"]],
    ["search threshold", (value) => store.call("search", "x", { ...ofAlice, threshold: value }), []],
    ["search kinds", (value) => store.call("search", "x", { ...ofAlice, kinds: value }), []],
    ["search states", (value) => store.call("search", "x", { ...ofAlice, states: value }), []],
    ["search explain", (value) => store.call("search", "x", { ...ofAlice, explain: value }), ["true"]],
    ["search asOf", (value) => store.call("search", "x", { ...ofAlice, asOf: value }), ["a number", "a Date"]],
    ["search knownAt", (value) => store.call("search", "x", { ...ofAlice, knownAt: value }), ["a number", "a Date"]],
    ["search referenceDate", (value) => store.call("search", "x", { ...ofAlice, referenceDate: value }), ["a number", "a Date"]],
    ["search strategy", (value) => store.call("search", "x", { ...ofAlice, strategy: value }), []],
    ["search created_at", (value) => store.call("search", "x", { filters: { user_id: "u", created_at: { gte: value } } }), ["a number", "a Date"]],
    ["context query", (value) => store.call("context", value, alice), []],
    ["context options", (value) => store.call("context", "x", value), []],
    ["context tokenBudget", (value) => store.call("context", "x", { ...alice, tokenBudget: value }), []],
    ["get id", (value) => store.call("get", value), []],
    ["get owner", (value) => store.call("get", store.id, { userId: value }), ["a number"]],
    ["getAll options", (value) => store.call("getAll", value), []],
    ["getAll cursor", (value) => store.call("getAll", { ...ofAlice, cursor: value }), []],
    ["getAll page", (value) => store.call("getAll", { ...ofAlice, page: value }), ["a number"]],
    ["update id", (value) => store.call("update", value, "x"), []],
    ["update change", (value) => store.call("update", store.id, value), []],
    ["update text", (value) => store.call("update", store.id, { text: value }), []],
    ["batchUpdate", (value) => store.call("batchUpdate", value), []],
    ["batchUpdate member", (value) => store.call("batchUpdate", [value]), []],
    ["delete id", (value) => store.call("delete", value), []],
    ["batchDelete", (value) => store.call("batchDelete", value), []],
    ["batchDelete member", (value) => store.call("batchDelete", [value]), []],
    ["deleteAll options", (value) => store.call("deleteAll", value), []],
    ["deleteAll userId", (value) => store.call("deleteAll", { userId: value }), ["a number"]],
    ["deleteAll dryRun", (value) => store.call("deleteAll", { ...alice, dryRun: value }), ["true"]],
    ["restore id", (value) => store.call("restore", value), []],
    ["purge target", (value) => store.call("purge", value), []],
    ["purge withSources", (value) => store.call("purge", store.id, { withSources: value }), ["true"]],
    ["history id", (value) => store.call("history", value), []],
    ["feedback id", (value) => store.call("feedback", value, { feedback: "POSITIVE" }), []],
    ["feedback value", (value) => store.call("feedback", store.id, { feedback: value }), []],
    ["feedback reason", (value) => store.call("feedback", store.id, { feedback: null, feedbackReason: value }), []],
    ["entities userId", (value) => store.call("entities", { userId: value }), ["a number"]],
    ["entities limit", (value) => store.call("entities", { limit: value }), ["a number"]],
    ["export filters", (value) => store.call("export", { filters: value }), []],
    ["export kinds", (value) => store.call("export", { kinds: value }), []],
    ["import source", (value) => store.call("import", value), []],
    ["verify repair", (value) => store.call("verify", { repair: value }), ["true"]],
    ["backup path", (value) => store.call("backup", value), []],
  ]; // prettier-ignore

  test.each(places)("%s", async (_name, place, accepted) => {
    const before = await contentsOf(store.memory);
    const endings: unknown[] = [];
    for (const [kind, value] of WRONG_TYPES) {
      const { code, took } = await outcomeOf(place(value));
      endings.push([kind, accepted.includes(kind) ? "either" : code, took < LONGEST]);
    }
    expect(endings).toEqual(
      WRONG_TYPES.map(([kind]) => [kind, accepted.includes(kind) ? "either" : "invalid_input", true]),
    );
    expect(accepted.length > 0 || (await contentsOf(store.memory)) === before).toBe(true);
  });

  test.each([
    ["dbPath", 5],
    ["dbPath", ""],
    ["dbPath", "a\u0000b"],
    ["durability", "lazy"],
    ["embedder", {}],
    ["embedder", true],
    ["embedder", { ...embedderOf(() => []), maxBatchSize: Number.NaN }],
    ["embedder", { ...embedderOf(() => []), space: {} }],
    ["recipe", "constructor"],
    ["recipe", "__proto__"],
    ["maskSecrets", "yes"],
    ["maxMessages", 0],
    ["retentionDays", -1],
    ["now", 5],
    ["onWarning", "log"],
    ["constructor", 1],
    ["toString", 1],
    ["unheardOf", 1],
  ])("the setting %s = %j", async (name, value) => {
    const outcome = await outcomeOf(() => new Memory({ [name]: value }));
    expect(outcome.code).toBe("invalid_input");
    expect(outcome.message).toContain(name);
  });

  test("a configuration that is none, and one with a __proto__ of its own", async () => {
    for (const value of [5, "x", [], () => "f"])
      expect((await outcomeOf(() => new Memory(value as never))).code).toBe("invalid_input");
    const forged = JSON.parse('{"dbPath":":memory:","__proto__":{"maskSecrets":false}}') as object;
    expect((await outcomeOf(() => new Memory(forged))).message).toContain("__proto__");
  });

  test.each([
    ["not a number", () => Number.NaN],
    ["a text", () => "today" as never],
    ["before 1970", () => -1],
    [
      "an error",
      () => {
        throw new TypeError("broken clock");
      },
    ],
  ])("a clock that gives %s", async (_name, now) => {
    const own = new Memory({ dbPath: ":memory:", now });
    const outcome = await outcomeOf(() => own.add("x", alice));
    expect(outcome).toMatchObject({ code: "invalid_input" });
    expect(outcome.message).toContain("setting now");
    await own.close();
  });
});

describe("empty, blank and unknown", () => {
  test.each([
    ["no text", () => store.memory.add("", alice)],
    ["a blank text", () => store.memory.add(" \n\t\u3000", alice)],
    ["no messages", () => store.memory.add([], alice)],
    ["a message without content", () => store.memory.add([{ role: "user", content: null }], alice)],
    ["no scope", () => store.memory.add("x", {})],
    ["a blank id", () => store.memory.add("x", { userId: "\t" })],
    ["an empty query", () => store.memory.search("", ofAlice)],
    ["a blank query", () => store.memory.context(" \n", alice)],
    ["no filters", () => store.memory.search("x", {})],
    ["empty filters", () => store.memory.search("x", { filters: {} })],
    ["an undefined id in a filter", () => store.memory.search("x", { filters: { user_id: undefined } })],
    ["an empty memory id", () => store.memory.get(" ")],
    ["an empty update", () => store.memory.update(store.id, {})],
    ["an update without text", () => store.memory.update(store.id, " ")],
    ["an empty batch", () => store.memory.batchUpdate([])],
    ["an empty purge", () => store.memory.purge([])],
    ["an empty import", () => store.memory.import("")],
    ["a deleteAll of nobody", () => store.memory.deleteAll({})],
    ["an idempotency key of nothing", () => store.memory.add("x", { ...alice, idempotencyKey: " " })],
    ["a wildcard", () => store.memory.deleteAll({ userId: "*" })],
  ] as readonly (readonly [string, () => unknown])[])("%s is refused", async (_name, work) => {
    expect(await store.ending(work)).toMatchObject(refusal());
  });

  test("unknown options of reads and adds warn, of what cannot be undone they are errors", async () => {
    const typo = { filter: {}, __proto__x: 1, toString: 1 };
    expect((await store.memory.add("One", { ...alice, ...typo } as never)).warnings.join()).toContain('"filter"');
    expect((await store.memory.search("tea", { ...ofAlice, ...typo } as never)).warnings.join()).toContain(
      '"toString"',
    );
    expect((await store.memory.context("tea", { ...alice, ...typo } as never)).warnings.join()).toContain('"filter"');
    expect((await store.memory.getAll({ ...ofAlice, ...typo } as never)).warnings.join()).toContain('"filter"');
    expect((await store.memory.search("tea", { ...ofAlice, strategy: "best" })).warnings.join()).toContain('"best"');
    for (const name of ["deleteAll", "purge", "export"])
      expect(await store.refused(store.call(name, { ...alice, ...typo }))).toContain("filter");
    for (const name of ["update", "delete", "feedback", "restore"])
      expect(await store.refused(store.call(name, store.id, { text: "x", feedback: "POSITIVE", ...typo }))).toContain(
        "option",
      );
    expect(await store.refused(store.call("verify", typo))).toContain("filter");
  });

  test.each([
    ["an unknown operator", { n: { near: 1 } }],
    ["an operator of Object's", { n: { constructor: 1 } }],
    ["no operator", { n: {} }],
    ["an operator with a wrong value", { n: { in: 5 } }],
    ["a range of objects", { n: { gte: {} } }],
    ["AND without a list", { AND: "x" }],
    ["an OR of nothing", { OR: [] }],
    ["members that are no conditions", { AND: [1, null] }],
    ["a member that is a hole", { AND: Array(2) }],
    ["a NUL in a key", { "a\u0000b": 1 }],
  ])("a filter with %s is refused", async (_name, filter) => {
    for (const name of ["search", "context"])
      expect(await store.ending(store.call(name, "tea", { filters: { user_id: "alice", ...filter } }))).toMatchObject(
        refusal(),
      );
    for (const name of ["getAll", "deleteAll", "export", "purge"])
      expect(await store.ending(store.call(name, { filters: { user_id: "alice", ...filter } }))).toMatchObject(
        refusal(),
      );
  });
});

test("after close every method refuses, and close itself may be called again", async () => {
  await store.memory.close();
  await store.memory.close();
  const calls = [
    store.call("add", "x", alice), store.call("search", "x", ofAlice), store.call("context", "x", alice), store.call("get", store.id), store.call("getAll", ofAlice),
    store.call("update", store.id, "x"), store.call("delete", store.id), store.call("deleteAll", alice), store.call("restore", store.id), store.call("purge", store.id), store.call("history", store.id),
    store.call("feedback", store.id, { feedback: null }), store.call("users"), store.call("entities"), store.call("export"), store.call("stats"), store.call("verify"), store.call("backup", join(store.folder, "c.db")), store.call("reset"),
  ]; // prettier-ignore
  for (const work of calls) {
    const { code, message } = await outcomeOf(work);
    expect([code, message]).toEqual(["store_failed", expect.stringContaining("closed")]);
  }
});

test("whatever is passed to whatever method, the answer is a result or a MemoryError", async () => {
  const own = new Memory({ dbPath: ":memory:" });
  const names = ["add", "search", "context", "get", "getAll", "update", "batchUpdate", "delete", "batchDelete", "deleteAll", "restore", "purge", "history", "feedback", "entities", "export", "import"] as const; // prettier-ignore
  const optionNames = ["userId", "user_id", "filters", "metadata", "topK", "kinds", "states", "threshold", "timestamp", "asOf", "text", "feedback", "cursor", "limit", "infer", "tokenBudget", "referenceDate", "expirationDate", "content", "role", "name", "type", "memoryId", "created_at", "AND", "OR", "NOT", "in", "gte", "contains"]; // prettier-ignore
  const leaf = fc.oneof({ weight: 3, arbitrary: hostileValue }, fc.constantFrom("alice", "user", ofAlice.filters));
  const options = fc.dictionary(
    fc.constantFrom(...optionNames),
    fc.oneof(leaf, fc.dictionary(fc.constantFrom(...optionNames), leaf)),
  );
  const scoped = options.map((some) => ({ userId: "alice", ...some }));
  const filtered = options.map((some) => ({ filters: { user_id: "alice", ...some }, ...some }));
  const argument = fc.oneof(leaf, options, scoped, filtered, fc.array(fc.oneof(leaf, options), { maxLength: 3 }));
  await own.add("I live in Paris", alice);
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...names), argument, argument, async (name, first, second) => {
      const outcome = await outcomeOf(() => {
        const made = (own as unknown as Record<string, Method>)[name]?.apply(own, [first, second]);
        return name === "export" ? collect(made as AsyncIterable<string>) : made;
      });
      expect(outcome.took).toBeLessThan(LONGEST);
    }),
    { numRuns: 300, interruptAfterTimeLimit: 20_000, markInterruptAsFailure: true },
  );
  expect(Object.keys(Object.prototype)).toEqual([]);
  expect(await own.verify()).toEqual({ isSound: true, problems: [] });
  await own.close();
});
