import { afterEach, describe, expect, test } from "vitest";
import { Memory } from "../../src/index.ts";

const open: Memory[] = [];
let now = Date.UTC(2026, 0, 5, 9);
afterEach(async () => {
  for (const memory of open.splice(0)) await memory.close();
});

function create(): Memory {
  const memory = new Memory({ dbPath: ":memory:", embedder: false, now: () => now });
  open.push(memory);
  return memory;
}

async function exported(memory: Memory, options: object = {}): Promise<string> {
  let text = "";
  for await (const line of memory.export(options)) text += line;
  return text;
}

const ana = { userId: "ana" };

async function marked(memory: Memory): Promise<unknown> {
  const { results } = await memory.getAll({ filters: { user_id: "ana" }, topK: 100 });
  return results.map(({ id, needsCheck }) => [id, needsCheck]);
}

/** A store with a dream, marks of changed ground, a review and a revoke of which a part was taken back. */
async function lived(): Promise<Memory> {
  const memory = create();
  const say = async (text: string, day: string, owner: object = ana): Promise<string[]> => {
    now = Date.parse(`${day}T09:00:00Z`);
    return (await memory.add(text, { ...owner, timestamp: day } as never)).results.map(({ id }) => id);
  };
  for (const day of ["2026-01-06", "2026-01-13", "2026-01-20", "2026-01-27", "2026-02-03"])
    await say("I went for a run.", day);
  await say("I live in Leeds, so my gym is the Leeds Fitness Club on Park Row.", "2026-02-04");
  await memory.dream(ana);
  await say("I moved to York.", "2026-03-01");
  await say("I like tea.", "2026-03-02", { userId: "bob", runId: "r1" });
  await say("I like jazz.", "2026-03-02", { userId: "bob", runId: "r1" });
  const { batchId } = await memory.revoke({ userId: "bob", runId: "r1" });
  if (batchId !== null) await memory.undo(batchId);
  await memory.revoke({ userId: "bob", runId: "r1" });
  return memory;
}

describe("an export", () => {
  test("brings along what patterns rest on, what needs a check, and what can be taken back", async () => {
    const source = await lived();
    const patterns = await source.getAll({ filters: { user_id: "ana" }, kinds: ["pattern"] });
    const [pattern] = patterns.results;
    expect(pattern?.restsOn?.length).toBeGreaterThan(3);
    const text = await exported(source);
    const copy = create();
    await copy.import(text);
    expect(await exported(copy)).toBe(text);
    expect((await copy.get(pattern?.id ?? ""))?.restsOn).toEqual(pattern?.restsOn);
    expect(JSON.stringify(await marked(source))).toContain("superseded");
    expect(await marked(copy)).toEqual(await marked(source));
    expect(await copy.verify()).toMatchObject({ problems: [] });
  });

  test("a dream and a revoke are taken back in the copy", async () => {
    const source = await lived();
    const copy = create();
    await copy.import(await exported(source));
    const { batches: results } = await copy.batches();
    const ours = (await source.batches()).batches;
    expect(results.filter(({ kind }) => kind !== "import")).toEqual(ours.filter(({ kind }) => kind !== "import"));
    expect((await copy.getAll({ filters: { user_id: "bob" } })).results).toEqual([]);
    const revoke = results.find(({ kind, undone }) => kind === "revoke" && undone === 0);
    expect((await copy.undo(revoke?.id ?? "")).undone.length).toBeGreaterThan(0);
    expect((await copy.getAll({ filters: { user_id: "bob" } })).results).toHaveLength(2);
    const dream = results.find(({ kind }) => kind === "dream");
    await copy.undo(dream?.id ?? "");
    expect((await copy.getAll({ filters: { user_id: "ana" }, kinds: ["pattern"] })).results).toEqual([]);
  });

  test("of a scope holds the links among its memories alone, and twice imported changes nothing", async () => {
    const source = await lived();
    const text = await exported(source, { userId: "ana" });
    expect(text).not.toMatch(/"kind":"revoke"/u);
    const copy = create();
    await copy.import(text);
    expect(await exported(copy, { userId: "ana" })).toBe(text);
    await copy.import(text);
    expect(await exported(copy, { userId: "ana" })).toBe(text);
  });

  test("lines of links that are no links are refused", async () => {
    const lines = (await exported(await lived())).split("\n");
    const at = lines.findIndex((line) => line.startsWith('{"type":"links"'));
    expect(at).toBeGreaterThan(0);
    lines[at] = '{"type":"links","memoryId":"x","restsOn":[5]}';
    await expect(create().import(lines.join("\n"))).rejects.toMatchObject({ code: "invalid_input" });
  });
});
