import { afterEach, describe, expect, it } from "vitest";
import { Memory } from "../../src/memory.ts";

const user = { userId: "nora" };
const filters = { user_id: "nora" };
/** Half past midnight on 1 March in Berlin, still February in London and New York. */
const SAID = "2025-02-28T23:30:00Z";

let memory: Memory;

afterEach(async () => {
  await memory.close();
});

async function told(timeZone: string | undefined, text: string): Promise<readonly (string | undefined)[]> {
  memory = new Memory({ dbPath: ":memory:", ...(timeZone === undefined ? {} : { timeZone }) });
  await memory.add(text, { ...user, timestamp: SAID });
  const { results } = await memory.timeline(null, user);
  return [results[0]?.from.slice(0, 10), results[0]?.timeWords, results[0]?.text];
}

describe("timeZone", () => {
  it.each([
    [undefined, "2025-02-27"],
    ["UTC", "2025-02-27"],
    ["Europe/Berlin", "2025-02-28"],
    ["America/New_York", "2025-02-27"],
  ])("yesterday is the day before the speaker's own: %s", async (timeZone, day) => {
    const [from, words, text] = await told(timeZone, "I sold the old piano yesterday.");
    expect([from, words]).toEqual([day, "yesterday"]);
    expect(text).toContain(`${Number(day.slice(8))} February 2025`);
  });

  it("takes the month of the speaker", async () => {
    expect((await told("Europe/Berlin", "Last month I passed my sailing exam."))[0]).toBe("2025-02-01");
  });

  it("ends what ended at the moment at which it was said, wherever", async () => {
    memory = new Memory({ dbPath: ":memory:", timeZone: "Asia/Tokyo" });
    await memory.add("I live in Leeds.", { ...user, timestamp: "2025-01-01T12:00:00Z" });
    await memory.add("I moved to Osaka.", { ...user, timestamp: SAID });
    const { results } = await memory.getAll({ filters, kinds: ["fact"], states: ["superseded"] });
    expect(results[0]?.validTo).toBe("2025-02-28T23:30:00.000Z");
    await memory.close();
    memory = new Memory({ dbPath: ":memory:", timeZone: "Asia/Tokyo" });
    await memory.add("I used to live in Leeds.", { ...user, timestamp: SAID });
    const [past] = (await memory.getAll({ filters, kinds: ["fact"] })).results;
    expect(past?.validTo ?? "2025-02-28T23:30:00.000Z").toBe("2025-02-28T23:30:00.000Z");
  });

  it("counts in queries too", async () => {
    memory = new Memory({ dbPath: ":memory:", timeZone: "Europe/Berlin" });
    await memory.add("On 28 February 2025 I painted the kitchen.", { ...user, timestamp: "2025-03-20T10:00:00Z" });
    await memory.add("On 27 February 2025 I repaired the boat.", { ...user, timestamp: "2025-03-21T10:00:00Z" });
    const { results } = await memory.search("What did I do after the day before yesterday?", {
      filters,
      referenceDate: SAID,
    });
    expect(results[0]?.memory).toContain("painted");
  });

  it("must be a zone", () => {
    memory = new Memory({ dbPath: ":memory:" });
    for (const timeZone of ["Mars/Olympus", "", 2 as never])
      expect(() => new Memory({ dbPath: ":memory:", timeZone })).toThrow(/timeZone must be the IANA name/u);
  });
});
