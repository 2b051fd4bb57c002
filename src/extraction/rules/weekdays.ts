import { weekdayBeside } from "../../text/calendar.ts";
import { LOCALES } from "../../text/date-words.ts";
import type { ResolvedDate } from "./dates.ts";

/** Of the languages without a table of date words, from Monday. */
const OTHERS: Readonly<Record<string, readonly string[]>> = {
  zh: [
    "(?:周|星期|礼拜)一",
    "(?:周|星期|礼拜)二",
    "(?:周|星期|礼拜)三",
    "(?:周|星期|礼拜)四",
    "(?:周|星期|礼拜)五",
    "(?:周|星期|礼拜)六",
    "(?:周|星期|礼拜)[日天]",
  ],
  ja: ["月曜日?", "火曜日?", "水曜日?", "木曜日?", "金曜日?", "土曜日?", "日曜日?"],
  ar: ["الاثنين|الإثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"],
};

const compiled = new Map<string, readonly RegExp[]>();

/** The coming day of a bare weekday ("am Freitag"), for things that are scheduled. */
export function comingWeekday(text: string, language: string, saidAt: number): ResolvedDate | undefined {
  let patterns = compiled.get(language);
  if (patterns === undefined) {
    const names = LOCALES.get(language)?.weekdays ?? OTHERS[language] ?? [];
    patterns = names.map(
      (name) => new RegExp(OTHERS[language] === undefined ? `(?<!\\p{L})(?:${name})(?!\\p{L})` : name, "iu"),
    );
    compiled.set(language, patterns);
  }
  for (const [index, pattern] of patterns.entries()) {
    const match = pattern.exec(text);
    if (match === null) continue;
    const { from, to } = weekdayBeside(index, saidAt, "after");
    return { start: match.index, end: match.index + match[0].length, phrase: match[0], from, to, granularity: "day" };
  }
  return undefined;
}
