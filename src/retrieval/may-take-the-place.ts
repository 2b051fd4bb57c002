import { analyze } from "../text/analyze.ts";
import { answerKind, asSaid, couldAnswer, isAlikeValue } from "./answer-kinds.ts";
import { inFirstPerson } from "./read-clauses.ts";
import { speaksOfAsked } from "./same-subject.ts";
import {
  isRequest,
  MOST_READ,
  namesIn,
  saysWhatHoldsNow,
  speaksOfChange,
  statementsIn,
  tellsWhatHappened,
} from "./state-question.ts";
import { askedState, SAYS_NO_TOPIC, toldBefore, type Question, type Told } from "./told.ts";
import { isNotSo, isOfOneDay, isPassing } from "./unsettled.ts";

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
export function mayTakeThePlace(whole: string, older: Told, question: Question): boolean {
  const text = asSaid(older.stored.record.text.slice(0, MOST_READ));
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
