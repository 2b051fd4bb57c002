import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, it } from "vitest";
import { Memory } from "../../src/index.ts";
import { FaultProcess } from "../support/fault-process.ts";
import { inFolder, memoryErrorOf, report } from "../support/fault-run.ts";

/** Root may write everywhere, so the process runs as nobody. */
const AS_NOBODY = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

interface Refusal {
  readonly error: string;
  readonly message: string;
}

async function addAsAnother(path: string): Promise<Refusal> {
  const peer = new FaultProcess("fault-peer.ts", [path], AS_NOBODY);
  const answer = JSON.parse(await peer.ask({ do: "add", text: "I live in Oslo." })) as Refusal;
  peer.child.stdin?.end();
  expect((await peer.ended).errors).toBe("");
  return answer;
}

async function withStore(work: (path: string, folder: string) => Promise<void>): Promise<void> {
  await inFolder(async (folder) => {
    chmodSync(folder, 0o755);
    const path = join(folder, "memory.db");
    const memory = new Memory({ dbPath: path });
    await memory.add("I own a boat.", { userId: "alice" });
    await memory.close();
    await work(path, folder);
    chmodSync(folder, 0o755);
    const again = new Memory({ dbPath: path });
    const { results } = await again.search("boat", { filters: { user_id: "alice" } });
    expect(results.length).toBeGreaterThan(0);
    await again.close();
  });
}

it("a read-only file in a writable folder is refused with a clear line", async () => {
  await withStore(async (path, folder) => {
    chmodSync(folder, 0o777);
    chmodSync(path, 0o444);
    const answer = await addAsAnother(path);
    chmodSync(path, 0o644);
    expect(answer.error).toBe("store_failed");
    expect(answer.message).toMatch(/read-only/u);
    report(`read-only file: ${answer.message.replace(folder, "…")}`);
  });
});

it("a read-only folder is refused with a clear line", async () => {
  await withStore(async (path, folder) => {
    chmodSync(folder, 0o555);
    const answer = await addAsAnother(path);
    expect(answer.error).toBe("store_failed");
    expect(answer.message).toMatch(/permission|read-only|folder/u);
    const missing = await addAsAnother(join(folder, "new", "memory.db"));
    expect(missing.error).toBe("store_failed");
    expect(missing.message).toMatch(/folder/u);
    report(`read-only folder: ${answer.message.replaceAll(folder, "…")}`);
  });
});

it("a file of a newer version is refused, at open and at the next write, and is left as it is", async () => {
  await withStore(async (path) => {
    const memory = new Memory({ dbPath: path });
    await memory.add("I own a shed.", { userId: "alice" });
    const other = new DatabaseSync(path);
    const version = Number(other.prepare("PRAGMA user_version").get()?.["user_version"]);
    other.exec("PRAGMA user_version=99");
    const late = await memoryErrorOf(memory.add("I own a bicycle.", { userId: "alice" }));
    expect(late.code).toBe("store_failed");
    expect(late.message).toContain("newer Recollect");
    await memory.close();
    const second = new Memory({ dbPath: path });
    const early = await memoryErrorOf(second.search("boat", { filters: { user_id: "alice" } }));
    expect(early.code).toBe("store_failed");
    expect(early.message).toContain("newer Recollect");
    await second.close();
    other.exec(`PRAGMA user_version=${version}`);
    other.close();
    report("newer version: refused at open and at write");
  });
});

it("what is no store is refused and left as it is", async () => {
  await inFolder(async (folder) => {
    const path = join(folder, "memory.db");
    const contents = "This is a letter, not a database. ".repeat(400);
    writeFileSync(path, contents);
    const memory = new Memory({ dbPath: path });
    const error = await memoryErrorOf(memory.add("I own a boat.", { userId: "alice" }));
    expect(error.code).toBe("store_failed");
    expect(error.message).toContain("not a SQLite file");
    await memory.close();
    expect(readFileSync(path, "utf8")).toBe(contents);
    const folderAsFile = new Memory({ dbPath: folder });
    expect((await memoryErrorOf(folderAsFile.add("I own a boat.", { userId: "alice" }))).code).toBe("store_failed");
    await folderAsFile.close();
    report("no store: refused and left as it is");
  });
});
