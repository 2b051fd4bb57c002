import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { Memory } from "../../src/memory.ts";
import { holds } from "../support/play-update.ts";
import { FRESH_PAIRS } from "../support/update-phrasings-fresh.ts";

/** What must hold today; the aim is every pair superseded and no old value first. */
const LEAST_SUPERSEDED = 135;
const MOST_STALE = 6;
const DAY = 86_400_000;

const folder = mkdtempSync(join(tmpdir(), "recollect-fresh-"));
let memory: Memory;
beforeAll(() => {
  memory = new Memory({ dbPath: join(folder, "memory.db"), durability: "relaxed" });
});
afterAll(async () => {
  await memory.close();
  rmSync(folder, { recursive: true });
});

it(`of ${FRESH_PAIRS.length} changes in other words, at least ${LEAST_SUPERSEDED} supersede what was so before`, async () => {
  const kept: string[] = [];
  const stale: string[] = [];
  for (const [index, { before, after, question, oldValue, newValue }] of FRESH_PAIRS.entries()) {
    const userId = `fresh-${index}`;
    const start = Date.UTC(2024, 1, 5, 9);
    await memory.add([{ role: "user", content: before }], { userId, timestamp: new Date(start) });
    await memory.add([{ role: "user", content: after }], { userId, timestamp: new Date(start + 30 * DAY) });
    const filters = { user_id: userId };
    const { results } = await memory.search(question, { filters, referenceDate: new Date(start + 33 * DAY) });
    const first = results[0]?.memory ?? "";
    if (holds(first, oldValue) && !holds(first, newValue)) stale.push(`"${after}" -> "${first}"`);
    const old = await memory.getAll({ filters, states: ["superseded"] });
    if (old.results.length === 0) kept.push(`"${before}" then "${after}"`);
  }
  process.stdout.write(`fresh pairs: ${FRESH_PAIRS.length - kept.length} superseded, ${stale.length} stale first\n`);
  expect(FRESH_PAIRS.length - kept.length < LEAST_SUPERSEDED ? kept : []).toEqual([]);
  expect(stale.length > MOST_STALE ? stale : []).toEqual([]);
}, 240_000);
