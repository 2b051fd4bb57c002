import { expect, it } from "vitest";
import { report, seededRandom, times } from "../support/fault-run.ts";
import { checkIsolation } from "../support/server-isolation-run.ts";

it("random calls of every route with every kind of key see and change nothing that is another's", async () => {
  const count = times(10_000, 2_000);
  const seed = Math.floor(seededRandom("server isolation")() * 2 ** 31);
  const { calls, operations } = await checkIsolation(count, seed);
  expect(calls).toBe(count);
  report(`server isolation: ${calls} random calls of ${operations} operations, nothing of another shown or changed`);
});
