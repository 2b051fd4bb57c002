import { describe, expect, it } from "vitest";
import { condition, type Filter } from "../../src/domain/filter.ts";
import type { MemoryListQuery } from "../../src/ports/memory-store.ts";
import { addRecord, addText, applyTo, recordOf, START } from "../support/store-fixtures.ts";
import type { Suite } from "./memory-store.ts";

const LOOKALIKES = ["a", "A", "a*", "*", "a%", "a_b", "а", "a/b", "ａ", "a\u0301", "á", "null", "0"] as const;

export function describeReads(suite: Suite): void {
  const list = async (query: Partial<MemoryListQuery>): Promise<string[]> => {
    const page = await suite.store.listMemories({ userIds: ["u"], order: "said-ascending", limit: 100, ...query });
    return page.memories.map(({ record }) => record.text);
  };

  describe("lists", () => {
    it("orders by said time, then by arrival, and pages without gaps or repeats", async () => {
      for (const [text, saidAt] of [
        ["c", 30],
        ["a", 10],
        ["b", 20],
        ["b2", 20],
        ["d", -5],
      ] as const)
        await addText(suite.store, text, { userId: "u" }, { saidAt: START + saidAt });
      for (const order of ["said-ascending", "said-descending"] as const) {
        const expected = ["d", "a", "b", "b2", "c"];
        if (order === "said-descending") expected.reverse();
        const found: string[] = [];
        let cursor: string | null = "";
        while (cursor !== null) {
          const page = await suite.store.listMemories({
            userIds: ["u"],
            order,
            limit: 2,
            withTotal: true,
            ...(cursor === "" ? {} : { cursor }),
          });
          found.push(...page.memories.map(({ record }) => record.text));
          expect(page.total).toBe(5);
          cursor = page.next;
        }
        expect(found).toEqual(expected);
      }
      await expect(list({ cursor: "x; DROP" })).rejects.toMatchObject({ code: "invalid_input" });
    });

    it("narrows by kind, state, verification, expiry and filter", async () => {
      const scope = { userId: "u" };
      await addText(suite.store, "message", scope);
      await addRecord(suite.store, recordOf("fact", scope, { kind: "fact", metadata: { topic: "x" } }));
      await addRecord(suite.store, recordOf("old", scope, { kind: "fact", state: "superseded" }));
      await addRecord(suite.store, recordOf("doubtful", scope, { kind: "fact", isVerified: false }));
      await addRecord(suite.store, recordOf("expired", scope, { kind: "instruction", expirationDate: "2025-06-01" }));
      expect(await list({ kinds: ["fact"] })).toEqual(["fact", "old", "doubtful"]);
      expect(await list({ kinds: ["fact"], states: ["active"], isVerified: true })).toEqual(["fact"]);
      expect(await list({ today: "2025-06-02" })).not.toContain("expired");
      expect(await list({ today: "2025-06-01" })).toContain("expired");
      const filter = condition({ kind: "metadata", path: ["topic"] }, { operator: "eq", value: "x" });
      expect(await list({ filter })).toEqual(["fact"]);
    });

    it("never mixes users, however alike their ids are", async () => {
      for (const id of LOOKALIKES) await addText(suite.store, `of ${id}`, { userId: id });
      await addText(suite.store, "of nobody", { agentId: "a" });
      for (const id of LOOKALIKES) {
        expect(await list({ userIds: [id] })).toEqual([`of ${id}`]);
        const partition = await suite.store.readPartition(id);
        expect(await suite.store.readTurns(partition, 0)).toHaveLength(1);
        const { total } = await suite.store.listMemories({
          userIds: [id],
          order: "said-ascending",
          limit: 1,
          withTotal: true,
        });
        expect(total).toBe(1);
      }
      expect(await list({ userIds: [null] })).toEqual(["of nobody"]);
      expect(await list({ userIds: [] })).toEqual([]);
      expect(await list({ userIds: ["stranger"] })).toEqual([]);
      expect(await list({ userIds: "all" })).toHaveLength(LOOKALIKES.length + 1);
    });

    it("keeps agents, apps and runs of one user apart by filter", async () => {
      const keys = ["agentId", "appId", "runId"] as const;
      for (const key of keys)
        for (const id of LOOKALIKES) await addText(suite.store, `${key} ${id}`, { userId: "u", [key]: id });
      for (const key of keys) {
        for (const id of LOOKALIKES) {
          const filter: Filter = condition({ kind: "scope", key }, { operator: "eq", value: id });
          expect(await list({ filter })).toEqual([`${key} ${id}`]);
          const partition = await suite.store.readPartition("u");
          expect((await suite.store.readAllowed({ partition, filter })).size).toBe(1);
        }
      }
    });
  });

  describe("lookups", () => {
    it("gives memories in the order of the ids, leaving out unknown ones", async () => {
      const [one, two] = [
        await addText(suite.store, "one", { userId: "u" }),
        await addText(suite.store, "two", { userId: "v" }),
      ];
      const found = await suite.store.getMemories([two.id, "01900000-0000-7000-8000-ffffffffffff", one.id]);
      expect(found.map(({ record }) => record.text)).toEqual(["two", "one"]);
      const again = await suite.store.hydrate(found.map(({ reference }) => reference));
      expect(again).toEqual(found);
    });

    it("resolves foreign ids by source and instance", async () => {
      const id = { source: "mem0", instance: "x", id: "77" };
      const record = await addRecord(suite.store, recordOf("one", { userId: "u" }), { externalId: id });
      expect(await suite.store.resolveExternalIds([id])).toEqual(new Map([["77", record.id]]));
      expect(await suite.store.resolveExternalIds([{ ...id, instance: "y" }])).toEqual(new Map());
    });

    it("lists owners with what they have, and entities with who mentions them", async () => {
      const fact = { kind: "fact" } as const;
      const mentions = [{ name: "Berlin", type: "place" }] as const;
      const one = await addRecord(suite.store, recordOf("one", { userId: "u", agentId: "bot" }, fact), { mentions });
      await addRecord(suite.store, recordOf("two", { userId: "u" }, fact), {
        mentions: [
          { name: "BERLIN", type: "place" },
          { name: "Anna's", type: "person" },
        ],
      });
      await addRecord(suite.store, recordOf("three", { userId: "v" }, fact), { mentions });
      const owners = await suite.store.listOwners();
      expect(owners.map(({ type, id, memories }) => [type, id, memories])).toEqual(
        expect.arrayContaining([
          ["user", "u", 2],
          ["user", "v", 1],
          ["agent", "bot", 1],
        ]),
      );
      const { entities, next } = await suite.store.graph.listEntities({ scope: { userId: "u" }, now: START, limit: 1 });
      expect(entities.map(({ name, mentions: count }) => [name, count])).toEqual([["Anna's", 1]]);
      const rest = await suite.store.graph.listEntities({
        scope: { userId: "u" },
        now: START,
        limit: 5,
        cursor: next ?? "",
      });
      expect(rest.entities.map(({ name, mentions: count }) => [name, count])).toEqual([["Berlin", 2]]);
      const partition = await suite.store.readPartition("u");
      const found = await suite.store.findMentions(partition, ["berlin"], 10);
      expect((await suite.store.hydrate(found)).map(({ record }) => record.text)).toEqual(["two", "one"]);
      expect(await suite.store.findMentions(partition, ["Rome"], 10)).toEqual([]);
      await applyTo(suite.store, "u", {
        patch: [{ id: one.id, changes: { state: "deleted" }, event: "DELETE", actor: "user", reason: "" }],
      });
      expect(
        (await suite.store.graph.listEntities({ scope: { userId: "u" }, now: START, limit: 5 })).entities.find(
          ({ name }) => name === "Berlin",
        )?.mentions,
      ).toBe(1);
    });

    it("names nothing by deleted facts of a message", async () => {
      const message = await addText(suite.store, "Otto painted the fence", { userId: "u" });
      const sources = [{ messageId: message.id, spans: [{ start: 0, end: 4 }] }];
      const mentions = [{ name: "Otto", type: "person" }] as const;
      const fact = await addRecord(suite.store, recordOf("a fact", { userId: "u" }, { kind: "fact", sources }), {
        mentions,
      });
      const named = async (): Promise<readonly string[]> =>
        (
          await suite.store.graph.findNamed({ scope: { userId: "u" }, memoryIds: [message.id, fact.id], now: START })
        ).flatMap((names) => names.map(({ name }) => name));
      expect(await named()).toEqual(["Otto", "Otto"]);
      await applyTo(suite.store, "u", {
        patch: [{ id: fact.id, changes: { state: "deleted" }, event: "DELETE", actor: "user", reason: "" }],
      });
      expect(await named()).toEqual([]);
    });

    it("spells and dates an entity by the memories of the scope that asks", async () => {
      const fact = { kind: "fact" } as const;
      const add = (text: string, runId: string, name: string, createdAt: number): Promise<unknown> =>
        addRecord(suite.store, recordOf(text, { userId: "u", runId }, { ...fact, createdAt, updatedAt: createdAt }), {
          mentions: [{ name, type: "other" }],
        });
      await add("ACME makes anvils", "first", "ACME", START);
      await add("I like Acme", "second", "Acme", START + 5);
      await add("acme is late", "second", "acme", START + 9);
      const seen: unknown[] = [];
      for (const scope of [{ userId: "u" }, { userId: "u", runId: "first" }, { userId: "u", runId: "second" }]) {
        const { entities } = await suite.store.graph.listEntities({ scope, now: START + 10, limit: 5 });
        seen.push(...entities.map(({ name, createdAt, updatedAt }) => [name, createdAt, updatedAt]));
      }
      expect(seen).toEqual([
        ["ACME", START, START + 9],
        ["ACME", START, START],
        ["Acme", START + 5, START + 9],
      ]);
    });

    it("tells which memories stand for a message, and follows what replaced one another both ways", async () => {
      const message = await addText(suite.store, "I moved", { userId: "u" });
      const sources = [{ messageId: message.id, spans: [{ start: 0, end: 7 }] }];
      const last = await addRecord(suite.store, recordOf("third", { userId: "u" }, { kind: "fact", sources }));
      const middle = await addRecord(
        suite.store,
        recordOf("second", { userId: "u" }, { kind: "fact", state: "superseded", replacedBy: last.id }),
      );
      const first = await addRecord(
        suite.store,
        recordOf("first", { userId: "u" }, { kind: "fact", state: "superseded", replacedBy: middle.id }),
      );
      const [stored] = await suite.store.getMemories([message.id]);
      const stands = await suite.store.findStands([stored?.reference ?? 0]);
      expect(stands).toMatchObject([
        { message: stored?.reference, state: "active", isVerified: true, spans: sources[0]?.spans },
      ]);
      const three = (await suite.store.getMemories([first.id, middle.id, last.id])).map(({ reference }) => reference);
      const chains = await suite.store.findChains([three[1] ?? 0, stored?.reference ?? 0]);
      expect([...chains.keys()]).toEqual([three[1]]);
      const members = chains.get(three[1] ?? 0) ?? [];
      expect(new Set(members.map(({ reference }) => reference))).toEqual(new Set(three));
      expect(members.map(({ state }) => state).toSorted()).toEqual(["active", "superseded", "superseded"]);
    });

    it("finds what new facts are compared with: identity, slot or words, inside user, agent and app", async () => {
      const attribute = { subject: "user", attribute: "residence", value: "berlin", cardinality: "single" } as const;
      const add = async (text: string, scope: object, changes: object = {}): Promise<unknown> =>
        addRecord(suite.store, recordOf(text, { userId: "u", ...scope }, { kind: "fact", ...changes }));
      await add("lives in berlin", {}, { attribute });
      await add("likes gardening", {}, { state: "deleted" });
      await add("likes gardening", { agentId: "bot" });
      await add("unrelated", {});
      await addText(suite.store, "likes gardening", { userId: "u" });
      await addText(suite.store, "likes gardening", { userId: "v" });
      const lookup = { userId: "u", identities: [], attributes: [], terms: [] };
      const find = async (changes: object): Promise<unknown[]> =>
        (await suite.store.findReconcileCandidates({ ...lookup, ...changes })).map(({ record }) => [
          record.text,
          record.scope.agentId ?? null,
          record.state,
        ]);
      expect(await find({ identities: ["likes gardening"] })).toEqual([["likes gardening", null, "deleted"]]);
      expect(await find({ identities: ["likes gardening"], agentId: "bot" })).toEqual([
        ["likes gardening", "bot", "active"],
      ]);
      expect(await find({ attributes: [{ subject: "user", attribute: "residence" }] })).toEqual([
        ["lives in berlin", null, "active"],
      ]);
      expect(await find({ terms: [["garden"]] })).toEqual([["likes gardening", null, "deleted"]]);
      expect(await find({ identities: ["likes gardening"], appId: "unknown" })).toEqual([]);
    });
  });
}
