import { expect, it } from "vitest";
import { ROUTES } from "../../src/server/routes/routes.ts";
import { checkIsolation } from "../support/server-isolation-run.ts";

it("2,000 random calls: nothing of another project or organization comes back, roles hold, readers change nothing", async () => {
  const seed = Number(process.env["FAULTS_SEED"] ?? Math.floor(Math.random() * 2 ** 31));
  const { calls, operations } = await checkIsolation(2_000, seed);
  expect(calls).toBe(2_000);
  expect(operations).toBe(new Set(ROUTES.map(({ operation }) => operation)).size);
}, 180_000);
