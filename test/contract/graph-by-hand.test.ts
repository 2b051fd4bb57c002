import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Memory } from "../../src/index.ts";
import type { Graph } from "../../src/index.ts";

const alice = { userId: "alice" };
let memory: Memory;

beforeEach(() => {
  memory = new Memory({ dbPath: ":memory:", embedder: false, now: () => Date.UTC(2026, 0, 10, 12) });
});
afterEach(() => memory.close());

const shown = ({ entities, relations }: Graph): { entities: unknown; relations: string[] } => ({
  entities: Object.fromEntries(
    entities.map(({ name, label, observations }) => [
      name,
      [label, ...observations.map(({ text }) => text).toSorted()],
    ]),
  ),
  relations: relations
    .map(({ subject, predicate, object }) => `${subject.name} ${predicate} ${object.name}`)
    .toSorted(),
});

async function fill(): Promise<void> {
  await memory.graph.createEntities(
    [
      {
        name: "Ada Lovelace",
        type: "mathematician",
        observations: ["Wrote the first program", "Ada Lovelace: is quoted"],
      },
      { name: "Analytical Engine", type: "product" },
      { name: "Charles Babbage", type: "person", observations: ["Likes tea", "Likes green tea"] },
    ],
    alice,
  );
  await memory.graph.createRelations(
    [
      { subject: "Ada Lovelace", predicate: "wrote about", object: "Analytical Engine" },
      { subject: "Charles Babbage", predicate: "designed", object: "analytical engine" },
      { subject: "Charles Babbage", predicate: "friend", object: "Ada Lovelace" },
    ],
    alice,
  );
}

const FILLED = {
  entities: {
    "Ada Lovelace": ["mathematician", "Ada Lovelace: is quoted", "Wrote the first program"],
    "Analytical Engine": ["product"],
    "Charles Babbage": ["person", "Likes green tea", "Likes tea"],
  },
  relations: [
    "Ada Lovelace wrote_about Analytical Engine",
    "Charles Babbage designed Analytical Engine",
    "Charles Babbage friend Ada Lovelace",
  ],
};

describe("a graph written by hand", () => {
  test("is read as it was written, in another store too", async () => {
    await fill();
    expect(shown(await memory.graph.read(alice))).toEqual(FILLED);
    const lines: string[] = [];
    for await (const line of memory.export()) lines.push(line);
    const other = new Memory({ dbPath: ":memory:", embedder: false, now: () => Date.UTC(2026, 0, 11) });
    await other.import(lines);
    expect(shown(await other.graph.read(alice))).toEqual(FILLED);
    expect((await other.verify()).isSound).toBe(true);
    await other.close();
  });

  test("written again it is no more than before", async () => {
    await fill();
    const before = await memory.stats();
    await fill();
    expect((await memory.stats()).memories).toEqual(before.memories);
  });

  test("what is deleted is gone, and can be restored", async () => {
    await fill();
    await memory.graph.deleteObservations({ entity: "Charles Babbage", contents: ["Likes tea"] }, alice);
    const { deleted } = await memory.graph.deleteRelations(
      { subject: "Charles Babbage", predicate: "friend", object: "Ada Lovelace" },
      alice,
    );
    await memory.graph.deleteEntities("Analytical Engine", alice);
    expect(shown(await memory.graph.read(alice))).toEqual({
      entities: {
        "Ada Lovelace": ["mathematician", "Ada Lovelace: is quoted", "Wrote the first program"],
        "Charles Babbage": ["person", "Likes green tea"],
      },
      relations: [],
    });
    await memory.restore(deleted[0] ?? "");
    expect(shown(await memory.graph.read(alice)).relations).toEqual(["Charles Babbage friend Ada Lovelace"]);
    expect(await memory.graph.deleteEntities(["Nobody"], alice)).toEqual({ deleted: [] });
  });

  test("shares slots with what is said: the newer value closes the older one", async () => {
    await memory.add("Bob lives in Rome.", { ...alice, timestamp: "2025-03-01" });
    await memory.graph.createRelations({ subject: "Bob", predicate: "lives in", object: "Oslo" }, alice);
    const now = await memory.relations({ ...alice, subject: "Bob" });
    expect(now.results.map(({ object }) => object.name)).toEqual(["Oslo"]);
    const then = await memory.relations({ ...alice, subject: "Bob", asOf: "2025-06-01" });
    expect(then.results.map(({ object }) => object.name)).toEqual(["Rome"]);
  });

  test("an observation is found by a search for its entity, and needs one", async () => {
    await fill();
    await memory.graph.addObservations({ entity: "ada lovelace", contents: ["Lived in Ockham"] }, alice);
    const { results } = await memory.search("Where did Ada Lovelace live?", { filters: { user_id: "alice" } });
    expect(results[0]?.memory).toBe("Ada Lovelace: Lived in Ockham");
    await expect(memory.graph.addObservations({ entity: "Zoe", contents: ["x y"] }, alice)).rejects.toMatchObject({
      code: "not_found",
    });
  });

  test("refuses what is no entity, no relation or nobody's", async () => {
    const refused = { code: "invalid_input" };
    await expect(memory.graph.createEntities({ name: "" }, alice)).rejects.toMatchObject(refused);
    await expect(memory.graph.createEntities({ name: "A", kind: "x" } as never, alice)).rejects.toMatchObject(refused);
    await expect(memory.graph.createEntities({ name: "A" }, {})).rejects.toMatchObject(refused);
    await expect(
      memory.graph.createRelations({ subject: "A", predicate: "!", object: "B" }, alice),
    ).rejects.toMatchObject(refused);
    await expect(
      memory.graph.createRelations({ subject: "A", predicate: "is", object: "a" }, alice),
    ).rejects.toMatchObject(refused);
  });
});

describe("merging and splitting", () => {
  test("a merge makes one of two, and is taken back by a split or by deleting what says so", async () => {
    await memory.add("Bob lives in Rome.", alice);
    await memory.add("Robert Smith works at Acme.", alice);
    const { results } = await memory.graph.mergeEntities({ from: "Bob", into: "Robert Smith" }, alice);
    const places = async (): Promise<string[]> =>
      (await memory.relations({ ...alice, entity: "Robert Smith" })).results.map(({ object }) => object.name);
    expect(await places()).toEqual(["Acme", "Rome"]);
    expect((await memory.entities({ ...alice, type: "person" })).results).toMatchObject([
      { name: "Robert Smith", aliases: ["Bob"] },
    ]);
    expect(await memory.history(results[0]?.memoryId ?? "")).toHaveLength(1);
    await memory.graph.splitEntity({ entity: "Robert Smith", alias: "Bob" }, alice);
    expect(await places()).toEqual(["Acme"]);
    await memory.graph.mergeEntities({ from: "Bob", into: "Robert Smith" }, alice);
    expect(await places()).toEqual(["Acme", "Rome"]);
    await expect(memory.graph.mergeEntities({ from: "Bob", into: "Robert Smith" }, alice)).rejects.toMatchObject({
      code: "invalid_input",
    });
  });

  test("a role can be split from whom it was taken for", async () => {
    await memory.add("My sister is Anna.", alice);
    await memory.add("My sister lives in Rome.", alice);
    await memory.graph.splitEntity({ entity: "Anna", alias: "my sister" }, alice);
    expect((await memory.neighbours("Anna", { ...alice, predicate: "lives_in" })).neighbours).toEqual([]);
  });

  test("is the scope's own", async () => {
    for (const scope of [alice, { ...alice, agentId: "coach" }]) {
      await memory.add("Bob lives in Rome.", scope);
      await memory.add("Robert works at Acme.", scope);
    }
    await memory.graph.mergeEntities({ from: "Bob", into: "Robert" }, { ...alice, agentId: "coach" });
    const { entity } = await memory.neighbours("Bob", { ...alice, agentId: "coach" });
    expect(entity?.name).toBe("Robert");
  });
});

const names = async (options: object): Promise<string> =>
  (await memory.graph.read({ ...alice, ...options })).entities
    .map(({ name }) => name)
    .toSorted()
    .join(" ");

describe("walking", () => {
  beforeEach(async () => {
    const edges = [
      ["Ann", "knows", "Bea"],
      ["Bea", "knows", "Cy"],
      ["Cy", "knows", "Dee"],
      ["Ann", "knows", "Eve"],
      ["Eve", "knows", "Cy"],
    ] as const;
    for (const [subject, predicate, object] of edges)
      await memory.graph.createRelations({ subject, predicate, object }, alice);
  });

  test("paths are the shortest ones, in either direction", async () => {
    const { paths } = await memory.graph.paths({ ...alice, from: "Dee", to: "Ann" });
    expect(paths.map(({ entities }) => entities.map(({ name }) => name).join(" "))).toEqual([
      "Dee Cy Eve Ann",
      "Dee Cy Bea Ann",
    ]);
    expect(paths[0]?.relations).toHaveLength(3);
    expect((await memory.graph.paths({ ...alice, from: "Dee", to: "Ann", limit: 1 })).paths).toHaveLength(1);
    expect((await memory.graph.paths({ ...alice, from: "Dee", to: "Ann", maxLength: 2 })).paths).toEqual([]);
    expect((await memory.graph.paths({ ...alice, from: "Dee", to: "Nobody" })).paths).toEqual([]);
  });

  test("a subgraph is as deep as asked, and starts from entities or a question", async () => {
    expect(await names({ entities: ["Dee"] })).toBe("Dee");
    expect(await names({ entities: ["Dee"], depth: 1 })).toBe("Cy Dee");
    expect(await names({ entities: ["Dee"], depth: 2 })).toBe("Bea Cy Dee Eve");
    expect(await names({ query: "Whom does Dee know?", depth: 0 })).toContain("Dee");
    expect(await names({ limit: 2 })).toBe("Ann Bea");
  });
});
