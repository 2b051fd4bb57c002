import type { TimeGranularity } from "../domain/memory.ts";

export const DAY = 86_400_000;

/** A half-open range of epoch milliseconds. */
export interface Period {
  readonly from: number;
  readonly to: number;
  readonly granularity: TimeGranularity;
}

export type Unit = "day" | "week" | "weekend" | "month" | "year";

export type Season = "spring" | "summer" | "autumn" | "winter";

const SEASON_START: Readonly<Record<Season, number>> = { spring: 2, summer: 5, autumn: 8, winter: 11 };

export function startOfDay(epochMs: number): number {
  return Math.floor(epochMs / DAY) * DAY;
}

/** 0 for Monday. */
export function weekdayOf(epochMs: number): number {
  return (new Date(epochMs).getUTCDay() + 6) % 7;
}

/** The day `offset` days from the one that holds `epochMs`. */
export function dayAt(epochMs: number, offset = 0): Period {
  const from = startOfDay(epochMs) + offset * DAY;
  return { from, to: from + DAY, granularity: "day" };
}

/** Monday to Sunday. */
export function weekAt(epochMs: number, offset = 0): Period {
  const from = startOfDay(epochMs) - weekdayOf(epochMs) * DAY + offset * 7 * DAY;
  return { from, to: from + 7 * DAY, granularity: "week" };
}

/** Saturday and Sunday of a week; the domain has no word for it, so it is a span of days. */
export function weekendAt(epochMs: number, offset = 0): Period {
  const from = weekAt(epochMs, offset).from + 5 * DAY;
  return { from, to: from + 2 * DAY, granularity: "day" };
}

export function monthAt(epochMs: number, offset = 0): Period {
  const date = new Date(epochMs);
  return monthOf(date.getUTCFullYear(), date.getUTCMonth() + offset);
}

export function yearAt(epochMs: number, offset = 0): Period {
  return yearOf(new Date(epochMs).getUTCFullYear() + offset);
}

export function unitAt(unit: Unit, epochMs: number, offset: number): Period {
  if (unit === "day") return dayAt(epochMs, offset);
  if (unit === "week") return weekAt(epochMs, offset);
  if (unit === "weekend") return weekendAt(epochMs, offset);
  return unit === "month" ? monthAt(epochMs, offset) : yearAt(epochMs, offset);
}

/** `month` from 0, any integer. */
export function monthOf(year: number, month: number): Period {
  return { from: Date.UTC(year, month, 1), to: Date.UTC(year, month + 1, 1), granularity: "month" };
}

export function yearOf(year: number): Period {
  return { from: Date.UTC(year, 0, 1), to: Date.UTC(year + 1, 0, 1), granularity: "year" };
}

/** Undefined for a day that the month does not have. */
export function dayOf(year: number, month: number, day: number): Period | undefined {
  const from = Date.UTC(year, month, day);
  return day >= 1 && new Date(from).getUTCMonth() === month ? dayAt(from) : undefined;
}

/** Northern hemisphere, by whole months; winter is named after the year in which it starts. */
export function seasonOf(season: Season, year: number): Period {
  const month = SEASON_START[season];
  return { from: Date.UTC(year, month, 1), to: Date.UTC(year, month + 3, 1), granularity: "season" };
}

export function seasonName(epochMs: number): Season {
  const month = new Date(epochMs).getUTCMonth();
  if (month >= 2 && month <= 4) return "spring";
  if (month >= 5 && month <= 7) return "summer";
  return month >= 8 && month <= 10 ? "autumn" : "winter";
}

export type Direction = "past" | "future" | "nearest";

/**
 * Which of the periods that a name without a year can mean: the last one that has begun, the first one that has not
 * ended, or the one nearest to the reference.
 */
export function chooseYear(
  make: (year: number) => Period | undefined,
  reference: number,
  direction: Direction,
): Period | undefined {
  const year = new Date(reference).getUTCFullYear();
  const candidates = [year - 1, year, year + 1].map(make).filter((period) => period !== undefined);
  if (direction === "past") return candidates.findLast((period) => period.from <= reference);
  if (direction === "future") return candidates.find((period) => period.to > reference);
  return candidates.toSorted((left, right) => distance(left, reference) - distance(right, reference))[0];
}

function distance(period: Period, reference: number): number {
  if (reference < period.from) return period.from - reference;
  return reference >= period.to ? reference - period.to : 0;
}

/** The given weekday (0 for Monday) last before, or first after, the day of `epochMs`. */
export function weekdayBeside(weekday: number, epochMs: number, side: "before" | "after"): Period {
  const today = weekdayOf(epochMs);
  const back = (today - weekday + 7) % 7 || 7;
  const ahead = (weekday - today + 7) % 7 || 7;
  return dayAt(epochMs, side === "before" ? -back : ahead);
}
