import { chooseYear, dayAt, dayOf, monthOf, type Period, type Unit, unitAt, yearOf } from "./calendar.ts";
import type { DateRule } from "./date-rules-english.ts";

const EAST_ASIAN_DIGITS = "一二三四五六七八九十";

function eastAsianNumber(text: string | undefined): number {
  if (text === undefined) return 1;
  if (text === "两") return 2;
  if (text === "几" || text === "数") return 3;
  const digit = EAST_ASIAN_DIGITS.indexOf(text);
  return digit >= 0 ? digit + 1 : Number(text.normalize("NFKC")) || 1;
}

const EAST_ASIAN_NUMBER = "(?<count>[\\d０-９]{1,3}|[一二三四五六七八九十两几数])";

function eastAsian(source: string, resolve: DateRule["resolve"]): DateRule {
  return { pattern: new RegExp(source, "gu"), resolve };
}

/** Chinese and Japanese share most of their characters for time. */
export const EAST_ASIAN: readonly DateRule[] = [
  ...(
    [
      ["大?前天|一昨日|おととい", "day", -2],
      ["昨天|昨晚|昨日|昨夜|きのう", "day", -1],
      ["今天|今晚|今日|今夜|きょう", "day", 0],
      ["后天|明後日|あさって", "day", 2],
      ["明天|明日|あした", "day", 1],
      ["上上(?:个)?(?:周(?!末)|星期)|先々週", "week", -2],
      ["上(?:个)?(?:周(?!末)|星期(?![一二三四五六日天])|礼拜)(?![一二三四五六日天])|先週(?!末)", "week", -1],
      ["(?:这(?:个)?|本)(?:周(?!末)|星期)(?![一二三四五六日天])|今週(?!末)", "week", 0],
      ["下(?:个)?(?:周(?!末)|星期|礼拜)(?![一二三四五六日天])|来週(?!末)", "week", 1],
      ["上(?:个)?周末|先週末", "weekend", -1],
      ["(?:这(?:个)?|本)周末|今週末", "weekend", 0],
      ["下(?:个)?周末|来週末", "weekend", 1],
      ["上(?:个)?月|先月", "month", -1],
      ["这(?:个)?月|本月|今月", "month", 0],
      ["下(?:个)?月|来月", "month", 1],
      ["前年|一昨年", "year", -2],
      ["去年|昨年", "year", -1],
      ["今年", "year", 0],
      ["明年|来年", "year", 1],
    ] as const
  ).map(([source, unit, offset]) => eastAsian(source, (_groups, { reference }) => unitAt(unit, reference, offset))),
  eastAsian(
    "(?<which>上|这|本|下)(?:个)?(?:周|星期|礼拜)(?<weekday>[一二三四五六日天])",
    ({ which, weekday }, { reference }) => {
      const number = "一二三四五六日".indexOf(weekday === "天" ? "日" : (weekday ?? "一"));
      const week = unitAt("week", reference, which === "上" ? -1 : which === "下" ? 1 : 0);
      return dayAt(week.from, number);
    },
  ),
  eastAsian(
    `${EAST_ASIAN_NUMBER}(?<unit>天|日|个?星期|周|週間|个月|か月|ヶ月|ヵ月|年)(?<side>前|以前|之前|后|以后|之后|後)`,
    (groups, { reference }) => {
      const word = groups["unit"] ?? "";
      const unit: Unit = /月/u.test(word) ? "month" : word === "年" ? "year" : /[周週星]/u.test(word) ? "week" : "day";
      const sign = (groups["side"] ?? "").includes("前") ? -1 : 1;
      return unitAt(unit, reference, sign * eastAsianNumber(groups["count"]));
    },
  ),
  eastAsian(
    "(?:(?<year>(?:19|20)\\d\\d)年)?(?<month>\\d{1,2})月(?<day>\\d{1,2})[日号]",
    ({ year, month, day }, context) => {
      const make = (inYear: number): Period | undefined => dayOf(inYear, Number(month) - 1, Number(day));
      return year === undefined ? chooseYear(make, context.reference, context.direction) : make(Number(year));
    },
  ),
  eastAsian("(?<year>(?:19|20)\\d\\d)年(?<month>\\d{1,2})月(?!\\d)", ({ year, month }) =>
    monthOf(Number(year), Number(month) - 1),
  ),
  eastAsian("(?<year>(?:19|20)\\d\\d)年", ({ year }) => yearOf(Number(year))),
];
