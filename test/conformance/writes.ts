import { describe, expect, it } from "vitest";
import type { MemoryRecord } from "../../src/domain/memory.ts";
import { addRecord, addText, applyTo, newMemory, nextId, recordOf, START } from "../support/store-fixtures.ts";
import type { Suite } from "./memory-store.ts";

export function describeWrites(suite: Suite): void {
  describe("writes", () => {
    it("gives a record back as it was stored, every field of it", async () => {
      const message = await addText(suite.store, "Ich wohne in Zürich 🏔", {
        userId: "u",
        agentId: "a",
        appId: "p",
        runId: "r",
      });
      const record: MemoryRecord = {
        ...recordOf("User lives in Zürich", message.scope),
        kind: "fact",
        role: "assistant",
        name: "Anna",
        metadata: { nested: { list: [1, null, "ü"] }, "a.b": true },
        categories: ["Home", "place"],
        state: "superseded",
        isVerified: false,
        isImmutable: true,
        validFrom: START - 5,
        validTo: START + 5,
        granularity: "month",
        retractedAt: START + 6,
        expirationDate: "2030-01-02",
        attribute: { subject: "user", attribute: "residence", value: "zürich", cardinality: "single" },
        replacedBy: nextId(),
        conflictsWith: [nextId()],
        sources: [
          {
            messageId: message.id,
            spans: [
              { start: 0, end: 9 },
              { start: 13, end: 19 },
            ],
          },
        ],
        language: "de",
        confidence: 0.75,
        feedback: "POSITIVE",
        feedbackReason: "right",
      };
      await addRecord(suite.store, record);
      const [stored] = await suite.store.getMemories([record.id]);
      expect(stored?.record).toEqual(record);
      expect(stored?.isTurn).toBe(false);
      expect(stored?.evidence).toMatchObject([
        { messageId: message.id, text: message.text, runId: "r", spans: record.sources[0]?.spans, state: "active" },
      ]);
    });

    it("counts the partition's version up with every change and refuses a change that expects another", async () => {
      expect((await suite.store.readPartition("u")).version).toBe(0);
      await addText(suite.store, "one", { userId: "u" });
      const { version } = await suite.store.readPartition("u");
      expect(version).toBe(1);
      const late = await newMemory(recordOf("late", { userId: "u" }));
      expect(await suite.store.apply({ userId: "u", at: START, expectedVersion: 0, add: [late] })).toEqual({
        status: "conflict",
        version,
      });
      expect(await suite.store.getMemories([late.record.id])).toEqual([]);
      expect(await suite.store.apply({ userId: "u", at: START, expectedVersion: version, add: [late] })).toMatchObject({
        status: "applied",
        version: version + 1,
      });
    });

    it("says which changes touched rows and which re-wrote text", async () => {
      const record = await addText(suite.store, "one", { userId: "u" });
      const added = await suite.store.readPartition("u");
      await applyTo(suite.store, "u", {
        patch: [{ id: record.id, changes: { state: "deleted" }, event: "DELETE", actor: "user", reason: "" }],
      });
      const patched = await suite.store.readPartition("u");
      expect(patched.patchVersion).toBe(patched.version);
      expect(patched.textVersion).toBe(added.textVersion);
      const { passages } = await newMemory({ ...record, text: "two" });
      await applyTo(suite.store, "u", {
        patch: [
          {
            id: record.id,
            changes: { text: "two" },
            identity: "two",
            passages,
            event: "UPDATE",
            actor: "user",
            reason: "",
          },
        ],
      });
      const rewritten = await suite.store.readPartition("u");
      expect(rewritten.textVersion).toBe(rewritten.version);
    });

    it("changes nothing when a part of a change fails", async () => {
      const record = await addText(suite.store, "one", { userId: "u" });
      const before = await suite.store.readPartition("u");
      const fresh = await newMemory(recordOf("two", { userId: "u" }));
      const bad = { id: nextId(), changes: { state: "deleted" }, event: "DELETE", actor: "user", reason: "" } as const;
      await expect(suite.store.apply({ userId: "u", at: START, add: [fresh], patch: [bad] })).rejects.toMatchObject({
        code: "not_found",
      });
      // Another user's memory is not there either.
      const foreign = { ...bad, id: record.id };
      await expect(suite.store.apply({ userId: "v", at: START, patch: [foreign] })).rejects.toMatchObject({
        code: "not_found",
      });
      expect(await suite.store.readPartition("u")).toEqual(before);
      expect(await suite.store.getMemories([fresh.record.id])).toEqual([]);
      expect((await suite.store.getMemories([record.id]))[0]?.record.state).toBe("active");
      expect((await suite.store.listPartitions()).map(({ userId }) => userId)).toEqual(["u"]);
    });

    it("sets, clears and leaves alone what a patch says", async () => {
      const record = await addRecord(
        suite.store,
        recordOf("one", { userId: "u" }, { kind: "fact", validFrom: 5, validTo: 9, categories: ["x"] }),
      );
      await applyTo(suite.store, "u", {
        patch: [
          {
            id: record.id,
            changes: { validTo: null, metadata: { a: 1 }, feedback: "NEGATIVE", feedbackReason: "no" },
            event: "FEEDBACK",
            actor: "user",
            reason: "said so",
          },
        ],
      });
      const [stored] = await suite.store.getMemories([record.id]);
      expect(stored?.record).toMatchObject({
        validFrom: 5,
        metadata: { a: 1 },
        categories: ["x"],
        feedback: "NEGATIVE",
        updatedAt: START + 1_000_000,
      });
      expect(stored?.record).not.toHaveProperty("validTo");
    });

    it("keeps a history of every change, with the texts before and after", async () => {
      const record = await addText(suite.store, "one", { userId: "u" });
      const step = async (changes: object, event: "UPDATE" | "DELETE" | "RESTORE", text?: string): Promise<unknown> =>
        applyTo(suite.store, "u", {
          patch: [
            {
              id: record.id,
              changes,
              event,
              actor: "user",
              reason: event.toLowerCase(),
              ...(text === undefined
                ? {}
                : { identity: text, passages: (await newMemory({ ...record, text })).passages }),
            },
          ],
        });
      await step({ text: "two" }, "UPDATE", "two");
      await step({ state: "deleted" }, "DELETE");
      await step({ state: "active" }, "RESTORE");
      await step({ text: "three" }, "UPDATE", "three");
      const history = await suite.store.getHistory(record.id);
      expect(
        history.map(({ version, event, previousText, newText }) => [version, event, previousText, newText]),
      ).toEqual([
        [1, "ADD", null, "one"],
        [2, "UPDATE", "one", "two"],
        [3, "DELETE", "two", null],
        [4, "RESTORE", null, "two"],
        [5, "UPDATE", "two", "three"],
      ]);
      expect(history.map(({ reason }) => reason)).toEqual(["said", "update", "delete", "restore", "update"]);
      expect(new Set(history.map(({ hash }) => hash)).size).toBe(5);
      expect(await suite.store.verify({})).toEqual([]);
    });

    it("adds sources to those that are there", async () => {
      const [one, two] = [
        await addText(suite.store, "one", { userId: "u" }),
        await addText(suite.store, "two", { userId: "u" }),
      ];
      const span = { start: 0, end: 3 };
      const fact = await addRecord(
        suite.store,
        recordOf("fact", { userId: "u" }, { kind: "fact", sources: [{ messageId: one.id, spans: [span] }] }),
      );
      await applyTo(suite.store, "u", {
        patch: [
          {
            id: fact.id,
            changes: {
              addSources: [
                { messageId: one.id, spans: [span, { start: 1, end: 2 }] },
                { messageId: two.id, spans: [span] },
              ],
            },
            event: null,
            actor: "reconcile",
            reason: "",
          },
        ],
      });
      expect((await suite.store.getMemories([fact.id]))[0]?.record.sources).toEqual([
        { messageId: one.id, spans: [span, { start: 1, end: 2 }] },
        { messageId: two.id, spans: [span] },
      ]);
      expect(await suite.store.getHistory(fact.id)).toHaveLength(1);
    });

    it("keeps an answer under its idempotency key, and gives the key once", async () => {
      expect(await suite.store.readIdempotent("k")).toBeNull();
      const idempotency = { key: "k", fingerprint: "f", answer: "{}" };
      await applyTo(suite.store, "u", { idempotency });
      expect(await suite.store.readIdempotent("k")).toEqual({ fingerprint: "f", answer: "{}" });
      const twin = await newMemory(recordOf("twin", { userId: "u" }));
      await suite.store.apply({ userId: "u", at: START, add: [twin], idempotency }).catch(() => undefined);
      expect(await suite.store.getMemories([twin.record.id])).toEqual([]);
    });

    it("lets two handles write to one user, one of them after a conflict", async () => {
      const second = await suite.openSecond();
      const write = async (store: typeof second, name: string): Promise<void> => {
        for (let at = 0; at < 20; at += 1) {
          const memory = await newMemory(recordOf(`${name} ${at}`, { userId: "u" }));
          for (;;) {
            const { version } = await store.readPartition("u");
            if (
              (await store.apply({ userId: "u", at: START, expectedVersion: version, add: [memory] })).status ===
              "applied"
            )
              break;
          }
        }
      };
      await Promise.all([write(suite.store, "left"), write(second, "right")]);
      expect((await suite.store.readPartition("u")).version).toBe(40);
      expect(await suite.store.verify({})).toEqual([]);
    });
  });
}
