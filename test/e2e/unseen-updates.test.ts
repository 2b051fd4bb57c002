import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { Memory } from "../../src/memory.ts";
import { isAnswerAsOf, isCurrent, isStale, playUpdate, speaksOfBefore } from "../support/play-update.ts";
import { UNSEEN_SCENARIOS } from "../support/update-phrasings-unseen.ts";

/** What must hold today. Counts only: whoever reads which pairs fail and mends them has no measure left. */
const BARS = { stale: 15, current: 145, asOf: 157 };

const folder = mkdtempSync(join(tmpdir(), "recollect-unseen-"));
const counts = { stale: 0, current: 0, asOf: 0, dated: 0 };

beforeAll(async () => {
  const memory = new Memory({ dbPath: join(folder, "memory.db"), durability: "relaxed" });
  for (const scenario of UNSEEN_SCENARIOS) {
    const { hits } = await playUpdate(memory, scenario);
    const first = hits.plain[0]?.memory ?? "";
    if (isStale(first, scenario)) counts.stale += 1;
    if (isCurrent(first, scenario)) counts.current += 1;
    if (speaksOfBefore(scenario)) continue;
    counts.dated += 1;
    if (isAnswerAsOf(hits.asOf[0]?.memory ?? "", scenario)) counts.asOf += 1;
  }
  await memory.close();
  process.stdout.write(
    `unseen: ${UNSEEN_SCENARIOS.length} updates; stale first: ${counts.stale}; current first: ${counts.current}; ` +
      `right as of before: ${counts.asOf} of ${counts.dated}\n`,
  );
}, 240_000);

afterAll(() => {
  rmSync(folder, { recursive: true });
});

it("are at least 160 changes that nothing was fitted to", () => {
  expect(UNSEEN_SCENARIOS.length).toBeGreaterThanOrEqual(160);
});

it("give the value of before first no more often than known", () => {
  expect(counts.stale).toBeLessThanOrEqual(BARS.stale);
});

it("give the current value first at least as often as known", () => {
  expect(counts.current).toBeGreaterThanOrEqual(BARS.current);
});

it("give the value of before, as of a moment before, at least as often as known", () => {
  expect(counts.asOf).toBeGreaterThanOrEqual(BARS.asOf);
});
