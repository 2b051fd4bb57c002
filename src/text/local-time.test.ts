import { describe, expect, it } from "vitest";
import { createLocalTime } from "./local-time.ts";

describe("createLocalTime", () => {
  it.each([
    ["Europe/Berlin", "2025-02-28T23:30:00.250Z", "2025-03-01T00:30:00.250Z"],
    ["Europe/Berlin", "2025-07-01T22:30:00.000Z", "2025-07-02T00:30:00.000Z"],
    ["America/Los_Angeles", "2025-03-01T03:00:00.000Z", "2025-02-28T19:00:00.000Z"],
    ["Asia/Kolkata", "2025-03-01T18:45:00.000Z", "2025-03-02T00:15:00.000Z"],
    ["Pacific/Kiritimati", "2025-12-31T10:00:00.000Z", "2026-01-01T00:00:00.000Z"],
    ["Europe/Berlin", "1969-12-31T23:59:59.500Z", "1970-01-01T00:59:59.500Z"],
    ["UTC", "2025-03-01T18:45:00.123Z", "2025-03-01T18:45:00.123Z"],
  ])("%s: %s", (zone, time, local) => {
    expect(new Date(createLocalTime(zone)(Date.parse(time))).toISOString()).toBe(local);
  });

  it("refuses a zone that nobody knows", () => {
    expect(() => createLocalTime("Mars/Olympus")).toThrow(RangeError);
  });
});
