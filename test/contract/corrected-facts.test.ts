import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Memory } from "../../src/index.ts";

const whose = { userId: "ana" };
const city = { type: "object", properties: { city: { type: "string" } } };
let memory: Memory;

beforeEach(() => {
  memory = new Memory({ dbPath: ":memory:" });
});
afterEach(() => memory.close());

async function active(): Promise<string[]> {
  const { results } = await memory.getAll({ filters: { user_id: "ana" }, kinds: ["fact"], states: ["active"] });
  return results.map((item) => item.memory);
}

async function corrected(said: string, text: string): Promise<string> {
  const { results } = await memory.add(said, { ...whose, timestamp: "2026-01-02" });
  const id = results[0]?.id ?? "";
  await memory.update(id, text);
  return id;
}

describe("a fact that somebody corrects", () => {
  it("says its new value wherever its value is asked for", async () => {
    const id = await corrected("I live in Oslo.", "User lives in Rome");
    expect((await memory.get(id))?.attribute).toEqual({ subject: "user", attribute: "residence", value: "rome" });
    expect((await memory.profile({ ...whose, schema: city })).values).toEqual({ city: "Rome" });
    const { results } = await memory.relations(whose);
    expect(results.map(({ predicate, object }) => [predicate, object.name])).toEqual([["lives_in", "Rome"]]);
  });

  it("is no double of what it said before, and is replaced by what is said next", async () => {
    await corrected("I live in Oslo.", "User lives in Rome");
    await memory.add("I live in Oslo.", { ...whose, timestamp: "2026-02-03" });
    expect(await active()).toEqual(["User lives in Oslo"]);
    await memory.add("I moved to Madrid.", { ...whose, timestamp: "2026-03-04" });
    expect(await active()).toEqual(["User moved to Madrid"]);
  });

  it("has no value any more where the words are others, and keeps it where they still say it", async () => {
    const other = await corrected("I live in Oslo.", "User is fond of ferries");
    expect((await memory.get(other))?.attribute).toBeUndefined();
    const same = await corrected("My dog is called Rex.", "User's old dog, Rex by name, is brown");
    expect((await memory.get(same))?.attribute).toMatchObject({ value: "rex" });
    const more = await corrected("I work as a nurse.", "User works as a dentist. She likes it.");
    expect((await memory.get(more))?.attribute).toBeUndefined();
  });

  it("is sound, and comes out of an export as it is", async () => {
    const id = await corrected("I live in Oslo.", "User lives in Rome");
    expect(await memory.verify()).toMatchObject({ isSound: true });
    const copy = new Memory({ dbPath: ":memory:" });
    try {
      await copy.import(memory.export());
      expect((await copy.get(id))?.attribute).toMatchObject({ value: "rome" });
    } finally {
      await copy.close();
    }
  });
});
