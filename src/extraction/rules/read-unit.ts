import { findOpenSince } from "../../text/durations.ts";
import { findRecurrence } from "../../text/recurrence.ts";
import { findDates, type ResolvedDate } from "./dates.ts";
import type { Subject } from "./discourse.ts";
import type { Draft } from "./draft.ts";
import { contentCount } from "./gate.ts";
import type { Clause } from "./parse-clause.ts";
import { plainDraft } from "./plain-draft.ts";
import { isPlainFact } from "./plain.ts";
import { tidy } from "./rewrite.ts";
import { SCHEDULED, slotDraft } from "./slot-draft.ts";
import type { Slot } from "./slot.ts";
import type { Speaker } from "./speaker.ts";
import { type UnitContext, originsOf } from "./unit-context.ts";
import type { Unit } from "./units.ts";
import { wording } from "./wording.ts";
import { DETERMINERS, STOP_WORDS } from "./words.ts";

export function readUnit(unit: Unit, context: UnitContext): Draft[] {
  const { reading, source, tokens, dates, at } = context;
  if (
    unit.isHypothetical &&
    unit.clauses.some((clause) => clause.modality === "would" || clause.modality === "might" || clause.isPast)
  )
    return [];
  const isPlain = unit.slots.every(({ isNaming }) => isNaming === true);
  if (unit.isHypothetical && isPlain) return [];
  const main =
    unit.clauses.find((clause, index) => isPlainFact(clause, unit.subjects[index] as Subject, reading.speaker)) ??
    unit.clauses[0];
  if (main === undefined) return [];
  let isSaid = isPlain;
  if (isPlain) {
    const mainIndex = unit.clauses.indexOf(main);
    const isWorth = isPlainFact(main, unit.subjects[mainIndex] as Subject, reading.speaker);
    const words = unit.clauses.reduce(
      (sum, clause) => sum + contentCount(tokens, clause.start, clause.end, STOP_WORDS),
      0,
    );
    // What an assistant commits to is short: "I booked the flight". So is what names its time: "I met Ines in 2019".
    const isShortWorth = reading.speaker.standing === "assistant" || isTimed(unit, context);
    if (!isWorth || words < (isShortWorth ? 2 : 4)) {
      if (unit.slots.length === 0) return [];
      isSaid = false;
    }
  }
  const first = unit.clauses[0] as Clause;
  const last = unit.clauses.at(-1) as Clause;
  const range: [number, number] = [first.start, last.end];
  const start = tokens[range[0]]?.start ?? 0;
  const end = tokens[range[1] - 1]?.end ?? source.length;
  const isAhead =
    unit.slots.some(({ slot }) => SCHEDULED.test(slot.attribute)) || BOOKING.test(source.slice(start, end));
  const inside = dates.filter((date) => date.start >= start - 1 && date.end <= end + 1);
  const unitDates = isAhead ? inside.map((date) => ahead(date, reading.saidAt)) : inside;
  const clauseLower = source.slice(start, end).toLowerCase().replaceAll("’", "'");
  const say = (skip?: readonly (readonly [number, number])[]): string => wording(unit, range, context, unitDates, skip);
  const drafts: Draft[] = [];
  if (isSaid) {
    const subject = unit.subjects[unit.clauses.indexOf(main)] as Subject;
    const text = say();
    if (text !== "") drafts.push(plainDraft(text, main, subject, { ...context, range, clauseLower, unitDates }));
  }
  const used = new Set<string>();
  for (const { slot, subject } of unit.slots) {
    const key =
      subject.kind === "person"
        ? subject.person.key
        : subject.kind === "thing"
          ? subject.owner
          : reading.speaker.standing === "assistant"
            ? "user"
            : reading.speaker.key;
    let text =
      slot.text === undefined
        ? (shortened(slot, unit, range, context, unitDates) ?? say(skipOthers(slot, unit)))
        : slot.text.replaceAll("{S}", reading.speaker.label);
    if (used.has(text)) text = shortText(slot, subject, source, reading.speaker);
    if (text === "" || used.has(text)) continue;
    used.add(text);
    drafts.push(
      slotDraft({
        slot,
        text,
        clauseLower,
        sentenceLower: context.lower,
        subject: key === "assistant" ? "user" : key,
        dates: unitDates,
        tokens,
        source,
        range,
        at: { start: at.start + start, end: at.start + end },
        reading,
        confidence: confidenceOf(unit, subject),
        also: originsOf(unit.subjects[0] as Subject).also ?? originsOf(subject).also ?? [],
      }),
    );
  }
  return drafts;
}

/** A clause with a time of its own: a day other than the one on which it is said, since when, or how often. */
function isTimed(unit: Unit, { source, tokens, dates, reading }: UnitContext): boolean {
  const from = tokens[unit.clauses[0]?.start ?? 0]?.start ?? 0;
  const to = tokens[(unit.clauses.at(-1)?.end ?? 1) - 1]?.end ?? source.length;
  const said = reading.saidAt;
  const clause = source.slice(from, to);
  return (
    dates.some((date) => date.start >= from && date.end <= to && (date.to <= said || date.from > said)) ||
    findOpenSince(clause, said) !== undefined ||
    findRecurrence(clause) !== undefined
  );
}

const BOOKING = /\b(?:booked|reserved|scheduled|rescheduled|appointment|reminder|remind)\b/iu;

/** "The meeting moved to Friday" speaks in the past of a Friday to come. */
function ahead(date: ResolvedDate, saidAt: number): ResolvedDate {
  if (date.to > saidAt || /\b(?:last|ago|yesterday|past|previous)\b|\d{4}/iu.test(date.phrase)) return date;
  const [found] = findDates(`It is due ${date.phrase}.`, saidAt, "en");
  return found === undefined ? date : { ...date, from: found.from, to: found.to, granularity: found.granularity };
}

/** Two slots of one clause need two texts: one of them ends with its value, "works at Siemens" of "… as an engineer". */
function shortened(
  slot: Slot,
  unit: Unit,
  range: readonly [number, number],
  context: UnitContext,
  dates: readonly ResolvedDate[],
): string | undefined {
  const siblings = unit.slots.filter((entry) => entry.slot.text === undefined && entry.slot.item === undefined);
  if (siblings.length < 2 || slot.item !== undefined) return undefined;
  const words = slot.value.split(" ");
  for (let index = range[0]; index + words.length < range[1]; index += 1) {
    if (words.every((word, offset) => context.tokens[index + offset]?.lower === word))
      return wording(unit, [range[0], index + words.length], context, dates);
  }
  return undefined;
}

function skipOthers(slot: Slot, unit: Unit): (readonly [number, number])[] | undefined {
  if (slot.item === undefined) return undefined;
  const { from, to, listTo } = slot.item;
  const tokens = unit.clauses[0]?.tokens ?? [];
  // "A pup and a kitty": the second brings an article of its own.
  const hasTwo = [tokens[slot.item.listFrom - 1], tokens[from]].every((token) => DETERMINERS.has(token?.lower ?? ""));
  const listFrom = hasTwo ? slot.item.listFrom - 1 : slot.item.listFrom;
  return [
    [listFrom, from],
    [to, listTo],
  ];
}

function shortText(slot: Slot, subject: Subject, source: string, speaker: Speaker): string {
  const who = subject.kind === "person" ? subject.person.display : speaker.label;
  const at = source.toLowerCase().indexOf(slot.value);
  const value = at < 0 ? slot.value : source.slice(at, at + slot.value.length);
  return tidy(
    `${who}'s ${slot.attribute
      .replaceAll("_", " ")
      .replace(/^(?:family|favorite|pet):/u, "")
      .replace(/^(.+):(.+)$/u, "$2 $1")} is ${value}`,
  );
}

function confidenceOf(unit: Unit, subject: Subject): number {
  let confidence = 0.9;
  if (subject.kind !== "speaker" && subject.kind !== "unknown" && subject.isPronoun) confidence -= 0.15;
  const first = unit.clauses[0];
  if (first !== undefined && first.subjectFrom === first.subjectTo && !first.range.inheritsSubject) confidence -= 0.1;
  return confidence;
}
