import { expect, it } from "vitest";
import { seededRandom } from "../support/fault-run.ts";
import { fuzzServer } from "../support/server-fuzz-run.ts";

it("1,000 malformed requests: no 500, no hang, always a JSON body with code and request_id", async () => {
  const { problems, statuses } = await fuzzServer(1_000, seededRandom("fuzz"));
  expect(problems).toEqual([]);
  // They reach the handlers, and not only the doorman.
  expect(statuses["200"]).toBeGreaterThan(30);
  expect(statuses["400"]).toBeGreaterThan(100);
});
