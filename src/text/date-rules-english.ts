import {
  chooseYear,
  DAY,
  dayAt,
  dayOf,
  type Direction,
  monthAt,
  monthOf,
  type Period,
  type Season,
  seasonOf,
  startOfDay,
  type Unit,
  unitAt,
  weekAt,
  weekdayBeside,
  weekendAt,
  yearAt,
  yearOf,
} from "./calendar.ts";

/** What a rule knows beside its match. */
export interface RuleContext {
  readonly reference: number;
  /** Whether the sentence speaks of what was or of what will be. */
  readonly direction: Direction;
}

export interface DateRule {
  /** What a text must have for a match to be possible, all of it: looked for in its folded form (`foldCase`). */
  readonly needs?: readonly RegExp[];
  /** Global, case-insensitive; named groups are passed to `resolve`. */
  readonly pattern: RegExp;
  readonly resolve: (groups: Readonly<Record<string, string | undefined>>, context: RuleContext) => Period | undefined;
}

const NUMBER_WORDS: ReadonlyMap<string, number> = new Map([
  ["a", 1],
  ["an", 1],
  ["the", 1],
  ["one", 1],
  ["two", 2],
  ["couple", 2],
  ["three", 3],
  ["few", 3],
  ["several", 4],
  ["four", 4],
  ["five", 5],
  ["six", 6],
  ["seven", 7],
  ["eight", 8],
  ["nine", 9],
  ["ten", 10],
  ["eleven", 11],
  ["twelve", 12],
  ["fifteen", 15],
  ["twenty", 20],
  ["thirty", 30],
]);
const MONTH_NAMES = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");
const WEEKDAYS = "mon tue wed thu fri sat sun".split(" ");
const MONTH =
  "(?<month>january|february|march|april|may|june|july|august|september|october|november|december|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\\b\\.?)";
const WEEKDAY = "(?<weekday>(?:mon|tues|wednes|thurs|fri|satur|sun)day)";
/** Only behind "last" or "next": "sun" and "sat" alone are words of their own. */
const SHORT_WEEKDAY = "(?<weekday>mon|tues?|wed|thu(?:rs?)?|fri|sat|sun)\\b(?!\\s*-)";
const COUNT =
  "(?<count>\\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|(?:a )?few|several|(?:a )?couple(?: of)?)";
const UNIT = "(?<unit>day|night|week|weekend|fortnight|month|year|decade)s?";
const YEAR = "(?<year>(?:19|20)\\d\\d)";
const DAY_NUMBER = "(?<day>\\d{1,2})(?:st|nd|rd|th)?";
const WHICH = "(?<which>last|past|previous|this past|this coming|this|next|coming|upcoming)";

const ANY_DIGIT = /\d/u;
const ANY_MONTH = /jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec/u;
/**
 * What the matches of the rules have in common, to be found in the folded text: one look at it spares a dozen patterns.
 * Word borders are left to the rules themselves.
 */
const NEEDS = {
  yesterday: [/yesterday|last\s+night/u],
  today: [/today|tonight|this\s+(?:morning|afternoon|evening)/u],
  tomorrow: [/tomorrow/u],
  weekday: [/(?:mon|tues|wednes|thurs|fri|satur|sun)day/u],
  shortWeekday: [/(?:last|past|previous|this|next|coming)\s+(?:mon|tue|wed|thu|fri|sat|sun)/u],
  unit: [/day|night|week|month|year|decade/u],
  unitInTurn: [/before\s+last|after\s+next/u],
  whichUnit: [/(?:last|past|previous|this|next|coming)\s+(?:week|month|year|decade)/u],
  before: [/(?:last|past|previous)\s/u],
  next: [/next\s/u],
  ago: [/ago|back|earlier/u],
  fromNow: [/from\s+(?:now|today)/u],
  numeric: [/\d[-/.]\d/u],
  dayAndMonth: [ANY_DIGIT, ANY_MONTH],
  month: [ANY_MONTH],
  onThe: [/on\s+the\s+\d/u],
  season: [/spring|summer|autumn|fall|winter/u],
  decade: [/\d0'?s/u],
  quarter: [/q[1-4]/u],
  year: [/\d{4}/u],
  holiday: [/christmas|halloween|new\s+year's|valentine's|thanksgiving/u],
} as const satisfies Readonly<Record<string, readonly RegExp[]>>;

let prepared: readonly DateRule[] | undefined;

/** Prepared on first use, since compiling them takes milliseconds. */
export function englishRules(): readonly DateRule[] {
  prepared ??= buildRules();
  return prepared;
}

function buildRules(): DateRule[] {
  return [
    rule(NEEDS.yesterday, "(?:the )?day before yesterday", (_groups, { reference }) => dayAt(reference, -2)),
    rule(NEEDS.tomorrow, "(?:the )?day after tomorrow", (_groups, { reference }) => dayAt(reference, 2)),
    rule(
      NEEDS.yesterday,
      "(?:(?:early |late )?yesterday(?: (?:morning|afternoon|evening|night))?|last night)",
      (_groups, context) => dayAt(context.reference, -1),
    ),
    rule(NEEDS.today, "(?:today|tonight|this (?:morning|afternoon|evening))", (_groups, { reference }) =>
      dayAt(reference),
    ),
    rule(NEEDS.tomorrow, "tomorrow(?: (?:morning|afternoon|evening|night))?", (_groups, { reference }) =>
      dayAt(reference, 1),
    ),
    rule(NEEDS.weekday, `${WHICH} ${WEEKDAY}(?: (?:morning|afternoon|evening|night))?`, resolveWhichWeekday),
    rule(NEEDS.shortWeekday, `${WHICH} ${SHORT_WEEKDAY}(?: (?:morning|afternoon|evening|night))?`, resolveWhichWeekday),
    // "Friday the 18th of October": the day of the month decides, the weekday only repeats it.
    rule(NEEDS.weekday, `(?:on )?${WEEKDAY},? (?:the )?${DAY_NUMBER}(?: of)? ${MONTH}(?:,? ${YEAR})?`, resolveDay),
    rule(NEEDS.weekday, `(?:on )?${WEEKDAY},? ${MONTH} (?:the )?${DAY_NUMBER}(?!\\d|:)(?:,? ${YEAR})?`, resolveDay),
    rule(
      NEEDS.weekday,
      `(?<!every\\s+)(?:on )?${WEEKDAY}(?: (?:morning|afternoon|evening|night))?`,
      resolveBareWeekday,
    ),
    rule(NEEDS.weekday, `${COUNT} ${WEEKDAY}s ago`, ({ count, weekday }, { reference }) => {
      const last = weekdayBeside(weekdayNumber(weekday), reference, "before");
      return dayAt(last.from, -7 * (numberOf(count) - 1));
    }),
    rule(
      NEEDS.unitInTurn,
      "(?:the )?(?<unit>week|weekend|month|year) (?<which>before last|after next)",
      ({ unit, which }, { reference }) => unitAt(unitOf(unit), reference, which === "before last" ? -2 : 2),
    ),
    rule(NEEDS.whichUnit, `(?:the )?${WHICH} (?<unit>week|weekend|month|year|decade)`, resolveWhichUnit),
    rule(NEEDS.before, `(?:the |these )?(?:last|past|previous) ${COUNT} ${UNIT}`, ({ count, unit }, { reference }) => ({
      from: startOfDay(shiftBy(unit, reference, -numberOf(count))),
      to: dayAt(reference).to,
      granularity: granularityOf(unit),
    })),
    rule(NEEDS.next, `(?:the )?next ${COUNT} ${UNIT}`, ({ count, unit }, { reference }) => ({
      from: startOfDay(reference),
      to: dayAt(shiftBy(unit, reference, numberOf(count))).to,
      granularity: granularityOf(unit),
    })),
    rule(
      NEEDS.ago,
      `(?:about |around |over |almost |nearly |roughly )?${COUNT} ${UNIT} (?:ago|back|earlier)(?! to)`,
      (groups, context) => around(groups["unit"], context.reference, -numberOf(groups["count"])),
    ),
    rule(NEEDS.ago, "half a year ago", (_groups, { reference }) => monthAt(reference, -6)),
    rule(NEEDS.ago, "(?:(?:\\d{1,3}|an?|half an|few|couple of) )?(?:minute|hour)s? ago", (_groups, { reference }) =>
      dayAt(reference),
    ),
    // "Built in a day", of what is past, says how long it took.
    rule(
      NEEDS.unit,
      `(?:in|within) ${COUNT} ${UNIT}(?<ahead>' time)?`,
      ({ count, unit, ahead }, { reference, direction }) =>
        direction === "past" && ahead === undefined ? undefined : around(unit, reference, numberOf(count)),
    ),
    rule(NEEDS.fromNow, `${COUNT} ${UNIT} from (?:now|today)`, ({ count, unit }, { reference }) =>
      around(unit, reference, numberOf(count)),
    ),
    rule(NEEDS.numeric, `(?<year>\\d{4})[-/](?<month>\\d{1,2})[-/](?<day>\\d{1,2})(?!\\d)`, ({ year, month, day }) =>
      dayOf(Number(year), Number(month) - 1, Number(day)),
    ),
    rule(
      NEEDS.numeric,
      "(?<first>\\d{1,2})(?<mark>[/.])(?<second>\\d{1,2})\\k<mark>(?<year>(?:19|20)\\d\\d)",
      resolveNumeric,
    ),
    rule(
      NEEDS.dayAndMonth,
      `(?:on )?(?:the )?${DAY_NUMBER}(?:\\s?(?:-|–|to|and)\\s?(?<until>\\d{1,2})(?:st|nd|rd|th)?)? (?:of )?${MONTH}(?:,? ${YEAR})?`,
      resolveDay,
    ),
    rule(
      NEEDS.dayAndMonth,
      `(?:on )?${MONTH} (?:the )?${DAY_NUMBER}(?!\\d|:)(?:\\s?(?:-|–|to|and)\\s?(?<until>\\d{1,2})(?:st|nd|rd|th)?(?!\\d))?(?:,? ${YEAR})?`,
      resolveDay,
    ),
    rule(NEEDS.onThe, `on the ${DAY_NUMBER}(?! of| ${MONTH.replace("?<month>", "?:")})`, resolveDayOfMonth),
    rule(NEEDS.dayAndMonth, `(?:in )?(?:early |mid[- ]|late )?${MONTH}(?: of)?,? ${YEAR}`, ({ month, year }) =>
      monthOf(Number(year), monthNumber(month)),
    ),
    rule(
      NEEDS.month,
      `(?:in|since|until|till|by|during|early|late|mid|of|before|after|around|last|this|next)[ -]${MONTH}(?!,? \\d)`,
      resolveBareMonth,
    ),
    rule(
      NEEDS.season,
      "(?:(?<which>last|past|this|next|coming|in the|during the|over the|the) )?(?<season>spring|summer|autumn|fall|winter)(?: (?:of )?(?<year>(?:19|20)\\d\\d))?",
      resolveSeason,
    ),
    rule(NEEDS.decade, "(?:the |in the )?(?:(?<century>19|20)|')?(?<decade>\\d0)'?s", ({ century, decade }) => {
      const year = Number(`${century ?? (Number(decade) > 20 ? "19" : "20")}${decade}`);
      return {
        from: Date.UTC(year, 0, 1),
        to: Date.UTC(year + (decade === "00" ? 100 : 10), 0, 1),
        granularity: "year",
      };
    }),
    rule(NEEDS.quarter, "(?<quarter>q[1-4]) (?<year>(?:19|20)\\d\\d)", ({ quarter, year }) => {
      const month = (Number(quarter?.slice(1)) - 1) * 3;
      return {
        from: Date.UTC(Number(year), month, 1),
        to: Date.UTC(Number(year), month + 3, 1),
        granularity: "season",
      };
    }),
    rule(
      NEEDS.year,
      `(?:between |from )?(?<year>(?:19|20)\\d\\d)(?: and | to |\\s?[-–]\\s?)(?<until>(?:19|20)\\d\\d)`,
      ({ year, until }) => {
        const [first, last] = [yearOf(Number(year)), yearOf(Number(until))];
        return last.from > first.from ? { ...first, to: last.to } : undefined;
      },
    ),
    rule(
      NEEDS.year,
      `(?:in|since|from|until|till|before|after|by|during|of|year|around|late|early|mid|for)[ -]${YEAR}(?![-/\\d.,]\\d)`,
      ({ year }) => yearOf(Number(year)),
    ),
    rule(
      NEEDS.holiday,
      "(?<which>last |this |next )?(?<holiday>christmas eve|christmas|new year's eve|new year's day|halloween|valentine's day|thanksgiving)(?:,? (?:of )?(?<year>(?:19|20)\\d\\d))?",
      resolveHoliday,
    ),
  ];
}

function rule(needs: readonly RegExp[], source: string, resolve: DateRule["resolve"]): DateRule {
  // Spaces may be any white space; a phrase starts and ends at a word border.
  const body = source.replaceAll(/(?<!\[-?) (?!-?\])/gu, "\\s+");
  return { needs, pattern: new RegExp(`(?<![\\p{L}\\p{N}_/-])(?:${body})(?![\\p{L}\\p{N}_])`, "giu"), resolve };
}

/** Named by `resolve-dates` for phrases like "the week before 9 June". */
export function numberOf(count: string | undefined): number {
  if (count === undefined) return 1;
  const word = count
    .toLowerCase()
    .replace(/^a\s+(?=few|couple)/u, "")
    .replace(/\s+of$/u, "");
  return NUMBER_WORDS.get(word) ?? (Number(word) || 1);
}

export function weekdayNumber(name: string | undefined): number {
  return Math.max(0, WEEKDAYS.indexOf((name ?? "").slice(0, 3).toLowerCase()));
}

function monthNumber(name: string | undefined): number {
  return Math.max(0, MONTH_NAMES.indexOf((name ?? "").slice(0, 3).toLowerCase()));
}

export function unitOf(name: string | undefined): Unit {
  const unit = (name ?? "").toLowerCase();
  if (unit === "week" || unit === "weekend" || unit === "month" || unit === "year") return unit;
  return "day";
}

function granularityOf(unit: string | undefined): Period["granularity"] {
  const name = (unit ?? "").toLowerCase();
  if (name === "fortnight") return "week";
  if (name === "decade") return "year";
  const known = unitOf(unit);
  return known === "weekend" ? "week" : known;
}

/** The day that lies `count` units away; the day of the month stays, or is its last. */
export function shiftBy(unit: string | undefined, reference: number, count: number): number {
  const date = new Date(reference);
  const name = (unit ?? "").toLowerCase();
  if (name === "month" || name === "year" || name === "decade") {
    const months = name === "month" ? count : count * (name === "year" ? 12 : 120);
    const target = monthAt(reference, months);
    return Math.min(target.from + (date.getUTCDate() - 1) * DAY, target.to - DAY);
  }
  return reference + count * DAY * (name === "fortnight" ? 14 : name.startsWith("week") ? 7 : 1);
}

/** "Two weeks ago" is the week of that day, "three months ago" that month. */
function around(unit: string | undefined, reference: number, count: number): Period {
  const name = (unit ?? "").toLowerCase();
  if (name === "weekend") return weekendAt(reference, count);
  const moment = shiftBy(unit, reference, count);
  if (name === "week" || name === "fortnight") return weekAt(moment);
  if (name === "month") return monthAt(moment);
  return name === "year" || name === "decade" ? yearAt(moment) : dayAt(moment);
}

function resolveWhichWeekday(
  { which, weekday }: Readonly<Record<string, string | undefined>>,
  { reference }: RuleContext,
): Period {
  const number = weekdayNumber(weekday);
  const word = (which ?? "").toLowerCase().replaceAll(/\s+/gu, " ");
  if (word === "this") return dayAt(weekAt(reference).from, number);
  if (word === "next") return dayAt(weekAt(reference, 1).from, number);
  const isAhead = word.endsWith("coming") || word === "upcoming";
  return weekdayBeside(number, reference, isAhead ? "after" : "before");
}

function resolveBareWeekday({ weekday }: Readonly<Record<string, string | undefined>>, context: RuleContext): Period {
  return weekdayBeside(weekdayNumber(weekday), context.reference, context.direction === "past" ? "before" : "after");
}

function resolveWhichUnit(
  { which, unit }: Readonly<Record<string, string | undefined>>,
  { reference }: RuleContext,
): Period {
  const word = (which ?? "").toLowerCase();
  const offset = word === "this" ? 0 : word.endsWith("next") || word.endsWith("coming") ? 1 : -1;
  if (unit?.toLowerCase() === "decade") {
    const year = Math.floor(new Date(reference).getUTCFullYear() / 10) * 10 + offset * 10;
    return { from: Date.UTC(year, 0, 1), to: Date.UTC(year + 10, 0, 1), granularity: "year" };
  }
  return unitAt(unitOf(unit), reference, offset);
}

/** Day first with dots, month first with slashes, unless the numbers say otherwise. */
function resolveNumeric({
  first,
  second,
  mark,
  year,
}: Readonly<Record<string, string | undefined>>): Period | undefined {
  const [one, two] = [Number(first), Number(second)];
  const isDayFirst = mark === "." || one > 12;
  return isDayFirst ? dayOf(Number(year), two - 1, one) : dayOf(Number(year), one - 1, two);
}

function resolveDay(
  { day, until, month, year }: Readonly<Record<string, string | undefined>>,
  { reference, direction }: RuleContext,
): Period | undefined {
  const number = monthNumber(month);
  const make = (inYear: number): Period | undefined => dayOf(inYear, number, Number(day));
  const first = year === undefined ? chooseYear(make, reference, direction) : make(Number(year));
  if (first === undefined || until === undefined) return first;
  const last = dayOf(new Date(first.from).getUTCFullYear(), number, Number(until));
  return last === undefined || last.to <= first.to ? first : { ...first, to: last.to };
}

function resolveDayOfMonth(
  { day }: Readonly<Record<string, string | undefined>>,
  context: RuleContext,
): Period | undefined {
  const candidates = [-1, 0, 1]
    .map((offset) => new Date(monthAt(context.reference, offset).from))
    .map((month) => dayOf(month.getUTCFullYear(), month.getUTCMonth(), Number(day)))
    .filter((period) => period !== undefined);
  return context.direction === "past"
    ? candidates.findLast((period) => period.from <= context.reference)
    : candidates.find((period) => period.to > context.reference);
}

function resolveBareMonth(
  { month }: Readonly<Record<string, string | undefined>>,
  { reference, direction }: RuleContext,
): Period | undefined {
  return chooseYear((year) => monthOf(year, monthNumber(month)), reference, direction);
}

function resolveSeason(
  { which, season, year }: Readonly<Record<string, string | undefined>>,
  { reference, direction }: RuleContext,
): Period | undefined {
  const word = (which ?? "").toLowerCase().replaceAll(/\s+/gu, " ");
  const written = (season ?? "").toLowerCase();
  // A bare season ("I like summer", "I may fall") is not a date.
  if (year === undefined && (word === "" || word === "the")) return undefined;
  const name: Season = written === "spring" || written === "summer" || written === "winter" ? written : "autumn";
  if (year !== undefined) return seasonOf(name, Number(year));
  const current = new Date(reference).getUTCFullYear();
  const all = [current - 2, current - 1, current, current + 1].map((start) => seasonOf(name, start));
  if (word === "last" || word === "past") return all.findLast((period) => period.to <= reference);
  if (word === "next" || word === "coming") return all.find((period) => period.from > reference);
  if (word === "this")
    return all.find((period) => period.to > reference && period.from - reference < 300 * DAY) ?? all[2];
  return chooseYear((start) => seasonOf(name, start), reference, direction);
}

function resolveHoliday(
  { which, holiday, year }: Readonly<Record<string, string | undefined>>,
  { reference, direction }: RuleContext,
): Period | undefined {
  if (year !== undefined) return holidayOf((holiday ?? "").toLowerCase(), Number(year));
  const word = which?.trim().toLowerCase();
  const side = word === "last" ? "past" : word === "next" ? "future" : direction;
  return chooseYear((inYear) => holidayOf((holiday ?? "").toLowerCase(), inYear), reference, side);
}

function holidayOf(holiday: string, year: number): Period | undefined {
  if (holiday === "christmas eve") return dayOf(year, 11, 24);
  if (holiday === "christmas") return dayOf(year, 11, 25);
  if (holiday === "halloween") return dayOf(year, 9, 31);
  if (holiday.startsWith("valentine")) return dayOf(year, 1, 14);
  if (holiday === "thanksgiving") return weekdayFourth(year);
  return holiday.endsWith("eve") ? dayOf(year, 11, 31) : dayOf(year, 0, 1);
}

/** The fourth Thursday of November. */
function weekdayFourth(year: number): Period {
  const eve = Date.UTC(year, 9, 31);
  return dayAt(weekdayBeside(3, eve, "after").from, 21);
}
