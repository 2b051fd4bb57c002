import { expect, it } from "vitest";
import type { MemoryRecord } from "../domain/memory.ts";
import { isTrueThen } from "./visibility.ts";

const DAY = 86_400_000;

function record(fields: Partial<MemoryRecord>): MemoryRecord {
  return {
    id: "m",
    kind: "fact",
    text: "User's recital is on Friday",
    scope: {},
    role: "user",
    metadata: {},
    categories: [],
    state: "active",
    isVerified: true,
    isImmutable: false,
    saidAt: 10 * DAY,
    createdAt: 10 * DAY,
    updatedAt: 10 * DAY,
    sources: [],
    conflictsWith: [],
    confidence: 1,
    attribute: { subject: "user", attribute: "recital", value: "friday", cardinality: "single" },
    ...fields,
  };
}

it("what was still to come was known from when it was told", () => {
  const told = record({ validFrom: 14 * DAY });
  expect([9, 11, 15].map((day) => isTrueThen(told, day * DAY))).toEqual([false, true, true]);
});

it("what was replaced before it came is not known any more", () => {
  const told = record({ validFrom: 20 * DAY, validTo: 14 * DAY, state: "superseded" });
  expect([11, 15].map((day) => isTrueThen(told, day * DAY))).toEqual([true, false]);
});
