import { stemEnglish } from "./stemmers.ts";

const MONTHS: readonly string[] = [
  "january",
  "february",
  "march",
  "april",
  "may",
  "june",
  "july",
  "august",
  "september",
  "october",
  "november",
  "december",
].map(stemEnglish);

/** Day of the month, month name and year (UTC) as index terms: "8", "may", "2023". Empty for an invalid time. */
export function dateTerms(epochMs: number): string[] {
  const date = new Date(epochMs);
  if (Number.isNaN(date.getTime())) return [];
  return [String(date.getUTCDate()), MONTHS[date.getUTCMonth()] ?? "", String(date.getUTCFullYear())];
}

const COUNT =
  "(?:\\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|a few|few|several|a couple(?: of)?|couple of)";
const WEEKDAY = "(?:mon|tues|wednes|thurs|fri|satur|sun)day";
const PERIOD = `(?:morning|afternoon|evening|night|${WEEKDAY}|week|weekend|month|year|spring|summer|autumn|fall|winter)`;
// "may" is left out: it is mostly a verb.
const MONTH_NAMES = "(?:january|february|march|april|june|july|august|september|october|november|december)";
const TIME_EXPRESSION = new RegExp(
  [
    "\\b(?:yesterday|today|tonight|tomorrow|recently|just|since|birthday)\\b",
    `\\b(?:last|next|this)\\s+${PERIOD}s?\\b`,
    `\\b${COUNT}\\s+(?:day|week|month|year|weekend)s?\\s+(?:ago|back)\\b`,
    `\\b(?:${MONTH_NAMES}|${WEEKDAY}s?|20\\d\\d)\\b`,
    "\\b(?:gestern|heute|morgen|hier|aujourd'hui|demain|ayer|hoy|mañana|ieri|oggi|domani|ontem|hoje|amanhã|gisteren|vandaag)\\b",
    "(?:вчера|сегодня|завтра|昨天|今天|明天|前天|去年|今年|明年|上周|下周|昨日|今日|明日|先週|来週|أمس|اليوم|غدا|어제|오늘|내일)",
  ].join("|"),
  "iu",
);

/** True when a text says when something is: a relative day, a weekday, a month other than "may", a year of this century. */
export function hasTimeExpression(text: string): boolean {
  return TIME_EXPRESSION.test(text);
}

/** True when a text ends in a question mark of any script; one trailing `[caption]` is not looked at. */
export function endsWithQuestion(text: string): boolean {
  let end = lastVisible(text, text.length);
  if (end > 0 && text[end - 1] === "]") {
    const open = text.lastIndexOf("[", end - 1);
    if (open >= 0) end = lastVisible(text, open);
  }
  while (end > 0 && CLOSING.has(text[end - 1] ?? "")) end = lastVisible(text, end - 1);
  return end > 0 && QUESTION_MARKS.has(text[end - 1] ?? "");
}

const QUESTION_MARKS: ReadonlySet<string> = new Set(["?", "？", "؟", "⁇", "⁈", "‽", "\u037e"]);
const CLOSING: ReadonlySet<string> = new Set(['"', "'", "”", "’", ")", "»", "」", "』", "）", "*", "_", "!"]);

function lastVisible(text: string, from: number): number {
  let end = from;
  while (end > 0 && /\s/u.test(text[end - 1] ?? "")) end -= 1;
  return end;
}
