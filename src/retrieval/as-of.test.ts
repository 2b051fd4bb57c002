import { describe, expect, it } from "vitest";
import type { AttributeValue } from "../domain/memory.ts";
import type { DatedRecord } from "../domain/validity.ts";
import { isTrueAt, lastWordAt, wasKnownAt } from "./as-of.ts";

const base = { saidAt: 100, state: "active" } as const;
const deadline: AttributeValue = {
  subject: "user",
  attribute: "deadline:thesis",
  value: "5 june",
  cardinality: "single",
};

const home: AttributeValue = { subject: "user", attribute: "residence", value: "rome", cardinality: "single" };

describe("isTrueAt", () => {
  it.each<[string, DatedRecord, number, boolean]>([
    ["open, before it was said", base, 99, false],
    ["open, at the moment it was said", base, 100, true],
    ["open, much later", base, 1e15, true],
    ["known start wins over said time", { ...base, validFrom: 50 }, 60, true],
    ["known start, before it", { ...base, validFrom: 50 }, 49, false],
    ["a value that starts in the future", { ...base, validFrom: 200, attribute: home }, 150, false],
    ["a plan is there from when it is told", { ...base, validFrom: 200, validTo: 300 }, 150, true],
    ["what has happened stays so", { ...base, validFrom: 20, validTo: 30 }, 150, true],
    ["what has happened, before it did", { ...base, validFrom: 20, validTo: 30 }, 19, false],
    ["a stretch of a slot is over at its end", { ...base, validFrom: 20, validTo: 30, attribute: home }, 30, false],
    ["closed, last moment", { ...base, validTo: 200 }, 199, true],
    ["closed, the end is exclusive", { ...base, validTo: 200 }, 200, false],
    ["empty interval is never true", { ...base, validTo: 100 }, 100, false],
    ["superseded keeps its interval", { ...base, state: "superseded", validTo: 200 }, 150, true],
    ["epoch zero is a time like any other", { ...base, saidAt: 0 }, 0, true],
    ["before the epoch", { ...base, validFrom: -500 }, -1, true],
    ["an event's date is not when its plan began to hold", { ...base, validFrom: 500, attribute: deadline }, 150, true],
    ["a past deadline is still the last word", { ...base, validTo: 200, attribute: deadline }, 300, true],
    [
      "a moved deadline is not",
      { ...base, state: "superseded", validFrom: 500, validTo: 200, attribute: deadline },
      300,
      false,
    ],
  ])("%s", (_, record, time, expected) => {
    expect(isTrueAt(record, time)).toBe(expected);
  });
});

describe("wasKnownAt", () => {
  it.each<[string, { createdAt: number; retractedAt?: number }, number, boolean]>([
    ["before the store learnt of it", { createdAt: 100 }, 99, false],
    ["from the moment it did", { createdAt: 100 }, 100, true],
    ["until retracted", { createdAt: 100, retractedAt: 200 }, 199, true],
    ["not from then on", { createdAt: 100, retractedAt: 200 }, 200, false],
  ])("%s", (_, record, time, expected) => {
    expect(wasKnownAt(record, time)).toBe(expected);
  });
});

describe("lastWordAt", () => {
  const paris = { id: "paris", ...base, validTo: 300 };
  const rome = { id: "rome", ...base, saidAt: 150, validTo: 200 };
  const berlin = { id: "berlin", ...base, saidAt: 300 };
  const ids = (time: number) => lastWordAt([berlin, paris, rome], time).map((record) => record.id);

  it("gives nothing before anything was true", () => expect(ids(50)).toEqual([]));
  it("gives the only true one", () => expect(ids(120)).toEqual(["paris"]));
  it("prefers the interval that began later", () => expect(ids(170)).toEqual(["rome"]));
  it("returns to the longer one", () => expect(ids(250)).toEqual(["paris"]));
  it("gives the current one", () => expect(ids(300)).toEqual(["berlin"]));
  it("gives both sides of a conflict", () => {
    const madrid = { id: "madrid", ...base, saidAt: 300 };
    expect(lastWordAt([berlin, madrid], 400)).toEqual([berlin, madrid]);
  });
});
