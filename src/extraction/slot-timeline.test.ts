import { expect, it } from "vitest";
import { createStore, factOf } from "../../test/support/reconcile-store.ts";

function slot(value: string) {
  return { attribute: { subject: "user", attribute: "commute", value, cardinality: "single" as const } };
}

it.each([
  ["User takes the bus for three days", "active"],
  ["User takes the bus for a week", "active"],
  ["User takes the bus for now and for ever", "superseded"],
])("%s: the ferry is then %s", (text, state) => {
  const store = createStore();
  store.add([factOf("old", "User takes the ferry", 1, slot("ferry"))]);
  store.add([factOf("new", text, 9, slot("bus"))]);
  expect(store.get("old").state).toBe(state);
});
