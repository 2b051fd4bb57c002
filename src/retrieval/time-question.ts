import { findDates, type ResolvedDate } from "../text/resolve-dates.ts";
import { temporalCue, type TemporalCue } from "./query-cues.ts";

/** What a question asks of the order of events. Epoch milliseconds; `to` is exclusive. */
export interface TimeQuestion {
  readonly from?: number;
  readonly to?: number;
  /** Which of what lies in the window comes first. */
  readonly order: "ascending" | "descending";
  /** It asks for the first or the last of them. */
  readonly isSuperlative: boolean;
  /** It names nothing else: "What did I do before 3 May?" */
  readonly isBare: boolean;
}

const FIRST = /\b(?:first(?: (?:thing|event|of all|time|one))?|earliest)\b/iu;
const LAST = /\b(?:most recent(?:ly)?|latest|last (?:thing|event|time|one)|happened last|did last)\b/iu;
const BEFORE = /\b(?:before|prior to|until|till|up to|earlier than|by)\s+(?:the\s+)?$/iu;
const AFTER = /\b(?:after|following|later than)\s+(?:the\s+)?$/iu;
const SINCE = /\b(?:since|from)\s+(?:the\s+)?$/iu;

/** Words with which nothing is asked for but when it was. */
const ASKING = new Set(
  (
    "a about ahead all an and any are at be been before between by coming come comes could did do does doing done during earlier earliest " +
    "ever event events few following for from going had happen happened happening happens has have he her his i in is it its last late later " +
    "latest list me most my next of on one ones order our past place plan planned planning plans prior recent recently schedule scheduled " +
    "she since so some soon take taken takes tell than that the their them then there these they thing things this those till time timeline to " +
    "took until up upcoming us user was we week weeks day days month months were what when which will with you year years after first i've i'm what's what're"
  ).split(" "),
);

/** The order that a question asks for, or undefined where it asks for none: before, after, between, first, last, to come. */
export function timeQuestion(query: string, now: number): TimeQuestion | undefined {
  if (query.length > 300) return undefined;
  const dates = findDates(query, now, "en");
  const cue = temporalCue(query);
  const isBare = namesNothing(query, dates);
  const window = windowOf(query, dates);
  if (window !== undefined) {
    const isBefore = window.from === undefined;
    return { ...window, order: isBefore ? "descending" : "ascending", isSuperlative: false, isBare };
  }
  if (cue === "upcoming" && isBare) {
    // "In the next few weeks" is no border: what lies behind it comes behind.
    const from = Math.max(now, dates[0]?.from ?? now);
    return { from, order: "ascending", isSuperlative: false, isBare };
  }
  if (dates.length > 0) return undefined;
  if (LAST.test(query)) return { to: now, order: "descending", isSuperlative: true, isBare };
  return FIRST.test(query) && isOfOrder(cue) ? { to: now, order: "ascending", isSuperlative: true, isBare } : undefined;
}

function isOfOrder(cue: TemporalCue | undefined): boolean {
  return cue === "first" || cue === "order" || cue === undefined;
}

function windowOf(query: string, dates: readonly ResolvedDate[]): Pick<TimeQuestion, "from" | "to"> | undefined {
  const [first, ...others] = dates;
  if (first === undefined || others.length > 0) return undefined;
  const lead = query.slice(0, first.start);
  const own = first.phrase.toLowerCase();
  if (BEFORE.test(lead) || /^(?:before|until|till|by) /u.test(own)) return { to: first.from };
  if (AFTER.test(lead) || own.startsWith("after ")) return { from: first.to };
  if (own.startsWith("since ") || (SINCE.test(lead) && first.granularity === "open")) return { from: first.from };
  // Two ends that became one range: "between 3 May and 5 June", "from 3 May until 5 June".
  const isRange =
    /\b(?:and|to|until|till|through)\b|[–—]/u.test(own) && /\b(?:between|from)\b/iu.test(`${lead} ${own}`);
  return isRange ? { from: first.from, to: first.to } : undefined;
}

function namesNothing(query: string, dates: readonly ResolvedDate[]): boolean {
  let rest = query;
  for (const { start, end } of dates.toReversed()) rest = `${rest.slice(0, start)} ${rest.slice(end)}`;
  const words =
    rest
      .toLowerCase()
      .replaceAll("’", "'")
      .match(/[\p{L}\p{N}']+/gu) ?? [];
  return words.every((word) => ASKING.has(word));
}
