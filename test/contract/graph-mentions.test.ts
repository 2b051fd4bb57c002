import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Memory } from "../../src/index.ts";

const alice = { userId: "alice" };
let memory: Memory;

beforeEach(() => {
  memory = new Memory({ dbPath: ":memory:", embedder: false });
});
afterEach(() => memory.close());

async function say(text: string, scope: object = alice, timestamp = "2025-01-02"): Promise<void> {
  await memory.add(text, { ...scope, timestamp } as never);
}

describe("mentions", () => {
  test("are the places where memories and their messages name a thing", async () => {
    await say("By the way, Anna lives in Berlin now. ANNA works at Initech.");
    const { entity, results } = await memory.mentions("anna", alice);
    expect(entity?.name).toBe("Anna");
    expect(results.map(({ memory: text, spans }) => [text, spans])).toEqual([
      ["ANNA works at Initech", [{ start: 0, end: 4, text: "ANNA" }]],
      ["Anna lives in Berlin now", [{ start: 0, end: 4, text: "Anna" }]],
    ]);
    const [first] = results;
    expect(first?.sources).toEqual([{ messageId: expect.any(String), spans: [{ start: 38, end: 42, text: "ANNA" }] }]);
    expect(first).toMatchObject({ kind: "fact", saidAt: "2025-01-02T00:00:00.000Z" });
  });

  test("are found under every name", async () => {
    await say("My sister is Anna.");
    await say("Everybody calls Anna Annie.");
    await say("My sister lives in Rome.");
    const { results } = await memory.mentions("Annie", alice);
    const words = results.flatMap(({ sources }) => sources.flatMap(({ spans }) => spans.map(({ text }) => text)));
    expect(new Set(words)).toEqual(new Set(["Anna", "Annie", "My sister"]));
  });

  test("of amounts and dates", async () => {
    await say("My rent is 950 euros.");
    await say("I ran 5 km on June 5, 2024.");
    const { results: entities } = await memory.entities({ ...alice, type: ["amount", "date"] });
    expect(entities.map(({ name, type }) => [name, type])).toEqual([
      ["5 June 2024", "date"],
      ["5 km", "amount"],
      ["950 euros", "amount"],
    ]);
    const { results } = await memory.mentions("950 euros", alice);
    expect(results[0]?.spans).toEqual([{ start: 15, end: 24, text: "950 euros" }]);
    const day = await memory.mentions("5 June 2024", alice);
    expect(day.results[0]?.spans.map(({ text }) => text)).toEqual(["June 5, 2024"]);
  });

  test("stay in their scope, and go with their memory", async () => {
    await say("Anna lives in Berlin.", { ...alice, runId: "one" });
    await say("Anna works at Initech.", { ...alice, runId: "two" });
    await say("Anna likes tea.", { userId: "bob" });
    const seen = async (options: object): Promise<string[]> =>
      (await memory.mentions("Anna", options)).results.map(({ memory: text }) => text);
    expect(await seen({ ...alice, runId: "one" })).toEqual(["Anna lives in Berlin"]);
    expect(await seen({ userId: "carl" })).toEqual([]);
    expect((await memory.mentions("Anna", { userId: "carl" })).entity).toBeNull();
    const { results } = await memory.mentions("Anna", alice);
    await memory.delete(results[0]?.memoryId ?? "");
    expect(await seen(alice)).toHaveLength(1);
    expect(await seen({ ...alice, limit: 1 })).toHaveLength(1);
    await expect(memory.mentions("", alice)).rejects.toMatchObject({ code: "invalid_input" });
  });
});
