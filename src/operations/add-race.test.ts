import { mkdtempSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { parseAdd } from "../api/parse-add.ts";
import { createEngine } from "../create-memory.ts";
import { addMemories } from "./add-memories.ts";
import type { AddResult } from "./add-result.ts";
import type { Engine } from "./engine.ts";

let folder: string;
let first: Engine;
let second: Engine;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "recollect-race-"));
  // Two processes on one file.
  first = createEngine({ dbPath: join(folder, "memory.db") });
  second = createEngine({ dbPath: join(folder, "memory.db") });
});

afterEach(async () => {
  vi.restoreAllMocks();
  await first.close();
  await second.close();
  rmSync(folder, { recursive: true });
});

function add(engine: Engine, options: object): Promise<AddResult> {
  const messages = [
    { role: "user", content: "I live in Oslo." },
    { role: "user", content: "I own a boat called Kittiwake." },
  ];
  return addMemories(engine, parseAdd(messages, { userId: "alice", ...options }, engine.settings));
}

/** Lets `work` of another process come just before the next commit of `engine`. */
function before(method: "apply" | "readPartition", engine: Engine, work: () => Promise<unknown>): void {
  const { store } = engine;
  const original = store[method].bind(store) as (argument: unknown) => Promise<never>;
  vi.spyOn(store, method).mockImplementationOnce(async (argument: unknown) => {
    await work();
    return original(argument);
  });
}

async function countMessages(engine: Engine): Promise<number> {
  const { memories } = await engine.store.listMemories({
    userIds: ["alice"],
    kinds: ["message"],
    order: "said-ascending",
    limit: 10,
  });
  return memories.length;
}

it.each(["apply", "readPartition"] as const)(
  "a transcript that another process stores at the same time is stored once (before %s)",
  async (method) => {
    const options = { runId: "morning", timestamp: 1_767_225_600 };
    await add(first, { userId: "alice", runId: "evening" });
    const already = await countMessages(first);
    let theirs: AddResult | undefined;
    before(method, second, async () => {
      theirs = await add(first, options);
    });
    const ours = await add(second, options);
    expect(ours.messages.map(({ id }) => id)).toEqual(theirs?.messages.map(({ id }) => id));
    expect(ours.messages.every(({ replayed }) => replayed === true)).toBe(true);
    expect(await countMessages(first)).toBe(already + 2);
  },
);

it("an idempotency key that another process uses at the same time gives its answer", async () => {
  const options = { idempotencyKey: "once" };
  let theirs: AddResult | undefined;
  before("apply", second, async () => {
    theirs = await add(first, options);
  });
  const ours = await add(second, options);
  expect(ours.messages).toEqual(theirs?.messages);
  expect(ours.results).toEqual(theirs?.results);
  expect(await countMessages(first)).toBe(2);
});

it("nothing is written into a file that was deleted or replaced under an open memory", async () => {
  await add(first, {});
  renameSync(join(folder, "memory.db"), join(folder, "elsewhere.db"));
  await expect(add(first, { runId: "later" })).rejects.toMatchObject({
    code: "store_failed",
    message: expect.stringContaining("moved, deleted or replaced"),
  });
  renameSync(join(folder, "elsewhere.db"), join(folder, "memory.db"));
  expect((await add(first, { runId: "later" })).messages).toHaveLength(2);
});

it("a writer that is overtaken again and again gets its turn", async () => {
  const { store } = second;
  const apply = store.apply.bind(store);
  const others: Promise<AddResult>[] = [];
  let overtaken = 0;
  vi.spyOn(store, "apply").mockImplementation(async (change) => {
    const other = add(first, { runId: `other-${others.length}` });
    others.push(other);
    // Without a turn the other one is always faster; with one it has to wait.
    if (change.turn === undefined) {
      await other;
      overtaken += 1;
    }
    return apply(change);
  });
  const ours = await add(second, { runId: "ours" });
  expect(ours.messages).toHaveLength(2);
  expect(overtaken).toBe(3);
  await Promise.all(others);
  const { total } = await first.store.listMemories({
    userIds: ["alice"],
    kinds: ["message"],
    order: "said-ascending",
    limit: 1,
    withTotal: true,
  });
  expect(total).toBe(2 * (others.length + 1));
});
