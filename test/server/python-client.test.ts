import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestServer } from "../support/test-server.ts";
import type { TestServer } from "../support/test-server.ts";

const clients = join(import.meta.dirname, "../clients");
/** A Python that has test/clients/python/requirements.txt installed; `.ci/run` makes the second one. */
const python = process.env["RECOLLECT_TEST_PYTHON"] ?? join(clients, ".venv/bin/python");
const isThere = existsSync(python);
if (!isThere)
  process.stdout.write(
    "skipped: Mem0's Python client needs `python3 -m venv test/clients/.venv && test/clients/.venv/bin/pip install -r test/clients/python/requirements.txt`\n",
  );

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(async () => {
  await server.remove();
});

describe.skipIf(!isThere && process.env["CI"] === undefined)("mem0ai 2.0.18 for Python", () => {
  it("finds every method answered, sync and async", async () => {
    const { status, out } = await new Promise<{ status: number; out: string }>((resolve) => {
      const script = join(clients, "python/check.py");
      execFile(python, [script, server.url, server.key], { timeout: 100_000 }, (error, stdout, stderr) => {
        resolve({ status: error === null ? 0 : 1, out: `${stdout}\n${stderr}` });
      });
    });
    expect(status === 0 ? "" : out).toBe("");
    expect(out.match(/^ok /gmu)?.length).toBe(24);
  }, 120_000);
});
