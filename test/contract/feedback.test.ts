import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Memory } from "../../src/memory.ts";

let memory: Memory;
const filters = { user_id: "ana" };

beforeEach(() => {
  memory = new Memory({ dbPath: ":memory:" });
});

afterEach(async () => {
  await memory.close();
});

async function ids(): Promise<Map<string, string>> {
  const { results } = await memory.search("a kettle that leaks", { filters });
  return new Map(results.map((hit) => [hit.memory, hit.id]));
}

describe("feedback", () => {
  it("moves a memory among those that answer about as well, within bounds, and is taken back", async () => {
    // Sessions of their own: neighbours lend one another words.
    for (const [run, text] of [
      "The blue kettle leaks.",
      "The red kettle leaks.",
      "The violin lesson is on Monday.",
    ].entries())
      await memory.add(text, { userId: "ana", runId: `r${run}`, infer: false });
    const before = await ids();
    const [first, second] = [...before.keys()] as [string, string];
    expect([first, second].toSorted()).toEqual(["The blue kettle leaks.", "The red kettle leaks."]);
    await memory.feedback(before.get(first) ?? "", { feedback: "NEGATIVE" });
    expect([...(await ids()).keys()].slice(0, 2)).toEqual([second, first]);
    await memory.feedback(before.get(first) ?? "", { feedback: "POSITIVE" });
    expect([...(await ids()).keys()][0]).toBe(first);
    // Praise does not make it answer what it does not say.
    const { results } = await memory.search("the lesson of the violin", { filters });
    expect(results[0]?.memory).toContain("violin");
    // Even what was disliked most is found where nothing else answers.
    await memory.feedback(before.get(first) ?? "", { feedback: "VERY_NEGATIVE" });
    expect((await ids()).has(first)).toBe(true);
    await memory.feedback(before.get(first) ?? "", { feedback: null });
    expect([...(await ids()).keys()]).toEqual([...before.keys()]);
  });
});
