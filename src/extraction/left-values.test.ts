import { describe, expect, it } from "vitest";
import { createStore, factOf, type ReconcileStore } from "../../test/support/reconcile-store.ts";

function slot(attribute: string, value: string, cardinality: "single" | "multiple" = "single") {
  return { attribute: { subject: "user", attribute, value, cardinality } };
}

function storeWith(attribute: string, value: string): ReconcileStore {
  const store = createStore();
  store.add([factOf("old", `User's ${attribute} is ${value}`, 1, slot(attribute, value))]);
  return store;
}

describe("a fact that leaves a value in force", () => {
  it("gives its own value to the slot that held the other", () => {
    const store = storeWith("issue tracker", "trello");
    store.add([factOf("new", "User swapped Trello for Basecamp", 9, slot("uses", "basecamp", "multiple"))]);
    expect(store.get("old").state).toBe("superseded");
    expect(store.get("new").attribute).toMatchObject({ attribute: "issue tracker", value: "basecamp" });
  });

  it("ends the value when it has none of its own", () => {
    const store = storeWith("manager", "dana");
    store.add([factOf("new", "Dana stepped down and Omar is filling in", 9)]);
    expect(store.get("old").state).toBe("superseded");
    expect(store.get("new").attribute).toMatchObject({ attribute: "manager", value: "no longer dana" });
  });

  it.each([
    ["names it without leaving it", "User met Dana at the fair"],
    ["leaves something that only contains it", "User sold the Danaher shares"],
    ["tells that somebody else leaves it", "User's roommate dropped Dana for Omar"],
  ])("is let be when it %s", (_why, text) => {
    const store = storeWith("manager", "dana");
    store.add([factOf("new", text, 9)]);
    expect(store.get("old").state).toBe("active");
  });

  it("is let be when two slots hold the value", () => {
    const store = storeWith("manager", "dana");
    store.add([factOf("other", "User's friend is Dana", 2, slot("mentor", "dana"))]);
    store.add([factOf("new", "Dana stepped down", 9)]);
    expect(store.active()).toHaveLength(3);
  });
});

describe("a change of a thing under another name", () => {
  it.each([
    ["run on:blog", "fly", "location:blog", "render"],
    ["with:pension", "aegon", "location:pension", "nest"],
    ["schedule:yoga", "mondays", "schedule:yoga class", "tuesdays"],
    ["end:visa", "march", "visa", "september"],
  ])("%s is changed by %s", (name, value, later, newer) => {
    const store = storeWith(name, value);
    store.add([factOf("new", `It is ${newer} now`, 9, { ...slot(later, newer), cue: "change" })]);
    expect(store.get("old").state).toBe("superseded");
    expect(store.current()).toEqual([newer]);
  });

  it.each([
    ["bike", "trek", "location:bike", "shed"],
    ["schedule:cafe", "8", "end:cafe", "18"],
    ["residence", "paris", "location:car", "lyon"],
  ])("%s stays beside %s", (name, value, later, newer) => {
    const store = storeWith(name, value);
    store.add([factOf("new", `It is ${newer} now`, 9, { ...slot(later, newer), cue: "change" })]);
    expect(store.get("old").state).toBe("active");
  });
});
