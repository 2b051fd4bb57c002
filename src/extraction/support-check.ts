import type { ExtractedFact, ExtractionMessage } from "../domain/extracted-fact.ts";
import { USER_LABELS } from "./rules/speaker.ts";
import { comingWeekday } from "./rules/weekdays.ts";
import { analyze } from "../text/analyze.ts";
import { findDates, formatDate } from "../text/resolve-dates.ts";

/** Share of a fact's content words that its cited spans must hold. */
const MIN_SHARE = 0.6;

let sharedFrame: ReadonlySet<string> | undefined;

/**
 * Words that rewriting puts into a fact: the speaker's label and how an instruction is introduced. Made at the first
 * fact: the analysis costs a fifth of what loading the library does.
 */
function frameTerms(): ReadonlySet<string> {
  sharedFrame ??= new Set([
    ...analyze("user assistant asks wants others their them they speaker", { language: "en" }),
    ...[
      "bittet",
      "demande",
      "pide",
      "chiede",
      "pede",
      "vraagt",
      "просит",
      "要求",
      "指示",
      "يطلب",
      "isst",
      "own",
    ].flatMap((word) => analyze(word)),
    ...Object.entries(USER_LABELS).flatMap(([language, label]) => analyze(label, { language })),
  ]);
  return sharedFrame;
}

/**
 * True when a fact says what its sources say: at least 60 % (`minShare`) of its content words and all its numbers occur in the
 * cited spans. Calendar dates may come from the span's relative words ("yesterday") and the time it was said.
 */
export function checkSupport(
  fact: ExtractedFact,
  messages: readonly ExtractionMessage[],
  minShare: number = MIN_SHARE,
): boolean {
  const spans: string[] = [];
  const dates: string[] = [];
  let names = "";
  for (const source of fact.sources) {
    const message = messages.find(({ id }) => id === source.messageId);
    if (message === undefined) continue;
    names += ` ${message.name ?? ""}`;
    for (const { start, end } of source.spans) {
      const span = message.text.slice(start, end);
      spans.push(span);
      const weekday = fact.language === undefined ? undefined : comingWeekday(span, fact.language, message.saidAt);
      if (weekday !== undefined) dates.push(formatDate(weekday.from, "day", fact.language));
      for (const date of findDates(span, message.saidAt, message.language)) {
        // "Moved to Friday" speaks in the past of a Friday to come.
        for (const { from, granularity, to } of [
          date,
          ...findDates(`It is due ${date.phrase}.`, message.saidAt, message.language),
        ]) {
          for (const language of new Set([undefined, fact.language]))
            dates.push(formatDate(from, granularity, language, to));
        }
      }
    }
  }
  for (const time of [fact.validFrom, fact.validTo === undefined ? undefined : fact.validTo - 1]) {
    if (time !== undefined)
      dates.push(
        new Date(time).toISOString().slice(0, 10).replaceAll("-", " "),
        formatDate(time, "day", fact.language),
      );
  }
  if (spans.length === 0) return false;
  const evidence = spans.join(" ");
  if (!hasNumbers(fact.text, `${evidence} ${dates.join(" ")}`)) return false;
  const language = fact.language === undefined ? {} : { language: fact.language };
  const known = new Set(analyze(`${evidence} ${names} ${fact.name ?? ""}`, language));
  const dateTerms = new Set(analyze(dates.join(" "), language));
  const label = fact.name ?? USER_LABELS[fact.language ?? ""] ?? "User";
  const frame = frameTerms();
  const terms = new Set(
    analyze(fact.text.replaceAll(label, " ").replaceAll(/自己|自分/gu, " "), language).filter(
      (term) => !frame.has(term) && !dateTerms.has(term),
    ),
  );
  if (terms.size === 0) return true;
  let found = 0;
  const isInflected = fact.language !== undefined && fact.language !== "en";
  for (const term of terms) if (known.has(term) || (isInflected && hasForm(term, known))) found += 1;
  return found / terms.size >= minShare;
}

/** "wohnt" is said by "wohne": elsewhere than in English the third person ends in another way than the first. */
function hasForm(term: string, known: ReadonlySet<string>): boolean {
  // The Arabic person stands in front: "يعيش" is said by "أعيش".
  if (/^[يات]\p{sc=Arabic}/u.test(term) && known.has(`ا${term.slice(1)}`)) return true;
  const head = term.slice(0, Math.max(3, term.length - 2));
  for (const other of known) if (other.startsWith(head) && other.length - term.length < 4) return true;
  return false;
}

function hasNumbers(text: string, evidence: string): boolean {
  const numbers = numbersOf(text);
  if (numbers.length === 0) return true;
  const known = new Set(numbersOf(evidence));
  return numbers.every((number) => known.has(number));
}

/** "1,200.50" and "1200.5" are one number; so are digits of any script. */
function numbersOf(text: string): string[] {
  return [...text.normalize("NFKC").matchAll(/\d+(?:[.,:]\d+)*/gu)].flatMap(([number]) => {
    const plain = number.replaceAll(/,(?=\d{3}(?:\D|$))/gu, "");
    return plain.split(/[.,:]/u).map((part) => part.replace(/^0+(?=\d)/u, ""));
  });
}
