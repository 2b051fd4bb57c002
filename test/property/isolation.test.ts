import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Memory, MemoryError } from "../../src/index.ts";

/** Ids that a careless comparison, pattern, collation or key would take for one another. */
const IDS = [
  "a", "A", "a*", "a%", "a_", "a?", "a/b", "a\\b", "a.b", "a,b", "а", "ａ", "á", "a\u0301", "0", "00", "null", "undefined",
  "user_id", "'a'", '"a"', "a;--", "__proto__", "p1", "kt",
] as const; // prettier-ignore

const KEYS = ["user_id", "agent_id", "app_id", "run_id"] as const;
type Key = (typeof KEYS)[number];
type Ids = Partial<Record<Key, string>>;

const id = fc.oneof({ weight: 3, arbitrary: fc.constantFrom("a", "A", "a*", "á") }, fc.constantFrom(...IDS));

const scope: fc.Arbitrary<Ids> = fc
  .record({ user_id: id, agent_id: id, app_id: id, run_id: id }, { requiredKeys: [] })
  .filter((ids) => KEYS.some((key) => ids[key] !== undefined));

/** A filter beside what it must let through: no row of anybody whom it does not name. */
interface Question {
  readonly filters: object;
  readonly selects: (ids: Ids) => boolean;
}

/** Without a user, ids mean the memories that have no user. */
const named: fc.Arbitrary<Question> = scope.map((asked) => ({
  filters: asked,
  selects: (ids) =>
    KEYS.every((key) => asked[key] === undefined || asked[key] === ids[key]) &&
    (asked.user_id !== undefined || ids.user_id === undefined),
}));

const question: fc.Arbitrary<Question> = fc.oneof(
  { weight: 4, arbitrary: named },
  fc.uniqueArray(id, { minLength: 1, maxLength: 3 }).map((users) => ({
    filters: { user_id: { in: users } },
    selects: (ids: Ids) => ids.user_id !== undefined && (users as string[]).includes(ids.user_id),
  })),
  fc.tuple(id, id).map(([one, two]) => ({
    filters: { OR: [{ user_id: one }, { user_id: two }] },
    selects: (ids: Ids) => ids.user_id === one || ids.user_id === two,
  })),
  fc.tuple(id, fc.constantFrom("agent_id", "app_id", "run_id"), id).map(([user, key, other]) => ({
    filters: { AND: [{ user_id: user }, { NOT: { [key]: other } }] },
    selects: (ids: Ids) => ids.user_id === user && ids[key as Key] !== other,
  })),
  // Any agent at all, but of this user only.
  fc.tuple(id, fc.constantFrom("agent_id", "app_id", "run_id")).map(([user, key]) => ({
    filters: { AND: [{ user_id: user }, { NOT: { [key]: null } }] },
    selects: (ids: Ids) => ids.user_id === user && ids[key as Key] !== undefined,
  })),
);

type Step = { readonly add: Ids; readonly infer: boolean } | { readonly ask: Question };

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    fc.record({ add: scope, infer: fc.boolean() }),
    question.map((ask) => ({ ask })),
  ),
  { minLength: 50, maxLength: 50 },
);

const MARKER = /marker\d+x/gu;

function markersIn(text: string): Set<string> {
  return new Set(text.match(MARKER) ?? []);
}

/** What is exported, apart from the reasons of changes. */
async function readAll(memory: Memory, filters: object): Promise<string> {
  let text = "";
  for await (const line of memory.export({ filters })) text += withoutReasons(line);
  return text;
}

/**
 * A reason names the value that was replaced, and one attribute of a user, agent and app is one history, whichever
 * run a value was said in (design decision 3).
 */
function withoutReasons(line: string): string {
  const parsed = JSON.parse(line) as { history?: { reason: string }[] };
  for (const change of parsed.history ?? []) change.reason = "";
  return JSON.stringify(parsed);
}

/** Markers in the reasons of a filter's export. */
async function reasonsOf(memory: Memory, filters: object): Promise<Set<string>> {
  const found = new Set<string>();
  for await (const line of memory.export({ filters })) {
    const { history = [] } = JSON.parse(line) as { history?: { reason: string }[] };
    for (const marker of history.flatMap(({ reason }) => [...markersIn(reason)])) found.add(marker);
  }
  return found;
}

describe("isolation", () => {
  it("never shows or counts a memory of anybody whom the caller did not name", async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (plan) => {
        const memory = new Memory({ dbPath: ":memory:" });
        const added: { marker: string; ids: Ids }[] = [];
        try {
          for (const step of plan) {
            if ("add" in step) {
              const marker = `marker${added.length}x`;
              await memory.add(`My favourite word is ${marker} and I live in Berlin`, {
                ...step.add,
                infer: step.infer,
              });
              added.push({ marker, ids: step.add });
              continue;
            }
            const { filters, selects } = step.ask;
            const allowed = new Set(added.filter(({ ids }) => selects(ids)).map(({ marker }) => marker));
            const exported = markersIn(await readAll(memory, filters));
            expect(exported).toEqual(allowed);
            const owners = new Set(added.filter(({ marker }) => allowed.has(marker)).map(({ ids }) => ownerOf(ids)));
            const related = added.filter(({ ids }) => owners.has(ownerOf(ids))).map(({ marker }) => marker);
            expect(strangers(await reasonsOf(memory, filters), new Set(related))).toEqual([]);
            const { results } = await memory.search("my favourite word, Berlin", {
              filters,
              topK: 1000,
              threshold: 0,
              explain: true,
            });
            const found = markersIn(JSON.stringify(results));
            expect(strangers(found, allowed)).toEqual([]);
            const isOwn = (ids: object): boolean => selects(pickIds(ids as Record<string, unknown>));
            expect(results.filter((hit) => !isOwn(hit))).toEqual([]);
            const listed = await memory.getAll({ filters, topK: 1000, kinds: ["message", "fact"] });
            expect(strangers(markersIn(JSON.stringify(listed)), allowed)).toEqual([]);
            // The count, too, tells of own rows only.
            expect(listed.total).toBe(listed.results.length);
            expect(listed.results.filter((item) => !isOwn(item))).toEqual([]);
            const block = await memory.context("my favourite word, Berlin", {
              filters,
              tokenBudget: 4000,
              threshold: 0,
            });
            expect(strangers(markersIn(JSON.stringify(block)), allowed)).toEqual([]);
            expect(allowed.size > 0 || (results.length === 0 && block.text === "")).toBe(true);
          }
        } finally {
          await memory.close();
        }
      }),
      { numRuns: 20 },
    );
  });

  it.each([
    ["no filter at all", undefined],
    ["an empty filter", {}],
    ["everybody", { user_id: "*" }],
    ["everybody, in a list", { user_id: { in: ["*"] } }],
    ["any agent", { agent_id: "*" }],
    ["everybody but one", { NOT: { user_id: "a" } }],
    ["one or any topic", { OR: [{ user_id: "a" }, { topic: "x" }] }],
    ["nobody named", { user_id: null }],
    ["a part of an id", { user_id: { contains: "" } }],
    ["an undefined id", { user_id: undefined, agent_id: "a" }],
  ])("refuses %s, or shows nothing", async (_name, filters) => {
    const memory = new Memory({ dbPath: ":memory:" });
    await memory.add("My favourite word is marker1x", { userId: "a" });
    await memory.add("My favourite word is marker2x", { userId: "b", agentId: "a" });
    for (const read of [
      () => memory.search("favourite word", { filters, threshold: 0 }),
      () => memory.context("favourite word", { filters, threshold: 0 }),
      () => memory.getAll({ filters }),
      () => memory.deleteAll({ filters, dryRun: true }),
    ]) {
      const answer: unknown = await read().catch((error: unknown) => error);
      const isRefused = MemoryError.isInstance(answer) && answer.code === "invalid_input";
      expect([isRefused || !(answer instanceof Error), [...markersIn(JSON.stringify(answer))]]).toEqual([true, []]);
    }
    await memory.close();
  });
});

describe("a fact that was said in two runs", () => {
  it("shows who asks for one run the lines of that run alone", async () => {
    const memory = new Memory({ dbPath: ":memory:" });
    await memory.add("I live in Berlin, marker1x", { userId: "a", runId: "one" });
    await memory.add("I live in Berlin, marker2x", { userId: "a", runId: "two" });
    await memory.add("I live in Berlin, marker3x", { userId: "a" });
    const [fact] = (await memory.getAll({ filters: { user_id: "a" } })).results;
    expect(fact?.sources.map(({ text }) => markersIn(text))).toEqual(
      ["marker1x", "marker2x", "marker3x"].map((marker) => new Set([marker])),
    );
    const filters = { user_id: "a", run_id: "one" };
    const seen = [
      await readAll(memory, filters),
      JSON.stringify(await memory.search("Berlin", { filters, threshold: 0 })),
      JSON.stringify(await memory.context("Berlin", { filters, threshold: 0 })),
      JSON.stringify(await memory.getAll({ filters })),
      JSON.stringify(await memory.get(fact?.id ?? "", { userId: "a", runId: "one" })),
    ].map(markersIn);
    expect(seen).toEqual(seen.map(() => new Set(["marker1x"])));
    await memory.close();
  });
});

describe("calls by id", () => {
  it("another owner's memory is not found, not changed and not deleted", async () => {
    const memory = new Memory({ dbPath: ":memory:" });
    const { messages } = await memory.add("My favourite word is marker1x", { userId: "a" });
    const mine = messages[0]?.id ?? "";
    const stranger = { userId: "b" };
    expect(await memory.get(mine, stranger)).toBeNull();
    expect(await memory.history(mine, stranger)).toEqual([]);
    for (const call of [
      () => memory.update(mine, { ...stranger, metadata: { taken: true } }),
      () => memory.delete(mine, stranger),
      () => memory.restore(mine, stranger),
    ])
      await expect(call()).rejects.toMatchObject({ code: "not_found" });
    await memory.deleteAll(stranger);
    expect(await memory.get(mine, { userId: "a" })).toMatchObject({ id: mine, metadata: {} });
    await memory.close();
  });
});

function pickIds(row: Record<string, unknown>): Ids {
  return Object.fromEntries(KEYS.flatMap((key) => (typeof row[key] === "string" ? [[key, row[key]]] : [])));
}

function ownerOf({ user_id, agent_id, app_id }: Ids): string {
  return JSON.stringify([user_id, agent_id, app_id]);
}

function strangers(found: ReadonlySet<string>, allowed: ReadonlySet<string>): string[] {
  return [...found].filter((marker) => !allowed.has(marker));
}
