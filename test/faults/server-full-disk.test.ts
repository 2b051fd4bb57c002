import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { inFolder, report } from "../support/fault-run.ts";
import { ask, startServerProcess } from "../support/server-process.ts";
import type { Asked } from "../support/server-process.ts";

/** A mount namespace of its own, in which a small disk can be mounted; root needs no user namespace for it. */
const NAMESPACE = process.getuid?.() === 0 ? ["unshare", "-m"] : ["unshare", "-r", "-m"];

function canMount(): boolean {
  try {
    const [command, ...rest] = NAMESPACE as [string, ...string[]];
    execFileSync(command, [...rest, "mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", "/mnt"], { stdio: "ignore" });
    return true;
  } catch {
    report("server on a full disk: not run, this machine allows no mount");
    return false;
  }
}

it.skipIf(!canMount())(
  "a full disk: 507, reading goes on, nothing lost, and writing too once there is space",
  async () => {
    await inFolder(async (folder) => {
      const data = join(folder, "data");
      mkdirSync(data);
      const mount = 'mount -t tmpfs -o size=14m tmpfs "$0" && exec "$@"';
      const server = await startServerProcess(folder, {}, [...NAMESPACE, "sh", "-c", mount, data]);
      const place = { url: server.url, key: server.firstKey ?? "" };
      // The disk is the server's own: we reach it through its process.
      const ballast = `/proc/${server.process.child.pid}/root${data}/ballast`;
      writeFileSync(ballast, new Uint8Array(4 * 1024 * 1024));
      const stored: string[] = [];
      const add = async (number: number): Promise<Asked> => {
        const asked = await ask(place, "POST", "/v3/memories/add/", {
          messages: `Boat ${number} lies in harbour ${number % 7}. ${"It is painted green and white. ".repeat(30)}`,
          user_id: "alice",
          infer: false,
        });
        const { results } = asked.body as { results?: { id: string }[] };
        if (asked.status === 200 && results?.[0] !== undefined) stored.push(results[0].id);
        return asked;
      };
      let failed: Asked | undefined;
      for (let number = 0; failed === undefined && number < 100_000; number += 1) {
        const asked = await add(number);
        if (asked.status !== 200) failed = asked;
      }
      const before = stored.length;
      expect(failed).toMatchObject({ status: 507, body: { code: "store_failed" } });
      expect(before).toBeGreaterThan(20);
      // Fuller still, down to the last block: also what the server keeps for itself cannot be written.
      for (let number = 0; number < 12; number += 1) expect([200, 507]).toContain((await add(200_000 + number)).status);
      const made = await ask(place, "POST", "/api/v1/keys/", { label: "k".repeat(190) });
      expect([201, 507]).toContain(made.status);
      const read = await ask(place, "GET", `/v1/memories/${stored[0]}/`);
      expect(read.status).toBe(200);
      const search = await ask(place, "POST", "/v3/memories/search/", {
        query: "boat 1",
        filters: { user_id: "alice" },
      });
      expect(search.status).toBe(200);
      expect((await ask(place, "GET", "/health/")).status).toBe(200);
      rmSync(ballast);
      for (let number = 0; number < 15; number += 1) expect((await add(300_000 + number)).status).toBe(200);
      for (const id of stored) expect((await ask(place, "GET", `/v1/memories/${id}/`)).status).toBe(200);
      expect((await ask(place, "POST", "/v1/verify/", {})).body).toMatchObject({ isSound: true });
      expect(await server.process.kill("SIGTERM")).toMatchObject({ code: 0 });
      report(`server on a full disk: ${before} adds, then 507; ${stored.length - before} more with space, 0 lost`);
    });
  },
);
