import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { SqliteStore } from "../../src/adapters/stores/sqlite/sqlite-store.ts";
import type { MemoryRecord } from "../../src/domain/memory.ts";
import type { MemoryChanges, MemoryStore } from "../../src/ports/memory-store.ts";
import { addRecord, addText, applyTo, newMemory, recordOf, SPACE, START } from "../support/store-fixtures.ts";

let folder: string;
let store: SqliteStore;
let writer: SqliteStore;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "windows-"));
  store = open();
  writer = open();
  await store.open();
  await writer.open();
});

afterEach(async () => {
  await store.close();
  await writer.close();
  rmSync(folder, { recursive: true, force: true });
});

function open(): SqliteStore {
  return new SqliteStore({ path: join(folder, "memory.db"), space: SPACE, durability: "relaxed" });
}

/** What a store gives for each passage alone, and for all of them with a few that come alone. */
async function look(from: MemoryStore): Promise<unknown> {
  const partition = await from.readPartition("u");
  const rows = await from.readTurns(partition, 0);
  const passages = rows.map(({ passage }) => passage);
  const windows: unknown[] = [];
  for (const passage of passages.slice(0, 25))
    windows.push(await from.readTurnWindows(partition, [passage], 2, passages.slice(-2)));
  const states = await from.readStates(
    partition,
    rows.map(({ memory }) => memory),
  );
  return { windows, all: await from.readTurnWindows(partition, passages, 2), states };
}

/** What a store gives that has read nothing yet. */
async function lookAnew(): Promise<unknown> {
  const fresh = open();
  const seen = await look(fresh);
  await fresh.close();
  return seen;
}

async function change(record: MemoryRecord, changes: MemoryChanges): Promise<void> {
  await applyTo(writer, "u", { patch: [{ id: record.id, changes, event: "UPDATE", actor: "user", reason: "" }] });
}

describe("rows that a store keeps for the next search", () => {
  it("give way to what another process adds, between turns, at their end and in other sessions", async () => {
    // Equal and falling times too; the second session has no run.
    for (let round = 0; round < 10; round += 1) {
      for (let step = round * 4; step < round * 4 + 4; step += 1) {
        const saidAt = START + ((step * 7) % 23) * 60_000;
        const scope = step % 3 === 0 ? { userId: "u" } : { userId: "u", runId: `r${step % 2}` };
        await addText(step % 2 === 0 ? writer : store, `turn ${"abcdefghijklm"[step % 13] ?? ""}`, scope, { saidAt });
      }
      expect(await look(store)).toEqual(await lookAnew());
    }
  });

  it("give way to index units that are added to a stored message", async () => {
    const records: MemoryRecord[] = [];
    for (let at = 0; at < 6; at += 1)
      records.push(await addText(writer, `line ${at} of it`, { userId: "u" }, { saidAt: START + at * 1000 }));
    expect(await look(store)).toEqual(await lookAnew());
    const { passages } = await newMemory(recordOf("the rest of a long message", { userId: "u" }));
    const [first] = passages;
    if (first === undefined) throw new Error("no passage");
    await applyTo(writer, "u", {
      addPassages: { memoryId: records[2]?.id ?? "", passages: [{ ...first, start: 9, end: 30 }] },
    });
    expect(await look(store)).toEqual(await lookAnew());
  });

  it("give way to a text that is re-written, a move, more sources, a state and an opinion", async () => {
    const turns: MemoryRecord[] = [];
    for (let at = 0; at < 8; at += 1)
      turns.push(await addText(writer, `line ${at} here`, { userId: "u", runId: "r" }, { saidAt: START + at * 1000 }));
    const fact = recordOf("grows roses", { userId: "u" }, { kind: "fact", sources: [] });
    await addRecord(writer, fact);
    expect(await look(store)).toEqual(await lookAnew());
    const text = "grows tulips";
    const { passages } = await newMemory({ ...fact, text });
    await applyTo(writer, "u", {
      patch: [{ id: fact.id, changes: { text }, identity: text, passages, event: "UPDATE", actor: "user", reason: "" }],
    });
    expect(await look(store)).toEqual(await lookAnew());
    const [one, two, three] = turns;
    if (one === undefined || two === undefined || three === undefined) throw new Error("no turns");
    await change(two, { scope: { runId: "elsewhere" } });
    expect(await look(store)).toEqual(await lookAnew());
    await change(fact, { addSources: [{ messageId: one.id, spans: [{ start: 0, end: 4 }] }] });
    expect(await look(store)).toEqual(await lookAnew());
    await change(fact, { state: "superseded" });
    expect(await look(store)).toEqual(await lookAnew());
    await change(three, { feedback: "POSITIVE" });
    expect(await look(store)).toEqual(await lookAnew());
    await change(three, { isVerified: false });
    expect(await look(store)).toEqual(await lookAnew());
  });

  it("are gone after a purge and after a reset", async () => {
    const turns: MemoryRecord[] = [];
    for (let at = 0; at < 8; at += 1)
      turns.push(await addText(writer, `line ${at} here`, { userId: "u" }, { saidAt: START + at * 1000 }));
    expect(await look(store)).toEqual(await lookAnew());
    await writer.purge([turns[3]?.id ?? ""], START);
    expect(await look(store)).toEqual(await lookAnew());
    await store.purge([turns[5]?.id ?? ""], START);
    expect(await look(store)).toEqual(await lookAnew());
    await store.reset();
    await addText(writer, "begun anew", { userId: "u" });
    expect(await look(store)).toEqual(await lookAnew());
  });

  it("are read anew when very much was added at once", async () => {
    for (let at = 0; at < 4; at += 1)
      await addText(writer, `line ${at} here`, { userId: "u" }, { saidAt: START + at * 4_000_000 });
    expect(await look(store)).toEqual(await lookAnew());
    const add = await Promise.all(
      Array.from({ length: 2100 }, async (_, at) =>
        newMemory(recordOf("many", { userId: "u" }, { saidAt: START + at * 5000 })),
      ),
    );
    await applyTo(writer, "u", { add });
    const partition = await store.readPartition("u");
    const [row] = await store.readTurns(partition, 0);
    const window = await store.readTurnWindows(partition, [row?.passage ?? 0], 2);
    expect(window).toHaveLength(3);
    expect(window.map(({ saidAt }) => saidAt - START)).toEqual([0, 0, 5000]);
  });
});
