import { formatDate } from "../../text/format-date.ts";
import { PAST_OF } from "./activity-words.ts";
import { habitIn, mentionIn } from "./describe-in-language.ts";
import type { Rhythm } from "./describe-in-language.ts";
import type { Occurrence } from "./find-activities.ts";
import { PATTERN_WORDS } from "./language-words.ts";

/** A habit or a count, with all that it rests on. */
export interface FoundPattern {
  /** Stable: with more evidence it is still the same pattern. */
  readonly key: string;
  readonly text: string;
  readonly why: string;
  readonly name: string | null;
  readonly occurrences: readonly Occurrence[];
  /** Epoch milliseconds: the first day, and the end of the last where it has stopped. */
  readonly validFrom: number;
  readonly validTo: number | null;
}

const DAY = 86_400_000;
const WEEK = 7 * DAY;
const WEEKDAYS = ["Sundays", "Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays"] as const;

/** Fewer days are chance. */
const LEAST_DAYS = 4;
const LEAST_SPAN = 3 * WEEK;
const LEAST_MENTIONS = 4;
/** A habit has stopped when it was missed for so many of its usual gaps, and for four weeks at least. */
const GAPS_UNTIL_OVER = 5;
const LEAST_SILENCE = 4 * WEEK;
/** Most patterns of one person, those with most evidence. */
const MOST_PATTERNS = 60;

/** Habits and counts among what somebody did and spoke of, by how often and on which days; nothing is guessed. */
export function describePatterns(occurrences: readonly Occurrence[], now: number): FoundPattern[] {
  const groups = Map.groupBy(occurrences, ({ key, message }) => JSON.stringify([message.name, key]));
  const found: FoundPattern[] = [];
  for (const group of groups.values()) {
    const ordered = group.toSorted((left, right) => left.day - right.day || left.message.saidAt - right.message.saidAt);
    const pattern = ordered[0]?.verb === "mentions" ? describeMentions(ordered) : describeHabit(ordered, now);
    if (pattern !== null) found.push(pattern);
  }
  return found
    .toSorted((left, right) => right.occurrences.length - left.occurrences.length || (left.key < right.key ? -1 : 1))
    .slice(0, MOST_PATTERNS);
}

function describeHabit(occurrences: readonly Occurrence[], now: number): FoundPattern | null {
  const days = [...new Set(occurrences.map(({ day }) => day))];
  const [first] = occurrences;
  const [start, end] = [days[0], days.at(-1)];
  if (first === undefined || start === undefined || end === undefined) return null;
  if (days.length < LEAST_DAYS || end - start < LEAST_SPAN) return null;
  const regular = weekdayRhythm(days) ?? frequency(days, start, end);
  if (regular === null) return null;
  const gap = (end - start) / (days.length - 1);
  const isOver = now - end > Math.max(LEAST_SILENCE, gap * GAPS_UNTIL_OVER);
  const { language } = first.message;
  const common = {
    key: `habit:${first.key}`,
    why: `told of ${days.length} days`,
    name: first.message.name,
    occurrences,
    validFrom: start,
    validTo: isOver ? end + DAY : null,
  };
  if (isOther(language)) {
    const habit = { language, name: first.message.name, doing: first.verb, rhythm: regular, start, end, isOver };
    return { ...common, text: habitIn(habit) };
  }
  const rhythm = inEnglish(regular);
  const verb = isOver ? (PAST_OF[first.verb] ?? first.verb) : first.verb;
  const period = isOver
    ? `from ${formatDate(start, "day", "en")} to ${formatDate(end, "day", "en")}`
    : `since ${formatDate(start, "day", "en")}`;
  const done = [verb, first.object].filter((part) => part !== "").join(" ");
  return { ...common, text: `${first.message.name ?? "User"} ${done} ${rhythm.text} (${rhythm.count}, ${period})` };
}

function isOther(language: string | undefined): language is string {
  return language !== undefined && Object.hasOwn(PATTERN_WORDS, language);
}

/** More than half of a weekday's dates, from its first to its last. */
function weekdayRhythm(days: readonly number[]): Rhythm | null {
  const regular: { weekday: number; hits: number; dates: number }[] = [];
  for (let weekday = 0; weekday < 7; weekday += 1) {
    const own = days.filter((day) => new Date(day).getUTCDay() === weekday);
    if (own.length < LEAST_DAYS) continue;
    const dates = Math.round(((own.at(-1) as number) - (own[0] as number)) / WEEK) + 1;
    if (own.length / dates > 0.5) regular.push({ weekday, hits: own.length, dates });
  }
  if (regular.length === 0) return null;
  // Of what is done on days like any other, one weekday may come out by chance.
  const hits = regular.reduce((sum, each) => sum + each.hits, 0);
  if (hits / days.length < 0.6) return null;
  const dates = regular.reduce((sum, each) => sum + each.dates, 0);
  const weekdays = regular
    .map(({ weekday }) => weekday)
    .toSorted((left, right) => ((left + 6) % 7) - ((right + 6) % 7));
  return { weekdays, isEvery: hits === dates, hits, dates };
}

/** "on most Tuesdays", "about twice a week". */
function inEnglish({ weekdays, isEvery: single, hits, dates, perWeek, perMonth }: Rhythm): {
  text: string;
  count: string;
} {
  if (weekdays.length === 0)
    return {
      text: perWeek === undefined ? `about ${times(perMonth ?? 1)} a month` : `about ${times(perWeek)} a week`,
      count: `${hits} days`,
    };
  const isDaily = weekdays.length === 7;
  const isWorkweek = weekdays.length === 5 && weekdays.every((weekday) => weekday >= 1 && weekday <= 5);
  const names = weekdays.map((weekday) => (single ? WEEKDAYS[weekday]?.slice(0, -1) : WEEKDAYS[weekday]) as string);
  const last = names.pop() as string;
  const list = names.length === 0 ? last : `${names.join(", ")} and ${last}`;
  const when = isDaily
    ? single
      ? "every day"
      : "on most days"
    : isWorkweek
      ? single
        ? "every weekday"
        : "on most weekdays"
      : single
        ? `every ${list}`
        : `on most ${list}`;
  return { text: when, count: `${hits} of ${dates}` };
}

/** How often in a week or a month, of what has no day of its own. */
function frequency(days: readonly number[], start: number, end: number): Rhythm | null {
  const weeks = (end - start) / WEEK + 1;
  if (days.length < LEAST_DAYS + 1 || weeks < 4) return null;
  const weekly = days.length / weeks;
  const common = { weekdays: [], isEvery: false, hits: days.length, dates: days.length };
  if (weekly >= 0.8) return { ...common, perWeek: Math.round(weekly) };
  const monthly = (days.length / weeks) * (365 / 12 / 7);
  // Rarer than that, gaps say more than the mean does.
  return monthly < 0.8 ? null : { ...common, perMonth: Math.round(monthly) };
}

function times(count: number): string {
  return count <= 1 ? "once" : count === 2 ? "twice" : `${count} times`;
}

function describeMentions(occurrences: readonly Occurrence[]): FoundPattern | null {
  const days = [...new Set(occurrences.map(({ day }) => day))];
  const [first] = occurrences;
  if (first === undefined || days.length < LEAST_MENTIONS) return null;
  const start = days[0] as number;
  const month = new Date(start).toLocaleString("en", { month: "long", year: "numeric", timeZone: "UTC" });
  const { language, name } = first.message;
  return {
    key: `mentions:${first.key}`,
    text: isOther(language)
      ? mentionIn(language, { name, thing: first.object, count: occurrences.length, start })
      : `${first.message.name ?? "User"} mentioned ${first.object} ${occurrences.length} times since ${month}`,
    why: `said in ${occurrences.length} messages on ${days.length} days`,
    name: first.message.name,
    occurrences,
    validFrom: start,
    validTo: null,
  };
}
