import {
  chooseYear,
  dayAt,
  dayOf,
  monthOf,
  type Period,
  type Unit,
  unitAt,
  weekdayBeside,
  yearOf,
} from "./calendar.ts";
import { EAST_ASIAN } from "./date-rules-east-asian.ts";
import type { DateRule } from "./date-rules-english.ts";
import { type Locale, LOCALES } from "./date-words.ts";
import { detectLanguage } from "./detect-language.ts";

/** The words for days of all of the languages, or two words that only they use together, in folded text. */
const OTHER_WORDS =
  /gestern|heute|morgen|\bvor \S+ |letzte[nrs]?\b|nächste|hier\b|aujourd|demain|derni[eè]re?|prochain|il y a|\bayer|anoche|\bhoy\b|mañana|pasad[oa]|próxim|\bhace\b|ieri|oggi|domani|scors[oa]|prossim| fa\b|ontem|hoje|amanhã|passad[oa]|\bhá\b|atrás|gisteren|vandaag|vorige?|volgende?|geleden| de (?:19|20)\d\d/u;
const WRITTEN_DATE = /\d\.? \p{L}{3,9}\.? (?:de )?(?:19|20)\d\d/iu;
const OTHER_SCRIPTS = /[а-яё]{4}|[年月日天周週]|星期/iu;

/** One test for all of the languages. `folded` is the text as `foldCase` makes it. */
export function hasOtherCue(text: string, folded: string): boolean {
  return OTHER_WORDS.test(folded) || WRITTEN_DATE.test(text) || OTHER_SCRIPTS.test(text);
}

const compiled = new Map<string, readonly DateRule[]>();

/** The rules of one language, or of those whose words the text shows where the language is not known. */
export function rulesOf(language: string | undefined, text: string): readonly DateRule[] {
  if (/[年月日天周週]|星期/u.test(text) && (language === undefined || language === "zh" || language === "ja"))
    return EAST_ASIAN;
  const known = language === undefined ? detectLanguage(text) : language;
  const locale = known === undefined ? undefined : LOCALES.get(known);
  if (known === undefined || locale === undefined) return [];
  let rules = compiled.get(known);
  if (rules === undefined) {
    rules = compile(locale);
    compiled.set(known, rules);
  }
  return rules;
}

function compile(locale: Locale): DateRule[] {
  const month = alternatives(locale.months);
  const weekday = alternatives(locale.weekdays);
  const unit = alternatives(locale.units.map(([word]) => word));
  const number = alternatives(["\\d{1,3}", ...locale.numbers.map(([word]) => word)]);
  const fill = (pattern: string): string =>
    pattern
      .replaceAll("{unit}", `(?<unit>${unit})`)
      .replaceAll("{weekday}", `(?<weekday>${weekday})`)
      .replaceAll("{count}", `(?<count>${number})`);
  const relative = (patterns: readonly string[], offset: number): DateRule[] =>
    patterns.map((pattern) =>
      rule(fill(pattern), (groups, { reference }) =>
        groups["weekday"] === undefined
          ? unitAt(unitOf(locale, groups["unit"]), reference, offset)
          : weekdayBeside(indexOf(locale.weekdays, groups["weekday"]), reference, offset < 0 ? "before" : "after"),
      ),
    );
  const counted = (patterns: readonly string[], sign: number): DateRule[] =>
    patterns.map((pattern) =>
      rule(fill(pattern.replace("{count} ", "(?:{count} )?")), (groups, { reference }) =>
        unitAt(unitOf(locale, groups["unit"]), reference, sign * countOf(locale, groups["count"])),
      ),
    );
  return [
    ...locale.days.map(([word, offset]) => rule(word, (_groups, { reference }) => dayAt(reference, offset))),
    ...relative(locale.last, -1),
    ...relative(locale.next, 1),
    ...relative(locale.current, 0),
    ...counted(locale.ago, -1),
    ...counted(locale.ahead, 1),
    rule(
      `(?<day>\\d{1,2})${locale.of}(?<month>${month})(?:${locale.of}(?<year>(?:19|20)\\d\\d))?`,
      ({ day, month: name, year }, { reference, direction }) => {
        const make = (inYear: number): Period | undefined => dayOf(inYear, indexOf(locale.months, name), Number(day));
        return year === undefined ? chooseYear(make, reference, direction) : make(Number(year));
      },
    ),
    rule(`(?<month>${month})${locale.of.replace("\\.? ?", " ")}(?<year>(?:19|20)\\d\\d)`, ({ month: name, year }) =>
      monthOf(Number(year), indexOf(locale.months, name)),
    ),
    rule("(?<day>\\d{1,2})[./](?<month>\\d{1,2})[./](?<year>(?:19|20)\\d\\d)", ({ day, month: number_, year }) =>
      dayOf(Number(year), Number(number_) - 1, Number(day)),
    ),
    rule("(?<year>\\d{4})-(?<month>\\d\\d)-(?<day>\\d\\d)", ({ day, month: number_, year }) =>
      dayOf(Number(year), Number(number_) - 1, Number(day)),
    ),
    rule(`${locale.inYear} (?<year>(?:19|20)\\d\\d)`, ({ year }) => yearOf(Number(year))),
  ];
}

function rule(source: string, resolve: DateRule["resolve"]): DateRule {
  return {
    pattern: new RegExp(`(?<![\\p{L}\\p{N}])(?:${source.replaceAll(" ", "\\s+")})(?![\\p{L}\\p{N}])`, "giu"),
    resolve,
  };
}

function alternatives(words: readonly string[]): string {
  return words.map((word) => `(?:${word})`).join("|");
}

function indexOf(patterns: readonly string[], word: string | undefined): number {
  return Math.max(
    0,
    patterns.findIndex((pattern) => isWhole(pattern, word ?? "")),
  );
}

function unitOf(locale: Locale, word: string | undefined): Unit {
  return locale.units.find(([pattern]) => isWhole(pattern, word ?? ""))?.[1] ?? "day";
}

function countOf(locale: Locale, word: string | undefined): number {
  if (word === undefined) return 1;
  return Number(word) || (locale.numbers.find(([pattern]) => isWhole(pattern, word))?.[1] ?? 1);
}

function isWhole(pattern: string, word: string): boolean {
  return new RegExp(`^(?:${pattern})$`, "iu").test(word);
}
