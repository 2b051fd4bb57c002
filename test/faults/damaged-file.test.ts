import { closeSync, openSync, statSync, writeSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, it } from "vitest";
import { MemoryError } from "../../src/errors.ts";
import { createEngine } from "../../src/create-memory.ts";
import { Memory } from "../../src/index.ts";
import { copyCrashed } from "../support/fault-copy.ts";
import { inFolder, report, seededRandom, times } from "../support/fault-run.ts";

const MESSAGES = times(700, 380);

function content(index: number): string {
  return `The keeper of lighthouse number${index} wrote about the storm and the harbour of Bergen.`;
}

async function fillStore(path: string): Promise<void> {
  const memory = new Memory({ dbPath: path });
  await memory.add(
    Array.from({ length: MESSAGES }, (_, index) => ({ role: "user", content: content(index) })),
    { userId: "alice" },
  );
  await memory.close();
}

function damage(path: string, work: (database: DatabaseSync) => void): void {
  const database = new DatabaseSync(path);
  // Shadow tables of the text index are guarded in normal use.
  database.enableDefensive(false);
  work(database);
  database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  database.close();
}

async function find(memory: Memory, index: number): Promise<boolean> {
  const { results } = await memory.search(`lighthouse number${index}`, { filters: { user_id: "alice" }, topK: 5 });
  return results.some((hit) => hit.memory.includes(`number${index} `));
}

async function verifyTwice(path: string): Promise<{ found: number; left: number }> {
  const engine = createEngine({ dbPath: path });
  const found = await engine.store.verify({ repair: false });
  await engine.store.verify({ repair: true });
  const left = await engine.store.verify({ repair: false });
  await engine.close();
  return { found: found.length, left: left.length };
}

const FLIP = "substr(q, 1, 2000) || randomblob(64) || substr(q, 2065)";

it.each([
  ["bytes flipped in a packed block", `UPDATE vector_blocks SET q = ${FLIP}`],
  ["a packed block cut off", "UPDATE vector_blocks SET q = substr(q, 1, 100)"],
  ["a lost packed block", "DELETE FROM vector_blocks"],
  ["a damaged list of passages", "UPDATE vector_segments SET passages = randomblob(1024)"],
  ["damaged copies that are not sealed", "UPDATE vector_tail SET q = randomblob(length(q))"],
  ["wrong counts", "UPDATE vector_partitions SET row_count = row_count + 7"],
  ["damaged vectors", "UPDATE vectors SET e = randomblob(7) WHERE vector_no % 50 = 0"],
])("%s: searches answer, adds go on, verify repairs it", async (name, sql) => {
  await inFolder(async (folder) => {
    const path = join(folder, "memory.db");
    await fillStore(path);
    damage(path, (database) => {
      database.exec(sql);
    });
    const warnings: string[] = [];
    const memory = new Memory({ dbPath: path, onWarning: (warning) => warnings.push(warning) });
    let answered = 0;
    for (const index of [3, 333, MESSAGES - 9]) if (await find(memory, index)) answered += 1;
    expect(answered).toBe(3);
    await memory.add(content(MESSAGES), { userId: "alice" });
    expect(await find(memory, MESSAGES)).toBe(true);
    await memory.close();
    const { found, left } = await verifyTwice(path);
    report(`${name}: ${answered} of 3 searches answered, verify found ${found} and left ${left}`);
    expect(found).toBeGreaterThan(0);
    expect(left).toBe(0);
  });
});

it.each([
  ["damaged text index blocks", "UPDATE text_index_data SET block = randomblob(length(block)) WHERE id > 10"],
  ["a lost text index block", "DELETE FROM text_index_data WHERE id > 10"],
  ["words that are no longer in the text index", "DELETE FROM text_index WHERE rowid % 3 = 0"],
])("%s: nothing crashes, and verify repairs it", async (name, sql) => {
  await inFolder(async (folder) => {
    const path = join(folder, "memory.db");
    await fillStore(path);
    damage(path, (database) => {
      database.exec(sql);
    });
    const memory = new Memory({ dbPath: path });
    const outcome = await outcomeOf(() => find(memory, 333));
    const added = await outcomeOf(async () => {
      await memory.add(content(MESSAGES), { userId: "alice" });
      return true;
    });
    await memory.close();
    const { found, left } = await verifyTwice(path);
    const repaired = new Memory({ dbPath: path });
    const after = await find(repaired, 333);
    await repaired.add("I own a bell.", { userId: "alice" });
    await repaired.close();
    report(`${name}: search ${outcome}, add ${added}, verify found ${found} and left ${left}, then found: ${after}`);
    expect(found).toBeGreaterThan(0);
    expect(left).toBe(0);
    expect(after).toBe(true);
  });
});

it("bytes flipped anywhere in the file never crash it", async () => {
  const flips = times(150, 20);
  const random = seededRandom("flipped bytes");
  await inFolder(async (folder) => {
    const path = join(folder, "memory.db");
    await fillStore(path);
    const size = statSync(path).size;
    const outcomes = new Map<string, number>();
    for (let round = 0; round < flips; round += 1) {
      const copy = copyCrashed(path, folder, `flip${round}`);
      const file = openSync(copy, "r+");
      for (let count = 0; count < 20; count += 1) {
        const bytes = Buffer.from(Array.from({ length: 16 }, () => Math.floor(random() * 256)));
        writeSync(file, bytes, 0, 16, Math.floor(random() * (size - 16)));
      }
      closeSync(file);
      const memory = new Memory({ dbPath: copy });
      const searched = await outcomeOf(() => find(memory, 333));
      const added = await outcomeOf(async () => {
        await memory.add("I own a bell.", { userId: "alice" });
        return true;
      });
      await memory.close();
      const key = `search ${searched}, add ${added}`;
      outcomes.set(key, (outcomes.get(key) ?? 0) + 1);
    }
    // Whatever else ended a search or an add has thrown, and failed the test.
    expect([...outcomes.values()].reduce((sum, count) => sum + count, 0)).toBe(flips);
    const counts = [...outcomes].map(([key, count]) => `${count}x ${key}`).join("; ");
    report(`flipped bytes: ${flips} damaged files, 0 crashes: ${counts}`);
  });
});

/** What became of it; anything but a result or a MemoryError fails the test. */
async function outcomeOf(work: () => Promise<boolean>): Promise<string> {
  try {
    return (await work()) ? "answered" : "missed";
  } catch (error) {
    if (!MemoryError.isInstance(error)) throw error;
    return error.code;
  }
}
