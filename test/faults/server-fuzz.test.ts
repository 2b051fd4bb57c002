import { expect, it } from "vitest";
import { report, seededRandom, times } from "../support/fault-run.ts";
import { fuzzServer } from "../support/server-fuzz-run.ts";

it("malformed requests out of our own OpenAPI document bring nothing down", async () => {
  const count = times(10_000, 3_000);
  const { problems, statuses } = await fuzzServer(count, seededRandom("server fuzz"));
  expect(problems).toEqual([]);
  report(`server fuzz: ${count} malformed requests, 0 times 500, 0 hung; answers ${JSON.stringify(statuses)}`);
});
