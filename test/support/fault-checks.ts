import { expect } from "vitest";
import { createEngine } from "../../src/create-memory.ts";
import { Memory } from "../../src/index.ts";
import type { Engine } from "../../src/operations/engine.ts";
import { JobRunner } from "../../src/operations/run-jobs.ts";
import type { MemoryStore } from "../../src/ports/memory-store.ts";
import type { Acknowledged } from "./fault-sentences.ts";

/** Two minutes ahead: the leases of dead processes are over. */
export function openLater(path: string): Engine {
  return createEngine({ dbPath: path, now: () => Date.now() + 120_000 });
}

export function parseAcknowledged(lines: readonly string[]): Acknowledged[] {
  return lines.map((line) => JSON.parse(line) as Acknowledged);
}

/** Lets a new process finish what dead ones left, and checks that records and indexes agree. */
export async function expectSound(path: string): Promise<void> {
  const engine = openLater(path);
  try {
    await new JobRunner(engine).runDue();
    expect(await engine.store.verify({ repair: false })).toEqual([]);
    const { jobs, pendingVectors } = await engine.store.statistics();
    expect(jobs).toEqual({ pending: 0, running: 0, failed: 0 });
    expect(pendingVectors).toBe(0);
    await expectCountersRight(engine.store);
  } finally {
    await engine.close();
  }
}

/** The counters that ranking and caches rest on are what is stored. */
async function expectCountersRight(store: MemoryStore): Promise<void> {
  for (const partition of await store.listPartitions()) {
    const turns = await store.readTurns(partition, 0);
    expect(turns.length).toBe(partition.passages);
  }
}

/** Every acknowledged message and fact is there, under its own text. */
export async function expectStored(store: MemoryStore, acknowledged: readonly Acknowledged[]): Promise<void> {
  for (let start = 0; start < acknowledged.length; start += 200) {
    const slice = acknowledged.slice(start, start + 200);
    const found = await store.getMemories(slice.map(({ id }) => id));
    const byId = new Map(found.map(({ record }) => [record.id, record]));
    const lost = slice.filter(({ id, mark }) => byId.get(id)?.text.includes(mark) !== true);
    expect(lost).toEqual([]);
    const facts = slice.flatMap((one) => one.facts);
    const known = await store.getMemories(facts);
    expect(new Set(known.map(({ record }) => record.id))).toEqual(new Set(facts));
  }
}

/** How many messages the file holds; none of them twice. */
export async function countMessages(store: MemoryStore): Promise<number> {
  const marks = new Set<string>();
  let count = 0;
  let cursor: string | null | undefined;
  do {
    const page = await store.listMemories({
      userIds: "all",
      kinds: ["message"],
      order: "said-ascending",
      limit: 500,
      ...(cursor === undefined || cursor === null ? {} : { cursor }),
    });
    for (const { record } of page.memories) {
      const mark = /mark\w+x\d+/u.exec(record.text)?.[0] ?? record.id;
      expect(marks.has(mark), `${mark} is stored twice`).toBe(false);
      marks.add(mark);
      count += 1;
    }
    cursor = page.next;
  } while (cursor !== null);
  return count;
}

/** The search finds a message, or what was drawn from it, by the mark that only it has. */
export async function expectFound(memory: Memory, { mark, userId }: Acknowledged): Promise<void> {
  const { results } = await memory.search(mark, { filters: { user_id: userId }, topK: 5 });
  const texts = results.map((hit) => `${hit.memory} ${(hit.sources ?? []).map((source) => source.text).join(" ")}`);
  expect(
    texts.some((text) => text.includes(mark)),
    `${mark} of ${userId} is found`,
  ).toBe(true);
}
