import { describe, expect, it } from "vitest";
import type { Source } from "../../src/domain/memory.ts";
import { condition } from "../../src/domain/filter.ts";
import {
  addRecord,
  addText,
  applyTo,
  newMemory,
  readExport,
  recordOf,
  SPACE,
  START,
  toImport,
} from "../support/store-fixtures.ts";
import type { Suite } from "./memory-store.ts";

function source(messageId: string): Source {
  return { messageId, spans: [{ start: 0, end: 4 }] };
}

export function describeKeeping(suite: Suite): void {
  const fill = async (): Promise<{ early: string; late: string; fact: string }> => {
    const early = await addRecord(suite.store, recordOf("Anna lives in Oslo", { userId: "u", runId: "r" }), {
      externalId: { source: "mem0", instance: "x", id: "1" },
      attachments: '[{"type":"image"}]',
    });
    const fact = await addRecord(
      suite.store,
      recordOf("lives in Oslo", { userId: "u" }, { kind: "fact", sources: [source(early.id)], feedback: "POSITIVE" }),
      {
        mentions: [
          { name: "Oslo", type: "place" },
          { name: "Anna", type: "person" },
        ],
      },
    );
    const late = await addText(suite.store, "Yes, in Oslo", { userId: "u", runId: "r" });
    const text = "still lives in Oslo";
    const { passages } = await newMemory({ ...fact, text });
    await applyTo(suite.store, "u", {
      patch: [
        {
          id: fact.id,
          changes: { text, addSources: [source(late.id)] },
          identity: text,
          passages,
          event: "UPDATE",
          actor: "user",
          reason: "said again",
        },
        { id: late.id, changes: { state: "deleted" }, event: "DELETE", actor: "user", reason: "" },
      ],
    });
    await addText(suite.store, "somebody else's", { userId: "v" });
    await addText(suite.store, "nobody's", { agentId: "bot" });
    return { early: early.id, late: late.id, fact: fact.id };
  };

  describe("export and import", () => {
    it("moves everything into an empty store, so that it exports the same", async () => {
      await fill();
      const gone = await addText(suite.store, "to be forgotten", { userId: "u" });
      await suite.store.purge([gone.id], START);
      const entries = await readExport(suite.store);
      expect(entries.map(({ type }) => type)).toEqual([
        "memory",
        "memory",
        "memory",
        "sources",
        "memory",
        "memory",
        "purged",
      ]);
      const target = await suite.openEmpty();
      expect(await target.importMemories(await toImport(entries), { id: "import-1", kind: "import" })).toMatchObject({
        imported: 5,
        skipped: 0,
        different: 0,
        purged: 0,
      });
      expect(await readExport(target)).toEqual(entries);
      expect(await target.verify({})).toEqual([]);
      expect(await target.importMemories(await toImport(entries), { id: "import-1", kind: "import" })).toMatchObject({
        imported: 0,
        skipped: 5,
        different: 0,
      });
      expect(await readExport(target)).toEqual(entries);
    });

    it("takes a selection with the messages that it rests on, of its users alone", async () => {
      const { early, fact, late } = await fill();
      const selected = await readExport(suite.store, { userIds: ["u"], kinds: ["fact"] });
      expect(selected.map((entry) => (entry.type === "memory" ? entry.record.id : entry.type))).toEqual([
        early,
        fact,
        late,
        "sources",
      ]);
      const filter = condition({ kind: "scope", key: "runId" }, { operator: "eq", value: "r" });
      expect(
        (await readExport(suite.store, { userIds: ["u", "v"], filter })).map((entry) =>
          entry.type === "memory" ? entry.record.id : entry.type,
        ),
      ).toEqual([early, late]);
      expect(await readExport(suite.store, { userIds: ["stranger"] })).toEqual([]);
    });

    it("leaves what was changed or purged here as it is", async () => {
      const { early, fact } = await fill();
      const entries = await readExport(suite.store);
      await applyTo(suite.store, "u", {
        patch: [{ id: fact, changes: { feedback: "NEGATIVE" }, event: "FEEDBACK", actor: "user", reason: "" }],
      });
      await suite.store.purge([early], START);
      const before = await readExport(suite.store);
      expect(
        await suite.store.importMemories(await toImport(entries), { id: "import-1", kind: "import" }),
      ).toMatchObject({
        imported: 0,
        skipped: 4,
        different: 1,
        purged: 1,
      });
      expect(await readExport(suite.store)).toEqual(before);
    });

    it("refuses a memory whose source does not come before it, and writes nothing", async () => {
      await fill();
      const entries = await toImport(await readExport(suite.store));
      const target = await suite.openEmpty();
      await expect(target.importMemories(entries.slice(1), { id: "import-1", kind: "import" })).rejects.toMatchObject({
        code: "invalid_input",
      });
      expect(await readExport(target)).toEqual([]);
    });

    it("shows one moment, whatever is written meanwhile", async () => {
      for (let at = 0; at < 50; at += 1) await addText(suite.store, `note ${at}`, { userId: "u" });
      const found: string[] = [];
      for await (const entry of suite.store.exportMemories({ userIds: "all" })) {
        if (entry.type === "memory") found.push(entry.record.text);
        if (found.length === 10) await addText(suite.store, "meanwhile", { userId: "u" });
      }
      expect(found).toHaveLength(50);
    });
  });

  describe("forgetting", () => {
    it("purges memories from every read and keeps their heads", async () => {
      const { early, late, fact } = await fill();
      const receipt = await suite.store.purge([early, late], START + 5);
      expect(Object.keys(receipt.heads).toSorted()).toEqual([early, late, fact].toSorted());
      expect(receipt).toMatchObject({ memories: 3, at: START + 5 });
      expect(await suite.store.getMemories([early, late, fact])).toEqual([]);
      const partition = await suite.store.readPartition("u");
      expect(await suite.store.searchTerms({ partition, terms: ["oslo"], limit: 5 })).toEqual([]);
      expect(
        await suite.store.searchVectors({
          partition,
          space: SPACE.key,
          vector: new Float32Array(16).fill(0.25),
          limit: 5,
        }),
      ).toEqual([]);
      expect(await suite.store.readTurns(partition, 0)).toEqual([]);
      expect((await suite.store.graph.listEntities({ scope: { userId: "u" }, now: START, limit: 5 })).entities).toEqual(
        [],
      );
      expect(await suite.store.resolveExternalIds([{ source: "mem0", instance: "x", id: "1" }])).toEqual(new Map());
      const history = await suite.store.getHistory(fact);
      expect(history.map(({ event, previousText, newText, reason }) => [event, previousText, newText, reason])).toEqual(
        [
          ["ADD", null, null, ""],
          ["UPDATE", null, null, ""],
          ["PURGE", null, null, ""],
        ],
      );
      expect(await suite.store.purge([early], START)).toMatchObject({ memories: 0, heads: {} });
      expect(await suite.store.verify({})).toEqual([]);
    });

    it("empties itself at a reset and can be used again", async () => {
      await fill();
      await suite.store.reset();
      expect(await suite.store.statistics()).toMatchObject({
        users: 0,
        passages: 0,
        history: 0,
        entities: 0,
        pendingVectors: 0,
      });
      expect(await suite.store.listMemories({ userIds: "all", order: "said-ascending", limit: 5 })).toMatchObject({
        memories: [],
      });
      await addText(suite.store, "again", { userId: "u" });
      expect(await suite.store.verify({})).toEqual([]);
    });
  });

  describe("the whole", () => {
    it("counts what it holds", async () => {
      await fill();
      const counted = await suite.store.statistics();
      expect(counted.memories.message).toEqual({ active: 3, superseded: 0, merged: 0, deleted: 1 });
      expect(counted.memories.fact.active).toBe(1);
      expect(counted).toMatchObject({
        users: 2,
        passages: 5,
        history: 7,
        entities: 2,
        vectors: { [SPACE.key]: 5 },
        pendingVectors: 0,
      });
      expect(counted.bytes).toBeGreaterThan(0);
    });

    it("shows another handle what is written at once", async () => {
      const second = await suite.openSecond();
      await addText(second, "from elsewhere", { userId: "w", agentId: "new" });
      expect(
        (await suite.store.listMemories({ userIds: ["w"], order: "said-ascending", limit: 5 })).memories,
      ).toHaveLength(1);
      await suite.store.reset();
      expect((await second.readPartition("w")).version).toBe(0);
    });

    it("refuses work after it was closed", async () => {
      const store = await suite.openEmpty();
      await store.close();
      await store.close();
      await expect(store.readPartition("u")).rejects.toMatchObject({ code: "store_failed" });
    });
  });
}
