import { expect, test } from "vitest";
import { spokenName } from "./spoken-name.ts";
import { spokenRoles } from "./spoken-roles.ts";

test.each([
  ["Where does my sister live?", ["user's sister"]],
  ["My mom's birthday", ["user's mother"]],
  ["What does Bob's wife do?", ["bob's partner"]],
  ["Where does my sister's husband work?", ["user's sister's partner"]],
  ["Where is my car?", []],
  ["Where do I live?", []],
])("spokenRoles: %s", (question, roles) => {
  expect(spokenRoles(question)).toEqual(roles);
});

test.each([
  ["me", "user"],
  ["my older sister", "user's sister"],
  ["Bob’s mom", "bob's mother"],
  ["Robert Smith", "Robert Smith"],
])("spokenName: %s", (given, name) => {
  expect(spokenName(given)).toBe(name);
});
