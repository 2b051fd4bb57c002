import { analyze } from "../text/analyze.ts";
import { answerKind, givesValue, tellsOfAnEnd } from "./answer-kinds.ts";
import { inverseFrequency } from "./inverse-frequency.ts";
import { mayTakeThePlace } from "./may-take-the-place.ts";
import { inFirstPerson, readClauses } from "./read-clauses.ts";
import { namesAskedSide } from "./same-subject.ts";
import {
  deniesSomething,
  movesSomewhere,
  saysHowThingsAre,
  namesIn,
  newThingsIn,
  saysWhatHoldsNow,
  speaksOfChange,
  tellsWhatHappened,
  tellsWherePut,
} from "./state-question.ts";
import {
  askedState,
  isRare,
  MOST_STATEMENTS,
  placesOf,
  SAYS_NO_TOPIC,
  statementCount,
  toldBefore,
  type Question,
  type Told,
} from "./told.ts";
import type { TurnIndex } from "./turn-index.ts";

/** Share of the question's words in the older statement that the newer must hold too, where it says that it is a change. */
const CHANGED_SHARE = 0.5;
const SHORT_SHARE = 0.4;
const NOW_SHARE = 0.3;
const MOST_NOW_STATEMENTS = 4;
/** The same where nothing says so: then both must also be made alike. */
const ALIKE_SHARE = 0.8;
const ALIKE_WORDS = 0.5;
/** More terms are a story. */
const SHORT_STATEMENT = 14;

/** What a newer statement has in common with an older one and with the question. */
interface Overlap {
  /** Of what is asked for: the greater share of what the older names of it, or of all of it. */
  readonly share: number;
  /** Terms in both. */
  readonly shared: number;
  /** Both are short: in a long story anything may be named again; of a short statement it is what it says. */
  readonly isShort: boolean;
  /** What the older answers with is named, in a clause that tells of a change. */
  readonly isOldNamed: boolean;
  /** The last word of the thing asked for is in both. */
  readonly isHead: boolean;
  /** The older names what is asked for, so that a person in both is too little. */
  readonly isOfThing: boolean;
  /** A rare word in both, whatever it is. */
  readonly sharesRare: boolean;
}

/** Whether a statement has taken the place of an older one as the answer to a question. */
export function takesThePlace(statement: string, older: Told, question: Question, index: TurnIndex): boolean {
  if (!mayTakeThePlace(statement, older, question)) return false;
  const { text } = older.stored.record;
  const { name } = older.entry.row;
  const asked = askedState(question, name);
  const right = new Set(analyze(statement));
  const before = toldBefore(older, question);
  if (![...right].some((term) => !before.terms.has(term) && !question.terms.has(term))) return false;
  const overlap = overlapOf(statement, right, older, { question, index });
  const { share, isShort, isHead } = overlap;
  const isOfValues = givesValue(inFirstPerson(text, name), asked.text);
  const isNew = newThingsIn(statement).some((thing) =>
    analyze(thing).some((term) => question.terms.has(term) || before.terms.has(term)),
  );
  const isPlace = answerKind(question.text) === "place";
  const isEnded = overlap.isOldNamed && isOver(statement, before.values);
  if (!isNew && !speaksOfChange(statement) && !(isPlace && tellsWherePut(statement))) {
    if (share >= ALIKE_SHARE && (isOfValues || overlap.shared >= Math.min(before.terms.size, right.size) * ALIKE_WORDS))
      return true;
    if (isHead && (!tellsWhatHappened(statement) || saysHowThingsAre(statement))) return true;
    return (isShort && share >= SHORT_SHARE && isOfValues && saysHowThingsAre(statement)) || isEnded;
  }
  const namesPerson = [...asked.persons].some((term) => right.has(term));
  if (
    share >= (isShort ? SHORT_SHARE : CHANGED_SHARE) ||
    isHead ||
    isEnded ||
    (namesPerson && ((isShort && isOfValues) || isSureOfKind(question.text, text, statement))) ||
    isSameMeasure(text, statement)
  )
    return true;
  if (saysWhatHoldsNow(statement) && namesAskedSide(statement, asked)) return true;
  return (isNew || saysWhatHoldsNow(statement)) && (share >= NOW_SHARE || (isShort && overlap.sharesRare));
}

function overlapOf(
  statement: string,
  right: ReadonlySet<string>,
  older: Told,
  { question, index }: { readonly question: Question; readonly index: TurnIndex },
): Overlap {
  const { row } = older.entry;
  const asked = askedState(question, row.name);
  const { terms: left, values } = toldBefore(older, question);
  const isOfThing = [...left].some((term) => asked.topic.has(term));
  const isShort = left.size <= SHORT_STATEMENT && right.size <= SHORT_STATEMENT;
  const both = [...left].filter((term) => right.has(term) && !(isOfThing && asked.persons.has(term)));
  const turns = isShort ? termsOfTurns(statement) : [];
  const named = [...left].filter((term) => question.terms.has(term) && !(isOfThing && asked.persons.has(term)));
  const shareOf = (terms: readonly string[]): number => shareIn(right, terms, { question, index });
  return {
    share: Math.max(shareOf(named), isShort ? shareOf([...asked.topic]) : 0),
    shared: [...left].filter((term) => right.has(term)).length,
    isShort,
    isOldNamed:
      sharesName(older.stored.record.text, statement, index, isOfThing ? asked.persons : undefined) ||
      both.some(
        (term) => values.has(term) && turns.some((terms) => terms.has(term)) && isRare(term, index, MOST_STATEMENTS),
      ),
    isHead: isShort && asked.head !== undefined && left.has(asked.head) && right.has(asked.head),
    isOfThing,
    sharesRare: both.some((term) => !SAYS_NO_TOPIC.test(term) && isRare(term, index, MOST_NOW_STATEMENTS)),
  };
}

/** The words of those clauses that tell of a turn of things, or lead up to it. */
function termsOfTurns(statement: string): readonly ReadonlySet<string>[] {
  return readClauses(statement)
    .filter(
      ({ text }, at, all) =>
        at < all.length - 1 ||
        [speaksOfChange, deniesSomething, tellsOfAnEnd, tellsWhatHappened].some((tells) => tells(text)),
    )
    .map(({ text }) => new Set(analyze(text)));
}

/** How much of the terms a statement holds, by how rare they are. */
function shareIn(
  right: ReadonlySet<string>,
  terms: readonly string[],
  { question, index }: { readonly question: Question; readonly index: TurnIndex },
): number {
  let whole = 0;
  let held = 0;
  for (const term of terms) {
    const { length } = placesOf(index, term);
    const weight = inverseFrequency(term, length, index.documents.length, question.priorDocuments);
    whole += weight;
    if (right.has(term)) held += weight;
  }
  return whole === 0 ? 0 : held / whole;
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

const NOBODY: ReadonlySet<string> = new Set();

/** A name in both that is in few other statements. */
function sharesName(older: string, newer: string, index: TurnIndex, persons: ReadonlySet<string> = NOBODY): boolean {
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
