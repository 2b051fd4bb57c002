import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Memory } from "../../src/memory.ts";
import { isAnswerAsOf, isCurrent, isStale, playUpdate, speaksOfBefore } from "../support/play-update.ts";
import { LATER_SCENARIOS } from "../support/update-phrasings-later.ts";
import { UNSEEN_SCENARIOS } from "../support/update-phrasings-unseen.ts";

/** With what must hold today. Counts only: whoever reads which pairs fail and mends them has no measure left. */
const SETS = [
  { name: "unseen", scenarios: UNSEEN_SCENARIOS, least: 160, bars: { stale: 15, current: 145, asOf: 157 } },
  { name: "later", scenarios: LATER_SCENARIOS, least: 100, bars: { stale: 59, current: 35, asOf: 86 } },
];

describe.each(SETS)("changes that nothing was written for ($name)", ({ name, scenarios, least, bars }) => {
  const folder = mkdtempSync(join(tmpdir(), "recollect-unseen-"));
  const counts = { stale: 0, current: 0, asOf: 0, dated: 0 };

  beforeAll(async () => {
    const memory = new Memory({ dbPath: join(folder, "memory.db"), durability: "relaxed" });
    for (const scenario of scenarios) {
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
      `${name}: ${scenarios.length} updates; stale first: ${counts.stale}; current first: ${counts.current}; ` +
        `right as of before: ${counts.asOf} of ${counts.dated}\n`,
    );
  }, 240_000);

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it("are as many as they were", () => {
    expect(scenarios.length).toBeGreaterThanOrEqual(least);
  });

  it("give the value of before first no more often than known", () => {
    expect(counts.stale).toBeLessThanOrEqual(bars.stale);
  });

  it("give the current value first at least as often as known", () => {
    expect(counts.current).toBeGreaterThanOrEqual(bars.current);
  });

  it("give the value of before, as of a moment before, at least as often as known", () => {
    expect(counts.asOf).toBeGreaterThanOrEqual(bars.asOf);
  });
});
