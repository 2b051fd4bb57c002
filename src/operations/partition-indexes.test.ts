import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { parseAdd } from "../api/parse-add.ts";
import { createEngine } from "../create-memory.ts";
import { addMemories } from "./add-memories.ts";

it("searches at the same moment take over what is new once", async () => {
  const folder = mkdtempSync(join(tmpdir(), "recollect-indexes-"));
  const engine = createEngine({ dbPath: join(folder, "memory.db") });
  try {
    const add = (text: string): Promise<unknown> =>
      addMemories(engine, parseAdd(text, { userId: "alice" }, engine.settings));
    await add("I own a boat.");
    await engine.indexes.read(await engine.store.readPartition("alice"));
    await add("I own a shed.");
    const partition = await engine.store.readPartition("alice");
    const read = await Promise.all(Array.from({ length: 3 }, () => engine.indexes.read(partition)));
    for (const { index } of read) expect(index.documents).toHaveLength(partition.passages);
  } finally {
    await engine.close();
    rmSync(folder, { recursive: true });
  }
});
