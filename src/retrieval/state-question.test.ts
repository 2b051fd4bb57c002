import { describe, expect, it } from "vitest";
import {
  asksForOne,
  asksForPresentState,
  asksForStateThen,
  deniesSomething,
  isRequest,
  movesSomewhere,
  namesIn,
  newThingsIn,
  speaksOfChange,
  statementsIn,
  tellsWherePut,
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

  it("tell what is over, where somebody went, where something was put", () => {
    expect(deniesSomething("nobody says Bex")).toBe(true);
    expect(movesSomewhere("Mum and Dad sold up and bought a bungalow in Norfolk")).toBe(true);
    expect(tellsWherePut("Carried the tomatoes into the greenhouse")).toBe(true);
    expect(tellsWherePut("The greenhouse is hot")).toBe(false);
  });

  it("ask for one state though in the plural, or for many", () => {
    expect(asksForOne("What size jeans do I wear?")).toBe(true);
    expect(asksForOne("Which hobbies do I have?")).toBe(false);
  });

  it("hold names, also behind a title and not for what opens a sentence", () => {
    expect([...namesIn("My thesis is done, Prof. Hartmann took me over.")]).toEqual(["prof", "hartmann"]);
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
