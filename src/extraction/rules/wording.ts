import type { UnitContext } from "./unit-context.ts";
import { dateNotes, type ResolvedDate } from "./dates.ts";
import type { Subject } from "./discourse.ts";
import type { Clause } from "./parse-clause.ts";
import { rewrite, tidy } from "./rewrite.ts";
import type { Unit } from "./units.ts";
import { isWord } from "./tokens.ts";
import type { Token } from "./tokens.ts";
import { readVerb } from "./verbs.ts";
import { DETERMINERS } from "./words.ts";

export function wording(
  unit: Unit,
  range: readonly [number, number],
  context: UnitContext,
  dates: readonly ResolvedDate[],
  skip?: readonly (readonly [number, number])[],
): string {
  const { source, tokens, reading } = context;
  const { speaker } = reading;
  const replacements = new Map<number, string>();
  const agreeing = new Set<number>();
  unit.clauses.forEach((clause, index) => {
    const subject = unit.subjects[index] as Subject;
    if (clause.range.inheritsSubject) {
      if (clause.subject === "i" && clause.modality === "" && !isInfinitive(clause, unit.clauses[index - 1]))
        agreeing.add(finiteIndex(clause));
      return;
    }
    const pronoun = tokens[clause.subjectFrom];
    if (subject.kind === "person" && subject.isPronoun) replacements.set(clause.subjectFrom, subject.person.display);
    if (subject.kind === "thing" && subject.isPronoun && index === 0)
      replacements.set(
        clause.subjectFrom,
        subject.isOwned ? `${speaker.label}'s ${subject.phrase}` : `The ${subject.phrase}`,
      );
    if (subject.kind === "thing" && !subject.isPronoun && pronoun !== undefined && /^(?:his|her)$/u.test(pronoun.lower))
      replacements.set(
        clause.subjectFrom,
        subject.owner === speaker.key && subject.phrase.endsWith(" name")
          ? `${speaker.label}'s ${subject.phrase.slice(0, -" name".length)}'s`
          : `${subject.owner.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase())}'s`,
      );
  });
  const first = unit.clauses[0] as Clause;
  const isLeftOut = first.range.inheritsSubject || (first.subjectFrom === first.subjectTo && first.subject === "i");
  let prefix = "";
  if (isLeftOut) {
    const owner = unit.subjects[0] as Subject;
    if (owner.kind === "person") prefix = owner.person.display;
    else if (owner.kind === "thing")
      prefix = `${owner.isOwned && !/^(?:my|our|the) /u.test(owner.phrase) ? `${speaker.label}'s ` : ""}${owner.phrase.replace(/^(?:my|our) /u, `${speaker.label}'s `)}`;
    else prefix = first.subject === "we" ? `${speaker.label} and others` : speaker.label;
    agreeing.delete(first.verbIndex);
    const isBareGerund = first.form === "gerund" && !first.range.inheritsSubject;
    if (tokens[first.start]?.lower === "been") prefix += " has";
    else if (first.range.inheritsCopula || isBareGerund) prefix += first.subject === "we" ? " are" : " is";
    else if (tokens[first.start]?.lower === "gonna") prefix += " is";
  }
  const offset = tokens[range[0]]?.start ?? 0;
  const notes = dateNotes(
    dates.filter((date) => date.end > offset),
    "en",
  );
  return tidy(
    rewrite({
      source,
      tokens,
      from: range[0],
      to: range[1],
      speaker,
      addressee: reading.addressee,
      prefix,
      agreeing,
      replacements,
      notes,
      ...(skip === undefined ? {} : { skip }),
    }),
  );
}

export function annotate(text: string, dates: readonly ResolvedDate[], source: string): string {
  let result = text;
  for (const { phrase, text: note } of dates.map((date, index) => ({
    phrase: source.slice(date.start, date.end),
    text: dateNotes(dates, "en")[index]?.text ?? "",
  }))) {
    if (note !== "") result = result.replace(phrase, `${phrase} ${note}`);
  }
  return tidy(result);
}

/** "I hope to help and inspire others": the second verb goes on with the infinitive. */
function isInfinitive(clause: Clause, before: Clause | undefined): boolean {
  if (before === undefined || clause.form !== "base") return false;
  for (let index = before.verbIndex + 1; index < before.end; index += 1)
    if (clause.tokens[index]?.lower === "to" && isVerbBehind(clause.tokens[index + 1], clause.tokens[index + 2]))
      return true;
  return false;
}

/** After "to": a known verb, or an unknown word that something follows ("to showcase local talent"). */
function isVerbBehind(token: Token | undefined, after: Token | undefined): boolean {
  const word = token?.lower ?? "";
  if (readVerb(word)?.form === "base") return true;
  return /^\p{Ll}+$/u.test(token?.text ?? "") && !DETERMINERS.has(word) && isWord(after) && after?.lower !== "and";
}

/** The word that agrees: "do" of "and don't laugh", else the verb itself. */
function finiteIndex(clause: Clause): number {
  for (let index = clause.start; index < clause.verbIndex; index += 1)
    if (/^(?:do|have|'ve|am|'m)$/u.test(clause.tokens[index]?.lower ?? "")) return index;
  return clause.verbIndex;
}
