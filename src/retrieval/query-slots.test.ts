import { expect, it } from "vitest";
import { askedSlots, askedThings, isAskedThing } from "./query-slots.ts";

it.each([
  ["What can I cook for Alice?", "allergy"],
  ["does she eat nuts", "diet"],
  ["How much do I weigh?", "weight"],
  ["How tall is Ben?", "height"],
  ["Where does Emma live now?", "residence"],
  ["Where do I work?", "employer"],
  ["How old is Ben?", "age"],
  ["who is my manager", "manager"],
  ["Is he married?", "relationship_status"],
  ["What are my working hours?", "shift"],
  ["Who do I report to?", "manager"],
])("%s asks for %s", (query, slot) => {
  expect(askedSlots(query)).toContain(slot);
});

it.each(["When did we hike?", "What did you recommend for the API?", "work out the totals", "どこ"])(
  "%s asks for none",
  (query) => {
    expect(askedSlots(query)).toEqual([]);
  },
);

it("asks for a slot by its name", () => {
  expect(isAskedThing("accountant", askedThings("Who is my accountant?"))).toBe(true);
  expect(isAskedThing("package manager", askedThings("Which package manager do we use?"))).toBe(true);
  expect(isAskedThing("dance", askedThings("What does my dance studio offer?"))).toBe(false);
  expect(isAskedThing("location:key", askedThings("Where is my key?"))).toBe(false);
});

it("hours and shifts are not the employer", () => {
  expect(askedSlots("What shifts do I work?")).not.toContain("employer");
});
