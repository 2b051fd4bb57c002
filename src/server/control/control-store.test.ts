import { expect, it } from "vitest";
import { ControlStore } from "./control-store.ts";
import { createOrganization, listOrganizations } from "./projects.ts";

it("what is made within one millisecond is listed in the order in which it was made", () => {
  const store = new ControlStore(":memory:", () => Date.UTC(2026, 0, 1));
  const names = Array.from({ length: 50 }, (_, index) => `organization ${index}`);
  for (const name of names) createOrganization(store, name);
  expect(listOrganizations(store).map(({ name }) => name)).toEqual(names);
  store.close();
});
