import { describe, expect, it } from "vitest";
import { answerKind, asSaid, couldAnswer, isAlikeValue, tellsOnlyOfAnEnd } from "./answer-kinds.ts";

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
    ["What is my cat called?", "User's cat is getting fat", false],
    ["What colour is the kitchen?", "User and others changed the kitchen tap", false],
    ["What does my wife do?", "User's wife changed her hair", false],
    ["Who is my dentist?", "The appointment is in April", false],
  ])("%s %s: %s", (question, statement, expected) =>
    expect(couldAnswer(answerKind(question), statement, question)).toBe(expected),
  );
});

describe("isAlikeValue", () => {
  it.each([
    ["a name for a name", "My dentist is Dr Novak", "My dentist is Dr Reyes", true],
    ["no name for a name", "My cat is called Miso", "My cat is fat", false],
    ["a day for a name", "Our car is a Passat", "The car is at the garage until Thursday", false],
    ["only what is over", "I subscribe to Le Monde", "Cancelled my subscription to Vogue", false],
    ["what was before is over", "I drive a Passat", "I sold the Passat", true],
    ["no name before", "The kitchen is yellow", "We painted the kitchen green", true],
  ])("%s", (_why, older, newer, expected) => expect(isAlikeValue(older, newer, "What is it?", "it")).toBe(expected));

  it("takes a date for a date", () => {
    const asked = "When does my visa expire?";
    expect(isAlikeValue("My visa expires in August", "I have 14 papers for the visa", asked, "visa")).toBe(false);
    expect(isAlikeValue("My visa expires in August", "The visa was extended to November", asked, "visa")).toBe(true);
  });
});

it("asSaid leaves out the dates that were worked out", () => {
  expect(asSaid("User moved on Friday (16 February 2024) to Lyon")).toBe("User moved on Friday to Lyon");
});

it("tellsOnlyOfAnEnd", () => {
  expect(tellsOnlyOfAnEnd("User dropped Portuguese")).toBe(true);
  expect(tellsOnlyOfAnEnd("User dropped Portuguese for Italian")).toBe(false);
});
