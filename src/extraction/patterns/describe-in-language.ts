import { formatDate } from "../../text/format-date.ts";
import { USER_LABELS } from "../rules/speaker.ts";
import { PATTERN_WORDS } from "./language-words.ts";

/** A habit as it was found among the days, before it is put into words. */
export interface Rhythm {
  /** 0 is Sunday; Monday first. Empty for what has no day of its own. */
  readonly weekdays: readonly number[];
  readonly isEvery: boolean;
  readonly hits: number;
  readonly dates: number;
  /** Of what has no day of its own. */
  readonly perWeek?: number;
  readonly perMonth?: number;
}

interface Habit {
  readonly language: string;
  readonly name: string | null;
  readonly doing: string;
  readonly rhythm: Rhythm;
  readonly start: number;
  readonly end: number;
  readonly isOver: boolean;
}

/** "Nutzer: Laufen, meistens am Dienstag (7 von 9, seit 6. Januar 2026)". */
export function habitIn({ language, name, doing, rhythm, start, end, isOver }: Habit): string {
  const words = PATTERN_WORDS[language] as (typeof PATTERN_WORDS)[string];
  const { weekdays, isEvery, hits, dates, perWeek, perMonth } = rhythm;
  const joined = joinDays(
    weekdays.map((day) => weekdayName(day, language)),
    words.and,
    words.isUnspaced === true,
  );
  const often =
    weekdays.length === 7
      ? words.daily
      : weekdays.length > 0
        ? isEvery
          ? words.every(joined)
          : words.most(joined)
        : perWeek === undefined
          ? words.monthly(perMonth ?? 1)
          : words.weekly(perWeek);
  const [from, to] = [start, end].map((at) => formatDate(at, "day", language)) as [string, string];
  const count = weekdays.length > 0 ? words.ofDates(hits, dates) : words.days(hits);
  const period = isOver ? words.fromTo(from, to) : words.since(from);
  return `${labelOf(name, language)}: ${doing}, ${often} (${count}, ${period})`;
}

/** "Nutzer erwähnte „Knie“ 5-mal seit Januar 2026". */
export function mentionIn(
  language: string,
  {
    name,
    thing,
    count,
    start,
  }: { readonly name: string | null; readonly thing: string; readonly count: number; readonly start: number },
): string {
  const words = PATTERN_WORDS[language] as (typeof PATTERN_WORDS)[string];
  return `${labelOf(name, language)} ${words.mentioned(thing, count, formatDate(start, "month", language))}`;
}

function labelOf(name: string | null, language: string): string {
  return name ?? USER_LABELS[language] ?? "User";
}

function joinDays(days: readonly string[], and: string, isUnspaced: boolean): string {
  if (isUnspaced) return days.join("、");
  const last = days.at(-1) ?? "";
  return days.length < 2 ? last : `${days.slice(0, -1).join(", ")} ${and} ${last}`;
}

function weekdayName(day: number, language: string): string {
  // The fourth of January 1970 was a Sunday.
  return new Intl.DateTimeFormat(language, { weekday: "long", timeZone: "UTC" }).format((3 + day) * 86_400_000);
}
