import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Memory } from "../../src/index.ts";

const alice = { userId: "alice" };
let memory: Memory;

beforeEach(() => {
  memory = new Memory({ dbPath: ":memory:", embedder: false });
});
afterEach(() => memory.close());

async function say(text: string, timestamp: string): Promise<string> {
  const { results } = await memory.add(text, { ...alice, timestamp });
  return results[0]?.id ?? "";
}

async function edges(options: object = {}): Promise<string[]> {
  const { results } = await memory.relations({ ...alice, ...options });
  return results.map(({ subject, predicate, object }) => `${subject.name} ${predicate} ${object.name}`).toSorted();
}

describe("two namesakes", () => {
  let home = "";
  let other = "";
  let job = "";
  beforeEach(async () => {
    await say("My sister is Anna.", "2025-01-01");
    home = await say("Anna lives in Berlin.", "2025-01-02");
    other = await say("Anna lives in Oslo.", "2025-01-03");
    job = await say("Anna works at Initech.", "2025-01-04");
  });

  test("are told apart by the memories that are of the other", async () => {
    expect((await memory.get(home))?.state).toBe("superseded");
    const { results } = await memory.graph.splitEntity(
      { entity: "Anna", alias: "Anna Schmidt", memories: [other, job] },
      alice,
    );
    expect(results).toHaveLength(1);
    expect(await edges()).toEqual([
      "Anna Schmidt lives_in Oslo",
      "Anna Schmidt works_at Initech",
      "Anna lives_in Berlin",
      "User sister Anna",
    ]);
    expect((await memory.get(home))?.state).toBe("active");
    expect((await memory.get(other))?.memory).toBe("Anna Schmidt lives in Oslo");
    const { entities } = { entities: (await memory.entities({ ...alice, search: "anna" })).results };
    expect(entities.map(({ name }) => name).toSorted()).toEqual(["Anna", "Anna Schmidt"]);
    const found = await memory.search("Where does my sister live?", { filters: { user_id: "alice" }, topK: 1 });
    expect(found.results[0]?.memory).toBe("Anna lives in Berlin");
  });

  test("have a history, and are one again by a merge", async () => {
    await memory.graph.splitEntity({ entity: "Anna", alias: "Anna Schmidt", memories: [other, job] }, alice);
    const history = await memory.history(other);
    expect(history.map(({ new_value: text }) => text)).toEqual(
      expect.arrayContaining(["Anna Schmidt lives in Oslo", "Anna lives in Oslo"]),
    );
    await memory.graph.mergeEntities({ from: "Anna Schmidt", into: "Anna" }, alice);
    expect(await edges({ predicate: "works_at" })).toEqual(["Anna works_at Initech"]);
  });

  test("what the person is to somebody goes along when it is named", async () => {
    const friend = await say("My friend is Anna.", "2025-01-05");
    await memory.graph.splitEntity({ entity: "Anna", alias: "Anna Schmidt", memories: [friend] }, alice);
    expect(await edges({ predicate: ["friend", "sister"] })).toEqual(["User friend Anna Schmidt", "User sister Anna"]);
  });

  test("survive an export", async () => {
    await memory.graph.splitEntity({ entity: "Anna", alias: "Anna Schmidt", memories: [other, job] }, alice);
    const before = await edges();
    let text = "";
    for await (const line of memory.export()) text += line;
    const copy = new Memory({ dbPath: ":memory:", embedder: false });
    await copy.import(text);
    const { results } = await copy.relations(alice);
    expect(
      results.map(({ subject, predicate, object }) => `${subject.name} ${predicate} ${object.name}`).toSorted(),
    ).toEqual(before);
    expect(await copy.verify()).toMatchObject({ problems: [] });
    await copy.close();
  });

  test("are not split by memories that name somebody else, are not there, or are messages", async () => {
    const mine = await say("I live in Kyoto.", "2025-01-05");
    const pair = { entity: "Anna", alias: "Anna Schmidt" };
    const split = (memories: readonly string[]): Promise<unknown> =>
      memory.graph.splitEntity({ ...pair, memories }, alice);
    await expect(split([mine])).rejects.toMatchObject({ code: "invalid_input" });
    await expect(split(["0190aaaa-0000-7000-8000-000000000000"])).rejects.toMatchObject({ code: "not_found" });
    await expect(memory.graph.splitEntity({ ...pair, memories: [home] }, { userId: "bob" })).rejects.toMatchObject({
      code: "not_found",
    });
    await expect(
      memory.graph.splitEntity({ entity: "Anna", alias: "anna", memories: [home] }, alice),
    ).rejects.toMatchObject({ code: "invalid_input" });
    await expect(split([])).rejects.toMatchObject({ code: "invalid_input" });
    expect(await edges({ predicate: "lives_in" })).toEqual(["Anna lives_in Oslo", "User lives_in Kyoto"]);
  });
});
