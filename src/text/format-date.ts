import type { TimeGranularity } from "../domain/memory.ts";
import { DAY, type Season, seasonName } from "./calendar.ts";

const MONTHS = "January February March April May June July August September October November December".split(" ");

interface Words {
  readonly week: (date: string) => string;
  readonly seasons: Readonly<Record<Season, string>>;
}

function words(week: (date: string) => string, spring: string, summer: string, autumn: string, winter: string): Words {
  return { week, seasons: { spring, summer, autumn, winter } };
}

const ENGLISH = words((date) => `the week of ${date}`, "spring", "summer", "autumn", "winter");
const OTHERS: ReadonlyMap<string, Words> = new Map([
  ["de", words((date) => `Woche vom ${date}`, "Frühling", "Sommer", "Herbst", "Winter")],
  ["fr", words((date) => `semaine du ${date}`, "printemps", "été", "automne", "hiver")],
  ["es", words((date) => `semana del ${date}`, "primavera de", "verano de", "otoño de", "invierno de")],
  ["it", words((date) => `settimana del ${date}`, "primavera", "estate", "autunno", "inverno")],
  ["pt", words((date) => `semana de ${date}`, "primavera de", "verão de", "outono de", "inverno de")],
  ["nl", words((date) => `de week van ${date}`, "lente", "zomer", "herfst", "winter")],
  ["ru", words((date) => `неделя с ${date}`, "весна", "лето", "осень", "зима")],
  ["zh", words((date) => `${date}那一周`, "春天", "夏天", "秋天", "冬天")],
  ["ja", words((date) => `${date}の週`, "春", "夏", "秋", "冬")],
]);
const formats = new Map<string, Intl.DateTimeFormat>();

/**
 * A date as a reader expects it: "7 May 2023", "May 2023", "2023", "the week of 1 May 2023", "summer 2022". Languages
 * without words of their own here get English. With `to`, a span of days or years is written as one.
 */
export function formatDate(from: number, granularity: TimeGranularity, language?: string, to?: number): string {
  const own = language === undefined ? undefined : OTHERS.get(language);
  const locale = own === undefined ? undefined : language;
  const date = new Date(from);
  if (Number.isNaN(date.getTime())) return "";
  const year = date.getUTCFullYear();
  if (granularity === "year") {
    if (to !== undefined && new Date(to).getUTCFullYear() - year === 10 && locale === undefined) return `the ${year}s`;
    return locale === "zh" || locale === "ja" ? `${year}年` : String(year);
  }
  if (granularity === "month") return formatMonth(date, locale);
  if (granularity === "week") return (own ?? ENGLISH).week(formatDay(date, locale));
  if (granularity === "season") {
    const name = (own ?? ENGLISH).seasons[seasonName(from)];
    return locale === "zh" || locale === "ja" ? `${year}年${name}` : `${name} ${year}`;
  }
  const last = to === undefined ? undefined : new Date(to - DAY);
  if (granularity === "day" && last !== undefined && last.getTime() > from) {
    return `${formatDay(date, locale)} – ${formatDay(last, locale)}`;
  }
  return formatDay(date, locale);
}

function formatDay(date: Date, locale: string | undefined): string {
  if (locale !== undefined) return formatter(locale, "day").format(date);
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

function formatMonth(date: Date, locale: string | undefined): string {
  if (locale !== undefined) return formatter(locale, "month").format(date);
  return `${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

function formatter(locale: string, kind: "day" | "month"): Intl.DateTimeFormat {
  const key = `${locale} ${kind}`;
  let format = formats.get(key);
  if (format === undefined) {
    const fields = { year: "numeric", month: "long", timeZone: "UTC" } as const;
    format = new Intl.DateTimeFormat(locale, kind === "day" ? { ...fields, day: "numeric" } : fields);
    formats.set(key, format);
  }
  return format;
}
