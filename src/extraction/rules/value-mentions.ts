import type { Mention } from "../../domain/entity.ts";
import { formatDate, type ResolvedDate } from "../../text/resolve-dates.ts";

/** So many of each: a statement with more is a table. */
const MOST = 4;

const NUMBER = String.raw`\d+(?:[.,]\d+)*(?:\s?(?:k|m|bn|million|billion|Mio|Mrd|millions?|millones|milioni|milhões|тыс|млн)(?!\p{L})|[万億亿])?`;
const CURRENCY = String.raw`(?:€|\$|£|¥|₹|₽|(?:USD|EUR|GBP|CHF|JPY|CAD|AUD|[Ee]uros?|[Dd]ollars?|Pfund|dólares|dollari|pounds?|francs?|Franken|yen|rupees?|reais|pesos|рубл\p{L}*|руб|евро|доллар\p{L}*)(?!\p{L})|元|块|人民币|円|ユーロ|ドル|欧元|美元|يورو|دولار|ريال|درهم)`;
const UNIT = String.raw`(?:(?:kg|kilos?|kilograms?|g|grams?|lbs?|km|kilomet(?:er|re)s?|Kilometer|kilómetros|quilômetros|chilometri|miles?|Meilen|m²|m|cm|mm|ft|feet|inch(?:es)?|lit(?:er|re)s?|Liter|litros|litri|ml|kWh|MB|GB|TB|mg|calories|kcal|кг|км|л|г)(?!\p{L})|%|percent(?!\p{L})|Prozent(?!\p{L})|°[CF]|公斤|公里|米|キロ)`;
const AMOUNT = new RegExp(
  String.raw`(?<![\p{Script=Latin}\p{Script=Cyrillic}\p{N}.,:/-])(?:[€$£¥₹]\s?${NUMBER}|(?:USD|EUR|GBP|CHF|JPY)\s?${NUMBER}|${NUMBER}\s?(?:${CURRENCY}|${UNIT}))`,
  "gu",
);

/** Sums of money and quantities with a unit, as written: "950 euros", "$1,200", "82 kg". */
export function amountsIn(text: string): Mention[] {
  if (!/\d/u.test(text)) return [];
  const found: Mention[] = [];
  for (const [name] of text.matchAll(AMOUNT)) {
    if (found.length === MOST) break;
    found.push({ name: name.trim(), type: "amount" });
  }
  return found;
}

/** What a date is called as an entity: the same for "June 5" and "5 June 2025". */
export function dateName({ from, to, granularity }: ResolvedDate, language: string): string {
  return formatDate(from, granularity, language, to);
}

/** Days, months and years that a text names by the calendar; "yesterday" names none. */
export function datesIn(dates: readonly ResolvedDate[], language: string): Mention[] {
  const named = dates.filter(
    ({ phrase, granularity }) => /^(?:day|month|year)$/u.test(granularity) && isOfCalendar(phrase, language),
  );
  return named.slice(0, MOST).map((date) => ({ name: dateName(date, language), type: "date" }));
}

const months = new Map<string, RegExp>();

function isOfCalendar(phrase: string, language: string): boolean {
  if (/\d{4}|\d{1,2}[./-]\d{1,2}|\d月/u.test(phrase)) return true;
  let pattern = months.get(language);
  if (pattern === undefined) {
    const names = (["long", "short"] as const).flatMap((month) => {
      const format = new Intl.DateTimeFormat(language, { month, timeZone: "UTC" });
      return Array.from({ length: 12 }, (_, index) => format.format(Date.UTC(2024, index, 5)).toLowerCase());
    });
    // Cases change the ends of names: "июня" is "июнь".
    pattern = new RegExp(
      `(?<!\\p{L})(?:${[...new Set(names.map((name) => name.replace(/\.$/u, "").replace(/(?<=\p{L}{3})[ьйа]$/u, "")))].join("|")})`,
      "u",
    );
    months.set(language, pattern);
  }
  return pattern.test(phrase.toLowerCase());
}

/** The names that a statement holds, then its amounts and dates. */
export function withValues(
  mentions: readonly Mention[],
  text: string,
  dates: readonly ResolvedDate[],
  language: string,
): Mention[] {
  const known = new Set(mentions.map(({ name }) => name.toLowerCase()));
  const values = [...amountsIn(text), ...datesIn(dates, language)];
  return [...mentions, ...values.filter(({ name }) => !known.has(name.toLowerCase()))];
}
