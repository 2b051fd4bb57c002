import { expect, it } from "vitest";
import { analyze } from "../text/analyze.ts";
import { ENGLISH } from "./read-clauses.ts";
import { askedTopic, tellsOf, type Topic } from "./topics.ts";

function tells(question: string, statement: string): boolean {
  const topic = askedTopic(question);
  expect(topic).toBeDefined();
  return tellsOf(topic as Topic, analyze(statement, ENGLISH).join(" "), statement);
}

it.each([
  ["Where do I train?", "The treadmills at Fit4Less are all new."],
  ["Who do we bank with?", "Our overdraft is at Santander now."],
  ["What time do I wake up?", "I'm up by 6 these days."],
  ["What is my address?", "We're at 4 Orchard Close now."],
  ["Where are we going on holiday?", "Found flights to Crete, so it's Crete."],
  ["Which instrument do I play?", "The violin is gone, I have a clarinet now."],
  ["When is my flight?", "The airline moved us to the 9:40."],
])("%s is asked about what %s tells of", (question, statement) => {
  expect(tells(question, statement)).toBe(true);
});

it.each([
  ["Where do I train?", "I moved the meeting to Friday."],
  ["Who do we bank with?", "We bought a new sofa at Ikea."],
  ["What is my address?", "We're at home now."],
])("%s is not asked about what %s tells of", (question, statement) => {
  expect(tells(question, statement)).toBe(false);
});

it("a question of no known side of life asks about none", () => {
  expect(askedTopic("What is the codename of the project?")).toBeUndefined();
});
