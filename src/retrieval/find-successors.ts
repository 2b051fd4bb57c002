import type { MemoryRecord } from "../domain/memory.ts";
import type { MemoryReference, TurnRow } from "../ports/memory-store.ts";
import { analyze } from "../text/analyze.ts";
import { inverseFrequency } from "./inverse-frequency.ts";
import type { RankedMemory } from "./rank.ts";
import {
  answerKind,
  couldAnswer,
  namesIn,
  newThingsIn,
  saysWhatHoldsNow,
  speaksOfChange,
  statementsIn,
} from "./state-question.ts";
import type { TurnIndex } from "./turn-index.ts";

/** A term in more statements than this is a topic of its own, and joins no two of them. */
const MOST_STATEMENTS = 6;
/** Share of the question's words in the older statement that the newer must hold too, where it says that it is a change. */
const CHANGED_SHARE = 0.5;
const NOW_SHARE = 0.3;
const MOST_NOW_STATEMENTS = 4;
/** The same where nothing says so: then both must also be made alike. */
const ALIKE_SHARE = 0.8;
const ALIKE_WORDS = 0.5;
/** Terms that two statements may share without a topic in common: of change, of time, small figures. */
const SAYS_NO_TOPIC =
  /^(?:now|instead|new|old|still|chang\w*|switch\w*|mov\w*|last|next|week\w*|month\w*|year\w*|day\w*|today|tomorrow|yesterday|\d{1,2}|20\d\d|jan(?:uari|uary)|feb(?:ruari|ruary)|march|april|may|june|juli|july|august|septemb(?:er)?|octob(?:er)?|novemb(?:er)?|decemb(?:er)?|\w+day)$/u;
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
interface Told {
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
): readonly RankedMemory[] {
  const isServedAt = (place: number): boolean => {
    const row = index.documents[place] as TurnRow;
    return isServed(row.memory, row.kind);
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
      if (facts.every((place) => isServedAt(place))) found.set(row.memory, row);
    }
  }
  return [...found.values()]
    .filter((row) => !(row.isTurn && told.has(row.memory)))
    .toSorted((left, right) => right.saidAt - left.saidAt || right.memory - left.memory)
    .slice(0, MOST_LOOKED_AT)
    .map((row) => ({ memory: row.memory, row, lexical: 0, dense: 0, slot: 0, prior: 1, raw: 0, own: 0 }));
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

function takesThePlace(statement: string, older: Told, question: Question, index: TurnIndex): boolean {
  if (!couldAnswer(answerKind(question.text), statement, question.text)) return false;
  const left = new Set(older.entry.row.terms.split(" "));
  const right = new Set(analyze(statement));
  if (![...right].some((term) => !left.has(term) && !question.terms.has(term))) return false;
  let asked = 0;
  let sharedAsked = 0;
  let shared = 0;
  for (const term of left) {
    if (right.has(term)) shared += 1;
    if (!question.terms.has(term)) continue;
    const places = placesOf(index, term);
    const weight = inverseFrequency(term, places.length, index.documents.length, question.priorDocuments);
    asked += weight;
    if (right.has(term)) sharedAsked += weight;
  }
  const share = asked === 0 ? 0 : sharedAsked / asked;
  const isNew = newThingsIn(statement).some((thing) =>
    analyze(thing).some((term) => question.terms.has(term) || left.has(term)),
  );
  if (!isNew && !speaksOfChange(statement))
    return share >= ALIKE_SHARE && shared >= Math.min(left.size, right.size) * ALIKE_WORDS;
  if (share >= CHANGED_SHARE || sharesName(older.stored.record.text, statement, index)) return true;
  if (!isNew && !saysWhatHoldsNow(statement)) return false;
  return (
    share >= NOW_SHARE ||
    [...left].some(
      (term) =>
        right.has(term) &&
        !SAYS_NO_TOPIC.test(term) &&
        statementCount(index, placesOf(index, term)) <= MOST_NOW_STATEMENTS,
    )
  );
}

/** A name in both that is in few other statements. */
function sharesName(older: string, newer: string, index: TurnIndex): boolean {
  const names = namesIn(newer);
  return [...namesIn(older)].some(
    (name) =>
      name !== "user" &&
      names.has(name) &&
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
