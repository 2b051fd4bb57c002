import { describe, expect, it } from "vitest";
import type { SqliteDriver } from "./driver.ts";
import { queueMessages, readQueue } from "./extraction-queue.ts";

/** What is written as `recalled` to the one row that the store has. */
function driverOf(stored: { recalled: string }): SqliteDriver {
  return {
    get: () => ({ rid: 1 }),
    run: (_sql: string, ...parameters: unknown[]) => {
      stored.recalled = String(parameters[3]);
    },
    all: () => [{ id: "m", options: "{}", recalled: stored.recalled, has_rules_facts: 0 }],
  } as unknown as SqliteDriver;
}

describe("spans of a queued message", () => {
  it("come back as they went in, each of its kind", () => {
    const spans = { recalled: [{ start: 0, end: 4 }], untrusted: [{ start: 6, end: 40 }] };
    const driver = driverOf({ recalled: "" });
    queueMessages(driver, [{ memoryId: "m", batch: "b", options: "{}", ...spans }], 0);
    expect(readQueue(driver, "b", 1)[0]).toMatchObject(spans);
  });

  it("of an older version are recalled ones", () => {
    const [message] = readQueue(driverOf({ recalled: '[{"start":1,"end":2}]' }), "b", 1);
    expect(message).toMatchObject({ recalled: [{ start: 1, end: 2 }], untrusted: [] });
  });

  it("are taken for recalled ones by an older version, which makes no facts of those", () => {
    const stored = { recalled: "" };
    queueMessages(
      driverOf(stored),
      [{ memoryId: "m", batch: "b", options: "{}", recalled: [], untrusted: [{ start: 6, end: 40 }] }],
      0,
    );
    expect(JSON.parse(stored.recalled)).toMatchObject([{ start: 6, end: 40 }]);
  });
});
