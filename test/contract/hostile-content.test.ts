import { describe, expect, test } from "vitest";
import { Memory } from "../../src/index.ts";
import { alice, LONGEST, ofAlice, openHostileStore, refusal } from "../support/hostile-store.ts";
import { contentsOf, HOSTILE_TEXTS, outcomeOf } from "../support/hostile-values.ts";

/** Texts, ids, metadata and filters that break careless code. */

const store = openHostileStore();

describe("texts", () => {
  test.each(HOSTILE_TEXTS)("%j is stored, found by no accident of syntax, and comes back", async (text) => {
    const { results } = await store.memory.add(text, { ...alice, infer: false, metadata: { text } });
    const stored = await store.memory.get(results[0]?.id ?? "");
    expect(stored?.memory).toBe(text.replaceAll("\u0000", "\u{FFFD}").toWellFormed());
    expect(stored?.metadata).toEqual({ text: text.toWellFormed() });
    const [search, context] = [
      await outcomeOf(() => store.memory.search(text, ofAlice)),
      await outcomeOf(() => store.memory.context(text, alice)),
    ];
    expect([search.code, context.code]).toEqual([null, null]);
    const found = await store.memory.getAll({ filters: { user_id: "alice", metadata: { text: { eq: text } } } });
    expect(found.results.map((item) => item.id)).toEqual([stored?.id]);
  });

  test.each([
    "o'neil\"x",
    "100%_",
    "../../x",
    "🦊",
    "é",
    "__proto__",
    "constructor",
    "a\u0000b",
    "u".repeat(5000),
    "0",
    "Alice",
  ])("the id %j is kept apart from all others", async (userId) => {
    await store.memory.add("Mine alone", { userId, infer: false });
    const { results, total } = await store.memory.getAll({ filters: { user_id: userId } });
    expect(results.map((item) => [item.memory, item.user_id])).toEqual([["Mine alone", userId]]);
    expect(total).toBe(1);
    expect((await store.memory.getAll(ofAlice)).total).toBe(1);
    expect((await store.memory.deleteAll({ userId })).count).toBe(1);
    expect((await store.memory.getAll(ofAlice)).total).toBe(1);
  });

  test.each(["\ud800", "a\udfffb", "a b", "a\u2003b"])("the id %j is refused everywhere", async (userId) => {
    for (const work of [
      store.call("add", "x", { userId }),
      store.call("search", "x", { filters: { user_id: userId } }),
      store.call("deleteAll", { userId }),
    ])
      expect(await store.ending(work)).toMatchObject(refusal());
  });

  test.each(["'; --", "%", "../", "🦊", "a\u0000b", "\ud800", "x".repeat(999)])(
    "the memory id %j is nobody's",
    async (wrong) => {
      expect((await outcomeOf(() => store.memory.get(wrong))).result).toBeNull();
      expect((await outcomeOf(() => store.memory.history(wrong))).result).toEqual([]);
      for (const name of ["delete", "restore", "purge"])
        expect(await store.ending(store.call(name, wrong))).toMatchObject(refusal("not_found"));
      expect(await store.ending(store.call("update", wrong, "x"))).toMatchObject(refusal("not_found"));
      expect(await store.ending(store.call("feedback", wrong, { feedback: "POSITIVE" }))).toMatchObject(
        refusal("not_found"),
      );
      expect(await store.ending(store.call("get", "x".repeat(5000)))).toMatchObject(refusal());
    },
  );

  test("a word of 100,000 characters is stored and searched for, alone and among others", async () => {
    const word = "x".repeat(100_000);
    for (const text of [word, `I live in ${word} now`, `${"é".repeat(100_000)} 我${"写".repeat(100_000)}`]) {
      for (const work of [
        () => store.memory.add(text, alice),
        () => store.memory.search(text, ofAlice),
        () => store.memory.context(text, alice),
      ]) {
        const outcome = await outcomeOf(work);
        expect(outcome.code).toBeNull();
        expect(outcome.took).toBeLessThan(LONGEST);
      }
    }
  });

  test("more than the largest message is refused with both figures, in add and in update", async () => {
    const own = new Memory({ dbPath: ":memory:", maxMessageCharacters: 100, maxMessages: 2 });
    const { results } = await own.add("Short", { ...alice, infer: false });
    const long = "word ".repeat(21);
    for (const work of [() => own.add(long, alice), () => own.update(results[0]?.id ?? "", long)]) {
      const { code, message } = await outcomeOf(work);
      expect(code).toBe("invalid_input");
      expect(message).toMatch(/105 characters.*at most 100/u);
    }
    expect((await outcomeOf(() => own.add(["a", "b", "c"] as never, alice))).message).toMatch(/3 messages, at most 2/u);
    expect((await own.getAll(ofAlice)).results.map((item) => item.memory)).toEqual(["Short"]);
    await own.close();
  });

  test("dates at both ends of the calendar", async () => {
    for (const date of ["0001-01-01", "9999-12-31T23:59:59Z", -62_135_596_800, 253_402_300_799])
      for (const words of [
        "yesterday",
        "next year",
        "in 500 years",
        "10000 weeks ago",
        "in 999999999 days",
        "last century",
      ]) {
        const outcomes = [
          await outcomeOf(() => store.memory.add(`I moved to Rome ${words}`, { ...alice, timestamp: date })),
          await outcomeOf(() =>
            store.memory.search(`What did I do ${words}?`, {
              ...ofAlice,
              referenceDate: date,
              asOf: date,
              knownAt: date,
            }),
          ),
          await outcomeOf(() => store.memory.context(`What did I do ${words}?`, { ...alice, referenceDate: date })),
        ];
        for (const outcome of outcomes) expect([null, "invalid_input"]).toContain(outcome.code);
      }
    expect(await store.memory.verify()).toEqual({ isSound: true, problems: [] });
  });
});

describe("metadata and attachments", () => {
  const cyclic: Record<string, unknown> = { a: 1 };
  cyclic["self"] = cyclic;
  // Small, yet without end once it is written out.
  let twice: unknown = "x";
  for (let level = 0; level < 30; level += 1) twice = [twice, twice];
  let deep: unknown = {};
  for (let level = 0; level < 1000; level += 1) deep = { a: deep };

  const values: readonly (readonly [string, unknown])[] = [
    ["a megabyte", { text: "x".repeat(1_000_000) }],
    ["a long list", { list: Array.from({ length: 1_000_000 }, () => 1) }],
    ["a cycle", cyclic],
    ["a value that doubles at each level", { twice }],
    ["1,000 levels", deep],
    ["a bigint", { n: 1n }],
    ["a function", { f: () => "f" }],
    ["a symbol", { s: Symbol("s") }],
    ["an infinite number", { n: Number.POSITIVE_INFINITY }],
    ["an invalid Date", { at: new Date(Number.NaN) }],
    ["a Map", { map: new Map([["a", 1]]) }],
    ["a Set", { set: new Set([1]) }],
    ["bytes", { bytes: new Uint8Array(4) }],
    ["a NUL in a name", { "a\u0000b": 1 }],
    [
      "a getter that throws",
      {
        get a(): string {
          throw new TypeError("thrown by the caller's own getter");
        },
      },
    ],
  ];

  test.each(values)("metadata with %s is refused", async (_name, metadata) => {
    expect(await store.refused(store.call("add", "x", { ...alice, metadata }))).toContain("metadata");
    expect(await store.ending(store.call("add", "x", { ...alice, infer: false, metadata }))).toMatchObject(refusal());
    expect(await store.ending(store.call("update", store.id, { metadata }))).toMatchObject(refusal());
  });

  test("metadata that is no object is refused", async () => {
    for (const metadata of [1, "x", true, [], new Date(), new Map(), () => "f", 1n, Symbol("s")])
      expect(await store.ending(store.call("add", "x", { ...alice, metadata }))).toMatchObject(refusal());
  });

  test.each(values.filter(([name]) => !["a megabyte", "a long list", "a NUL in a name"].includes(name)))(
    "a content part with %s is refused",
    async (_name, part) => {
      const content = ["Look at this", { type: "image_url", part }];
      // Only the getter at the top is read as early as that.
      expect(await store.ending(store.call("add", [{ role: "user", content }], alice))).toMatchObject(refusal());
    },
  );

  test("names of Object's own are names like any other, in metadata and filters", async () => {
    const metadata = JSON.parse(
      '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"toString":"t","hasOwnProperty":1,"nested":{"__proto__":{"polluted":true}}}',
    ) as object;
    const { results } = await store.memory.add("Has odd names", { ...alice, infer: false, metadata });
    await store.memory.update(store.id, { metadata });
    for (const one of [results[0]?.id ?? "", store.id]) {
      const stored = await store.memory.get(one);
      for (const [name, value] of Object.entries(metadata))
        expect(Object.getOwnPropertyDescriptor(stored?.metadata, name)?.value).toEqual(value);
    }
    for (const filters of [
      '{"toString":"t"}',
      '{"hasOwnProperty":{"gte":1}}',
      '{"metadata":{"__proto__.polluted":true}}',
      '{"constructor.prototype.polluted":true}',
    ]) {
      const { total } = await store.memory.getAll({
        filters: { AND: [{ user_id: "alice" }, JSON.parse(filters) as object] },
      });
      expect([filters, total]).toEqual([filters, 2]);
    }
    const copy = new Memory({ dbPath: ":memory:" });
    await copy.import(store.memory.export());
    expect(await contentsOf(copy)).toBe(await contentsOf(store.memory));
    await copy.close();
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  test("a Date becomes its ISO text, and undefined is left out", async () => {
    await store.memory.update(store.id, {
      metadata: { at: new Date("2026-01-02T03:04:05Z"), none: undefined, list: [undefined, 1] },
    });
    expect((await store.memory.get(store.id))?.metadata).toEqual({
      n: 1,
      at: "2026-01-02T03:04:05.000Z",
      list: [null, 1],
    });
  });
});

describe("filters without measure", () => {
  test.each(["AND", "OR", "NOT"])("1,000 levels of %s are refused, 60 work", async (logic) => {
    const nest = (levels: number): object => {
      let filter: object = { n: 1 };
      for (let level = 0; level < levels; level += 1) filter = { [logic]: [filter] };
      return { AND: [{ user_id: "alice" }, filter] };
    };
    for (const name of ["getAll", "deleteAll", "export"])
      expect(await store.ending(store.call(name, { filters: nest(1000) }))).toMatchObject(refusal());
    expect(await store.refused(store.call("search", "tea", { filters: nest(1000) }))).toMatch(/at most 64 levels/iu);
    expect((await outcomeOf(store.call("search", "tea", { filters: nest(60) }))).code).toBeNull();
  });

  test("a filter that contains itself, too many conditions and too many values are refused", async () => {
    const filter: Record<string, unknown> = { user_id: "alice" };
    filter["AND"] = [filter];
    expect(await store.ending(store.call("search", "tea", { filters: filter }))).toMatchObject(refusal());
    const many = Array.from({ length: 20_000 }, (_, n) => ({ n }));
    expect(await store.ending(store.call("search", "tea", { filters: { user_id: "alice", OR: many } }))).toMatchObject(
      refusal(),
    );
    expect(
      await store.ending(
        store.call("search", "tea", {
          filters: { user_id: "alice", n: { in: Array.from({ length: 200_000 }, (_, n) => n) } },
        }),
      ),
    ).toMatchObject(refusal());
    const users = { user_id: { in: Array.from({ length: 20_000 }, (_, n) => `u${n}`) } };
    const outcome = await outcomeOf(store.call("search", "tea", { filters: users }));
    expect(outcome.took).toBeLessThan(LONGEST);
  });
});
