import type { TimeGranularity } from "../../domain/memory.ts";
import { findDates, formatDate, type ResolvedDate } from "../../text/resolve-dates.ts";

export interface EventTime {
  readonly validFrom?: number;
  readonly validTo?: number;
  readonly granularity?: TimeGranularity;
}

const CLOCK_ONLY = /^(?:at |around |by )?\d{1,2}(?:[:.]\d{2})?\s?(?:am|pm|a\.m\.?|p\.m\.?|o'clock|uhr|h)?$/iu;

export { findDates, type ResolvedDate };

/** The calendar date to set behind a date's own words: none where they say it in full already. */
export function dateNotes(dates: readonly ResolvedDate[], language: string): { end: number; text: string }[] {
  return dates
    .filter(({ phrase }) => !/\d{4}/u.test(phrase) && !CLOCK_ONLY.test(phrase))
    .map(({ end, from, to, granularity }) => ({ end, text: `(${formatDate(from, granularity, language, to)})` }));
}

/** "2024-05-07", with the time of day where the text says one: the form in which schedule values are compared. */
export function isoValue(value: string, dates: readonly ResolvedDate[]): string | undefined {
  const [date] = dates;
  if (date === undefined) return undefined;
  const day = new Date(date.from).toISOString();
  const time = clockTime(value);
  if (date.granularity === "day" || date.granularity === "instant")
    return time === undefined ? day.slice(0, 10) : `${day.slice(0, 10)} ${time}`;
  if (date.granularity === "month") return day.slice(0, 7);
  if (date.granularity === "year") return day.slice(0, 4);
  return undefined;
}

/** "at 3:30 pm" -> "15:30". */
export function clockTime(value: string): string | undefined {
  if (/\bnoon\b/u.test(value)) return "12:00";
  if (/\bmidnight\b/u.test(value)) return "00:00";
  const match = /\b(\d{1,2})(?::(\d{2}))?\s?(am|pm|a\.m|p\.m|o'clock)?(?=\W|$)/u.exec(
    value.replaceAll(/\d{4}-\d{2}-\d{2}|\b\d{1,2}(?:st|nd|rd|th)\b|\b\d{4}\b/gu, ""),
  );
  if (match?.[1] === undefined || (match[2] === undefined && match[3] === undefined && !/\bat \d/u.test(value)))
    return undefined;
  const isAfternoon = match[3]?.startsWith("p") === true && match[1] !== "12";
  const hour =
    Number(match[1]) + (isAfternoon ? 12 : 0) - (match[3]?.startsWith("a") === true && match[1] === "12" ? 12 : 0);
  return hour > 23 ? undefined : `${String(hour).padStart(2, "0")}:${match[2] ?? "00"}`;
}

/** When a statement was or is true. A state that begins stays open; an event and a past state have both ends. */
export function eventTime(
  dates: readonly ResolvedDate[],
  lower: string,
  shape: "state" | "event" | "past",
  saidAt: number,
): EventTime {
  const usable = dates.filter(({ phrase }) => !CLOCK_ONLY.test(phrase));
  const date = usable[0];
  if (date === undefined) return shape === "past" ? { validTo: saidAt } : {};
  const isUntil = new RegExp(
    String.raw`\b(?:until|till|through)\s+(?:the\s+)?${escape(date.phrase.toLowerCase().slice(0, 12))}`,
    "u",
  ).test(lower);
  if (isUntil) return { validTo: date.to, granularity: date.granularity };
  if (date.granularity === "open") return { validFrom: date.from, granularity: "open" };
  if (shape === "state") return { validFrom: date.from, granularity: date.granularity };
  return { validFrom: date.from, validTo: date.to, granularity: date.granularity };
}

function escape(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`);
}
