// Fills a small disk that was mounted on FOLDER, then frees some of it: node fault-full-disk.ts FOLDER
import { rmSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { MemoryError } from "../../src/errors.ts";
import { createEngine } from "../../src/create-memory.ts";
import { Memory } from "../../src/index.ts";
import { markOf, sentence } from "./fault-sentences.ts";

const [folder] = process.argv.slice(2) as [string];
const path = join(folder, "memory.db");
const ballast = join(folder, "ballast");
writeFileSync(ballast, new Uint8Array(3 * 1024 * 1024));

const memory = new Memory({ dbPath: path });
const stored: { mark: string; id: string }[] = [];
let number = 0;

/** Adds until an add fails, or `most` times; tells the error. */
async function fill(most: number): Promise<{ code: string; message: string; retryable: boolean } | null> {
  for (const last = number + most; number < last; number += 1) {
    try {
      const { messages } = await memory.add(sentence("d", number), { userId: "alice" });
      stored.push({ mark: markOf("d", number), id: messages[0]?.id as string });
    } catch (error) {
      if (!MemoryError.isInstance(error)) throw error;
      return { code: error.code, message: error.message, retryable: error.retryable };
    }
  }
  return null;
}

/** How many of the stored messages are there, by a connection of its own. */
async function countThere(): Promise<{ there: number; problems: number }> {
  const engine = createEngine({ dbPath: path });
  const found = await engine.store.getMemories(stored.map(({ id }) => id));
  const texts = new Map(found.map(({ record }) => [record.id, record.text]));
  const problems = await engine.store.verify({ repair: false });
  await engine.close();
  return {
    there: stored.filter(({ mark, id }) => texts.get(id)?.includes(mark) === true).length,
    problems: problems.length,
  };
}

const failure = await fill(1_000_000);
const storedBefore = stored.length;
const before = await countThere();
const { results } = await memory.search(stored[1]?.mark as string, { filters: { user_id: "alice" } });
// A second failure must not make it worse.
const second = await fill(3);
rmSync(ballast);
const later = await fill(15);
const after = await countThere();
await memory.close();
const answer = { failure, second, storedBefore, before, found: results.length, later, stored: stored.length, after };
writeSync(1, `${JSON.stringify(answer)}\n`);
