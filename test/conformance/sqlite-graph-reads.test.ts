import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { SqliteStore } from "../../src/adapters/stores/sqlite/sqlite-store.ts";
import type { NewMemory } from "../../src/ports/memory-store.ts";
import { applyTo, newMemory, recordOf, SPACE, START } from "../support/store-fixtures.ts";

const scope = { userId: "u" };
const now = START + 1e9;
let store: SqliteStore;

beforeEach(async () => {
  store = new SqliteStore({ path: ":memory:", space: SPACE });
  await store.open();
});
afterEach(() => store.close());

async function related(subject: string, predicate: string, object: string): Promise<NewMemory> {
  const ends = [subject, object].map((name) => ({ name, type: "person" as const }));
  const [from, to] = ends;
  if (from === undefined || to === undefined) throw new Error("no ends");
  return newMemory(recordOf(`${subject} ${predicate} ${object}`, scope, { kind: "fact" }), {
    mentions: ends,
    relations: [{ subject: from, predicate, object: to, origin: "slot" }],
  });
}

async function idsOf(...names: string[]): Promise<string[]> {
  const found = await store.graph.findByName(scope, names, now);
  return found.map((entity) => entity?.id ?? "none");
}

async function shown(entityIds: readonly string[], limit: number): Promise<string[]> {
  const time = { asOf: null, includeEnded: false, now };
  const { relations } = await store.graph.listRelations({ scope, entityIds, limit, ...time });
  return relations.map(({ subject, predicate, object }) => `${subject.name} ${predicate} ${object.name}`);
}

describe("reads of many entities at once", () => {
  it("give what reads of each give, of a hub, of one with other names, and of one that is known by a role", async () => {
    const add: NewMemory[] = [];
    for (let at = 0; at < 60; at += 1) add.push(await related(`spoke${at}`, "knows", "hub"));
    add.push(await related("user", "sister", "anna"), await related("user's sister", "likes", "jazz"));
    add.push(await related("robert", "same_as", "bob"), await related("bob", "knows", "anna"));
    add.push(await related("anna", "knows", "spoke1"));
    await applyTo(store, "u", { add });
    const ids = await idsOf("hub", "anna", "bob", "robert", "spoke1", "user");
    for (const limit of [3, 10, 100]) {
      const each: string[] = [];
      for (const id of ids) for (const line of await shown([id], limit)) if (!each.includes(line)) each.push(line);
      expect(await shown(ids, limit)).toEqual(each);
    }
    expect(await shown(ids.slice(0, 1), 10)).toEqual(
      Array.from({ length: 10 }, (_, at) => `spoke${59 - at} knows hub`),
    );
    expect(await shown(ids.slice(1, 2), 10)).toEqual([
      "anna knows spoke1",
      "bob knows anna",
      "anna likes jazz",
      "user sister anna",
    ]);
  });

  it("find what relates nothing, of each the newest, under all names", async () => {
    const add: NewMemory[] = [await related("robert", "same_as", "bob"), await related("bob", "knows", "anna")];
    for (let at = 0; at < 5; at += 1) {
      const mentions = [{ name: at % 2 === 0 ? "bob" : "robert", type: "person" as const }];
      add.push(await newMemory(recordOf(`says ${at}`, scope, { kind: "fact" }), { mentions }));
    }
    const mentions = [{ name: "anna", type: "person" as const }];
    add.push(await newMemory(recordOf("hums", scope, { kind: "fact" }), { mentions }));
    await applyTo(store, "u", { add });
    const entityIds = await idsOf("anna", "bob");
    const found = await store.graph.findMemories({ scope, entityIds, isUnrelated: true, now, limit: 3 });
    const texts = await Promise.all(
      found.map(async (ids) => (await store.getMemories(ids)).map(({ record }) => record.text)),
    );
    expect(texts).toEqual([["hums"], ["says 4", "says 3", "says 2"]]);
  });
});
