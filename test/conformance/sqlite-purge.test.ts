import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { SqliteDriver } from "../../src/adapters/stores/sqlite/driver.ts";
import { PLAIN_TEXT_COLUMNS, TEXT_COLUMNS } from "../../src/adapters/stores/sqlite/schema.ts";
import { SqliteStore } from "../../src/adapters/stores/sqlite/sqlite-store.ts";
import type { MemoryRecord } from "../../src/domain/memory.ts";
import { analyze } from "../../src/text/analyze.ts";
import { addRecord, addText, applyTo, newMemory, recordOf, SPACE, START, vectorOf } from "../support/store-fixtures.ts";

let folder: string;
let path: string;
let store: SqliteStore;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "purge-"));
  path = join(folder, "memory.db");
  store = new SqliteStore({ path, space: SPACE });
});

afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

/** All bytes of the store's files. */
function bytes(): Buffer {
  return Buffer.concat(
    ["", "-wal", "-shm"]
      .map((end) => path + end)
      .filter((file) => existsSync(file))
      .map((file) => readFileSync(file)),
  );
}

function holds(needle: string | Uint8Array): boolean {
  return bytes().includes(Buffer.from(needle));
}

/** One word per place in which a memory leaves its words, each in the stem that the text index holds too. */
const MARKERS = {
  text: "zorblatt", fact: "quibbnok", older: "vrexxil", name: "Grimblewort", metadata: "plonkmeta", category: "dringcat",
  subject: "florpsubj", value: "wibblval", entity: "Snarkopolis", feedback: "mumpfeed", attachment: "klixattach",
  reason: "jorvreason", answer: "trunkanswer", payload: "gromjob", error: "fizzerror", external: "oddforeign", old: "mirkold",
} as const; // prettier-ignore

async function plant(): Promise<{ message: MemoryRecord; fact: MemoryRecord }> {
  const message = recordOf(
    `I saw a ${MARKERS.text} today`,
    { userId: "u" },
    { name: MARKERS.name, metadata: { note: MARKERS.metadata } },
  );
  await addRecord(store, message, {
    attachments: JSON.stringify([MARKERS.attachment]),
    externalId: { source: "mem0", instance: "x", id: MARKERS.external },
  });
  const fact = recordOf(
    `User saw a ${MARKERS.older}`,
    { userId: "u" },
    {
      kind: "fact",
      categories: [MARKERS.category],
      attribute: { subject: MARKERS.subject, attribute: "saw", value: MARKERS.value, cardinality: "single" },
      sources: [{ messageId: message.id, spans: [{ start: 0, end: 5 }] }],
    },
  );
  await addRecord(store, fact, { mentions: [{ name: MARKERS.entity, type: "place" }], reason: MARKERS.reason });
  const text = `User saw a ${MARKERS.fact}`;
  const { passages } = await newMemory({ ...fact, text });
  await applyTo(store, "u", {
    patch: [
      {
        id: fact.id,
        changes: { text, feedback: "NEGATIVE", feedbackReason: MARKERS.feedback },
        identity: text,
        passages,
        event: "UPDATE",
        actor: "user",
        reason: MARKERS.old,
      },
    ],
    jobs: [{ type: "summarise", payload: { memoryId: fact.id, text: MARKERS.payload } }],
    idempotency: {
      key: "k",
      fingerprint: "f",
      answer: JSON.stringify({ results: [{ id: fact.id, memory: MARKERS.answer }] }),
    },
  });
  const job = await store.jobs.claim(["summarise"], START, START + 2_000_000);
  if (job === null) throw new Error("the job is not there");
  await store.jobs.fail(job, MARKERS.error, null);
  for (let at = 0; at < 600; at += 1) await addText(store, `ordinary remark ${at}`, { userId: "u" });
  return { message, fact };
}

function sourcesOf(ids: readonly string[]): MemoryRecord["sources"] {
  return ids.map((messageId) => ({ messageId, spans: [{ start: 0, end: 5 }] }));
}

describe("purge", () => {
  it("leaves no byte of a memory in the file, its log or its free pages", async () => {
    const { message, fact } = await plant();
    const vectors = [message.text, `User saw a ${MARKERS.fact}`, `User saw a ${MARKERS.older}`].map(
      (text) => vectorOf(text) ?? new Float32Array(),
    );
    const needles = [
      ...Object.values(MARKERS),
      ...analyze(Object.values(MARKERS).join(" ")),
      ...vectors.map((vector) => new Uint8Array(vector.buffer, 0, 32)),
    ];
    for (const marker of Object.values(MARKERS)) expect([marker, holds(marker)]).toEqual([marker, true]);
    const before = await store.getHistory(fact.id);

    const receipt = await store.purge([message.id, fact.id], START + 9);
    expect(receipt).toMatchObject({ memories: 2, at: START + 9, wal: "truncated" });
    for (const needle of needles) expect([needle, holds(needle)]).toEqual([needle, false]);

    const after = await store.getHistory(fact.id);
    expect(after.map(({ event }) => event)).toEqual(["ADD", "UPDATE", "PURGE"]);
    expect(after.slice(0, 2).map(({ hash }) => hash)).toEqual(before.map(({ hash }) => hash));
    expect(receipt.heads[fact.id]).toBe(after.at(-1)?.hash);
    expect(await store.getMemories([message.id, fact.id])).toEqual([]);
    expect(await store.verify({})).toEqual([]);
  });

  it("takes with a message what rests on it alone, and leaves what rests on others too", async () => {
    const [one, two] = [
      await addText(store, "first word", { userId: "u" }),
      await addText(store, "second word", { userId: "u" }),
    ];
    const alone = await addRecord(
      store,
      recordOf("alone", { userId: "u" }, { kind: "fact", sources: sourcesOf([one.id]) }),
    );
    const both = await addRecord(
      store,
      recordOf("both", { userId: "u" }, { kind: "fact", sources: sourcesOf([one.id, two.id]) }),
    );
    const receipt = await store.purge([one.id], START);
    expect(Object.keys(receipt.heads).toSorted()).toEqual([one.id, alone.id].toSorted());
    expect((await store.getMemories([both.id]))[0]?.record.sources.map(({ messageId }) => messageId)).toEqual([two.id]);
  });

  it("says that the log is pending while a reader keeps it, and clears it later", async () => {
    const message = await addText(store, "I saw a zorblatt today", { userId: "u" });
    const reader = new SqliteDriver(path, { readOnly: true });
    reader.execute("BEGIN");
    reader.get("SELECT count(*) FROM memories");
    const receipt = await store.purge([message.id], START);
    expect(receipt.wal).toBe("pending");
    expect(holds("zorblatt")).toBe(true);
    reader.close();
    expect((await store.purge([message.id], START)).wal).toBe("truncated");
    expect(holds("zorblatt")).toBe(false);
  });

  it("leaves nothing of anybody after a reset", async () => {
    await plant();
    await store.reset();
    for (const marker of Object.values(MARKERS)) expect([marker, holds(marker)]).toEqual([marker, false]);
    expect(await store.verify({})).toEqual([]);
  });

  it("knows every column that can hold text", async () => {
    await store.open();
    const driver = new SqliteDriver(path, { readOnly: true });
    const unlisted = driver
      .all(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'text_index_%' AND name <> 'text_vocabulary'",
      )
      .flatMap(({ name }) =>
        driver.all("SELECT ? AS owner, name, type FROM pragma_table_info(?)", String(name), String(name)),
      )
      .filter(({ type }) => !["INTEGER", "REAL", "BLOB"].includes(String(type)))
      .map(({ owner, name }) => `${String(owner)}.${String(name)}`)
      .filter((column) => !(column in TEXT_COLUMNS) && !PLAIN_TEXT_COLUMNS.includes(column));
    driver.close();
    // A new column is listed in schema.ts, with what a purge does to it.
    expect(unlisted).toEqual([]);
  });
});

describe("backup", () => {
  it("is consistent and sound although others write meanwhile", async () => {
    for (let at = 0; at < 400; at += 1) await addText(store, `remark ${at} about sailing`, { userId: "u" });
    const other = new SqliteStore({ path, space: SPACE });
    const state = { isDone: false };
    let written = 0;
    const writing = (async () => {
      while (!state.isDone) {
        await addText(other, `written meanwhile ${written}`, { userId: "v" });
        written += 1;
        await new Promise((resolve) => {
          setTimeout(resolve, 0);
        });
      }
    })();
    const copy = join(folder, "copy.db");
    const { bytes: size } = await store.backup(copy);
    state.isDone = true;
    await writing;
    await other.close();
    expect(size).toBeGreaterThan(100_000);
    const restored = new SqliteStore({ path: copy, space: SPACE });
    expect(await restored.verify({ analyze: (text) => analyze(text) })).toEqual([]);
    expect(
      (await restored.listMemories({ userIds: ["u"], order: "said-ascending", limit: 1000 })).memories,
    ).toHaveLength(400);
    await restored.close();
    await expect(store.backup(copy)).rejects.toMatchObject({ code: "conflict" });
  });
});
