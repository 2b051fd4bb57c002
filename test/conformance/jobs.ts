import { describe, expect, it } from "vitest";
import { applyTo, START } from "../support/store-fixtures.ts";
import type { Suite } from "./memory-store.ts";

/** Design decision 16: jobs are lease rows. */
export function describeJobs(suite: Suite): void {
  const now = START + 2_000_000;
  const add = async (...types: string[]): Promise<void> => {
    await applyTo(suite.store, "u", { jobs: types.map((type, index) => ({ type, payload: { index } })) });
  };

  describe("jobs", () => {
    it("gives each job to one holder, oldest first, of the types asked for", async () => {
      await add("a", "b", "a");
      const second = await suite.openSecond();
      const first = await suite.store.jobs.claim(["a"], now + 100, now);
      expect(first).toMatchObject({ type: "a", payload: { index: 0 }, attempts: 1 });
      expect(await second.jobs.claim(["a"], now + 100, now)).toMatchObject({ payload: { index: 2 } });
      expect(await second.jobs.claim(["a"], now + 100, now)).toBeNull();
      expect(await second.jobs.claim(["c"], now + 100, now)).toBeNull();
      expect((await suite.store.statistics()).jobs).toEqual({ pending: 1, running: 2, failed: 0 });
      await suite.store.jobs.finish(first?.id ?? 0);
      expect((await suite.store.statistics()).jobs.running).toBe(1);
    });

    it("gives a job anew when its holder's lease is over, and then ignores the first holder", async () => {
      await add("a");
      const lost = await suite.store.jobs.claim(["a"], now + 100, now);
      expect(await suite.store.jobs.claim(["a"], now + 300, now + 50)).toBeNull();
      const taken = await suite.store.jobs.claim(["a"], now + 300, now + 101);
      expect(taken).toMatchObject({ id: lost?.id, attempts: 2 });
      if (lost === null || taken === null) throw new Error("no job");
      await suite.store.jobs.fail(lost, "too late", null);
      expect((await suite.store.statistics()).jobs).toEqual({ pending: 0, running: 1, failed: 0 });
    });

    it("tries again when it was told to, or puts a job aside", async () => {
      await add("a");
      const job = await suite.store.jobs.claim(["a"], now + 100, now);
      if (job === null) throw new Error("no job");
      await suite.store.jobs.fail(job, "busy", now + 500);
      expect(await suite.store.jobs.claim(["a"], now + 600, now + 499)).toBeNull();
      const again = await suite.store.jobs.claim(["a"], now + 600, now + 500);
      if (again === null) throw new Error("no job");
      await suite.store.jobs.release(again, now + 500);
      const third = await suite.store.jobs.claim(["a"], now + 600, now + 500);
      expect(third?.attempts).toBe(2);
      if (third === null) throw new Error("no job");
      await suite.store.jobs.fail(third, "broken", null);
      expect(await suite.store.jobs.claim(["a"], now + 9_000, now + 8_000)).toBeNull();
      expect((await suite.store.statistics()).jobs).toEqual({ pending: 0, running: 0, failed: 1 });
    });

    it("stores a job with the change that makes it, and ends it with the change that does it", async () => {
      const result = await suite.store.apply({ userId: "u", at: START, jobs: [{ type: "a", payload: null }] });
      if (result.status !== "applied") throw new Error("conflict");
      expect(result.jobIds).toHaveLength(1);
      await applyTo(suite.store, "u", { finishJob: result.jobIds[0] ?? 0 });
      expect((await suite.store.statistics()).jobs.pending).toBe(0);
    });
  });
}
