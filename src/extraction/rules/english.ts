import type { ChangeCue } from "../../domain/extracted-fact.ts";
import { normalizeEntityName } from "../../domain/entity.ts";
import { splitClauses } from "./clauses.ts";
import { cueOf, endsValue } from "./cues.ts";
import { readAside } from "./asides.ts";
import { clockTime, dateNotes, eventTime, findDates, isoValue, type EventTime, type ResolvedDate } from "./dates.ts";
import type { Discourse, Origin, Subject } from "./discourse.ts";
import type { Draft } from "./draft.ts";
import { contentCount, isChatter, leadLength, sentenceForm } from "./gate.ts";
import { readInstruction } from "./instructions.ts";
import type { Reading } from "./reading.ts";
import { findMentions } from "./mentions.ts";
import { parseClause, type Clause } from "./parse-clause.ts";
import { isPlainFact } from "./plain.ts";
import { rewrite, tidy } from "./rewrite.ts";
import type { Sentence } from "./sentences.ts";
import { single, type Slot } from "./slot.ts";
import { nameInSubject } from "./slots-possession.ts";
import { endedThing, slotsOf } from "./slots.ts";
import { labelled } from "./slots-thing.ts";
import type { Speaker } from "./speaker.ts";
import { statementBeforeQuestion, statementLength } from "./tails.ts";
import { isCapitalized, tokenize, type Token } from "./tokens.ts";
import { STOP_WORDS } from "./words.ts";
import { isCommitment } from "./commitments.ts";

interface Unit {
  readonly clauses: Clause[];
  readonly subjects: Subject[];
  /** `isNaming`: the slot of a name in passing ("my boss Henrike is leaving"), beside what the sentence says. */
  readonly slots: { slot: Slot; clause: Clause; subject: Subject; isNaming?: boolean }[];
  isHypothetical: boolean;
}

/** The facts of one English sentence. */
export function readEnglish(sentence: Sentence, reading: Reading): Draft[] {
  const { speaker } = reading;
  const head = sentence.text.endsWith("?") ? statementBeforeQuestion(sentence.text) : undefined;
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
  if (form !== "statement") return [];

  const lead = leadLength(wholeLower);
  const length = speaker.standing === "peer" ? lead + statementLength(wholeLower.slice(lead)) : wholeLower.length;
  const source = sentence.text.slice(lead, length);
  const lower = wholeLower.slice(lead, length);
  if (isChatter(lower)) return [];
  const tokens = source.length === sentence.text.length ? wholeTokens : tokenize(source);
  if (tokens.length < 2) return [];
  if (speaker.standing === "assistant" && !isCommitment(lower)) return [];
  const at = { start: sentence.start + lead, end: sentence.start + length };
  const dates = findDates(source, reading.saidAt, "en");

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
  const units = groupClauses(tokens, reading, { messageId: reading.messageId, start: at.start, end: at.end });
  const drafts: Draft[] = [];
  for (const unit of units) drafts.push(...readUnit(unit, { source, tokens, lower: wholeLower, at, dates, reading }));
  return drafts;
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

function groupClauses(tokens: readonly Token[], reading: Reading, origin: Origin): Unit[] {
  const { discourse, speaker } = reading;
  const units: Unit[] = [];
  let previous: Clause | undefined;
  let isOpen = false;
  for (const range of splitClauses(tokens)) {
    const clause = parseClause(tokens, range, previous);
    if (clause === undefined) continue;
    const subject = clause.subject === "none" ? ({ kind: "unknown" } as const) : discourse.resolve(clause, speaker);
    const isSubordinate =
      /^(?:because|since|if|unless|although|though|while|when|whenever|after|before|until|once|whereas|which|who|whether|where|cause|cuz)$/u.test(
        range.joint,
      );
    const isHypothetical = range.joint === "if" || range.joint === "unless" || range.joint === "whether";
    const slots =
      isHypothetical ||
      /^(?:which|who|where|when|whenever|before|until|once)$/u.test(range.joint) ||
      /^(?:which|who|whose)$/u.test(tokens[clause.start]?.lower ?? "")
        ? []
        : slotsOf(clause, subject).length > 0
          ? slotsOf(clause, subject)
          : (endedThing(clause) ?? successor(clause, units.at(-1)?.slots.at(-1)?.slot) ?? []);
    const named = clause.subject === "noun" && !range.inheritsSubject ? nameInSubject(clause) : undefined;
    if (named !== undefined)
      discourse.relations.set(`${speaker.key} ${named.slot.attribute.replace(/^(?:family|pet):/u, "")}`, {
        name: named.name,
        origin,
      });
    remember(discourse, clause, subject, slots, speaker, origin);
    const isBare =
      clause.verb === "" ||
      clause.subject === "it" ||
      clause.subject === "this" ||
      clause.subject === "there" ||
      (clause.subject !== "i" && clause.subject !== "we" && clause.subject !== "noun" && subject.kind === "unknown");
    const hasOwnWeight =
      slots.length > 0 ||
      (!isBare && !isSubordinate && !range.inheritsSubject && isPlainFact(clause, subject, reading.speaker));
    const current = units.at(-1);
    if (
      current !== undefined &&
      (isOpen || !hasOwnWeight || (isSubordinate && current.slots.length === 0 && slots.length === 0))
    ) {
      current.clauses.push(clause);
      current.subjects.push(subject);
    } else units.push({ clauses: [clause], subjects: [subject], slots: [], isHypothetical: false });
    const unit = units.at(-1) as Unit;
    if (isHypothetical) unit.isHypothetical = true;
    if (named !== undefined)
      unit.slots.push({ slot: named.slot, clause, subject: { kind: "speaker", key: speaker.key }, isNaming: true });
    for (const slot of slots) unit.slots.push({ slot, clause, subject });
    // A clause that opens with a subordinator belongs to the one behind it.
    isOpen = units.length === 1 && unit.clauses.length === 1 && isSubordinate && range.from < 3 && slots.length === 0;
    previous = clause;
  }
  return units;
}

/** "I don't work at Acme anymore, I'm at Globex": what follows an end takes its place. */
function successor(clause: Clause, ended: Slot | undefined): Slot[] | undefined {
  if (ended?.cue !== "end" || ended.cardinality !== "single" || clause.verb !== "be" || clause.isNegated)
    return undefined;
  const match = /^(?:now )?(?:at|with|in|on|an?) (.{2,40}?)(?: now| these days| instead)*$/u.exec(clause.rest);
  const isNamed = clause.tokens.slice(clause.restFrom, clause.end).some((token) => isCapitalized(token));
  if (match?.[1] === undefined || (!isNamed && !ended.attribute.startsWith("status:"))) return undefined;
  return single(ended.attribute, match[1], { cue: "change" });
}

/** Keeps what later pronouns may stand for. */
function remember(
  discourse: Discourse,
  clause: Clause,
  subject: Subject,
  slots: readonly Slot[],
  speaker: Speaker,
  origin: Origin,
): void {
  if (subject.kind === "person" && !subject.isPronoun) discourse.person = { ...subject.person, origin };
  else if (subject.kind === "thing" && !subject.isPronoun)
    discourse.thing = {
      phrase: subject.phrase.replace(/^(?:the|my|our) /u, ""),
      owner: subject.owner,
      isOwned: subject.isOwned,
      isName: subject.isName,
      origin,
    };
  // "Ramen used to be my favourite food, now it's pho": "it" is what the value was said of.
  const predicate = /^(?:now )?(?:my|our) ([\p{L} ]{3,40}?)(?: now| these days| anymore| any more)*$/u.exec(
    clause.rest,
  )?.[1];
  if (clause.subject === "noun" && predicate !== undefined && /^(?:be|become)$/u.test(clause.verb) && slots.length > 0)
    discourse.thing = { phrase: predicate, owner: speaker.key, isOwned: true, isName: false, origin };
  for (const slot of slots) {
    const relation = /^(?:family|pet):(.+)$/u.exec(slot.attribute)?.[1];
    if (relation === undefined || slot.cue === "end") continue;
    const name = slot.value.replaceAll(/(^|[\s-])\p{Ll}/gu, (letter) => letter.toUpperCase());
    const isFemale = /^(?:sister|mother|daughter|grandmother|aunt|niece)/u.test(relation);
    const isMale = /^(?:brother|father|son|grandfather|uncle|nephew)/u.test(relation);
    discourse.relations.set(`${speaker.key} ${relation}`, { name, origin });
    discourse.person = {
      key: slot.value,
      display: name,
      gender: isFemale ? "female" : isMale ? "male" : "unknown",
      origin,
    };
  }
  if (clause.subject === "i" || clause.subject === "we") {
    const match = /\b(?:my|our) ([\p{L}-]+)(?: (\p{L}+))?/u.exec(clause.rest);
    const index =
      match?.[2] === undefined
        ? -1
        : clause.tokens.findIndex((token) => token.lower === match[2] && isCapitalized(token));
    if (match?.[1] !== undefined && index >= 0 && slots.length === 0) {
      const name = clause.tokens[index]?.text ?? "";
      if (
        /^(?:sister|brother|friend|mother|mom|mum|dad|father|wife|husband|boss|manager|son|daughter|cousin|aunt|uncle|partner|girlfriend|boyfriend|colleague|roommate|neighbor|niece|nephew|dog|cat)$/u.test(
          match[1],
        )
      ) {
        const gender = /^(?:sister|mother|mom|mum|wife|daughter|aunt|girlfriend|niece)$/u.test(match[1])
          ? "female"
          : /^(?:brother|dad|father|husband|son|uncle|boyfriend|nephew)$/u.test(match[1])
            ? "male"
            : "unknown";
        discourse.person = { key: name.toLowerCase(), display: name, gender, origin };
      }
    }
  }
}

interface UnitContext {
  readonly source: string;
  readonly tokens: readonly Token[];
  readonly lower: string;
  readonly at: { readonly start: number; readonly end: number };
  readonly dates: readonly ResolvedDate[];
  readonly reading: Reading;
}

function readUnit(unit: Unit, context: UnitContext): Draft[] {
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
    if (!isWorth || words < 4) {
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

/** Where the statement's pronoun or known relative is named. */
function originsOf(subject: Subject): { also?: readonly Origin[] } {
  const origin =
    subject.kind === "person" ? subject.person.origin : subject.kind === "thing" ? subject.origin : undefined;
  return origin === undefined ? {} : { also: [origin] };
}

function skipOthers(slot: Slot, unit: Unit): (readonly [number, number])[] | undefined {
  if (slot.item === undefined) return undefined;
  const { from, to, listFrom, listTo } = slot.item;
  const outside = unit.clauses[0]?.tokens[listTo]?.lower;
  // What stands behind the list goes with its last item only, unless it is a phrase of its own.
  return outside === undefined
    ? [
        [listFrom, from],
        [to, listTo],
      ]
    : [
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

function wording(
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
      if (clause.subject === "i" && clause.modality === "") agreeing.add(clause.verbIndex);
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
    if (first.range.inheritsCopula || isBareGerund) prefix += first.subject === "we" ? " are" : " is";
    else if (tokens[first.start]?.lower === "gonna") prefix += " is";
    else if (tokens[first.start]?.lower === "been") prefix += " has";
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

function annotate(text: string, dates: readonly ResolvedDate[], source: string): string {
  let result = text;
  for (const { phrase, text: note } of dates.map((date, index) => ({
    phrase: source.slice(date.start, date.end),
    text: dateNotes(dates, "en")[index]?.text ?? "",
  }))) {
    if (note !== "") result = result.replace(phrase, `${phrase} ${note}`);
  }
  return tidy(result);
}

interface SlotDraftInput {
  readonly slot: Slot;
  readonly text: string;
  readonly clauseLower: string;
  readonly sentenceLower: string;
  readonly subject: string;
  readonly dates: readonly ResolvedDate[];
  readonly tokens: readonly Token[];
  readonly source: string;
  readonly range: readonly [number, number];
  readonly at: { readonly start: number; readonly end: number };
  readonly reading: Reading;
  readonly confidence: number;
  readonly also?: readonly Origin[];
}

const SCHEDULED = /^(?:schedule|deadline|birthday|end)(?::|$)/u;

function slotDraft(input: SlotDraftInput): Draft {
  const { slot, text, clauseLower, sentenceLower, dates, tokens, source, range, at, reading } = input;
  const isScheduled = SCHEDULED.test(slot.attribute);
  const cue = chooseCue(slot, sentenceLower, clauseLower);
  const value = isScheduled && cue !== "end" ? scheduleValue(slot, dates) : slot.value;
  // The time of a scheduled thing is its value: it is scheduled from the moment it was said.
  let time: EventTime = {};
  if (!isScheduled) time = eventTime(dates, clauseLower, slot.isPast === true ? "past" : "state", reading.saidAt);
  if (cue === "end" && slot.isPast !== true && time.validFrom !== undefined && time.validTo === undefined)
    time = { validTo: time.validFrom, granularity: time.granularity ?? "day" };
  const mentions = findMentions(source, tokens, range[0], range[1], {
    attribute: slot.attribute,
    value: slot.value,
    people: reading.people,
  });
  return {
    text,
    kind: "fact",
    subject:
      slot.isSpeakers === true
        ? reading.speaker.standing === "assistant"
          ? "user"
          : reading.speaker.key
        : input.subject,
    slot: { ...slot, value },
    cue,
    time,
    start: at.start,
    end: at.end,
    mentions: withSpeaker(mentions, reading.speaker),
    confidence: input.confidence,
    ...(input.also === undefined || input.also.length === 0 ? {} : { also: input.also }),
  };
}

function scheduleValue(slot: Slot, dates: readonly ResolvedDate[]): string {
  if (/\b(?:every|each|mondays|tuesdays|wednesdays|thursdays|fridays|saturdays|sundays)\b/u.test(slot.value))
    return slot.value;
  const own = dates.filter((date) =>
    slot.value.includes(date.phrase.toLowerCase().replace(/^(?:on|at|in|by|the) /u, "")),
  );
  return isoValue(slot.value, own) ?? (own.length === 0 ? clockTime(`at ${slot.value}`) : undefined) ?? slot.value;
}

function chooseCue(slot: Slot, sentenceLower: string, clauseLower: string): ChangeCue {
  const spoken = cueOf(sentenceLower);
  if (slot.cue === "end") return "end";
  if (spoken === "correction") return "correction";
  if (slot.cue !== undefined && slot.cue !== "none") return slot.cue;
  if (
    endsValue(clauseLower) &&
    /\bnot\b|n't|no longer/u.test(clauseLower) &&
    slot.cue === undefined &&
    spoken === "change"
  )
    return "change";
  return spoken;
}

function confidenceOf(unit: Unit, subject: Subject): number {
  let confidence = 0.9;
  if (subject.kind !== "speaker" && subject.kind !== "unknown" && subject.isPronoun) confidence -= 0.15;
  const first = unit.clauses[0];
  if (first !== undefined && first.subjectFrom === first.subjectTo && !first.range.inheritsSubject) confidence -= 0.1;
  return confidence;
}

function plainDraft(
  text: string,
  main: Clause,
  subject: Subject,
  context: UnitContext & { range: readonly [number, number]; clauseLower: string; unitDates: readonly ResolvedDate[] },
): Draft {
  const { reading, tokens, source, range, clauseLower, unitDates, at } = context;
  const key = subject.kind === "person" ? subject.person.key : reading.speaker.key;
  const isEvent = main.isPast || main.modality === "will" || main.isPerfect || main.isProgressive;
  const start = at.start + (tokens[range[0]]?.start ?? 0);
  const end = at.start + (tokens[range[1] - 1]?.end ?? source.length);
  const isPronoun = subject.kind === "person" && subject.isPronoun;
  return {
    text,
    kind: "fact",
    subject: key,
    cue: "none",
    time: plainTime(unitDates, clauseLower, isEvent, reading.saidAt),
    start,
    end,
    mentions: withSpeaker(
      findMentions(source, tokens, range[0], range[1], { people: reading.people }),
      reading.speaker,
    ),
    confidence: (reading.speaker.standing === "assistant" ? 0.7 : 0.65) - (isPronoun ? 0.15 : 0),
    ...originsOf(subject),
  };
}

/** A plan is known from when it is told, not from when it comes true. */
function plainTime(dates: readonly ResolvedDate[], lower: string, isEvent: boolean, saidAt: number): EventTime {
  if (dates.length === 0) return {};
  const time = eventTime(dates, lower, isEvent ? "event" : "state", saidAt);
  return time.validFrom !== undefined && time.validFrom > saidAt ? {} : time;
}

function instructionDraft(
  instruction: { text: string; slot?: Slot; confidence: number },
  sentence: Sentence,
  lower: string,
  tokens: readonly Token[],
  reading: Reading,
): Draft {
  const { speaker } = reading;
  const own = instruction.text
    .replaceAll(/\bmy\b/giu, "their")
    .replaceAll(/\b(?:me|us)\b/giu, "them")
    .replaceAll(/\bI\b/gu, "they")
    .replaceAll(/\bour\b/giu, "their")
    .replaceAll(/\byour\b/giu, "the assistant's");
  return {
    text: tidy(`${speaker.label} ${own}`),
    kind: "instruction",
    subject: speaker.key,
    ...(instruction.slot === undefined ? {} : { slot: instruction.slot }),
    cue: instruction.slot?.cue ?? (cueOf(lower) === "change" ? "change" : "none"),
    time: {},
    start: sentence.start,
    end: sentence.end,
    mentions: withSpeaker(
      findMentions(sentence.text, tokens, 0, tokens.length, {
        people: reading.people,
        ...(instruction.slot === undefined
          ? {}
          : { attribute: instruction.slot.attribute, value: instruction.slot.value }),
      }),
      speaker,
    ),
    confidence: instruction.confidence,
  };
}

function withSpeaker(mentions: Draft["mentions"], speaker: Speaker): Draft["mentions"] {
  if (!speaker.isNamed || mentions.some(({ name }) => normalizeEntityName(name) === speaker.key)) return mentions;
  return [{ name: speaker.label, type: "person" }, ...mentions];
}
