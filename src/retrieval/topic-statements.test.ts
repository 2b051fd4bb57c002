import { expect, it } from "vitest";
import { turnRow } from "../../test/support/turn-rows.ts";
import type { TurnRow } from "../ports/memory-store.ts";
import { analyze } from "../text/analyze.ts";
import { askedTopic, type Topic } from "./topics.ts";
import type { Question, Told } from "./told.ts";
import { answersOnTopic, statementsOnTopic } from "./topic-statements.ts";
import { TurnIndex } from "./turn-index.ts";

function told(text: string, at: number): Told {
  const row = turnRow(at + 1, text, { saidAt: at });
  return {
    entry: { memory: row.memory, row, lexical: 0, dense: 0, slot: 0, prior: 1, raw: 1, own: 1 },
    stored: { record: { text } },
  };
}

function answers(text: string, before: string, after: string): boolean {
  const question: Question = {
    text,
    terms: new Set(analyze(text)),
    attributes: [],
    priorDocuments: 50,
    topic: askedTopic(text) as Topic,
  };
  return answersOnTopic(told(after, 2), told(before, 1), question);
}

it.each([
  ["Where do I train?", "I train at Ironclad.", "Left that gym, I'm a member at Vitality now."],
  ["What time do I wake up?", "My alarm rings at 6.", "The twins have me up at 5:15 these days."],
  ["When is my flight?", "My flight leaves at 7:10.", "The airline moved us to the 9:40."],
  ["What exercise do I do?", "I run.", "I've taken up pilates instead."],
  ["Which instrument do I play?", "I play the oboe.", "Traded it in, it's the bassoon's cousin, a clarinet, now."],
])("%s after %s is answered by %s", (question, before, after) => {
  expect(answers(question, before, after)).toBe(true);
});

it.each([
  ["somebody else's", "Where do I train?", "I train at Ironclad.", "My brother changed gyms, he's at Vitality now."],
  ["a wish", "Where do I train?", "I train at Ironclad.", "Thinking of switching to the Vitality gym."],
  ["no other value", "Where do I train?", "I train at Ironclad.", "The gym is closed on Sundays now."],
  [
    "another thing",
    "Who is our home insurance with?",
    "Home insurance: Aviva.",
    "Our pet insurance is with Agria now.",
  ],
])("%s is no answer", (_why, question, before, after) => {
  expect(answers(question, before, after)).toBe(false);
});

it("newer statements on the topic are found without a shared word, newest first", () => {
  const index = new TurnIndex();
  const rows = ["I train at Ironclad.", "The tram was late.", "New gym: Vitality.", "Treadmills at Vitality are new."];
  index.append(rows.map((text, at) => turnRow(at + 1, text, { saidAt: at })));
  const topic = askedTopic("Where do I train?") as Topic;
  const found = statementsOnTopic(index.documents[0] as TurnRow, index, topic, () => true);
  expect(found.map(({ memory }) => memory)).toEqual([4, 3]);
});
