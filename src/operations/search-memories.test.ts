import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parseAdd } from "../api/parse-add.ts";
import { parseContext, parseSearch } from "../api/parse-read.ts";
import { createEngine } from "../create-memory.ts";
import type { SearchHit } from "../domain/search-result.ts";
import { addMemories } from "./add-memories.ts";
import { buildContext } from "./build-context.ts";
import { searchMemories } from "./search-memories.ts";

let folder: string;
let engine: ReturnType<typeof createEngine>;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "recollect-search-"));
  engine = createEngine({ dbPath: join(folder, "memory.db") });
});

afterEach(async () => {
  await engine.close();
  rmSync(folder, { recursive: true });
});

async function say(content: string, role = "user", options: object = {}): Promise<void> {
  await addMemories(engine, parseAdd([{ role, content }], { userId: "alice", ...options }, engine.settings));
}

async function search(query: string, options: object = {}): Promise<readonly SearchHit[]> {
  const request = parseSearch(query, { filters: { user_id: "alice" }, topK: 5, ...options });
  return (await searchMemories(engine, request)).results;
}

const NOISE = [
  ["user", "Hey! How are you doing today?"],
  ["assistant", "I'm doing great, thanks! What can I help you with?"],
  ["user", "We want to walk round the lake and maybe go to a concert."],
  ["assistant", "Great idea, the weather should be nice."],
  ["user", "I work as a nurse at the city hospital."],
  ["assistant", "Noted!"],
  ["user", "I have a cat named Pixel who sleeps all day."],
  ["assistant", "Haha, Pixel sounds lovely."],
  ["user", "I started learning the piano last month."],
  ["assistant", "Wonderful! Keep practising."],
  ["user", "Can you remind me to call mom?"],
  ["assistant", "Sure, noted!"],
  ["user", "I moved from Lyon to Paris in 2021."],
  ["assistant", "Noted! Paris is beautiful."],
] as const;

async function chat(): Promise<void> {
  await say("I'm vegetarian and allergic to nuts.", "user", { runId: "r", timestamp: 1_700_000_000 });
  for (const [at, [role, content]] of NOISE.entries())
    await say(content, role, { runId: "r", timestamp: 1_700_000_030 + at * 30 });
}

describe("search of a store of one message", () => {
  it("bridges from what is asked to what was said", async () => {
    await say("I'm vegetarian and allergic to nuts");
    const hits = await search("What can I cook for Alice?");
    expect(hits.map(({ memory }) => memory).join(" ")).toMatch(/vegetarian/u);
    expect(hits.map(({ memory }) => memory).join(" ")).toMatch(/nuts/u);
    for (const { score } of hits) expect(score).toBeGreaterThan(0.1);
  });

  it("finds nothing for what has nothing to do with it", async () => {
    await say("I'm vegetarian and allergic to nuts");
    expect(await search("quantum chromodynamics lattice")).toEqual([]);
  });
});

describe("search of a short chat", () => {
  it.each([
    ["does Alice eat nuts", /nuts/u],
    ["What can I cook for Alice?", /nuts|vegetarian/u],
    ["Where does Alice live?", /Paris/u],
    ["What instrument am I learning?", /piano/u],
  ])("%s: the fact first, before any chatter", async (query, expected) => {
    await chat();
    const [first, ...others] = await search(query);
    expect(first?.memory).toMatch(expected);
    const chatter = others.filter(({ memory }) => /noted|great|how are you/iu.test(memory));
    expect(Math.max(0, ...chatter.map(({ score }) => score))).toBeLessThan(first?.score ?? 0);
  });

  it("scores what is unrelated below .15, however little there is to choose from", async () => {
    await chat();
    for (const query of ["quantum chromodynamics lattice", "stock market interest rates"]) {
      for (const { score } of await search(query, { threshold: 0 })) expect(score).toBeLessThan(0.15);
    }
  });

  it("gives a memory the same score whatever else is asked for, and shows its parts", async () => {
    await chat();
    const [few] = await search("does Alice eat nuts", { topK: 1, explain: true });
    const [many] = await search("does Alice eat nuts", { topK: 50, threshold: 0 });
    expect(few?.score).toBe(many?.score);
    expect(few?.scoreBreakdown).toMatchObject({
      lexical: expect.any(Number),
      dense: expect.any(Number),
      slot: 1,
      prior: expect.any(Number),
      raw: expect.any(Number),
      recipe: "default",
    });
  });

  it("orders by score, the same way every time", async () => {
    await chat();
    const hits = await search("What do I do for work and where?", { topK: 20, threshold: 0 });
    const scores = hits.map(({ score }) => score);
    expect(scores).toEqual(scores.toSorted((left, right) => right - left));
    expect(await search("What do I do for work and where?", { topK: 20, threshold: 0 })).toEqual(hits);
  });
});

describe("search after a value was replaced", () => {
  beforeEach(async () => {
    await say("I live in Berlin.", "user", { timestamp: 1_700_000_000 });
    await say("I moved to Munich.", "user", { timestamp: 1_710_000_000 });
  });

  it("puts the current value before the old one", async () => {
    const texts = (await search("Where do I live? Berlin?", { threshold: 0 })).map(({ memory }) => memory);
    const now = texts.findIndex((text) => text.includes("Munich"));
    expect(now).toBe(0);
    expect(texts.findIndex((text) => text.includes("Berlin"))).toBeGreaterThan(now);
  });

  it("leaves the old one out for latestOnly, and answers as of a moment", async () => {
    const latest = await search("Where do I live?", { latestOnly: true, threshold: 0 });
    expect(latest.map(({ state }) => state)).not.toContain("superseded");
    const [then] = await search("Where do I live?", { asOf: "2024-01-01", threshold: 0 });
    expect(then?.memory).toMatch(/Berlin/u);
  });
});

describe("what one slot has held is one candidate", () => {
  beforeEach(async () => {
    await say("I live in Berlin Neukölln.", "user", { timestamp: 1_700_000_000 });
    await say("I moved to Munich.", "user", { timestamp: 1_710_000_000 });
    await say("I moved to Hamburg Ottensen.", "user", { timestamp: 1_720_000_000 });
  });

  it("finds the current value by words of the old one, whatever states are asked for", async () => {
    for (const options of [{ topK: 1 }, { latestOnly: true, threshold: 0.3 }, { states: ["active"], threshold: 0.3 }]) {
      const [first] = await search("Neukölln", options);
      expect(first?.memory).toMatch(/Hamburg/u);
    }
  });

  it("finds what held at a moment by words of what came later", async () => {
    const [first] = await search("Ottensen", { asOf: "2024-05-01", threshold: 0.3 });
    expect(first?.memory).toMatch(/Munich/u);
  });
});

it("brings in no successor that the filter leaves out", async () => {
  await say("I live in Berlin.", "user", { timestamp: 1_700_000_000, metadata: { from: "letters" } });
  await say("I moved to Munich.", "user", { timestamp: 1_710_000_000, metadata: { from: "calls" } });
  const filters = { AND: [{ user_id: "alice" }, { from: "letters" }] };
  const hits = await search("Where do I live? Berlin?", { filters, threshold: 0 });
  expect(hits.map(({ memory }) => memory)).toEqual([expect.stringContaining("Berlin")]);
});

describe("a context block", () => {
  it("is the whole scope, in order, when that fits, and else no longer than allowed", async () => {
    await chat();
    const whole = await buildContext(engine, parseContext("nuts", { userId: "alice", tokenBudget: 4000 }));
    expect(whole.isComplete).toBe(true);
    expect(whole.text.indexOf("vegetarian")).toBeLessThan(whole.text.indexOf("Paris is beautiful"));
    const part = await buildContext(engine, parseContext("does Alice eat nuts", { userId: "alice", tokenBudget: 150 }));
    expect(part.isComplete).toBe(false);
    expect(part.tokens).toBeLessThanOrEqual(150);
    expect(part.text).toContain("allergic to nuts");
  });
});
