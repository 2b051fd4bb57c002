import type { TimeGranularity } from "../../domain/memory.ts";
import { findOpenSince } from "../../text/durations.ts";
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
  const since = shape === "past" ? undefined : findOpenSince(lower, saidAt);
  // "For the last six months" is a range too; what goes on has no end.
  if (since !== undefined && (date === undefined || since.phrase.includes(date.phrase.toLowerCase())))
    return { validFrom: since.from, granularity: since.granularity };
  if (date === undefined) return shape === "past" ? { validTo: saidAt } : {};
  const end = endWord(date.phrase.toLowerCase(), lower);
  if (end !== undefined) {
    // "Until Friday" holds on Friday; "until May" and "until next summer" end where they begin.
    const isLong = date.granularity === "month" || date.granularity === "season" || date.granularity === "year";
    return { validTo: isLong && end !== "through" ? date.from : date.to, granularity: date.granularity };
  }
  if (date.granularity === "open") return { validFrom: date.from, granularity: "open" };
  // "From 2018 to 2022" has both ends; "from Monday to Friday" comes again every week.
  const isStretch = shape !== "event" && /\d.*(?:\b(?:to|until|till|through|and)\b|[-–—]).*\d/u.test(date.phrase);
  if (shape === "state" && !isStretch) return { validFrom: date.from, granularity: date.granularity };
  return { validFrom: date.from, validTo: date.to, granularity: date.granularity };
}

/** The word that makes a date an end, in front of it or part of its phrase. */
function endWord(phrase: string, lower: string): string | undefined {
  const own = /^(?<word>until|till|through)\b/u.exec(phrase)?.groups?.["word"];
  if (own !== undefined) return own;
  // A pattern for each phrase is dear, and most sentences name no end.
  if (!/\b(?:until|till|through)\s/u.test(lower)) return undefined;
  return new RegExp(String.raw`\b(?<word>until|till|through)\s+(?:the\s+)?${escape(phrase.slice(0, 12))}`, "u").exec(
    lower,
  )?.groups?.["word"];
}

function escape(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`);
}
