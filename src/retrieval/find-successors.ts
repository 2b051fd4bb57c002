import type { MemoryReference, TurnRow } from "../ports/memory-store.ts";
import { givesValue, tellsOfAnEnd, tellsOnlyOfAnEnd } from "./answer-kinds.ts";
import { couldHold, maySucceed } from "./may-take-the-place.ts";
import type { RankedMemory } from "./rank.ts";
import { isRequest, statementsIn } from "./state-question.ts";
import { takesThePlace } from "./takes-the-place.ts";
import {
  isSameSpeaker,
  MOST_STATEMENTS,
  placesOf,
  SAYS_NO_TOPIC,
  statementCount,
  toldBefore,
  type Question,
  type Told,
  unrankedEntry,
} from "./told.ts";
import { answersOnTopic } from "./topic-statements.ts";
import type { TurnIndex } from "./turn-index.ts";

/** A longer message says several things, and its facts tell them apart. */
const SHORT_MESSAGE = 200;
/** So many statements that share a rare word with another are looked at. */
const MOST_LOOKED_AT = 12;

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
    .map((row) => unrankedEntry(row));
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
        return isServed(fact.memory, fact.kind) && isInWordsOf(fact, row);
      }),
    )
    .map((row) => unrankedEntry(row));
}

/** What extraction adds to the words of a message: who speaks, and dates. */
const ADDED = /^(?:user\w*|other|their|they|\d+)$/u;

/** A fact that was changed since says otherwise than its message, which must not come back beside it. */
function isInWordsOf(fact: TurnRow, message: TurnRow): boolean {
  const said = new Set(message.terms.split(" "));
  return fact.terms.split(" ").every((term) => said.has(term) || ADDED.test(term) || SAYS_NO_TOPIC.test(term));
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
    if (
      statementsIn(newer.stored.record.text).some((statement) => takesThePlace(statement, older, question, index)) ||
      answersOnTopic(newer, older, question) ||
      answersAsNear(newer, older, question, index)
    )
      newest = newer;
  }
  return newest;
}

/** The slots that it fills itself, or that what was drawn from it fills. */
function slotsOf(row: TurnRow, index: TurnIndex): readonly string[] {
  const rows = row.isTurn ? (index.derived.get(row.memory) ?? []).map((place) => index.documents[place]) : [row];
  return rows.flatMap((each) => each?.attribute ?? []);
}

/** Known to fill other slots, as a new job does beside a home; names made of the words of a sentence tell nothing. */
function fillOtherSlots(older: TurnRow, newer: TurnRow, index: TurnIndex): boolean {
  const [left, right] = [slotsOf(older, index), slotsOf(newer, index)];
  const isPlain = [...left, ...right].every((slot) => !slot.includes(":"));
  return isPlain && left.length > 0 && right.length > 0 && !left.some((slot) => right.includes(slot));
}

/** A longer text is near to many a question by one of the things that it says. */
const LONGEST_NEAR = 120;

/** Whether a short statement, and no request, that is about as near to the question in meaning may succeed an older. */
function answersAsNear(newer: Told, older: Told, question: Question, index: TurnIndex): boolean {
  const { row } = newer.entry;
  const { text } = newer.stored.record;
  if (row.isQuestion || row.kind === "instruction" || text.length > LONGEST_NEAR || isRequest(text)) return false;
  // Of what one may have several of ("allergic to nuts"), another takes no place.
  if (older.stored.record.attribute?.cardinality === "multiple") return false;
  if (fillOtherSlots(older.entry.row, row, index)) return false;
  return question.nearness?.isAsNear(row, older.entry.row) === true && maySucceed(newer, older, question);
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
