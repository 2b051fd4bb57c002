import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { MemoryItem } from "../../src/index.ts";
import { Memory } from "../../src/memory.ts";

let memory: Memory;
const user = { userId: "nora" };
const filters = { user_id: "nora" };
const kinds = ["fact" as const];

beforeEach(async () => {
  memory = new Memory({ dbPath: ":memory:" });
  await memory.add(
    "I live in Leeds, so my gym is the Leeds Fitness Club on Park Row. I play chess in Leeds on Fridays.",
    {
      ...user,
      timestamp: "2025-01-10",
    },
  );
});

afterEach(async () => {
  await memory.close();
});

async function find(word: string): Promise<MemoryItem> {
  const { results } = await memory.getAll({ filters, kinds });
  const found = results.find((item) => item.memory.includes(word));
  if (found === undefined) throw new Error(`no memory holds ${word}`);
  return found;
}

async function waiting(): Promise<string[]> {
  return (await memory.getAll({ filters, needsCheck: true })).results.map((item) => item.memory);
}

async function move(): Promise<void> {
  await memory.add("I moved to York.", { ...user, timestamp: "2025-05-01" });
}

const GYM = "User's gym is the Leeds Fitness Club on Park Row";

describe("what rests on something that changed", () => {
  it("is marked, and says why, wherever it is read", async () => {
    expect(await waiting()).toEqual([]);
    const home = await find("lives in Leeds");
    await move();
    const york = await find("York");
    const gym = await find("gym");
    expect(gym.needsCheck).toEqual([
      {
        change: "superseded",
        memoryId: home.id,
        replacedBy: york.id,
        reason: "What it rests on was superseded by a newer value.",
        at: expect.stringMatching(/^\d{4}-/u) as string,
      },
    ]);
    expect((await memory.get(gym.id))?.needsCheck).toHaveLength(1);
    const { results } = await memory.search("Which gym does Nora go to?", { filters });
    expect(results.find(({ id }) => id === gym.id)?.needsCheck).toHaveLength(1);
    const timeline = await memory.timeline(null, user);
    expect(timeline.results.find(({ memoryId }) => memoryId === gym.id)?.needsCheck).toHaveLength(1);
  });

  it("leaves alone what was said in another sentence", async () => {
    await move();
    expect(await waiting()).toEqual([GYM]);
  });

  it("is cleared by confirm, which the history tells, and by a new text", async () => {
    await move();
    const gym = await find("gym");
    await expect(memory.confirm(gym.id, { userId: "other" })).rejects.toMatchObject({ code: "not_found" });
    await memory.confirm(gym.id, user);
    expect((await memory.get(gym.id))?.needsCheck).toBeUndefined();
    expect((await memory.history(gym.id))[0]).toMatchObject({
      action: "UPDATE",
      new_value: GYM,
      reason: "confirmed by call, after what it rests on had changed",
    });
    const rows = (await memory.history(gym.id)).length;
    await memory.confirm(gym.id);
    expect(await memory.history(gym.id)).toHaveLength(rows);
    await expect(memory.confirm("01890000-0000-7000-8000-000000000000")).rejects.toMatchObject({ code: "not_found" });
  });

  it("is cleared by a new text, not by metadata", async () => {
    await move();
    const gym = await find("gym");
    await memory.update(gym.id, { metadata: { seen: true } });
    expect(await waiting()).toEqual([GYM]);
    await memory.update(gym.id, "User's gym is the York Fitness Club");
    expect(await waiting()).toEqual([]);
  });

  it("is marked by a deletion and by a change of text too, and no longer where the ground is back", async () => {
    const home = await find("lives in Leeds");
    await memory.delete(home.id);
    expect((await find("gym")).needsCheck?.map(({ change }) => change)).toEqual(["deleted"]);
    await memory.restore(home.id);
    expect(await waiting()).toEqual([]);
    await memory.update(home.id, "User lives in Bath");
    expect((await find("gym")).needsCheck?.map(({ change }) => change)).toEqual(["updated"]);
  });

  it("goes with what is purged", async () => {
    const home = await find("lives in Leeds");
    await move();
    await memory.purge(home.id);
    expect(await waiting()).toEqual([]);
  });
});
