import { existsSync, openSync, closeSync, readFileSync, statSync, truncateSync, writeSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { Memory } from "../../src/index.ts";
import { createEngine } from "../../src/create-memory.ts";
import { expectFound, expectSound, expectStored, parseAcknowledged } from "../support/fault-checks.ts";
import { copyCrashed, cut } from "../support/fault-copy.ts";
import { FaultProcess } from "../support/fault-process.ts";
import { inFolder, memoryErrorOf, report, seededRandom, times } from "../support/fault-run.ts";
import type { Acknowledged } from "../support/fault-sentences.ts";

/** A store whose writer was killed with a log that is not empty, and what it had acknowledged, in order. */
async function crash(folder: string, adds: number): Promise<{ path: string; acknowledged: Acknowledged[] }> {
  const path = join(folder, "memory.db");
  const writer = new FaultProcess("fault-writer.ts", [path, "w", "100000"]);
  await writer.line(adds);
  await writer.kill();
  expect(statSync(`${path}-wal`).size).toBeGreaterThan(0);
  return { path, acknowledged: parseAcknowledged(writer.lines) };
}

/** How many of the acknowledged adds a store holds; they must be the first ones. */
async function countPrefix(path: string, acknowledged: readonly Acknowledged[]): Promise<number> {
  const engine = createEngine({ dbPath: path });
  const found = new Set(
    (await engine.store.getMemories(acknowledged.map(({ id }) => id))).map(({ record }) => record.id),
  );
  const isThere = acknowledged.map(({ id }) => found.has(id));
  const count = isThere.lastIndexOf(true) + 1;
  expect(isThere.slice(0, count).every(Boolean)).toBe(true);
  await expectStored(engine.store, acknowledged.slice(0, count));
  await engine.close();
  return count;
}

async function expectWorking(path: string): Promise<void> {
  const memory = new Memory({ dbPath: path });
  const { messages, results } = await memory.add("I own a bell called markafterx1.", { userId: "after" });
  await expectFound(memory, {
    mark: "markafterx1",
    number: 1,
    userId: "after",
    id: messages[0]?.id as string,
    facts: results.map(({ id }) => id),
  });
  await memory.close();
}

it("a log that was cut off loses only what is behind the cut", async () => {
  const cuts = times(60, 8);
  const random = seededRandom("cut log");
  await inFolder(async (folder) => {
    const { path, acknowledged } = await crash(folder, 15);
    const size = statSync(`${path}-wal`).size;
    const kept: number[] = [];
    for (let round = 0; round < cuts; round += 1) {
      const copy = copyCrashed(path, folder, `cut${round}`);
      const at = Math.floor(random() * size);
      cut(`${copy}-wal`, at);
      // Half of them with a damaged end besides.
      if (round % 2 === 1 && at > 64) {
        const file = openSync(`${copy}-wal`, "r+");
        writeSync(file, Buffer.from(Array.from({ length: 32 }, () => Math.floor(random() * 256))), 0, 32, at - 40);
        closeSync(file);
      }
      kept.push(await countPrefix(copy, acknowledged));
      await expectSound(copy);
      await expectWorking(copy);
    }
    const whole = copyCrashed(path, folder, "whole");
    expect(await countPrefix(whole, acknowledged)).toBe(acknowledged.length);
    report(
      `cut log: ${cuts} cuts, always a prefix of the ${acknowledged.length} adds (${Math.min(...kept)} to ${Math.max(...kept)}), ` +
        "verify finds nothing, all go on",
    );
  });
});

it("a log without its shared memory loses nothing", async () => {
  await inFolder(async (folder) => {
    const { path, acknowledged } = await crash(folder, 30);
    const copy = copyCrashed(path, folder, "copy");
    expect(existsSync(`${copy}-shm`)).toBe(false);
    expect(await countPrefix(copy, acknowledged)).toBe(acknowledged.length);
    await expectSound(copy);
    report(`no shared memory: all ${acknowledged.length} acknowledged adds there`);
  });
});

it("an emptied file beside its log is refused, and both are left as they are", async () => {
  await inFolder(async (folder) => {
    const { path, acknowledged } = await crash(folder, 30);
    const copy = copyCrashed(path, folder, "copy");
    const log = readFileSync(`${copy}-wal`);
    truncateSync(copy, 0);
    const memory = new Memory({ dbPath: copy });
    const error = await memoryErrorOf(memory.add("I own a boat.", { userId: "alice" }));
    expect(error.code).toBe("store_failed");
    expect(error.message).toContain("write-ahead log");
    await memory.close();
    expect(readFileSync(`${copy}-wal`).equals(log)).toBe(true);
    expect(statSync(copy).size).toBe(0);
    report(`emptied file: refused, the log with up to ${acknowledged.length} adds is kept`);
  });
});
