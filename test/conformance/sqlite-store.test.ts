import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SqliteStore } from "../../src/adapters/stores/sqlite/sqlite-store.ts";
import { SPACE } from "../support/store-fixtures.ts";
import { describeMemoryStore } from "./memory-store.ts";

describeMemoryStore("sqlite", () => {
  const folder = mkdtempSync(join(tmpdir(), "store-"));
  const opened: SqliteStore[] = [];
  const open = async (file: string): Promise<SqliteStore> => {
    const store = new SqliteStore({ path: join(folder, file), space: SPACE, durability: "relaxed" });
    opened.push(store);
    await store.open();
    return store;
  };
  return open("memory.db").then((store) => ({
    store,
    openSecond: () => open("memory.db"),
    openEmpty: () => open(`other-${opened.length}.db`),
    dispose: async () => {
      for (const each of opened) await each.close();
      rmSync(folder, { recursive: true, force: true });
    },
  }));
});
