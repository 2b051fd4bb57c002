import { describe, expect, test } from "vitest";
import type { AttributeValue } from "../../domain/memory.ts";
import { relationsOf } from "./relations-of.ts";

function read(text: string, attribute: AttributeValue, names: readonly string[] = []): string[] {
  const mentions = names.map((name) => ({ name, type: "other" as const }));
  return relationsOf({ kind: "fact", text, attribute }, mentions).map(
    ({ subject, predicate, object }) =>
      `${subject.name} (${subject.type}) ${predicate} ${object.name} (${object.type})`,
  );
}

const slot = (subject: string, attribute: string, value: string): AttributeValue => ({
  subject,
  attribute,
  value,
  cardinality: "single",
});

describe("relationsOf", () => {
  test("a slot that names a second thing is a relation, spelled as the memory spells it", () => {
    expect(read("Bob lives in New York", slot("bob", "residence", "new york"))).toEqual([
      "Bob (person) lives_in New York (place)",
    ]);
    expect(read("User's sister is Anna", slot("user", "family:sister", "anna"), ["Anna"])).toEqual([
      "User (person) sister Anna (person)",
    ]);
  });

  test("a role that the text says otherwise keeps its owner's spelling", () => {
    expect(read("User's mom lives in Leeds", slot("user's mother", "residence", "leeds"))).toEqual([
      "User's mother (person) lives_in Leeds (place)",
    ]);
  });

  test("of a qualified slot the qualifier is the subject", () => {
    expect(read("Priya leads Apollo", slot("user", "lead:apollo", "priya"))).toEqual([
      "Apollo (project) led_by Priya (person)",
    ]);
  });

  test("a bare value, an end, a message and a text that says something else by now are none", () => {
    expect(read("User is 40", slot("user", "age", "40"))).toEqual([]);
    expect(read("User left Google", slot("user", "employer", "no longer google"))).toEqual([]);
    expect(read("User works at Acme", slot("user", "employer", "google"))).toEqual([]);
    expect(
      relationsOf({ kind: "message", text: "I live in Oslo", attribute: slot("user", "residence", "oslo") }, []),
    ).toEqual([]);
  });
});
