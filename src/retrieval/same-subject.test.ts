import { describe, expect, it } from "vitest";
import { analyze } from "../text/analyze.ts";
import { readAskedState } from "./asked-state.ts";
import { namesAskedSide, speaksOfAsked } from "./same-subject.ts";

function speaks(question: string, older: string, newer: string): boolean {
  const asked = readAskedState(question, new Set(analyze(question)), null);
  const terms = new Set(analyze(older));
  return speaksOfAsked(newer, asked, { terms, values: new Set([...terms].filter((term) => !asked.terms.has(term))) });
}

describe("speaksOfAsked", () => {
  it.each([
    ["Who is my dentist?", "My dentist is Dr Novak", "My sister's dentist is Dr Reyes now"],
    ["What car do I drive?", "I drive a Mazda", "My neighbour swapped his old car for a Lexus"],
    ["What is my wife's car?", "My wife's car is a Polo", "I traded my car in for a Kona"],
    ["What is the front door code?", "The front door code is 1180", "The garage code was changed to 6652"],
    ["Who is our home insurance with?", "Home insurance is with Allianz", "We changed the pet insurance to Petplan"],
    ["Which room is the meeting in?", "The meeting is in room 4", "The training has moved to room 9"],
    ["Where do I park?", "I park on Hill Road", "Visitors have to park on Mill Road now"],
    ["Who is my therapist?", "My therapist is Dr Bloom", "Kate's therapist left so she's seeing Dr Frost"],
    ["What is my cat called?", "My cat is called Miso", "I got a rabbit called Truffle"],
    ["What is my thesis about?", "My thesis is about bees", "I changed the font of my thesis to Garamond"],
    ["What position does my son play?", "My son plays striker", "My son's friend was made goalkeeper"],
    ["Which watch do I have?", "My watch is a Seiko", "I gave my dad a Citizen watch"],
  ])("not: %s %s. %s.", (question, older, newer) => expect(speaks(question, older, newer)).toBe(false));

  it.each([
    ["Who is leading our seed round?", "Our seed round was led by Harrow", "Harrow backed out, Kestrel is leading"],
    ["When is my flight?", "My flight is at 6:40", "The airline rebooked me on the 11:05"],
    ["What position does Max play?", "Max plays left back", "Coach made Max the goalkeeper"],
    ["Who is my accountant?", "My accountant is Steiner", "Sofia has taken over as my accountant"],
    ["What dose of sertraline do I take?", "I take 50 mg", "My doctor upped the sertraline to 100 mg"],
    ["Where do my parents live?", "My parents live in Devon", "Mum and Dad bought a bungalow in Norfolk"],
    ["Who owns the corner café?", "The corner café belongs to Luis", "Two sisters took over the corner café"],
    ["What is Shona's due date?", "Shona is due 4 June", "Shona's baby is now due 28 May"],
    ["Where do I park?", "I park on Elm Street", "Permit came through for Oak Avenue, so that's where I park"],
  ])("%s %s. %s.", (question, older, newer) => expect(speaks(question, older, newer)).toBe(true));
});

it("namesAskedSide", () => {
  const asked = readAskedState("Where is our wedding?", new Set(analyze("Where is our wedding?")), null);
  expect(namesAskedSide("The venue's Thornbury Barn now", asked)).toBe(true);
  expect(namesAskedSide("The cake is a lemon one now", asked)).toBe(false);
});
