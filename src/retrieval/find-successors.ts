import type { MemoryRecord } from "../domain/memory.ts";
import type { MemoryReference, TurnRow } from "../ports/memory-store.ts";
import { analyze } from "../text/analyze.ts";
import { inverseFrequency } from "./inverse-frequency.ts";
import type { RankedMemory } from "./rank.ts";
import {
  answerKind,
  asSaid,
  couldAnswer,
  givesValue,
  isAlikeValue,
  tellsOfAnEnd,
  tellsOnlyOfAnEnd,
} from "./answer-kinds.ts";
import { readAskedState, type AskedState } from "./asked-state.ts";
import { inFirstPerson, readClauses } from "./read-clauses.ts";
import { namesAskedSide, speaksOfAsked, type ToldBefore } from "./same-subject.ts";
import {
  deniesSomething,
  isRequest,
  movesSomewhere,
  saysHowThingsAre,
  namesIn,
  newThingsIn,
  saysWhatHoldsNow,
  speaksOfChange,
  statementsIn,
  tellsWhatHappened,
  tellsWherePut,
} from "./state-question.ts";
import { isNotSo, isOfOneDay, isPassing } from "./unsettled.ts";
import type { TurnIndex } from "./turn-index.ts";

/** A term in more statements than this is a topic of its own, and joins no two of them. */
const MOST_STATEMENTS = 6;
/** Share of the question's words in the older statement that the newer must hold too, where it says that it is a change. */
const CHANGED_SHARE = 0.5;
const SHORT_SHARE = 0.4;
const NOW_SHARE = 0.3;
const MOST_NOW_STATEMENTS = 4;
/** The same where nothing says so: then both must also be made alike. */
const ALIKE_SHARE = 0.8;
const ALIKE_WORDS = 0.5;
/** Terms that two statements may share without a topic in common: of change, of time, small figures. */
const SAYS_NO_TOPIC =
  /^(?:now|instead|new|old|still|chang\w*|switch\w*|mov\w*|last|next|week\w*|month\w*|year\w*|day\w*|today|tomorrow|yesterday|\d{1,2}|20\d\d|jan(?:uari|uary)|feb(?:ruari|ruary)|march|april|may|june|juli|july|august|septemb(?:er)?|octob(?:er)?|novemb(?:er)?|decemb(?:er)?|\w+day)$/u;
/** A longer message says several things, and its facts tell them apart. */
const SHORT_MESSAGE = 200;
/** More terms are a story. */
const SHORT_STATEMENT = 14;
/** Terms that stand beside many a value: units, titles, words for streets. */
const SAYS_NO_VALUE =
  /^(?:euro|pound|dollar|quid|kilo|kg|gram|mg|ml|litr|mile|km|metr|hour|minut|percent|room|road|street|avenu|lane|number|size|call|name|dr|mr|mrs|ms|prof|st|pm|am|user|go|goe|take|use|work|live|play)$/u;
/** So many statements that share a rare word with another are looked at. */
const MOST_LOOKED_AT = 12;

export interface Question {
  readonly text: string;
  readonly terms: ReadonlySet<string>;
  /** The slots that it asks for. */
  readonly attributes: readonly string[];
  readonly priorDocuments: number;
}

/** A hit with its words. */
export interface Told {
  readonly entry: RankedMemory;
  readonly stored: { readonly record: Pick<MemoryRecord, "text" | "attribute"> };
}

/**
 * Newer statements of the same speaker that share a rare word with one: what may have taken its place in words that
 * the question does not hold ("Jerome left, our contact is Tariq now"). Newest first.
 */
export function statementsBeside(
  anchor: TurnRow,
  index: TurnIndex,
  isServed: (memory: MemoryReference, kind: string) => boolean,
  /** Of what was said, nothing may be over: the message would bring it back. */
  stands: (memory: MemoryReference, kind: string) => boolean = isServed,
): readonly RankedMemory[] {
  const standsAt = (place: number): boolean => {
    const row = index.documents[place] as TurnRow;
    return stands(row.memory, row.kind);
  };
  const found = new Map<MemoryReference, TurnRow>();
  const told = new Set<MemoryReference>();
  for (const term of new Set(anchor.terms.split(" "))) {
    const places = placesOf(index, term);
    if (statementCount(index, places) > MOST_STATEMENTS) continue;
    const rows = places
      .map((place) => index.documents[place] as TurnRow)
      .filter((row) => row.saidAt > anchor.saidAt && isSameSpeaker(row, anchor) && isServed(row.memory, row.kind));
    for (const row of rows) {
      if (row.isTurn) continue;
      found.set(row.memory, row);
      for (const message of row.messages) told.add(message);
    }
    for (const row of rows) {
      if (!row.isTurn || told.has(row.memory)) continue;
      const facts = index.derived.get(row.memory) ?? [];
      if (facts.every((place) => standsAt(place))) found.set(row.memory, row);
    }
  }
  return [...found.values()]
    .filter((row) => !(row.isTurn && told.has(row.memory)))
    .toSorted((left, right) => right.saidAt - left.saidAt || right.memory - left.memory)
    .slice(0, MOST_LOOKED_AT)
    .map((row) => entryOf(row));
}

/**
 * The messages from which newer facts were drawn: a fact is a part of what was said, and the rest of it may tell what
 * it replaces ("I dropped Portuguese and picked up Italian"). Left out where a fact of it holds no more.
 */
export function messagesOf(
  facts: readonly TurnRow[],
  index: TurnIndex,
  isServed: (memory: MemoryReference, kind: string) => boolean,
): readonly RankedMemory[] {
  const wanted = new Set(facts.flatMap(({ isTurn, messages }) => (isTurn ? [] : messages)));
  if (wanted.size === 0) return [];
  return index.documents
    .filter(
      (row) =>
        row.isTurn && row.characters <= SHORT_MESSAGE && wanted.has(row.memory) && isServed(row.memory, row.kind),
    )
    .filter((row) =>
      (index.derived.get(row.memory) ?? []).every((place) => {
        const fact = index.documents[place] as TurnRow;
        return isServed(fact.memory, fact.kind);
      }),
    )
    .map((row) => entryOf(row));
}

function entryOf(row: TurnRow): RankedMemory {
  return { memory: row.memory, row, lexical: 0, dense: 0, slot: 0, prior: 1, raw: 0, own: 0 };
}

/** The fact of a message that can stand for it in an older one's place: not the part that tells what is over. */
export function factForMessage<Hit extends Told>(
  message: Hit,
  facts: readonly Hit[],
  older: Told,
  question: Question,
): Hit | undefined {
  const { values } = toldBefore(older, question);
  return facts.find(
    (fact) =>
      fact.entry.row.messages.includes(message.entry.memory) &&
      !fact.entry.row.terms.split(" ").some((term) => values.has(term)) &&
      maySucceed(fact, older, question),
  );
}

/**
 * Where a fact tells only what is over ("dropped Portuguese"), the other half of what was said: another fact of the
 * message, else the message itself.
 */
export function otherHalf<Hit extends Told>(ended: Hit, others: readonly Hit[], question: Question): Hit | undefined {
  const { row } = ended.entry;
  const { text } = ended.stored.record;
  if (row.isTurn || !tellsOnlyOfAnEnd(text)) return undefined;
  const halves = others.filter(
    ({ entry }) =>
      entry.memory !== ended.entry.memory &&
      (row.messages.includes(entry.memory) || entry.row.messages.some((message) => row.messages.includes(message))),
  );
  return (
    halves.find(
      (half) => !half.entry.row.isTurn && !tellsOfAnEnd(half.stored.record.text) && couldHold(half, question),
    ) ??
    halves.find(({ entry, stored }) => entry.row.isTurn && givesValue(stored.record.text, `${question.text} ${text}`))
  );
}

/** The newest of the statements that has taken the place of another, or undefined. */
export function newestSuccessor<Hit extends Told>(
  older: Hit,
  others: readonly Hit[],
  question: Question,
  index: TurnIndex,
): Hit | undefined {
  let newest: Hit | undefined;
  for (const newer of others) {
    const { row } = newer.entry;
    if (row.saidAt <= (newest ?? older).entry.row.saidAt || !isSameSpeaker(row, older.entry.row)) continue;
    if (isAboutOther(older.entry, newer.entry, question) || isOfOther(older, newer)) continue;
    if (statementsIn(newer.stored.record.text).some((statement) => takesThePlace(statement, older, question, index)))
      newest = newer;
  }
  return newest;
}

/** The slot asked for is filled by the older: what fills another slot is no answer. */
function isAboutOther(older: RankedMemory, newer: RankedMemory, { attributes }: Question): boolean {
  const { attribute } = newer.row;
  return attribute !== null && attributes.includes(older.row.attribute ?? "") && !attributes.includes(attribute);
}

/** One slot of two people: nobody's move takes the place of another's. */
function isOfOther({ stored: older }: Told, { stored: newer }: Told): boolean {
  const [left, right] = [older.record.attribute, newer.record.attribute];
  return left !== undefined && left.attribute === right?.attribute && left.subject !== right.subject;
}

/** Whether what was said later may be put in the place of what was said before, in any of its parts. */
export function maySucceed(newer: Told, older: Told, question: Question): boolean {
  return statementsIn(newer.stored.record.text).some((statement) => mayTakeThePlace(statement, older, question));
}

/** Whether a statement, whatever else was said, speaks of what is asked for and of what is so. */
export function couldHold({ stored: { record }, entry: { row } }: Told, question: Question): boolean {
  const asked = askedState(question, row.name);
  return (
    !isRequest(record.text) &&
    statementsIn(record.text).some((whole) => {
      const statement = asSaid(whole);
      const kind = answerKind(question.text);
      return (
        ((kind !== "person" && kind !== "colour") || couldAnswer(kind, statement, question.text)) &&
        !isNotSo(statement, asked.isOfPlans) &&
        !isOfOneDay(statement) &&
        !isPassing(statement) &&
        speaksOfAsked(statement, asked, undefined, row.name)
      );
    })
  );
}

/**
 * Whether a statement may be put in the place of an older one: it gives an answer of the kind asked for, speaks of the
 * same person and thing, and of what is so.
 */
function mayTakeThePlace(whole: string, older: Told, question: Question): boolean {
  const text = asSaid(older.stored.record.text);
  const statement = asSaid(whole);
  const { name } = older.entry.row;
  if (!couldAnswer(answerKind(question.text), statement, question.text)) return false;
  const asked = askedState(question, name);
  if (isNotSo(statement, asked.isOfPlans || isNotSo(text, false))) return false;
  if (isOfOneDay(statement) && !speaksOfChange(statement) && !tellsWhatHappened(statement)) return false;
  if (isPassing(statement) && !isPassing(text)) return false;
  if (
    !isSameFrame(statement, older, question) &&
    !isAlikeValue(inFirstPerson(text, name), inFirstPerson(statement, name), asked.text, asked.head)
  )
    return false;
  return speaksOfAsked(statement, asked, toldBefore(older, question), name);
}

/** Said in the same words but for the value, and of what holds now: the value may be of another sort. */
function isSameFrame(statement: string, older: Told, question: Question): boolean {
  const isNow = saysWhatHoldsNow(statement);
  if (!isNow && !speaksOfChange(statement)) return false;
  const { terms, values } = toldBefore(older, question);
  const shared = analyze(statement).filter((term) => term !== "user" && !SAYS_NO_TOPIC.test(term) && terms.has(term));
  return isNow
    ? shared.length >= 2
    : shared.some((term) => values.has(term) && !namesIn(older.stored.record.text).has(term));
}

const askedStates = new WeakMap<Question, Map<string | null, AskedState>>();

function askedState(question: Question, name: string | null): AskedState {
  let known = askedStates.get(question);
  if (known === undefined) askedStates.set(question, (known = new Map()));
  let asked = known.get(name);
  if (asked === undefined) known.set(name, (asked = readAskedState(question.text, question.terms, name)));
  return asked;
}

function toldBefore(older: Told, question: Question): ToldBefore {
  const terms = new Set(older.entry.row.terms.split(" "));
  const values = new Set(
    [...terms].filter((term) => !question.terms.has(term) && !SAYS_NO_TOPIC.test(term) && !SAYS_NO_VALUE.test(term)),
  );
  return { terms, values };
}

function takesThePlace(statement: string, older: Told, question: Question, index: TurnIndex): boolean {
  if (!mayTakeThePlace(statement, older, question)) return false;
  const asked = askedState(question, older.entry.row.name);
  const left = new Set(older.entry.row.terms.split(" "));
  const right = new Set(analyze(statement));
  if (![...right].some((term) => !left.has(term) && !question.terms.has(term))) return false;
  const { values } = toldBefore(older, question);
  const isOfTopic = asked.topic.size === 0 || ![...left].some((term) => asked.topic.has(term));
  let weighed = 0;
  let sharedAsked = 0;
  let shared = 0;
  let isValueNamed = false;
  // In a long story anything may be named again; of a short statement it is what it says.
  const isShort = left.size <= SHORT_STATEMENT && right.size <= SHORT_STATEMENT;
  const turns = readClauses(statement)
    .filter(
      ({ text }, at, all) =>
        at < all.length - 1 ||
        speaksOfChange(text) ||
        deniesSomething(text) ||
        tellsOfAnEnd(text) ||
        tellsWhatHappened(text),
    )
    .map(({ text }) => new Set(analyze(text)));
  for (const term of left) {
    if (right.has(term)) shared += 1;
    if (!question.terms.has(term)) {
      isValueNamed ||=
        isShort && values.has(term) && isRare(term, index, MOST_STATEMENTS) && turns.some((terms) => terms.has(term));
      continue;
    }
    if (!isOfTopic && asked.persons.has(term)) continue;
    const places = placesOf(index, term);
    const weight = inverseFrequency(term, places.length, index.documents.length, question.priorDocuments);
    weighed += weight;
    if (right.has(term)) sharedAsked += weight;
  }
  const share = Math.max(
    weighed === 0 ? 0 : sharedAsked / weighed,
    isShort ? shareOfTopic(right, asked, index, question) : 0,
  );
  const isNew = newThingsIn(statement).some((thing) =>
    analyze(thing).some((term) => question.terms.has(term) || left.has(term)),
  );
  const isHead = isShort && asked.head !== undefined && left.has(asked.head) && right.has(asked.head);
  const isChange =
    isNew || speaksOfChange(statement) || (answerKind(question.text) === "place" && tellsWherePut(statement));
  const isOfValues = givesValue(inFirstPerson(older.stored.record.text, older.entry.row.name), asked.text);
  if (!isChange) {
    if (share >= ALIKE_SHARE && shared >= Math.min(left.size, right.size) * ALIKE_WORDS) return true;
    if (
      (isHead && (!tellsWhatHappened(statement) || saysHowThingsAre(statement))) ||
      (share >= ALIKE_SHARE && isOfValues) ||
      (isShort && share >= SHORT_SHARE && isOfValues && saysHowThingsAre(statement))
    )
      return true;
    return isValueNamed && isOver(statement, values);
  }
  const isOldNamed =
    isValueNamed || sharesName(older.stored.record.text, statement, index, isOfTopic ? NOBODY : asked.persons);
  if (share >= (isShort ? SHORT_SHARE : CHANGED_SHARE) || isHead || (isOldNamed && isOver(statement, values)))
    return true;
  if (
    [...asked.persons].some((term) => right.has(term)) &&
    ((isShort && isOfValues) || isSureOfKind(question.text, older.stored.record.text, statement))
  )
    return true;
  if (saysWhatHoldsNow(statement) && namesAskedSide(statement, asked)) return true;
  if (isSameMeasure(older.stored.record.text, statement)) return true;
  if (!isNew && !saysWhatHoldsNow(statement)) return false;
  if (
    answerKind(question.text) === "place" &&
    movesSomewhere(statement) &&
    [...asked.persons].some((term) => right.has(term))
  )
    return true;
  return (
    share >= NOW_SHARE ||
    (isShort &&
      [...left].some(
        (term) =>
          right.has(term) &&
          (isOfTopic || !asked.persons.has(term)) &&
          !SAYS_NO_TOPIC.test(term) &&
          isRare(term, index, MOST_NOW_STATEMENTS),
      ))
  );
}

/** How much of what is asked for a statement names, whatever the older one names of it. */
function shareOfTopic(right: ReadonlySet<string>, asked: AskedState, index: TurnIndex, question: Question): number {
  let whole = 0;
  let named = 0;
  for (const term of asked.topic) {
    const weight = inverseFrequency(
      term,
      placesOf(index, term).length,
      index.documents.length,
      question.priorDocuments,
    );
    whole += weight;
    if (right.has(term)) named += weight;
  }
  return whole === 0 ? 0 : named / whole;
}

/** A place for "where", a figure after a figure for "when" and "how much": who is named may be all that is shared. */
function isSureOfKind(question: string, older: string, newer: string): boolean {
  const kind = answerKind(question);
  if (kind === "place") return movesSomewhere(newer) || tellsWherePut(newer);
  return (kind === "time" || kind === "number") && /\d/u.test(older) && /\d/u.test(newer);
}

const MEASURE =
  /\d ?(kilos?|kg|pounds?|lbs?|stone|euros?|quid|dollars?|hours?|minutes?|miles?|km|steps|percent|mg|words|pages|people)\b/iu;

/** "Down to 79 kilos" after "I weigh 84 kilos": a figure of the same unit, and no other subject. */
function isSameMeasure(older: string, newer: string): boolean {
  const unit = MEASURE.exec(newer)?.[1];
  return (
    unit !== undefined &&
    MEASURE.exec(older)?.[1]?.toLowerCase() === unit.toLowerCase() &&
    readClauses(newer).every(({ subject }) => subject === "self" || subject === "none")
  );
}

/** What an answer of before does itself ("Vera moved the party to Friday") says nothing of its end, unless it leaves. */
function isOver(statement: string, values: ReadonlySet<string>): boolean {
  if (tellsOfAnEnd(statement)) return true;
  const clauses = readClauses(statement);
  const names = (clause: string): boolean => analyze(clause).some((term) => values.has(term));
  if (!clauses.some(({ subject, words }) => subject === "other" && names(words.join(" ")))) return true;
  // "Ruth is away, so it's at mine": of the old one in one breath, of what came instead in the next.
  const last = clauses.at(-1);
  return clauses.length > 1 && last !== undefined && last.subject !== "none" && !names(last.text);
}

function isRare(term: string, index: TurnIndex, most: number): boolean {
  return statementCount(index, placesOf(index, term)) <= most;
}

const NOBODY: ReadonlySet<string> = new Set();

/** A name in both that is in few other statements. */
function sharesName(older: string, newer: string, index: TurnIndex, persons: ReadonlySet<string>): boolean {
  const names = namesIn(newer);
  return [...namesIn(older)].some(
    (name) =>
      name !== "user" &&
      names.has(name) &&
      !analyze(name).some((term) => persons.has(term)) &&
      !SAYS_NO_TOPIC.test(name) &&
      analyze(name).some((term) => statementCount(index, placesOf(index, term)) <= MOST_STATEMENTS),
  );
}

/** Of a message and its facts one counts. */
function statementCount(index: TurnIndex, places: readonly number[]): number {
  const messages = new Set<MemoryReference>();
  for (const place of places) {
    const row = index.documents[place] as TurnRow;
    messages.add(row.isTurn ? row.memory : (row.messages[0] ?? row.memory));
  }
  return messages.size;
}

function placesOf(index: TurnIndex, term: string): readonly number[] {
  return index.posting(term).filter((_value, at) => at % 2 === 0);
}

function isSameSpeaker(row: TurnRow, other: TurnRow): boolean {
  return row.role !== "assistant" && row.name === other.name;
}
