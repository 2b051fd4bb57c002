import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { FaultProcess } from "../support/fault-process.ts";
import { inFolder, isShort, report } from "../support/fault-run.ts";

/** A mount namespace of its own, in which a small disk can be mounted; root needs no user namespace for it. */
const NAMESPACE = process.getuid?.() === 0 ? ["unshare", "-m"] : ["unshare", "-r", "-m"];

function canMount(): boolean {
  try {
    const [command, ...rest] = NAMESPACE as [string, ...string[]];
    execFileSync(command, [...rest, "mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", "/mnt"], { stdio: "ignore" });
    return true;
  } catch {
    report("full disk: not run, this machine allows no mount");
    return false;
  }
}

it.skipIf(!canMount()).each(isShort ? ["9m"] : ["9m", "12m"])(
  "a full disk of %s: a clear error, nothing lost, and it goes on",
  async (size) => {
    await inFolder(async (folder) => {
      const disk = join(folder, "disk");
      mkdirSync(disk);
      const mount = `mount -t tmpfs -o size=${size} tmpfs "$0" && exec "$@"`;
      const filler = new FaultProcess("fault-full-disk.ts", [disk], {}, [...NAMESPACE, "sh", "-c", mount, disk]);
      const { code, errors } = await filler.ended;
      expect(errors).toBe("");
      expect(code).toBe(0);
      const answer = JSON.parse(await filler.line(0)) as {
        failure: { code: string; message: string; retryable: boolean } | null;
        second: { code: string } | null;
        storedBefore: number;
        before: { there: number; problems: number };
        found: number;
        later: unknown;
        stored: number;
        after: { there: number; problems: number };
      };
      expect(answer.failure).toMatchObject({ code: "store_failed", retryable: true });
      expect(answer.failure?.message).toContain("is full");
      expect(answer.storedBefore).toBeGreaterThan(5);
      expect(answer.before).toEqual({ there: answer.storedBefore, problems: 0 });
      expect(answer.found).toBeGreaterThan(0);
      expect(answer.later).toBeNull();
      expect(answer.after).toEqual({ there: answer.stored, problems: 0 });
      report(
        `full disk of ${size}: ${answer.storedBefore} adds stored, then "${answer.failure?.message.slice(0, 40)}…", 0 lost, ` +
          `${answer.stored - answer.storedBefore} more after space was freed`,
      );
    });
  },
);
