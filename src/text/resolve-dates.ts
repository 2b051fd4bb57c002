import type { TimeGranularity } from "../domain/memory.ts";
import { DAY, dayAt, type Direction, type Period, weekdayBeside, weekendAt } from "./calendar.ts";
import { type DateRule, englishRules, numberOf, unitOf, weekdayNumber } from "./date-rules-english.ts";
import { hasOtherCue, rulesOf } from "./date-rules-other.ts";
import { foldCase } from "./fold-case.ts";

export { formatDate } from "./format-date.ts";

/** A phrase of a text that says when. */
export interface ResolvedDate {
  /** UTF-16 offsets of the phrase. */
  readonly start: number;
  readonly end: number;
  readonly phrase: string;
  /** Epoch milliseconds, UTC; `to` is exclusive. */
  readonly from: number;
  readonly to: number;
  /** "open" for a beginning without an end ("since 2020"); `to` is then the end of the reference's day. */
  readonly granularity: TimeGranularity;
}

/** Looked for in the folded text. */
const ENGLISH_CUE = new RegExp(
  [
    "\\d{4}|\\d[/.]\\d",
    "day|night|tomorrow|this (?:morning|afternoon|evening)",
    "week|month|year|decade|\\bago\\b|\\bq[1-4]\\b",
    "(?:last|past|this|next|coming) (?:mon|tue|wed|thu|fri|sat|sun)",
    "spring|summer|autumn|\\bfall\\b|winter",
    "\\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)",
    "christmas|halloween|thanksgiving|\\d0'?s\\b|on the \\d",
  ].join("|"),
  "u",
);

/** Longer texts are documents: their dates past this point are not worth the time. */
const MOST_CHARACTERS = 20_000;

/**
 * The dates that a text names, in order, without overlaps, resolved in UTC against the time at which it was said:
 * English in full; the common relative words and written dates of de, es, fr, it, ja, nl, pt, ru and zh.
 */
export function findDates(text: string, referenceMs: number, language?: string): ResolvedDate[] {
  if (!Number.isFinite(referenceMs)) return [];
  const searched = text.length > MOST_CHARACTERS ? text.slice(0, MOST_CHARACTERS) : text;
  const folded = foldCase(searched);
  const hasEnglish = (language === undefined || language === "en") && ENGLISH_CUE.test(folded);
  const hasOther = language !== "en" && (language !== undefined || hasOtherCue(searched, folded));
  if (!hasEnglish && !hasOther) return [];
  const direction = directionOf(searched);
  const found: ResolvedDate[] = [];
  const rules = [...(hasOther ? rulesOf(language, searched) : []), ...(hasEnglish ? englishRules() : [])];
  // Rules share what they need: it is looked for once.
  const looked = new Map<RegExp, boolean>();
  for (const rule of rules) {
    if (rule.needs?.every((need) => has(folded, need, looked)) === false) continue;
    applyRule(rule, searched, referenceMs, direction, found);
  }
  const separate = withoutOverlaps(found).map((date) => widen(searched, date, referenceMs));
  return joinRanges(searched, withoutOverlaps(separate));
}

function has(folded: string, need: RegExp, looked: Map<RegExp, boolean>): boolean {
  const known = looked.get(need);
  if (known !== undefined) return known;
  const found = need.test(folded);
  looked.set(need, found);
  return found;
}

function applyRule(
  { pattern, resolve }: DateRule,
  text: string,
  reference: number,
  direction: Direction | ((start: number) => Direction),
  found: ResolvedDate[],
): void {
  // By hand: `matchAll` makes a pattern anew each time.
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const side = typeof direction === "function" ? direction(match.index) : direction;
    const period = resolve(match.groups ?? {}, { reference, direction: side });
    if (period === undefined || !Number.isFinite(period.from) || !Number.isFinite(period.to)) continue;
    found.push({ start: match.index, end: match.index + match[0].length, phrase: match[0], ...period });
  }
}

/** The earlier one wins, of two at one place the longer. */
function withoutOverlaps(dates: readonly ResolvedDate[]): ResolvedDate[] {
  const kept: ResolvedDate[] = [];
  for (const date of dates.toSorted((left, right) => left.start - right.start || right.end - left.end)) {
    if (date.start >= (kept.at(-1)?.end ?? 0)) kept.push(date);
  }
  return kept;
}

const PAST =
  /\b(?:was|were|wasn|weren|didn|hadn|went|had|did|(?<!(?:['’]ve|['’]s|have|has) )got|met|saw|took|made|came|bought|ate|found|left|gave|told|said|felt|won|lost|spent|ran|flew|began|started|last|since|ago|been|[a-z]{2,}ed)\b/iu;
const FUTURE =
  /\b(?:will|going to|gonna|getting married|plan(?:s|ning)?|see you|let's|tomorrow|upcoming|due|deadline|soon|hope to|want to|next|by|scheduled|book(?:ing)?|starts?|begins?)\b|'ll\b/iu;

/** By the words of the sentence around the phrase. */
function directionOf(text: string): (start: number) => Direction {
  return (start) => {
    const from = Math.max(text.lastIndexOf(". ", start), text.lastIndexOf("\n", start), start - 200, 0);
    const stop = text.slice(start).search(/[.!?\n]/u);
    const sentence = text.slice(from, stop < 0 ? start + 200 : start + stop);
    const isFuture = FUTURE.test(sentence);
    if (PAST.test(sentence) && !/\b(?:will|going to|'ll)\b/iu.test(sentence)) return "past";
    return isFuture ? "future" : "nearest";
  };
}

const BEFORE_OR_AFTER =
  /(?:(?:the\s+)?(?<weekday>(?:mon|tues|wednes|thurs|fri|satur|sun)day)|(?:the|a|(?<count>\d{1,3}|one|two|three|four|five|six|seven|ten|(?:a\s+)?few|(?:a\s+)?couple(?:\s+of)?))\s+(?<unit>day|week|weekend|month|year)s?)\s+(?<side>before|prior to|after|following)\s+(?:the\s+)?$/iu;

/** "The week before 9 June", "two days after Friday", "since 2020". */
function widen(text: string, date: ResolvedDate, reference: number): ResolvedDate {
  const lead = text.slice(Math.max(0, date.start - 60), date.start);
  // A preposition that a rule took with it stands between ("before" in "before June").
  const own = /^(?:before|after|since)\s+/iu.exec(date.phrase)?.[0] ?? "";
  const relation = BEFORE_OR_AFTER.exec(`${lead}${own}`);
  if (relation !== null) {
    const start = date.start - (lead.length - relation.index);
    const moved = relate(relation.groups ?? {}, date);
    if (moved !== undefined) return { ...moved, start, end: date.end, phrase: text.slice(start, date.end) };
  }
  const since = own.toLowerCase().startsWith("since") ? date.start : sinceAt(lead, date.start);
  const to = dayAt(reference).to;
  if (since === undefined || date.from >= to) return date;
  return { ...date, start: since, phrase: text.slice(since, date.end), to, granularity: "open" };
}

function sinceAt(lead: string, start: number): number | undefined {
  if (!foldCase(lead).trimEnd().endsWith("since")) return undefined;
  const match = /\b(?:ever\s+)?since\s+$/iu.exec(lead);
  return match === null ? undefined : start - (lead.length - match.index);
}

function relate(groups: Readonly<Record<string, string | undefined>>, date: ResolvedDate): Period | undefined {
  const isBefore = /before|prior/iu.test(groups["side"] ?? "");
  const anchor = isBefore ? date.from : date.to - 1;
  if (groups["weekday"] !== undefined) {
    return weekdayBeside(weekdayNumber(groups["weekday"]), anchor, isBefore ? "before" : "after");
  }
  const unit = unitOf(groups["unit"]);
  const count = numberOf(groups["count"]);
  if (unit === "day") return dayAt(anchor, isBefore ? -count : count);
  if (unit === "week") {
    const from = isBefore ? date.from - 7 * count * DAY : date.to + 7 * (count - 1) * DAY;
    return { from, to: from + 7 * DAY, granularity: "week" };
  }
  if (unit === "weekend") {
    const saturday = weekdayBeside(5, anchor, isBefore ? "before" : "after").from;
    const first = isBefore && saturday + 2 * DAY > date.from ? saturday - 7 * DAY : saturday;
    return weekendAt(first, 0);
  }
  const start = new Date(anchor);
  const months = (unit === "year" ? 12 : 1) * count * (isBefore ? -1 : 1);
  const from = Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + months, 1);
  return unit === "month"
    ? { from, to: Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + months + 1, 1), granularity: "month" }
    : {
        from: Date.UTC(new Date(from).getUTCFullYear(), 0, 1),
        to: Date.UTC(new Date(from).getUTCFullYear() + 1, 0, 1),
        granularity: "year",
      };
}

/** "From 3 June to 5 July", "between 2018 and 2020": one range. */
function joinRanges(text: string, dates: readonly ResolvedDate[]): ResolvedDate[] {
  const joined: ResolvedDate[] = [];
  for (const date of dates) {
    const last = joined.at(-1);
    const between = last === undefined ? "" : text.slice(last.end, date.start);
    const lead = last === undefined ? "" : text.slice(Math.max(0, last.start - 9), last.start) + last.phrase;
    const isRange =
      last !== undefined &&
      date.to > last.to &&
      (/^\s*(?:to|until|till|through|–|—|-)\s*$/iu.test(between) ||
        (/^\s*and\s*$/iu.test(between) && /\bbetween\b/iu.test(lead)));
    if (!isRange) joined.push(date);
    else joined[joined.length - 1] = { ...last, end: date.end, phrase: text.slice(last.start, date.end), to: date.to };
  }
  return joined;
}
