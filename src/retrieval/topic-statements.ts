import type { MemoryReference, TurnRow } from "../ports/memory-store.ts";
import { analyze } from "../text/analyze.ts";
import { answerKind, asSaid, couldAnswer } from "./answer-kinds.ts";
import type { AskedState } from "./asked-state.ts";
import type { RankedMemory } from "./rank.ts";
import { ENGLISH, inFirstPerson, PERSON_WORD, readClauses, type Clause } from "./read-clauses.ts";
import { namesOtherThing, speaksOfAsked } from "./same-subject.ts";
import {
  isRequest,
  namesIn,
  saysHowThingsAre,
  saysWhatHoldsNow,
  speaksOfChange,
  statementsIn,
  tellsWhatHappened,
} from "./state-question.ts";
import {
  askedState,
  isSameSpeaker,
  SAYS_NO_TOPIC,
  toldBefore,
  type Question,
  type Told,
  unrankedEntry,
} from "./told.ts";
import { mayBeAnswer, tellsOf, type Topic } from "./topics.ts";
import { isNotSo, isOfOneDay, isPassing } from "./unsettled.ts";
import type { TurnIndex } from "./turn-index.ts";

/** So many newer statements that speak of the topic, and as many that announce a change of something, are looked at. */
const MOST_LOOKED_AT = 12;
/** Terms of what announces a change: the form of its value may be all that tells of what. */
const ANNOUNCES: ReadonlyMap<string, number> = new Map(
  ["now", "instead", "chang", "switch", "swap", "move", "new", "updat"].map((term) => [term, 1]),
);

/**
 * Newer statements of the same speaker on the side of life that is asked about, and those that announce a change whose
 * values may be of its form. Newest first.
 */
export function statementsOnTopic(
  anchor: TurnRow,
  index: TurnIndex,
  topic: Topic,
  isServed: (memory: MemoryReference, kind: string) => boolean,
): readonly RankedMemory[] {
  const newest = (words: ReadonlyMap<string, number>): readonly TurnRow[] => {
    const weights = index.weigh(words);
    return index.documents
      .filter(
        (row, place) =>
          (weights[place] as number) > 0 &&
          row.saidAt > anchor.saidAt &&
          isSameSpeaker(row, anchor) &&
          isServed(row.memory, row.kind),
      )
      .toSorted((left, right) => right.saidAt - left.saidAt || right.memory - left.memory)
      .slice(0, MOST_LOOKED_AT);
  };
  const rows = [...newest(topic.terms), ...(topic.tells.length > 0 ? newest(ANNOUNCES) : [])];
  return [...new Map(rows.map((row) => [row.memory, row])).values()].map((row) => unrankedEntry(row));
}

/** Whether a statement on the side of life asked about gives another answer, and tells of what is so. */
export function answersOnTopic(newer: Told, older: Told, question: Question): boolean {
  const { topic } = question;
  const { record } = newer.stored;
  if (topic === undefined || isRequest(record.text) || !tellsOf(topic, newer.entry.row.terms, record.text))
    return false;
  const { name } = older.entry.row;
  const asked = askedState(question, name);
  const before = toldBefore(older, question);
  return statementsIn(record.text).some((whole) => {
    const statement = inFirstPerson(asSaid(whole), name);
    const isOwn = asked.isOwn && asked.persons.size === 0;
    return (
      couldAnswer(answerKind(question.text), statement, question.text) &&
      !isNotSo(statement, asked.isOfPlans) &&
      (!isOfOneDay(statement) || speaksOfChange(statement)) &&
      !isPassing(statement) &&
      isOfNow(statement) &&
      (isOwn
        ? isOfSpeaker(statement, asked, topic) && !namesOtherThing(statement, asked, before)
        : speaksOfAsked(statement, asked, before, name)) &&
      givesAnswer(statement, { older, question, topic })
    );
  });
}

const DONE_TO_US = /\b(?:\p{L}{2,}ed|gave|put|made|got|took|sent|set|has|have) (?:me|us)\b/iu;
const HABIT =
  /\b(?:I|we) (?:now |usually |always |mostly |only |just )?(?!(?:was|were|had|went|got|took|made|put|gave|found|came|lost|won|did|saw|met|ate|ran|sent|left|bought|sold|broke|fell|forgot|thought|said|told|heard|\p{L}+ed)\b)\p{L}+/u;

function isOfNow(statement: string): boolean {
  return (
    saysWhatHoldsNow(statement) ||
    speaksOfChange(statement) ||
    saysHowThingsAre(statement) ||
    !tellsWhatHappened(statement) ||
    DONE_TO_US.test(statement) ||
    HABIT.test(statement)
  );
}

const OF_SELF = /\b(?:i|me|my|mine|we|us|our|ours)\b/iu;

/**
 * Whether it is the speaker's own that is told of: in the clause that tells of the topic nobody else does it or has it,
 * and the speaker is named or meant.
 */
function isOfSpeaker(statement: string, asked: AskedState, topic: Topic): boolean {
  const clauses = readClauses(statement);
  const telling = clauses.filter(({ text }) => tellsOf(topic, analyze(text, ENGLISH).join(" "), text));
  const read = telling.length > 0 ? telling : clauses;
  const isChange = saysWhatHoldsNow(statement) || speaksOfChange(statement);
  return (
    read.some(
      (clause) => !isOfOthers(clause, asked) && (isChange || clause.subject === "back" || OF_SELF.test(clause.text)),
    ) &&
    (OF_SELF.test(statement) || clauses.every(({ isPerson }) => !isPerson))
  );
}

function isOfOthers({ subject, words, possessor, isOthers, text }: Clause, { terms }: AskedState): boolean {
  if (subject !== "other") return false;
  const head = words.at(-1) ?? "";
  const rest = text.slice(text.search(/\s|$/u));
  if (/\b(?:me|us|my|our)\b/iu.test(rest)) return false;
  return (
    isOthers ||
    (possessor !== undefined && !analyze(possessor, ENGLISH).some((term) => terms.has(term))) ||
    (PERSON_WORD.test(head) && !analyze(head, ENGLISH).some((term) => terms.has(term)))
  );
}

/** A name, a figure or a word of the topic that is neither in what was said before nor in the question. */
function givesAnswer(
  statement: string,
  { older, question, topic }: { readonly older: Told; readonly question: Question; readonly topic: Topic },
): boolean {
  const kind = answerKind(question.text);
  if (kind === "number" || kind === "time" || kind === "colour") return true;
  const before = older.stored.record.text;
  const known = namesIn(before);
  const asked = namesIn(question.text);
  const given = [...namesIn(statement)].filter(
    (name) => !asked.has(name) && !known.has(name) && !SAYS_NO_TOPIC.test(name.replace(/days$/u, "day")),
  );
  if (given.length > 0) return true;
  if (kind !== "any") return false;
  const told = new Set(analyze(before, ENGLISH));
  return analyze(statement, ENGLISH).some(
    (term) => mayBeAnswer(topic, term) && !told.has(term) && !question.terms.has(term),
  );
}
