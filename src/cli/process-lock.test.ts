import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { takeLock, waitForLock } from "./process-lock.ts";

const HOLDER = join(import.meta.dirname, "../../test/support/lock-holder.ts");
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "recollect-lock-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** What a holder said until it was killed with the lock in its hand. */
async function hold(path: string, times: number): Promise<readonly string[]> {
  const child = spawn(process.execPath, [HOLDER, path, String(times)], { stdio: ["ignore", "pipe", "inherit"] });
  let said = "";
  child.stdout.on("data", (piece: Buffer) => (said += piece.toString()));
  await new Promise((resolve) => {
    child.on("close", resolve);
  });
  return said.split("\n").filter((line) => line !== "");
}

describe("a lock of processes", () => {
  it("is never held by two, whoever dies with it", async () => {
    const path = join(folder, "some.lock");
    const said = await Promise.all(
      Array.from({ length: 4 }, async () => {
        const lines: string[] = [];
        for (let life = 0; life < 4; life += 1) lines.push(...(await hold(path, 25)));
        return lines;
      }),
    );
    expect(said.flat()).toEqual(Array.from({ length: 400 }, () => "in"));
  }, 60_000);

  it("is for its owner alone, and free again when it is let go", () => {
    const path = join(folder, "deep", "some.lock");
    const release = takeLock(path);
    expect(release).toBeDefined();
    expect(statSync(path).mode & 0o077).toBe(0);
    expect(takeLock(path)).toBeUndefined();
    release?.();
    const again = takeLock(path);
    expect(again).toBeDefined();
    again?.();
  });

  it("is waited for so long, and no longer", async () => {
    const path = join(folder, "some.lock");
    const release = takeLock(path);
    expect(await waitForLock(path, 30)).toBeUndefined();
    setTimeout(() => release?.(), 30);
    const late = await waitForLock(path, 5_000);
    expect(late).toBeDefined();
    late?.();
  });
});
