import { describe, expect, it } from "vitest";
import type { AttributeValue, MemoryRecord } from "../domain/memory.ts";
import { lastWordAt, wasKnownAt } from "../retrieval/as-of.ts";
import { reconcile } from "./reconcile.ts";
import type { IncomingFact } from "./reconcile-plan.ts";
import { createStore, factOf, type FactOptions } from "../../test/support/reconcile-store.ts";

const lives = (value: string): AttributeValue => ({
  subject: "user",
  attribute: "residence",
  value,
  cardinality: "single",
});
const works = (value: string): AttributeValue => ({
  subject: "user",
  attribute: "employer",
  value,
  cardinality: "single",
});
const likes = (value: string): AttributeValue => ({
  subject: "user",
  attribute: "likes",
  value,
  cardinality: "multiple",
});
const dislikes = (value: string): AttributeValue => ({ ...likes(value), attribute: "dislikes" });

/** "User lives in X", said at a day. */
const home = (id: string, city: string, day: number, options: FactOptions = {}): IncomingFact =>
  factOf(id, `User lives in ${city}`, day, { attribute: lives(city.toLowerCase()), ...options });

const flatInParis = (id: string, day: number) =>
  factOf(id, "User has a flat in Paris", day, { attribute: lives("paris") });

const dentistAt = (value: string): AttributeValue => ({ ...lives(value), attribute: "scheduled:dentist" });

const answerIn = (value: string): FactOptions => ({
  kind: "instruction",
  attribute: { subject: "user", attribute: "answer-language", value, cardinality: "single" },
});

const leftJob = (id: string, company: string, day: number, options: FactOptions = {}) =>
  factOf(id, `User no longer works at ${company}`, day, {
    attribute: works(company.toLowerCase()),
    cue: "end",
    ...options,
  });

const job = (id: string, company: string, day: number) =>
  factOf(id, `User works at ${company}`, day, { attribute: works(company.toLowerCase()) });

function storeOf(...facts: IncomingFact[]) {
  const store = createStore();
  for (const fact of facts) store.add([fact]);
  return store;
}

describe("duplicates", () => {
  it.each([
    "Alice lives in Paris",
    "alice lives in paris",
    "ALICE LIVES IN PARIS",
    "Alice lives in Paris.",
    "Alice  lives in  Paris",
    "Alice lives in Paris!",
    " Alice lives in Paris ",
    "“Alice lives in Paris”",
    "Alice is living in Paris",
    "Alice lives in París",
  ])("%j makes no second memory, and its evidence grows", (text) => {
    const store = storeOf(factOf("a", "Alice lives in Paris", 1));
    const [decision] = store.add([factOf("b", text, 2)]);
    expect(decision).toMatchObject({ action: "NONE", factId: "b", targetIds: ["a"] });
    expect(decision?.reason).toMatch(/evidence grows/u);
    expect(store.records().map((record) => record.id)).toEqual(["a"]);
    expect(store.get("a").sources.map((source) => source.messageId)).toEqual(["message-a", "message-b"]);
    expect(store.get("a").text).toBe("Alice lives in Paris");
  });

  it("leaves a memory alone when the same words are read again", () => {
    const fact = factOf("a", "Alice lives in Paris", 1);
    const store = storeOf(fact);
    expect(store.add([{ ...fact, id: "again" }])[0]).toMatchObject({ action: "NONE", patches: [] });
  });

  it("sees earlier facts of the same call", () => {
    const store = createStore();
    const decisions = store.add([
      factOf("a", "Alice lives in Paris", 1),
      factOf("b", "alice lives in paris.", 1),
      home("c", "Bern", 1),
      home("d", "Oslo", 2),
    ]);
    expect(decisions.map((decision) => decision.action)).toEqual(["ADD", "NONE", "ADD", "SUPERSEDE"]);
    expect(store.get("c")).toMatchObject({ state: "superseded", replacedBy: "d" });
  });

  it.each([
    ["User is vegetarian", "User is not vegetarian"],
    ["Rent is 900 euros", "Rent is 950 euros"],
    ["User met Andrea", "User met Andreas"],
    ["User ran on 3 May 2023", "User ran on 4 May 2023"],
    ["Anna ist Vegetarierin", "Anna ist keine Vegetarierin"],
    ["我吃肉", "我不吃肉"],
  ])("keeps %j beside %j", (left, right) => {
    const store = storeOf(factOf("a", left, 1), factOf("b", right, 2));
    expect(store.active().map((record) => record.text)).toEqual([left, right]);
  });

  it("keeps the same words of two speakers apart, unless they name whom they are about", () => {
    const store = storeOf(
      factOf("a", "I like tea", 1, { name: "Ana" }),
      factOf("b", "I like tea", 2, { name: "Ben" }),
      factOf("c", "Ana plays chess", 3, { name: "Ana" }),
      factOf("d", "Ana plays chess", 4, { name: "Ben" }),
    );
    expect(store.active().map((record) => record.id)).toEqual(["a", "b", "c"]);
  });

  it("keeps events of different dates apart though the words are the same", () => {
    const store = storeOf(
      factOf("a", "User went hiking", 2, { validFrom: 1 }),
      factOf("b", "User went hiking", 9, { validFrom: 8 * 86_400_000 }),
    );
    expect(store.active()).toHaveLength(2);
  });

  it("keeps the same words that fill two slots apart", () => {
    const text = "User lives in Bern and works at Post";
    const store = createStore();
    store.add([factOf("a", text, 1, { attribute: lives("bern") }), factOf("b", text, 1, { attribute: works("post") })]);
    expect(store.active()).toHaveLength(2);
  });

  it("does not take a message or a pattern for a fact", () => {
    const store = storeOf(factOf("a", "Alice lives in Paris", 1));
    store.set("a", { kind: "message" });
    expect(store.add([factOf("b", "Alice lives in Paris", 2)])[0]?.action).toBe("ADD");
  });
});

describe("deleted memories", () => {
  it("do not block what a later message says", () => {
    const store = storeOf(factOf("a", "User has asthma", 1));
    store.set("a", { state: "deleted", retractedAt: 5 });
    expect(store.add([factOf("b", "user has asthma.", 9)].map((fact) => ({ ...fact, storedAt: 9 })))[0]?.action).toBe(
      "ADD",
    );
  });

  it("block what was stored before the deletion, in the same or other words", () => {
    const store = storeOf(factOf("a", "User has asthma", 1), home("h", "Paris", 1));
    store.set("a", { state: "deleted", retractedAt: 5 });
    store.set("h", { state: "deleted", retractedAt: 5 });
    expect(store.add([factOf("b", "user has asthma.", 9)].map((fact) => ({ ...fact, storedAt: 4 })))[0]).toMatchObject({
      action: "NONE",
      patches: [],
      targetIds: ["a"],
      reason: expect.stringContaining("deleted"),
    });
    expect(store.add([{ ...flatInParis("c", 4), storedAt: 4 }])[0]?.action).toBe("NONE");
    expect(store.add([{ ...flatInParis("d", 4), storedAt: 6 }])[0]?.action).toBe("ADD");
  });

  it("block their own stretch of a message at any time", () => {
    const store = storeOf(factOf("a", "User has asthma", 1));
    store.set("a", { state: "deleted", retractedAt: 5 });
    const { sources } = store.get("a");
    expect(
      store.add([factOf("b", "User has asthma", 9, { sources })].map((fact) => ({ ...fact, storedAt: 9 })))[0]?.action,
    ).toBe("NONE");
  });

  it("do not block what an active memory says too", () => {
    const store = storeOf(factOf("a", "User has asthma", 1));
    store.set("a", { state: "deleted", retractedAt: 5 });
    store.insert({ ...store.get("a"), id: "b", state: "active" });
    expect(store.add([factOf("c", "User has asthma", 9)])[0]).toMatchObject({ action: "NONE", targetIds: ["b"] });
  });
});

describe("fuller statements", () => {
  it("give their words to the memory that is there", () => {
    const store = storeOf(factOf("a", "User has a dog", 1));
    const [decision] = store.add([factOf("b", "User has a brown dog named Rex", 2)]);
    expect(decision).toMatchObject({ action: "MERGE", targetIds: ["a"] });
    expect(decision?.patches[0]?.event).toBe("UPDATE");
    expect(store.active()).toEqual([expect.objectContaining({ id: "a", text: "User has a brown dog named Rex" })]);
    expect(store.get("a").sources).toHaveLength(2);
  });

  it("swallow barer ones that come later", () => {
    const store = storeOf(factOf("a", "User has a dog named Rex", 1), factOf("b", "User has a dog", 2));
    expect(store.active()).toEqual([expect.objectContaining({ id: "a", text: "User has a dog named Rex" })]);
    expect(store.get("a").sources).toHaveLength(2);
  });

  it("fold several barer ones into the oldest", () => {
    const store = storeOf(
      factOf("a", "User plays chess with Ann", 1),
      factOf("b", "User plays chess with Ann", 2, { name: "x" }),
    );
    store.insert({ ...store.get("a"), id: "c", text: "User plays chess", createdAt: 99_999 });
    store.add([factOf("d", "User plays chess with Ann and Bob", 3)]);
    expect(store.get("a")).toMatchObject({ state: "active", text: "User plays chess with Ann and Bob" });
    expect(store.get("c")).toMatchObject({ state: "merged", replacedBy: "a" });
    expect(store.add([factOf("e", "User plays chess", 4)])[0]).toMatchObject({ action: "NONE", targetIds: ["a"] });
  });

  it("of the same slot value keep the id too", () => {
    const store = storeOf(home("a", "Paris", 1));
    store.add([factOf("b", "User lives in Paris with Ann", 2, { attribute: lives("paris") })]);
    expect(store.records()).toEqual([expect.objectContaining({ id: "a", text: "User lives in Paris with Ann" })]);
  });

  it("do not merge over other figures", () => {
    const store = storeOf(factOf("a", "User has a dog", 1), factOf("b", "User has a dog and 2 cats", 2));
    expect(store.active()).toHaveLength(2);
  });
});

describe("single-valued slots", () => {
  it.each(["none", "change"] as const)("a later value supersedes, cue %s", (cue) => {
    const store = storeOf(home("a", "Paris", 1));
    const [decision] = store.add([home("b", "Berlin", 5, { cue })]);
    expect(decision).toMatchObject({
      action: "SUPERSEDE",
      reason: "newer value of residence (user): berlin replaces paris",
      targetIds: ["a"],
      memory: { state: "active", conflictsWith: [] },
    });
    expect(decision?.patches).toEqual([
      expect.objectContaining({
        id: "a",
        event: "SUPERSEDE",
        changes: { state: "superseded", replacedBy: "b", validTo: 5 },
      }),
    ]);
    expect(store.valuesAt(4)).toEqual(["paris"]);
    expect(store.valuesAt(5)).toEqual(["berlin"]);
    expect(wasKnownAt(store.get("a"), 1e9)).toBe(true);
  });

  it("a change is dated by when it took effect, where that was said", () => {
    const store = storeOf(home("a", "Paris", 1), home("b", "Berlin", 10, { cue: "change", validFrom: 7 }));
    expect(store.get("a").validTo).toBe(7);
    expect(store.valuesAt(8)).toEqual(["berlin"]);
  });

  it("a change told after the fact, from before the old value was last mentioned, is current", () => {
    const store = storeOf(home("a", "Paris", 5), home("b", "Berlin", 10, { cue: "change", validFrom: 3 }));
    expect(store.current()).toEqual(["berlin"]);
    expect(store.get("a")).toMatchObject({ state: "superseded", validTo: 5 });
  });

  it("a correction takes back the old value for the whole time", () => {
    const store = storeOf(home("a", "Paris", 1));
    store.now = 5_000;
    store.add([home("b", "Parma", 5, { cue: "correction" })]);
    expect(store.get("a")).toMatchObject({ state: "superseded", replacedBy: "b", validTo: 1, retractedAt: 5_000 });
    expect(store.get("b")).toMatchObject({ state: "active", validFrom: 1 });
    expect(store.valuesAt(3)).toEqual(["parma"]);
    expect(wasKnownAt(store.get("a"), 4_999)).toBe(true);
    expect(wasKnownAt(store.get("a"), 5_000)).toBe(false);
  });

  it("the same value in other words is not a change", () => {
    const store = storeOf(home("a", "Paris", 1));
    const [decision] = store.add([factOf("b", "Paris is home to User", 2, { attribute: lives("paris") })]);
    expect(decision).toMatchObject({ action: "NONE", targetIds: ["a"] });
    expect(store.get("a").sources).toHaveLength(2);
  });

  it("a value said with less detail is not a change", () => {
    const store = storeOf(home("a", "Berlin, Germany", 1), home("b", "Berlin", 2));
    expect(store.current()).toEqual(["berlin, germany"]);
  });

  it("going back to an old value is a new link of the chain", () => {
    const store = storeOf(home("a", "Paris", 1), home("b", "Berlin", 2), home("c", "Paris", 3));
    expect(store.current()).toEqual(["paris"]);
    expect(store.records().map(({ id, state, replacedBy }) => [id, state, replacedBy])).toEqual([
      ["a", "superseded", "b"],
      ["b", "superseded", "c"],
      ["c", "active", undefined],
    ]);
  });

  it("twenty changes make one line", () => {
    const store = createStore();
    for (let day = 1; day <= 20; day += 1) store.add([home(`f${day}`, `City${day}`, day)]);
    expect(store.current()).toEqual(["city20"]);
    for (let day = 1; day < 20; day += 1) {
      expect(store.get(`f${day}`).replacedBy).toBe(`f${day + 1}`);
      expect(store.valuesAt(day)).toEqual([`city${day}`]);
    }
  });

  it("a late arrival goes where it belongs and the current value stays", () => {
    const store = storeOf(home("a", "Paris", 1), home("c", "Berlin", 9));
    const [decision] = store.add([home("b", "Rome", 5)]);
    expect(decision).toMatchObject({ action: "ADD", memory: { state: "superseded", validTo: 9, replacedBy: "c" } });
    expect(store.get("a")).toMatchObject({ validTo: 5, replacedBy: "b" });
    expect([1, 5, 9].map((day) => store.valuesAt(day))).toEqual([["paris"], ["rome"], ["berlin"]]);
  });

  it("an older start said later is history", () => {
    const store = storeOf(home("a", "Paris", 10, { validFrom: 8 }));
    store.add([factOf("b", "User moved to Rome long ago", 20, { attribute: lives("rome"), validFrom: 2 })]);
    expect(store.current()).toEqual(["paris"]);
    expect(store.get("b")).toMatchObject({ state: "superseded", validTo: 8, replacedBy: "a" });
  });

  it("a stretch that reaches the present is not", () => {
    const store = storeOf(home("a", "Paris", 10));
    store.add([factOf("b", "User has lived in Rome since spring", 20, { attribute: lives("rome"), validFrom: 2 })]);
    expect(store.current()).toEqual(["rome"]);
  });

  it("a past told with its end never becomes current", () => {
    const store = storeOf(home("a", "Paris", 10));
    store.add([
      factOf("b", "User lived in Rome as a child", 20, { attribute: lives("rome"), validFrom: 2, validTo: 4 }),
    ]);
    expect(store.current()).toEqual(["paris"]);
    expect(store.valuesAt(3)).toEqual(["rome"]);
  });

  it("a past told first gives way to the present", () => {
    const store = createStore();
    store.add([
      factOf("b", "User lived in Rome as a child", 20, { attribute: lives("rome"), validFrom: 2, validTo: 4 }),
    ]);
    store.add([home("a", "Paris", 21)]);
    expect(store.current()).toEqual(["paris"]);
    expect(store.get("b")).toMatchObject({ state: "superseded", validTo: 4, replacedBy: "a" });
  });

  it("a late restatement does not let an older value win", () => {
    const store = storeOf(home("a", "Paris", 1), home("a2", "Paris", 9));
    store.add([home("b", "Rome", 5)]);
    expect(store.current()).toEqual(["paris"]);
    expect([4, 5, 8, 9].map((day) => store.valuesAt(day))).toEqual([["paris"], ["rome"], ["rome"], ["paris"]]);
  });

  it("a plan is dropped when something else is said before it comes true", () => {
    const store = storeOf(home("a", "Paris", 1), home("b", "Berlin", 5, { cue: "change", validFrom: 30 }));
    expect(store.valuesAt(29)).toEqual(["paris"]);
    store.add([home("c", "Rome", 8)]);
    expect(store.current()).toEqual(["rome"]);
    expect([5, 8, 40].map((day) => store.valuesAt(day))).toEqual([["paris"], ["rome"], ["rome"]]);
  });

  it("a moved appointment replaces the old date, whichever is nearer", () => {
    const store = storeOf(
      factOf("a", "The dentist is on 20 June", 1, { attribute: dentistAt("20 june"), validFrom: 20 }),
      factOf("b", "The dentist is on 12 June", 5, { attribute: dentistAt("12 june"), validFrom: 12 }),
      factOf("c", "The dentist is on 30 June", 7, { attribute: dentistAt("30 june"), validFrom: 30 }),
    );
    expect(store.current()).toEqual(["30 june"]);
    expect([1, 5, 7, 40].map((day) => store.valuesAt(day))).toEqual([
      ["20 june"],
      ["12 june"],
      ["30 june"],
      ["30 june"],
    ]);
  });

  it("subjects and qualifiers are slots of their own", () => {
    const store = storeOf(
      home("a", "Paris", 1),
      factOf("b", "Ana lives in Rome", 2, { attribute: { ...lives("rome"), subject: "ana" } }),
      factOf("c", "Rent is 900", 3, { attribute: { ...lives("900"), attribute: "price:rent" } }),
      factOf("d", "Internet is 30", 4, { attribute: { ...lives("30"), attribute: "price:internet" } }),
    );
    expect(store.active()).toHaveLength(4);
  });

  it("a newer instruction of the same attribute supersedes", () => {
    const store = storeOf(
      factOf("a", "Always answer in French", 1, answerIn("french")),
      factOf("b", "Answer in English from now on", 2, answerIn("english")),
    );
    expect(store.current()).toEqual(["english"]);
  });
});

describe("conflicts", () => {
  it.each<[string, FactOptions]>([
    ["said at the same time", {}],
    ["low confidence", { confidence: 0.3 }],
  ])("%s: both stay, each naming the other", (_, options) => {
    const day = options.confidence === undefined ? 1 : 5;
    const store = storeOf(home("a", "Paris", 1));
    const [decision] = store.add([home("b", "Berlin", day, options)]);
    expect(decision).toMatchObject({
      action: "ADD",
      targetIds: ["a"],
      reason: expect.stringMatching(/^conflict of residence/u),
    });
    expect(store.get("a")).toMatchObject({ state: "active", conflictsWith: ["b"] });
    expect(store.get("b")).toMatchObject({ state: "active", conflictsWith: ["a"] });
  });

  it.each([
    "Maybe User lives in Berlin",
    "User thinks, I think, of Berlin as home",
    "User wohnt vielleicht in Berlin",
    "Quizás vive en Berlín",
    "ユーザーはベルリンに住んでいるかもしれない",
  ])("hedged: %s", (text) => {
    const store = storeOf(home("a", "Paris", 1), factOf("b", text, 5, { attribute: lives("berlin") }));
    expect(store.active()).toHaveLength(2);
    expect(store.get("a").conflictsWith).toEqual(["b"]);
  });

  it("a cue decides even at the same moment", () => {
    const store = createStore();
    store.add([home("a", "Paris", 1), home("b", "Berlin", 1, { cue: "change" })]);
    expect(store.current()).toEqual(["berlin"]);
  });

  it("a later value settles them", () => {
    const store = storeOf(home("a", "Paris", 1), home("b", "Berlin", 1), home("c", "Rome", 2));
    expect(store.current()).toEqual(["rome"]);
    expect(store.get("a").replacedBy).toBe("c");
    expect(store.get("b").replacedBy).toBe("c");
  });

  it("saying one side again settles them", () => {
    const store = storeOf(home("a", "Paris", 1), home("b", "Berlin", 1));
    expect(store.add([home("c", "Paris", 4)])[0]).toMatchObject({ action: "UPDATE", targetIds: ["a", "b"] });
    expect(store.get("a")).toMatchObject({ state: "active", conflictsWith: [] });
    expect(store.get("b")).toMatchObject({ state: "superseded", validTo: 4, replacedBy: "a" });
  });

  it("an end of one side leaves the other", () => {
    const store = storeOf(home("a", "Paris", 1), home("b", "Berlin", 1));
    store.add([factOf("c", "User left Paris", 4, { attribute: lives("paris"), cue: "end" })]);
    expect(store.get("b")).toMatchObject({ state: "active", conflictsWith: [] });
    expect(store.current()).toEqual(["berlin"]);
    expect(store.get("c").attribute).toBeUndefined();
  });
});

describe("immutable memories", () => {
  it("are never patched; another value stands beside them", () => {
    const store = storeOf(home("a", "Paris", 1));
    store.set("a", { isImmutable: true });
    const before = store.get("a");
    expect(store.add([home("b", "Berlin", 5, { cue: "change" })])[0]).toMatchObject({
      action: "ADD",
      memory: { state: "active", conflictsWith: ["a"] },
      patches: [],
    });
    store.add([
      home("c", "Rome", 6),
      home("d", "Paris", 7),
      factOf("e", "User lives in Paris with Ann", 8, { attribute: lives("paris") }),
    ]);
    expect(store.get("a")).toEqual(before);
    expect(store.get("b")).toMatchObject({ state: "superseded", replacedBy: "c" });
    expect(store.get("c").conflictsWith).toContain("a");
  });

  it("take no fuller words", () => {
    const store = storeOf(factOf("a", "User has a dog", 1));
    store.set("a", { isImmutable: true });
    expect(store.add([factOf("b", "User has a dog named Rex", 2)])[0]).toMatchObject({ action: "ADD", patches: [] });
  });
});

describe("ends", () => {
  it("close the value and stand in its place", () => {
    const store = storeOf(job("a", "Acme", 1));
    expect(store.add([leftJob("b", "Acme", 5)])[0]).toMatchObject({
      action: "SUPERSEDE",
      reason: "end of employer (user): acme",
    });
    expect(store.get("a")).toMatchObject({ state: "superseded", validTo: 5, replacedBy: "b" });
    expect(store.get("b").attribute?.value).toBe("no longer acme");
  });

  it("are followed by the next value in one line", () => {
    const store = storeOf(job("a", "Acme", 1), leftJob("b", "Acme", 5), job("c", "Bolt", 9));
    expect(store.current()).toEqual(["bolt"]);
    expect(store.get("b").replacedBy).toBe("c");
  });

  it("of a value that is over already change nothing", () => {
    const store = storeOf(job("a", "Acme", 1), job("b", "Bolt", 5));
    expect(store.add([leftJob("c", "Acme", 6)])[0]).toMatchObject({ action: "NONE", targetIds: ["a"] });
    expect(store.current()).toEqual(["bolt"]);
  });

  it("of a value never heard of do not touch the current one", () => {
    const store = storeOf(job("b", "Bolt", 5), leftJob("c", "Zeta", 6));
    expect(store.current()).toEqual(["bolt"]);
    expect(store.active()).toHaveLength(2);
  });

  it("without a value end what is current", () => {
    const store = storeOf(job("a", "Acme", 1));
    store.add([factOf("b", "User lost the job", 4, { attribute: works(""), cue: "end" })]);
    expect(store.get("a").state).toBe("superseded");
  });

  it("that come first do not hide a later value", () => {
    expect(storeOf(leftJob("a", "Acme", 1), job("b", "Acme", 5)).current()).toEqual(["acme"]);
  });

  it("that arrive after the return do not close it", () => {
    const store = storeOf(job("a", "Acme", 1), leftJob("b", "Acme", 9), job("c", "Acme", 12), leftJob("d", "Acme", 5));
    expect(store.current()).toEqual(["acme"]);
  });
});

describe("multi-valued attributes", () => {
  it("gather values", () => {
    const store = storeOf(
      factOf("a", "User likes tea", 1, { attribute: likes("tea") }),
      factOf("b", "User likes coffee", 2, { attribute: likes("coffee"), cue: "change" }),
    );
    expect(store.active()).toHaveLength(2);
  });

  it("close one value when it ends", () => {
    const store = storeOf(
      factOf("a", "User likes tea", 1, { attribute: likes("tea") }),
      factOf("b", "User likes coffee", 2, { attribute: likes("coffee") }),
      factOf("c", "User no longer likes tea", 3, { attribute: likes("tea"), cue: "end" }),
    );
    expect(store.get("a")).toMatchObject({ state: "superseded", validTo: 3, replacedBy: "c" });
    expect(store.active().map((record) => record.id)).toEqual(["b", "c"]);
  });

  it("take the opposite as a change of mind about that value only", () => {
    const store = storeOf(
      factOf("a", "User likes tea", 1, { attribute: { ...likes("tea"), attribute: "likes:drink" } }),
      factOf("b", "User likes milk", 2, { attribute: likes("milk") }),
    );
    const [decision] = store.add([factOf("c", "User dislikes tea", 3, { attribute: dislikes("tea") })]);
    expect(decision?.reason).toBe("newer value of dislikes (user): dislikes tea replaces likes:drink tea");
    expect(store.active().map((record) => record.id)).toEqual(["b", "c"]);
    store.add([factOf("d", "User likes tea again", 4, { attribute: likes("tea") })]);
    expect(store.active().map((record) => record.id)).toEqual(["b", "d"]);
  });

  it("an end of the dislike does not end the liking", () => {
    const store = storeOf(
      factOf("a", "User likes tea", 1, { attribute: likes("tea") }),
      factOf("b", "User no longer dislikes tea", 2, { attribute: dislikes("tea"), cue: "end" }),
    );
    expect(store.get("a").state).toBe("active");
  });
});

describe("the plan", () => {
  it("does not depend on the order of the candidates", () => {
    const store = storeOf(
      home("a", "Paris", 1),
      home("b", "Berlin", 1),
      home("c", "Rome", 5),
      factOf("x", "User has a dog", 2),
    );
    const incoming = [home("d", "Oslo", 3), factOf("y", "User has a dog named Rex", 6), home("e", "Rome", 8)];
    const existing = store.existing();
    const plan = reconcile({ incoming, existing, now: 99 });
    expect(reconcile({ incoming, existing: existing.toReversed(), now: 99 })).toEqual(plan);
  });

  it("of nothing is nothing", () => {
    expect(reconcile({ incoming: [], existing: [], now: 0 })).toEqual({ decisions: [] });
  });

  it("lets an unsupported fact change nothing", () => {
    const store = storeOf(home("a", "Paris", 1), factOf("d", "User has a dog", 1));
    store.add([
      { ...home("b", "Berlin", 5, { cue: "change" }), isVerified: false },
      { ...factOf("e", "User has a dog named Rex", 5), isVerified: false },
    ]);
    expect(store.get("a")).toMatchObject({ state: "active", conflictsWith: [] });
    expect(store.get("d").text).toBe("User has a dog");
    expect(store.get("b")).toMatchObject({ isVerified: false, state: "active" });
    expect(store.add([home("c", "Berlin", 6)])[0]).toMatchObject({ action: "SUPERSEDE", targetIds: ["a"] });
  });

  it("leaves unverified memories out of slots", () => {
    const store = storeOf(home("a", "Paris", 9));
    store.set("a", { isVerified: false });
    store.add([home("b", "Berlin", 5)]);
    expect(store.get("b").state).toBe("active");
  });

  it("keeps the records of a slot readable by lastWordAt", () => {
    const records: readonly MemoryRecord[] = storeOf(home("a", "Paris", 1), home("b", "Berlin", 3)).records();
    expect(lastWordAt(records, 2).map((record) => record.id)).toEqual(["a"]);
  });
});
