import { describe, expect, it } from "vitest";
import {
  answerKind,
  asksForPresentState,
  asksForStateThen,
  couldAnswer,
  isRequest,
  namesIn,
  newThingsIn,
  speaksOfChange,
  statementsIn,
} from "./state-question.ts";

describe("asksForPresentState", () => {
  it.each([
    "Where does Nora live now?",
    "what's my rent?",
    "How much is the rent?",
    "Who is my manager?",
    "When is the baby due?",
    "How do I take my coffee?",
    "At what time do we have standup?",
  ])("yes: %s", (query) => expect(asksForPresentState(query)).toBe(true));
  it.each([
    "Where did Nora live?",
    "What board games has Nate played?",
    "What motivated Caroline to pursue counseling?",
    "What was my first job?",
    "the trip to Lisbon",
    "What is the name of the book that Anna told me about on the train to Lisbon with her brother and sister?",
  ])("no: %s", (query) => expect(asksForPresentState(query)).toBe(false));
});

describe("asksForStateThen", () => {
  it.each(["Where did Nora live?", "Who was my physio?", "Where do I live?"])("yes: %s", (query) =>
    expect(asksForStateThen(query)).toBe(true),
  );
  it.each(["What did I do before the trip?", "What was my first job?", "Tell me about Nora"])("no: %s", (query) =>
    expect(asksForStateThen(query)).toBe(false),
  );
});

describe("couldAnswer", () => {
  it.each([
    ["Who is our landlord?", "The house was sold, Mrs Doyle owns it now", true],
    ["Who is our landlord?", "User is glad about the new kitchen", false],
    ["When is the baby due?", "The scan says July", true],
    ["When is the baby due?", "The nursery is painted now", false],
    ["How many cups do I drink?", "User is down to one cup", true],
    ["How many cups do I drink?", "User likes other cups now", false],
    ["Where do I swim?", "User swims at Kings Hall now", true],
    ["What do I drive?", "User sold it", true],
  ])("%s %s: %s", (question, statement, expected) =>
    expect(couldAnswer(answerKind(question), statement, question)).toBe(expected),
  );
});

describe("statements", () => {
  it("speak of a change or not", () => {
    expect(speaksOfChange("Wiped the laptop, it runs ChromeOS now")).toBe(true);
    expect(speaksOfChange("The laptop runs Fedora")).toBe(false);
    expect(newThingsIn("New teacher for Maya, Ms Varga")).toEqual(["teacher for"]);
  });

  it("are the whole of a short text and the sentences of a long one, without the questions", () => {
    expect(statementsIn("New phone, it's a Galaxy. Do the same steps work?")).toEqual(["New phone, it's a Galaxy."]);
    const long = "One two three four five six seven eight nine ten.".repeat(1);
    expect(statementsIn(`${long} ${long} ${long} ${long}`)).toHaveLength(4);
  });

  it("hold names", () => {
    expect([...namesIn("Jerome left Northgate, I think. Today it is room 4.")]).toEqual(["jerome", "northgate", "4"]);
  });

  it("are none where something is asked of the assistant", () => {
    expect(isRequest("Can you proofread this: their going to the shops")).toBe(true);
    expect(isRequest("suggest a podcast about history")).toBe(true);
    expect(isRequest("I use Fedora. How do I check disk space?")).toBe(false);
  });

  it("take linear time however long they are", () => {
    for (const text of ["New ".repeat(200_000), "a. ".repeat(300_000), "I have ".repeat(100_000)]) {
      statementsIn(text);
      namesIn(text);
      asksForPresentState(text);
      expect(isRequest(text)).toBe(false);
    }
  });
});
