import type { MemoryRecord } from "../domain/memory.ts";
import type { MemoryReference, TurnRow } from "../ports/memory-store.ts";
import { readAskedState, type AskedState } from "./asked-state.ts";
import type { Nearness } from "./nearness.ts";
import type { RankedMemory } from "./rank.ts";
import type { ToldBefore } from "./same-subject.ts";
import type { Recipe } from "./recipes.ts";
import { askedTopic, type Topic } from "./topics.ts";
import type { QueryUnderstanding } from "./understand-query.ts";
import type { TurnIndex } from "./turn-index.ts";

/** A term in more statements than this is a topic of its own, and joins no two of them. */
export const MOST_STATEMENTS: number = 6;
/** Terms that two statements may share without a topic in common: of change, of time, small figures. */
export const SAYS_NO_TOPIC: RegExp =
  /^(?:now|instead|new|old|still|chang\w*|switch\w*|mov\w*|last|next|week\w*|month\w*|year\w*|day\w*|today|tomorrow|yesterday|\d{1,2}|20\d\d|jan(?:uari|uary)|feb(?:ruari|ruary)|march|april|may|june|juli|july|august|septemb(?:er)?|octob(?:er)?|novemb(?:er)?|decemb(?:er)?|\w+day)$/u;
/** Terms that stand beside many a value: units, titles, words for streets. */
const SAYS_NO_VALUE =
  /^(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelv|twenti|thirti|forti|fifti|hundr|half|first|second|third|euro|pound|dollar|quid|kilo|kg|gram|mg|ml|litr|mile|km|metr|hour|minut|percent|room|road|street|avenu|lane|number|size|call|name|dr|mr|mrs|ms|prof|st|pm|am|user|go|goe|take|use|work|live|play)$/u;

export interface Question {
  readonly text: string;
  readonly terms: ReadonlySet<string>;
  /** The slots that it asks for. */
  readonly attributes: readonly string[];
  readonly priorDocuments: number;
  /** Who speaks here, as far as the question names them: "Where does Nora work?" in Nora's memories. */
  readonly speakers?: readonly string[];
  /** The side of life that it asks about, where it is a known one. */
  readonly topic?: Topic;
  /** How near in meaning statements are to it, where that is known. */
  readonly nearness?: Nearness | undefined;
}

/** The question of a search, for what was said to be compared with. */
export function questionOf(text: string, query: QueryUnderstanding, { priorDocuments }: Recipe): Question {
  const { terms, attributes, namedSpeakers } = query;
  const topic = askedTopic(text);
  return {
    text,
    terms: new Set(terms),
    attributes,
    priorDocuments,
    speakers: namedSpeakers,
    ...(topic === undefined ? {} : { topic }),
  };
}

/** A hit with its words. */
export interface Told {
  readonly entry: RankedMemory;
  readonly stored: { readonly record: Pick<MemoryRecord, "text" | "attribute"> };
}

const askedStates = new WeakMap<Question, Map<string | null, AskedState>>();

/** The question as it is put of what one speaker said. */
export function askedState(question: Question, name: string | null): AskedState {
  let known = askedStates.get(question);
  if (known === undefined) askedStates.set(question, (known = new Map()));
  let asked = known.get(name);
  if (asked === undefined)
    known.set(name, (asked = readAskedState(question.text, question.terms, name ?? question.speakers?.[0] ?? null)));
  return asked;
}

const toldByQuestion = new WeakMap<Question, WeakMap<Told, ToldBefore>>();

/** The words of a statement, and those that answer the question: asked for again with each newer statement. */
export function toldBefore(older: Told, question: Question): ToldBefore {
  let told = toldByQuestion.get(question);
  if (told === undefined) toldByQuestion.set(question, (told = new WeakMap()));
  let before = told.get(older);
  if (before === undefined) told.set(older, (before = readTold(older, question)));
  return before;
}

function readTold(older: Told, question: Question): ToldBefore {
  const terms = new Set(older.entry.row.terms.split(" "));
  const values = new Set(
    [...terms].filter((term) => !question.terms.has(term) && !SAYS_NO_TOPIC.test(term) && !SAYS_NO_VALUE.test(term)),
  );
  return { terms, values };
}

/** Whether few statements hold the term. */
export function isRare(term: string, index: TurnIndex, most: number): boolean {
  return statementCount(index, placesOf(index, term)) <= most;
}

/** Of a message and its facts one counts. */
export function statementCount(index: TurnIndex, places: readonly number[]): number {
  const messages = new Set<MemoryReference>();
  for (const place of places) {
    const row = index.documents[place] as TurnRow;
    messages.add(row.isTurn ? row.memory : (row.messages[0] ?? row.memory));
  }
  return messages.size;
}

/** Where the term stands. */
export function placesOf(index: TurnIndex, term: string): readonly number[] {
  return index.posting(term).filter((_value, at) => at % 2 === 0);
}

/** What no ranking found: it has no evidence of its own. */
export function unrankedEntry(row: TurnRow): RankedMemory {
  return { memory: row.memory, row, lexical: 0, dense: 0, slot: 0, prior: 1, raw: 0, own: 0 };
}

/** One speaker, and not the assistant. */
export function isSameSpeaker(row: TurnRow, other: TurnRow): boolean {
  return row.role !== "assistant" && row.name === other.name;
}
