import { analyze } from "../text/analyze.ts";
import { ENGLISH } from "./read-clauses.ts";
import { TOPIC_ROWS, type TopicRow } from "./topic-table.ts";

/** The sides of life that a question asks about. */
export interface Topic {
  /** Index terms: most for those that may be the answer, least for those by which it is only found. */
  readonly terms: ReadonlyMap<string, number>;
  readonly tells: readonly RegExp[];
}

const HINT = 0.5;
const TELLS = 0.9;
const ANSWERS = 1;
/** Every five minutes of a day as the index writes them. */
const CLOCK: readonly string[] = Array.from({ length: 288 }, (_value, at) => {
  const minutes = String((at % 12) * 5).padStart(2, "0");
  return `${Math.floor(at / 12)}:${minutes}`;
});

const termsOfRows = new Map<TopicRow, ReadonlyMap<string, number>>();

function termsOf(row: TopicRow): ReadonlyMap<string, number> {
  let terms = termsOfRows.get(row);
  if (terms === undefined) {
    const hints = [...analyze(row.hints ?? "", ENGLISH), ...(row.hasClock === true ? CLOCK : [])];
    terms = new Map([
      ...hints.map((term) => [term, HINT] as const),
      ...analyze(row.words ?? "", ENGLISH).map((term) => [term, TELLS] as const),
      ...analyze(row.values ?? "", ENGLISH).map((term) => [term, ANSWERS] as const),
    ]);
    termsOfRows.set(row, terms);
  }
  return terms;
}

/** What the question asks about, or undefined where it is none of the sides of life that are known. */
export function askedTopic(question: string): Topic | undefined {
  const rows = TOPIC_ROWS.filter(({ asks }) => asks.test(question));
  if (rows.length === 0) return undefined;
  return {
    terms: new Map(rows.flatMap((row) => [...termsOf(row)])),
    tells: rows.flatMap(({ tells }) => (tells === undefined ? [] : [tells])),
  };
}

/** Whether a statement speaks of it: by a word of its own, or by the form of what it says. */
export function tellsOf(topic: Topic, terms: string, text: string): boolean {
  return (
    terms.split(" ").some((term) => (topic.terms.get(term) ?? 0) >= TELLS) ||
    topic.tells.some((pattern) => pattern.test(text))
  );
}

/** Whether a term of it may be the answer: "swimming", "cortado". */
export function mayBeAnswer(topic: Topic, term: string): boolean {
  return topic.terms.get(term) === ANSWERS;
}
