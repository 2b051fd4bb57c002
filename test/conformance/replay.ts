import { describe, expect, it } from "vitest";
import type { Scope } from "../../src/domain/scope.ts";
import type { ReplayMessage } from "../../src/ports/memory-store.ts";
import { addRecord, addText, recordOf, START } from "../support/store-fixtures.ts";
import type { Suite } from "./memory-store.ts";

const scope: Scope = { userId: "u", runId: "r" };

function said(text: string, changes: Partial<ReplayMessage> = {}): ReplayMessage {
  return { role: "user", name: null, text, attachments: null, identity: text, saidAt: null, ...changes };
}

/** Design decisions 1 (what counts as a repeat) and 5 (what a session is). */
export function describeReplay(suite: Suite): void {
  const findTexts = async (...texts: string[]): Promise<readonly (string | null)[]> =>
    suite.store.findReplay(
      scope,
      texts.map((text) => said(text)),
    );

  describe("replay", () => {
    it("knows a message by session, speaker, text and explicit time", async () => {
      const { id, saidAt } = await addText(suite.store, "Yes.", scope);
      const find = async (message: ReplayMessage, within: Scope = scope): Promise<string | null | undefined> =>
        (await suite.store.findReplay(within, [message]))[0];
      expect(await find(said("Yes.", { saidAt }))).toBe(id);
      for (const other of [
        said("Yes.", { saidAt: saidAt + 1 }),
        said("yes.", { saidAt }),
        said("Yes.", { saidAt, role: "assistant" }),
        said("Yes.", { saidAt, name: "Anna" }),
      ])
        expect(await find(other)).toBeNull();
      for (const within of [
        { userId: "u" },
        { userId: "u", runId: "R" },
        { userId: "v", runId: "r" },
        { userId: "u", runId: "r", agentId: "a" },
      ])
        expect(await find(said("Yes.", { saidAt }), within)).toBeNull();
    });

    it("tells messages of the same words apart by what is attached to them", async () => {
      const attachments = '[{"type":"image","image":"aGk="}]';
      const { id, saidAt } = await addRecord(suite.store, recordOf("Look", scope), { attachments });
      const next = await addText(suite.store, "Nice?", scope, { saidAt: saidAt + 1 });
      const other = '[{"type":"image","image":"aG8="}]';
      const find = (message: ReplayMessage, ...more: ReplayMessage[]): Promise<readonly (string | null)[]> =>
        suite.store.findReplay(scope, [message, ...more]);
      expect(await find(said("Look", { saidAt, attachments }))).toEqual([id]);
      expect(await find(said("Look", { attachments }), said("Nice?"))).toEqual([id, next.id]);
      for (const each of [null, other]) {
        expect(await find(said("Look", { saidAt, attachments: each }))).toEqual([null]);
        expect(await find(said("Look", { attachments: each }), said("Nice?"))).toEqual([null, null]);
      }
    });

    it.each(["Look", ""])("knows a message %j after which stands what its attachments say", async (words) => {
      const attachments = '[{"type":"image","image":"aGk="}]';
      const text = words === "" ? "[image: a cat]" : `${words}\n\n[image: a cat]`;
      const { id, saidAt } = await addRecord(suite.store, recordOf(text, scope), { identity: words, attachments });
      const next = await addText(suite.store, "Nice?", scope, { saidAt: saidAt + 1 });
      const find = (message: ReplayMessage, ...more: ReplayMessage[]): Promise<readonly (string | null)[]> =>
        suite.store.findReplay(scope, [message, ...more]);
      expect(await find(said(words, { saidAt, attachments }))).toEqual([id]);
      expect(await find(said(words, { attachments }), said("Nice?"))).toEqual([id, next.id]);
      expect(await find(said(words, { saidAt }))).toEqual([null]);
      expect(await find(said("Loo", { saidAt, attachments }))).toEqual([null]);
      expect(await find(said("Loo", { attachments }), said("Nice?"))).toEqual([null, null]);
    });

    it("takes a second message with the same words for a second message", async () => {
      await addText(suite.store, "Yes.", scope);
      expect(await suite.store.findReplay(scope, [said("Yes.")])).toEqual([null]);
    });

    it("knows a stretch of two or more, whole or up to the session's end", async () => {
      const ids: string[] = [];
      for (const text of ["one", "two", "three", "four"]) ids.push((await addText(suite.store, text, scope)).id);
      expect(await findTexts("two", "three")).toEqual([ids[1], ids[2]]);
      expect(await findTexts("three", "four", "five")).toEqual([ids[2], ids[3], null]);
      expect(await findTexts("one", "three")).toEqual([null, null]);
      expect(await findTexts("four", "five")).toEqual([null, null]);
      expect(await findTexts("two", "three", "five")).toEqual([null, null, null]);
    });

    it("reads what was said last in a session, oldest first, of that session alone", async () => {
      for (const [index, text] of ["one", "two", "three"].entries())
        await addText(suite.store, text, scope, { saidAt: START + index * 1000 });
      await addText(suite.store, "elsewhere", { userId: "u" }, { saidAt: START + 1500 });
      await addText(suite.store, "another user's", { userId: "v", runId: "r" }, { saidAt: START + 1500 });
      const tail = await suite.store.readSessionTail(scope, START + 1500, 5);
      expect(tail.map(({ text }) => text)).toEqual(["one", "two"]);
      expect((await suite.store.readSessionTail(scope, START + 9000, 2)).map(({ text }) => text)).toEqual([
        "two",
        "three",
      ]);
      expect(await suite.store.readSessionTail({ userId: "u", runId: "unknown" }, START + 9000, 2)).toEqual([]);
    });

    it("gives a passage its neighbours in said time, of its session alone", async () => {
      for (let at = 0; at < 9; at += 1)
        await addText(suite.store, `line ${"abcdefghi"[at] ?? ""}`, scope, { saidAt: START + ((at * 4) % 9) * 1000 });
      await addText(suite.store, "elsewhere", { userId: "u", runId: "R" }, { saidAt: START + 4000 });
      const partition = await suite.store.readPartition("u");
      const rows = await suite.store.readTurns(partition, 0);
      expect(rows.map(({ passage }) => passage)).toEqual(
        rows.map(({ passage }) => passage).toSorted((left, right) => left - right),
      );
      const middle = rows.find(({ saidAt }) => saidAt === START + 4000);
      const window = await suite.store.readTurnWindows(partition, [middle?.passage ?? 0], 2);
      expect(window.map(({ saidAt }) => (saidAt - START) / 1000).toSorted()).toEqual([2, 3, 4, 5, 6]);
      expect(new Set(window.map(({ session }) => session)).size).toBe(1);
    });
  });
}
