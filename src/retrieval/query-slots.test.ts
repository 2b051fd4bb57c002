import { expect, it } from "vitest";
import { askedSlots } from "./query-slots.ts";

it.each([
  ["What can I cook for Alice?", "allergy"],
  ["does she eat nuts", "diet"],
  ["Where does Emma live now?", "residence"],
  ["Where do I work?", "employer"],
  ["How old is Ben?", "age"],
  ["who is my manager", "manager"],
  ["Is he married?", "relationship_status"],
])("%s asks for %s", (query, slot) => {
  expect(askedSlots(query)).toContain(slot);
});

it.each(["When did we hike?", "What did you recommend for the API?", "work out the totals", "どこ"])(
  "%s asks for none",
  (query) => {
    expect(askedSlots(query)).toEqual([]);
  },
);
