import { describe, expect, it } from "vitest";
import type { ForgettingCase } from "../../bench/forgetting/case.ts";
import { contradictionCases } from "../../bench/forgetting/contradictions.ts";
import { decayCases } from "../../bench/forgetting/decay-order.ts";
import { deletionCases } from "../../bench/forgetting/deletion.ts";
import { injectionCases } from "../../bench/forgetting/injection.ts";
import { horizonCases } from "../../bench/forgetting/long-horizon.ts";

/** Short forms of `npm run bench:forgetting`: what is said in so many words has to be right. */
const isMust = ({ clarity, origin }: ForgettingCase): boolean => clarity === "explicit" && origin === "open";

async function problemsOf(cases: readonly ForgettingCase[]): Promise<string[]> {
  const problems: string[] = [];
  for (const { id, check } of cases) {
    const problem = await check();
    if (problem !== null) problems.push(`${id}: ${problem}`);
  }
  return problems;
}

describe("forgetting, the suites in short", () => {
  it("contradictions are listed, decided and brought back", async () => {
    expect(await problemsOf(contradictionCases(24).filter(isMust))).toEqual([]);
  });

  it("what was deleted is shown by no read, what was purged is in no file, whoever wrote the words", async () => {
    expect(await problemsOf(deletionCases(30))).toEqual([]);
  }, 30_000);

  it("what is newer, used or pinned comes first", async () => {
    const cases = decayCases(6);
    expect(new Set(cases.map(({ id }) => id.replace(/ \d+$/u, ""))).size).toBe(6);
    expect(await problemsOf(cases)).toEqual([]);
  }, 30_000);

  it("what nobody vouches for gives no instruction", async () => {
    expect(await problemsOf(injectionCases().filter(isMust))).toEqual([]);
  }, 30_000);

  it("two years of one user: what held, what comes again and what has stopped", async () => {
    expect(await problemsOf(horizonCases({ years: 2, messages: 1_200 }).filter(isMust))).toEqual([]);
  }, 60_000);
});
