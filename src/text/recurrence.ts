import type { Recurrence } from "../domain/recurrence.ts";

const DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;
const DAY = "(?:mon|tues|wednes|thurs|fri|satur|sun)day";
const DAY_LIST = `${DAY}s?(?:(?:,? and |, | & )${DAY}s?){0,6}`;
const COUNT = "\\d{1,2}|once|twice|one|two|three|four|five|six|seven|eight|nine|ten";
const NUMBERS: ReadonlyMap<string, number> = new Map([
  ["once", 1],
  ["one", 1],
  ["twice", 2],
  ["two", 2],
  ["other", 2],
  ["second", 2],
  ["three", 3],
  ["third", 3],
  ["four", 4],
  ["fourth", 4],
  ["five", 5],
  ["six", 6],
  ["seven", 7],
  ["eight", 8],
  ["nine", 9],
  ["ten", 10],
]);

/** One quick look before anything is matched in full. */
const CUE =
  /every|each|daily|nightly|weekly|fortnight|monthly|quarter|yearly|annually|days\b|weekends\b|\b(?:a|per) (?:day|week|month|year)\b/iu;

const PATTERNS: readonly RegExp[] = [
  /\b(?:on )?the (?<monthDay>\d{1,2}(?:st|nd|rd|th)|first|last)(?: day)? of (?:the|each|every) month\b/iu,
  new RegExp(
    `\\b(?:on )?the (?:first|second|third|fourth|last) (?<weekdays>${DAY}) of (?:the|each|every) (?<unit>month|year)\\b`,
    "iu",
  ),
  new RegExp(
    `\\b(?<times>${COUNT})(?: times)? (?:a|an|per|each|every) (?<unit>day|week|fortnight|month|quarter|year)\\b`,
    "iu",
  ),
  new RegExp(
    `\\b(?:every|each) (?:(?<interval>other|second|third|fourth|${COUNT}) )?(?:(?<weekdays>${DAY_LIST})|(?<unit>day|morning|afternoon|evening|night|weekday|weekend|week|fortnight|month|quarter|spring|summer|autumn|fall|winter|year)s?)\\b`,
    "iu",
  ),
  new RegExp(`\\b(?:on )?(?<weekdays>${DAY}s(?:(?:,? and |, | & )${DAY}s){0,6})\\b`, "iu"),
  /\b(?:on )?(?<unit>weekdays|weekends)\b/iu,
  /\b(?<unit>daily|nightly|weekly|fortnightly|bi-?weekly|monthly|quarterly|yearly|annually)\b/iu,
];

const UNITS: ReadonlyMap<string, readonly [Recurrence["unit"], number]> = new Map([
  ["week", ["week", 1]],
  ["weekly", ["week", 1]],
  ["weekday", ["week", 1]],
  ["weekend", ["week", 1]],
  ["fortnight", ["week", 2]],
  ["fortnightly", ["week", 2]],
  ["biweekly", ["week", 2]],
  ["month", ["month", 1]],
  ["monthly", ["month", 1]],
  ["quarter", ["month", 3]],
  ["quarterly", ["month", 3]],
  ["year", ["year", 1]],
  ["yearly", ["year", 1]],
  ["annually", ["year", 1]],
  ["spring", ["year", 1]],
  ["summer", ["year", 1]],
  ["autumn", ["year", 1]],
  ["fall", ["year", 1]],
  ["winter", ["year", 1]],
]);

/** Longer texts are documents, not statements of a habit. */
const MOST_CHARACTERS = 2_000;

/** What a statement says of how often something comes: "every Tuesday", "twice a week", "on the first of each month". */
export function findRecurrence(text: string): Recurrence | undefined {
  if (text.length > MOST_CHARACTERS || !CUE.test(text)) return undefined;
  for (const pattern of PATTERNS) {
    const match = pattern.exec(text);
    if (match !== null) return read(match[0], match.groups ?? {});
  }
  return undefined;
}

function read(words: string, groups: Readonly<Record<string, string | undefined>>): Recurrence {
  const name = (groups["unit"] ?? "").toLowerCase().replace("-", "").replace(/s$/u, "");
  const [unit, length] =
    groups["weekdays"] !== undefined && name === "" ? (["week", 1] as const) : unitOf(name, groups);
  const interval = numberOf(groups["interval"]) ?? 1;
  const times = numberOf(groups["times"]);
  const weekdays =
    name === "weekday" ? DAYS.slice(0, 5) : name === "weekend" ? DAYS.slice(5) : daysOf(groups["weekdays"]);
  const monthDay = monthDayOf(groups["monthDay"]);
  return {
    unit,
    interval: interval * length,
    ...(times === undefined ? {} : { times }),
    ...(weekdays.length === 0 ? {} : { weekdays }),
    ...(monthDay === undefined ? {} : { monthDay }),
    words,
  };
}

function unitOf(
  name: string,
  groups: Readonly<Record<string, string | undefined>>,
): readonly [Recurrence["unit"], number] {
  if (groups["monthDay"] !== undefined) return ["month", 1];
  return UNITS.get(name) ?? ["day", 1];
}

function numberOf(word: string | undefined): number | undefined {
  if (word === undefined) return undefined;
  return NUMBERS.get(word.toLowerCase()) ?? (Number(word) || undefined);
}

function daysOf(list: string | undefined): string[] {
  const lower = (list ?? "").toLowerCase();
  return DAYS.filter((day) => lower.includes(day));
}

/** The last day of a month has no number. */
function monthDayOf(word: string | undefined): number | undefined {
  if (word === undefined || word.toLowerCase() === "last") return undefined;
  return word.toLowerCase() === "first" ? 1 : Number.parseInt(word, 10);
}
