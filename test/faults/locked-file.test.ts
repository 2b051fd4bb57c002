import { join } from "node:path";
import { expect, it } from "vitest";
import { Memory } from "../../src/index.ts";
import { FaultProcess } from "../support/fault-process.ts";
import { inFolder, longestPause, memoryErrorOf, report, times } from "../support/fault-run.ts";

const HELD_MS = times(10_000, 6_500);

async function countAnswers(memory: Memory, query: string): Promise<number> {
  return (await memory.search(query, { filters: { user_id: "alice" } })).results.length;
}

it.concurrent.each([
  ["a writer that holds the file", "write"],
  ["a lock that keeps readers out too", "all"],
])("%s for long: a clear error after 5 s, the event loop free, then all is well", async (name, kind) => {
  await inFolder(async (folder) => {
    const path = join(folder, "memory.db");
    const first = new Memory({ dbPath: path });
    await first.add("I live in Oslo.", { userId: "alice" });
    // With readers kept out nobody else may have the file open when the lock is taken.
    if (kind === "all") await first.close();
    const lock = new FaultProcess("fault-lock.ts", [path, kind, String(HELD_MS)]);
    await lock.line(0);
    const started = performance.now();
    const memory = kind === "all" ? new Memory({ dbPath: path }) : first;
    const failing = memoryErrorOf(memory.add("I own a boat.", { userId: "alice" }));
    const pause = await longestPause(failing);
    const waited = performance.now() - started;
    const error = await failing;
    expect(error.code).toBe("store_failed");
    expect(error.retryable).toBe(true);
    expect(error.message).toContain("kept");
    expect(waited).toBeGreaterThan(4_500);
    expect(waited).toBeLessThan(8_000);
    expect(pause).toBeLessThan(500);
    // The first kind does not hold up readers.
    const answers = kind === "all" ? 1 : await countAnswers(memory, "Where does she live?");
    expect(answers).toBeGreaterThan(0);
    // The second try is in time.
    await lock.ended;
    const added = await memory.add("I own a boat.", { userId: "alice" });
    expect(added.messages).toHaveLength(1);
    const { results } = await memory.search("boat", { filters: { user_id: "alice" } });
    expect(results.filter((hit) => hit.memory.includes("boat"))).toHaveLength(1);
    await memory.close();
    report(
      `${name}: error after ${(waited / 1000).toFixed(1)} s, longest pause of the event loop ${pause.toFixed(0)} ms`,
    );
  });
});
