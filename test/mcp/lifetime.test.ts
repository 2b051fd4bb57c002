import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { Memory } from "../../src/index.ts";
import { runSessions } from "../support/mcp-sessions.ts";
import { INITIALIZE, line, pause, processesWith, startRaw, untilGone } from "../support/mcp-process.ts";

const scratch = mkdtempSync(join(tmpdir(), "recollect-mcp-life-"));
const PARENT = fileURLToPath(new URL("../support/mcp-parent.ts", import.meta.url));

afterAll(() => {
  rmSync(scratch, { recursive: true, force: true });
});

const args = (name: string): string[] => ["--user", "alice", "--db", join(scratch, `${name}.db`)];
const add = (id: number, text: string): string =>
  line({ id, method: "tools/call", params: { name: "add_memory", arguments: { text } } });

describe("recollect mcp ends", () => {
  test("when stdin ends, after it has answered what it was asked", async () => {
    const session = startRaw(args("eof"));
    session.child.stdin?.end(INITIALIZE + add(2, "I live in Lund.") + add(3, "I keep bees."));
    const start = performance.now();
    const { code, errors } = await session.ended;
    expect({ code, errors }).toMatchObject({ code: 0, errors: expect.stringContaining("stdin ended") as string });
    expect(performance.now() - start).toBeLessThan(20_000);
    const ids = (await session.lines(3)).map((answer) => (JSON.parse(answer) as { id: number }).id);
    expect(ids.toSorted()).toEqual([1, 2, 3]);
    const memory = new Memory({ dbPath: join(scratch, "eof.db") });
    expect((await memory.getAll({ filters: { user_id: "alice" } })).total).toBe(2);
    await memory.close();
  });

  test("when stdin was never open", async () => {
    const session = startRaw(args("closed"));
    session.child.stdin?.end();
    expect(await session.ended).toMatchObject({ code: 0 });
    expect(session.output()).toBe("");
  });

  test.skipIf(process.platform === "win32")("when its parent is killed, though its stdin stays open", async () => {
    const pipe = join(scratch, "pipe");
    execFileSync("mkfifo", [pipe]);
    const parent = spawn(process.execPath, [PARENT, pipe, ...args("orphan")], { stdio: ["ignore", "pipe", "inherit"] });
    const pid = Number(
      await new Promise<string>((resolve) => parent.stdout.once("data", (piece: Buffer) => resolve(piece.toString()))),
    );
    await pause(1_500);
    expect(processesWith(join(scratch, "orphan.db"))).toContain(pid);
    parent.kill("SIGKILL");
    const gone = await untilGone(pid, 15_000);
    if (gone === null) process.kill(pid, "SIGKILL");
    expect(gone).not.toBeNull();
  });

  test("when nothing is asked for its idle time, and not before", async () => {
    const session = startRaw([...args("idle"), "--idle", "0.05"]);
    session.child.stdin?.write(INITIALIZE);
    await session.lines(1);
    const start = performance.now();
    const { code, errors } = await session.ended;
    expect({ code, errors }).toMatchObject({ code: 0, errors: expect.stringContaining("idle") as string });
    expect(performance.now() - start).toBeGreaterThan(2_900);
  });

  test.skipIf(process.platform === "win32").each(["SIGTERM", "SIGINT", "SIGHUP"] as const)("on %s", async (signal) => {
    const session = startRaw(args("signal"));
    session.child.stdin?.write(INITIALIZE);
    await session.lines(1);
    session.child.kill(signal);
    expect(await session.ended).toMatchObject({ code: 0 });
  });
});

test("a message that is too long ends the session with a word, and no process stays that answers nobody", async () => {
  const session = startRaw(args("long"));
  session.child.stdin?.write(INITIALIZE);
  await session.lines(1);
  session.child.stdin?.write(add(2, "x".repeat(11 * 1024 * 1024)));
  const { code, errors } = await session.ended;
  expect({ code, errors }).toMatchObject({ code: 0, errors: expect.stringMatching(/buffer/iu) as string });
});

test("standard output carries the protocol and nothing else, whatever comes in", async () => {
  const session = startRaw(args("noise"));
  session.child.stdin?.end(
    `${INITIALIZE}not json\n\n{"jsonrpc":"2.0"}\n[]\n${line({ id: 7, method: "no/such" })}${add(8, "I keep bees.")}${line({ id: 9, method: "tools/call", params: { name: "nothing", arguments: {} } })}`,
  );
  await session.ended;
  const answers = session.output().split("\n").slice(0, -1);
  const parsed = answers.map((answer) => JSON.parse(answer) as { jsonrpc: string; id: number });
  expect(parsed.every(({ jsonrpc }) => jsonrpc === "2.0")).toBe(true);
  expect(parsed.map(({ id }) => id)).toEqual(expect.arrayContaining([1, 7, 8, 9]));
});

test("thirty sessions killed at random points leave no process, and no acknowledged memory is lost", async () => {
  const { left, acknowledged, found } = await runSessions({ folder: scratch, sessions: 30, seed: 7, atATime: 2 });
  expect(left).toEqual([]);
  expect(acknowledged).toBeGreaterThan(0);
  expect(found).toBe(acknowledged);
}, 240_000);
