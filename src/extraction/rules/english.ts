import type { UnitContext } from "./unit-context.ts";
import { readAside } from "./asides.ts";
import { findRecurrence } from "../../text/recurrence.ts";
import { isCommitment } from "./commitments.ts";
import { dateNotes, findDates } from "./dates.ts";
import type { Draft } from "./draft.ts";
import { isChatter, leadLength, sentenceForm } from "./gate.ts";
import { instructionDraft } from "./instruction-draft.ts";
import { readInstruction } from "./instructions.ts";
import { readUnit } from "./read-unit.ts";
import type { Reading } from "./reading.ts";
import { rewrite, tidy } from "./rewrite.ts";
import { rememberQuestion } from "./remember.ts";
import type { Sentence } from "./sentences.ts";
import { slotDraft } from "./slot-draft.ts";
import type { Slot } from "./slot.ts";
import { labelled } from "./slots-task.ts";
import type { Tie, Ties } from "./tie.ts";
import { readTies } from "./ties.ts";
import { statementBeforeQuestion, statementLength } from "./tails.ts";
import { tokenize } from "./tokens.ts";
import { groupClauses, joinSuccessors } from "./units.ts";
import { annotate } from "./wording.ts";

/** A question that tells: "Did I mention that Rita is my cousin?" */
const TOLD =
  /^(?:(?:and|oh|hey|so|btw)[, ]+)*(?:did i (?:ever |already )?(?:mention|tell you|say)|have i (?:ever |already )?(?:mentioned|told you|said)|did you know(?= (?:that )?(?:my|our|i|we)\b))(?: that)? (?=(?:my|our|i|we)\b|\p{Lu})/iu;

/** The facts of one English sentence. */
export function readEnglish(sentence: Sentence, reading: Reading): Draft[] {
  const { speaker } = reading;
  const head = sentence.text.endsWith("?") ? statementBeforeQuestion(sentence.text) : undefined;
  const told = sentence.text.endsWith("?") ? TOLD.exec(sentence.text)?.[0].length : undefined;
  if (told !== undefined)
    return readEnglish(
      { ...sentence, text: sentence.text.slice(told, -1), start: sentence.start + told, end: sentence.end - 1 },
      reading,
    );
  // What leads up to a question is often only its occasion ("I'm trying to …"): a filled slot is more than that.
  if (head !== undefined)
    return readEnglish({ ...sentence, text: head, end: sentence.start + head.length }, reading).filter(
      ({ slot, kind }) => slot !== undefined && kind === "fact",
    );
  const wholeLower = sentence.text.toLowerCase().replaceAll("’", "'");
  const wholeTokens = tokenize(sentence.text);
  const form = sentenceForm(sentence.text, wholeLower, wholeTokens);
  if (form === "injection" || form === "quote" || form === "code") return [];
  if (speaker.standing === "peer" && !(form === "statement" && isCorrectedAddress(sentence.text))) {
    const instruction = readInstruction(sentence.text, wholeLower);
    if (instruction !== undefined) return [instructionDraft(instruction, sentence, wholeLower, wholeTokens, reading)];
  }
  if (form === "question" && speaker.standing === "peer")
    rememberQuestion(reading.discourse, sentence.text.trim(), speaker, {
      messageId: reading.messageId,
      start: sentence.start,
      end: sentence.end,
    });
  if (form !== "statement") return [];

  const lead = leadLength(wholeLower);
  const length = speaker.standing === "peer" ? lead + statementLength(wholeLower.slice(lead)) : wholeLower.length;
  const source = sentence.text.slice(lead, length);
  const lower = wholeLower.slice(lead, length);
  const tokens = source.length === sentence.text.length ? wholeTokens : tokenize(source);
  if (tokens.length < 2) return [];
  const tied = speaker.standing === "peer" ? (readTies(source) ?? tiesOfPronoun(source, reading)) : undefined;
  const isAboutThat =
    reading.discourse.thing !== undefined && /^that(?:'s| is) .* (?:now|these days)[.!]?$/u.test(lower);
  // "That was Kurt, my son, on the phone": talk that says who somebody is.
  const isTalk = isChatter(lower) && !isAboutThat;
  if (isTalk && tied === undefined) return [];
  if (speaker.standing === "assistant" && !isCommitment(lower)) return [];
  const at = { start: sentence.start + lead, end: sentence.start + length };
  const dates = datesOf(source, reading.saidAt);

  const label = speaker.standing === "peer" ? labelled(source) : undefined;
  if (label !== undefined && label.length > 0) {
    const [slot] = label as [Slot];
    const phrase = source
      .replace(/^(?:my|our|the) /iu, "")
      .replace(/^\p{Lu}(?=\p{Ll})/u, (letter) => letter.toLowerCase());
    return [
      slotDraft({
        slot,
        text: annotate(`${speaker.label}'s ${phrase}`, dates, source),
        clauseLower: lower,
        sentenceLower: wholeLower,
        subject: speaker.key,
        dates,
        tokens,
        source,
        range: [0, tokens.length],
        at,
        reading,
        confidence: 0.8,
      }),
    ];
  }
  const aside = speaker.standing === "peer" ? readAside(source) : undefined;
  if (aside !== undefined) return [asideDraft(aside, { source, tokens, lower: wholeLower, at, dates, reading })];
  if (tied !== undefined) {
    const context = { source, tokens, lower: wholeLower, at, dates, reading };
    const drafts = tied.ties.map((tie) => tieDraft(tie, context));
    if (tied.rest === undefined || isTalk) return drafts;
    return [...drafts, ...readUnits(tied.rest, { ...context, tokens: tokenize(tied.rest) })];
  }
  return readUnits(source, { source, tokens, lower: wholeLower, at, dates, reading });
}

/** "She is my cousin", "he's Tom's doctor", of the one whose name came before. */
function tiesOfPronoun(source: string, { discourse }: Reading): Ties | undefined {
  const { person } = discourse;
  if (person === undefined || !/^\p{Lu}[\p{L}-]+(?: \p{Lu}[\p{L}-]+)?$/u.test(person.display)) return undefined;
  const found = /^(he|she)(?= is |['’]s |['’]s? been | has been | was )/iu.exec(source);
  if (found === null || (person.gender !== "unknown" && (person.gender === "male") !== /^he$/iu.test(found[0])))
    return undefined;
  // The words that follow must be those of a tie and nothing more: what else is said has rules of its own.
  const ties = readTies(
    `${person.display} has been${source.slice(found[0].length).replace(/^(?:['’]s|['’]s been| is| was| has been)/u, "")}`,
  );
  return ties === undefined || ties.rest !== undefined
    ? undefined
    : { ties: ties.ties.map((tie) => ({ ...tie, origin: person.origin })), rest: undefined };
}

function readUnits(source: string, context: UnitContext): Draft[] {
  const { tokens, at, reading } = context;
  const units = groupClauses(tokens, reading, { messageId: reading.messageId, start: at.start, end: at.end });
  const drafts: Draft[] = [];
  for (const unit of joinSuccessors(units)) drafts.push(...readUnit(unit, { ...context, source }));
  return drafts;
}

/** The days that are named; "every second Tuesday" names none. */
function datesOf(source: string, saidAt: number): ReturnType<typeof findDates> {
  const dates = findDates(source, saidAt, "en");
  const words = dates.length === 0 ? undefined : findRecurrence(source)?.words;
  if (words === undefined) return dates;
  const from = source.indexOf(words);
  return dates.filter(({ start, end }) => end <= from || start >= from + words.length);
}

function tieDraft(
  { owner, word, name, slot, origin }: Tie,
  { source, tokens, lower, at, dates, reading }: UnitContext,
): Draft {
  const { speaker } = reading;
  return slotDraft({
    slot,
    text:
      slot.attribute === "employer"
        ? `${owner ?? speaker.label} works at ${name}`
        : `${owner ?? speaker.label}'s ${word} is ${name}`,
    clauseLower: lower,
    sentenceLower: lower,
    subject: owner === undefined ? speaker.key : owner.toLowerCase(),
    dates,
    tokens,
    source,
    range: [0, tokens.length],
    at,
    reading,
    confidence: 0.9,
    also: origin === undefined ? [] : [origin],
  });
}

/** "Please use 555-0142 instead of 555-0187, that's my new number" is news, not a rule. */
function isCorrectedAddress(text: string): boolean {
  return /^(?:please )?(?:stop using|use|don't use|do not use) /iu.test(text) && readAside(text) !== undefined;
}

function asideDraft(slot: Slot, context: UnitContext): Draft {
  const { tokens, source, at, dates, reading } = context;
  const text = tidy(
    rewrite({
      source,
      tokens,
      from: 0,
      to: tokens.length,
      speaker: reading.speaker,
      addressee: reading.addressee,
      prefix: "",
      agreeing: new Set(),
      replacements: new Map(),
      notes: dateNotes(dates, "en"),
    }),
  );
  // A command has no room for the speaker's name: the slot says it.
  const named = text.includes(reading.speaker.label) ? text : `${reading.speaker.label}: ${text}`;
  return slotDraft({
    slot,
    text: named,
    clauseLower: context.lower,
    sentenceLower: context.lower,
    subject: reading.speaker.key,
    dates,
    tokens,
    source,
    range: [0, tokens.length],
    at,
    reading,
    confidence: 0.8,
  });
}
