import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Memory } from "../../src/index.ts";
import type { RelationsOptions } from "../../src/index.ts";

const alice = { userId: "alice" };
let memory: Memory;

beforeEach(() => {
  memory = new Memory({ dbPath: ":memory:", embedder: false, now: () => Date.UTC(2026, 0, 10, 12) });
});
afterEach(() => memory.close());

async function say(text: string, timestamp = "2025-06-01", scope: object = alice): Promise<string[]> {
  const { results } = await memory.add(text, { ...scope, timestamp } as never);
  return results.map(({ id }) => id);
}

async function edges(options: RelationsOptions = {}, store = memory): Promise<string[]> {
  const { results } = await store.relations({ ...alice, ...options });
  return results.map(({ subject, predicate, object }) => `${subject.name} ${predicate} ${object.name}`);
}

describe("relations", () => {
  test("follow from what is said, with the memory that says so", async () => {
    const [id] = await say("My sister is Anna.");
    await say("Anna lives in Berlin.");
    expect(await edges()).toEqual(["Anna lives_in Berlin", "User sister Anna"]);
    const { results } = await memory.relations({ ...alice, predicate: "sister" });
    expect(results).toEqual([
      {
        id: `${id}:0`,
        subject: { id: expect.any(String), name: "User", type: "person" },
        predicate: "sister",
        object: { id: expect.any(String), name: "Anna", type: "person" },
        validFrom: Date.UTC(2025, 5, 1),
        validTo: null,
        confidence: 0.9,
        origin: "slot",
        memoryId: id,
        state: "active",
      },
    ]);
  });

  test("a newer one closes the older one, and both are kept", async () => {
    await say("I live in Oslo.", "2025-01-01");
    await say("I moved to Munich.", "2025-05-01");
    expect(await edges()).toEqual(["User lives_in Munich"]);
    expect(await edges({ includeEnded: true })).toEqual(["User lives_in Munich", "User lives_in Oslo"]);
    expect(await edges({ asOf: "2025-02-01" })).toEqual(["User lives_in Oslo"]);
    expect(await edges({ asOf: "2024-02-01" })).toEqual([]);
    const { results } = await memory.relations({ ...alice, includeEnded: true, object: "oslo" });
    expect(results[0]).toMatchObject({ validTo: Date.UTC(2025, 4, 1), state: "superseded" });
  });

  test("share the fate of their memory: deleted, restored, purged, reset", async () => {
    const [id = ""] = await say("My sister is Anna.");
    await memory.delete(id);
    expect(await edges()).toEqual([]);
    await memory.restore(id);
    expect(await edges()).toEqual(["User sister Anna"]);
    await memory.purge(id);
    expect(await edges({ includeEnded: true })).toEqual([]);
    expect((await memory.entities(alice)).results).toEqual([]);
    await say("Bob is my brother.");
    await memory.reset();
    expect(await edges()).toEqual([]);
  });

  test("follow a text that is changed by hand", async () => {
    const [id = ""] = await say("I live in Oslo.");
    await memory.update(id, "User is thinking of moving");
    expect(await edges()).toEqual([]);
    expect(await memory.verify()).toEqual({ isSound: true, problems: [] });
  });

  test("come back with an import", async () => {
    await say("My sister lives in Berlin.");
    await say("My sister is Anna.");
    await say("I live in Oslo.", "2025-01-01");
    await say("I moved to Munich.", "2025-05-01");
    const lines: string[] = [];
    for await (const line of memory.export()) lines.push(line);
    const other = new Memory({ dbPath: ":memory:", embedder: false, now: () => Date.UTC(2026, 0, 10, 12) });
    await other.import(lines);
    expect(await edges({ includeEnded: true }, other)).toEqual(await edges({ includeEnded: true }));
    expect((await other.verify()).isSound).toBe(true);
    await other.close();
  });

  test("are read page by page, and of one entity at once", async () => {
    for (const name of ["Anna", "Bea", "Cora"]) await say(`My friend ${name} lives in Rome.`);
    const first = await memory.relations({ ...alice, limit: 4 });
    const rest = await memory.relations({ ...alice, limit: 4, cursor: first.next });
    expect([...first.results, ...rest.results].map(({ id }) => id)).toEqual(
      (await memory.relations(alice)).results.map(({ id }) => id),
    );
    expect(rest.next).toBe(null);
    expect(await edges({ subject: "Anna", object: "Rome" })).toEqual(["Anna lives_in Rome"]);
    expect(await edges({ entity: "Nobody" })).toEqual([]);
  });

  test("no scope sees another's, nor by number", async () => {
    await say("My sister is Anna.");
    await say("My sister is Bea.", "2025-06-01", { ...alice, agentId: "coach" });
    await say("My sister is Cora.", "2025-06-01", { userId: "bob" });
    expect(await edges({ agentId: "coach" })).toEqual(["User sister Bea"]);
    expect(await edges({ userId: "bob" })).toEqual(["User sister Cora"]);
    const anna = (await memory.entities(alice)).results.find(({ name }) => name === "Anna");
    expect(await edges({ entity: anna?.id ?? "" })).toEqual(["User sister Anna"]);
    expect(await edges({ userId: "bob", entity: anna?.id ?? "" })).toEqual([]);
    expect(await edges({ agentId: "coach", entity: "Anna" })).toEqual([]);
  });

  test("refuses what it does not know", async () => {
    await expect(memory.relations({ usreId: "alice" } as never)).rejects.toMatchObject({ code: "invalid_input" });
    await expect(memory.relations({ limit: 0 })).rejects.toMatchObject({ code: "invalid_input" });
    await expect(memory.neighbours("")).rejects.toMatchObject({ code: "invalid_input" });
  });
});

describe("names of one thing", () => {
  test("a role is whoever has it when it is said", async () => {
    await say("My manager lives in Leeds.", "2025-01-05");
    await say("My manager is Dana.", "2025-01-10");
    await say("My manager is Priya now.", "2025-05-01");
    await say("My manager has a Tesla.", "2025-05-02");
    expect(await edges({ entity: "Dana", includeEnded: true })).toEqual(["User manager Dana", "Dana lives_in Leeds"]);
    expect(await edges({ subject: "Priya" })).toEqual(["Priya owns Tesla"]);
  });

  test("two sisters are not told apart", async () => {
    await say("My sister is Anna.");
    await say("My sister is Bea.");
    await say("My sister lives in Rome.");
    expect(await edges({ predicate: "lives_in" })).toEqual(["User's sister lives_in Rome"]);
  });

  test("entities are listed once, with their other names, and found by any of them", async () => {
    await say("My sister is Anna.");
    await say("My sister lives in Rome.");
    const { results } = await memory.entities({ ...alice, type: "person" });
    expect(results.map(({ name, aliases }) => [name, aliases])).toEqual([
      ["Anna", ["User's sister"]],
      ["User", []],
    ]);
    expect((await memory.entities({ ...alice, search: "SISTER" })).results.map(({ name }) => name)).toEqual(["Anna"]);
    for (const name of ["Anna", "anna", "my sister", "User's sister"])
      expect((await memory.neighbours(name, alice)).entity?.name).toBe("Anna");
  });
});

test("neighbours are what relations lead to, with these", async () => {
  await say("My sister is Anna.");
  await say("Anna lives in Berlin.");
  const { entity, neighbours } = await memory.neighbours("Anna", alice);
  expect(entity).toMatchObject({ name: "Anna", type: "person" });
  expect(neighbours.map((each) => [each.entity.name, each.relations.map(({ predicate }) => predicate)])).toEqual([
    ["Berlin", ["lives_in"]],
    ["User", ["sister"]],
  ]);
  expect(await memory.neighbours("Zoe", alice)).toEqual({ entity: null, neighbours: [] });
});
