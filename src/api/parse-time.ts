import { invalidInput } from "../errors.ts";
import { describeValue } from "./parse-options.ts";

export const DAY_MILLISECONDS = 86_400_000;

/** Numbers below this are epoch seconds (until the year 5138), others milliseconds (from March 1973). */
const SECONDS_BELOW = 1e11;

/** The farthest instant that a Date can hold. */
const LAST_INSTANT = 8.64e15;

/** A whole UTC day from `start`, or one instant. Epoch milliseconds. */
export interface ParsedTime {
  readonly start: number;
  readonly isDay: boolean;
}

const PATTERN =
  /^(?<date>(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d))(?:[T ](?<time>\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?)\s*(?<zone>Z|[+-]\d\d(?::?\d\d)?)?)?$/iu;

/**
 * A point in time as filters accept it: YYYY-MM-DD (that whole UTC day), an ISO time (UTC unless it says
 * otherwise), a Date, epoch seconds or epoch milliseconds.
 * @throws MemoryError `invalid_input`; `path` says which field was wrong.
 */
export function parseTime(input: unknown, path: string): ParsedTime {
  const start = input instanceof Date ? input.getTime() : typeof input === "number" ? fromEpoch(input) : undefined;
  if (start !== undefined && Math.abs(start) <= LAST_INSTANT) return { start, isDay: false };
  const parsed = typeof input === "string" ? fromText(input.trim()) : undefined;
  if (parsed !== undefined) return parsed;
  const got = input instanceof Date ? "an invalid Date" : describeValue(input);
  throw invalidInput(
    `${path} expects an ISO date or time or epoch seconds, got ${got}. Use "2026-03-01" or "2026-03-01T09:30:00Z".`,
    { path },
  );
}

function fromEpoch(value: number): number {
  return Math.abs(value) < SECONDS_BELOW ? value * 1000 : value;
}

function fromText(text: string): ParsedTime | undefined {
  const groups = PATTERN.exec(text)?.groups;
  if (groups === undefined) return undefined;
  const { date = "", time, zone = "Z" } = groups;
  const midnight = Date.UTC(Number(groups["year"]), Number(groups["month"]) - 1, Number(groups["day"]));
  // Date.UTC rolls 30 February over into March, and reads the years 0 to 99 as 1900 to 1999.
  if (new Date(midnight).toISOString().slice(0, 10) !== date) return undefined;
  if (time === undefined) return { start: midnight, isDay: true };
  const offset = /^[+-]\d\d$/u.test(zone) ? `${zone}:00` : zone.replace(/^([+-]\d\d)(\d\d)$/u, "$1:$2").toUpperCase();
  const start = Date.parse(`${date}T${time.replace(",", ".")}${offset}`);
  return Number.isNaN(start) ? undefined : { start, isDay: false };
}
