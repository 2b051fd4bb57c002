import { expect, it } from "vitest";
import { isOfAnother } from "./of-another.ts";

const said = (text: string, attribute: string, value: string) => ({
  text,
  attribute: { subject: "user", attribute, value, cardinality: "single" as const },
});

it.each([
  ["User's rival's new slogan is Go", "slogan", "go", "User's slogan is Come in", "come in"],
  ["User's own curfew is 1", "kids' curfew", "1", "The kids' curfew is 9", "9"],
  [
    "User: The clinic has a new phone number, 555-0100",
    "phone",
    "555-0100",
    "User's phone number is 555-0123",
    "555-0123",
  ],
  ["The database grew to 12 TB", "database", "12 tb", "The database is MySQL", "mysql"],
])("%s is of another", (text, attribute, value, before, held) => {
  expect(isOfAnother(said(text, attribute, value), said(before, attribute, held))).toBe(true);
});

it.each([
  ["User's slogan is Go", "slogan", "go", "User's slogan is Come in", "come in"],
  ["The kids' curfew is 10 now", "kids' curfew", "10", "The kids' curfew is 9", "9"],
  ["User's dentist's Dr Reyes now", "dentist", "dr reyes", "User's dentist is Dr Novak", "dr novak"],
  ["User has a new phone number, 555-0100", "phone", "555-0100", "User's phone number is 555-0123", "555-0123"],
  ["The database is at 12 TB", "size:database", "12 tb", "The database is at 9 TB", "9 tb"],
])("%s is of the same", (text, attribute, value, before, held) => {
  expect(isOfAnother(said(text, attribute, value), said(before, attribute, held))).toBe(false);
});
