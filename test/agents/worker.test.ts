import { spawnSync } from "node:child_process";
import { appendFileSync, existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { HookPlace } from "../support/hook-place.ts";
import { SessionLines } from "../support/session-lines.ts";
import { startTestServer } from "../support/test-server.ts";

const LOCK_HOLDER = join(import.meta.dirname, "../support/lock-holder.ts");

let place: HookPlace;
let lines: SessionLines;

beforeEach(() => {
  place = new HookPlace();
  lines = new SessionLines(place.project);
});

afterEach(() => {
  place.remove();
});

async function turns(): Promise<readonly string[]> {
  const { results } = await place.read((memory) =>
    memory.getAll({ filters: { user_id: "ida" }, kinds: ["message"], topK: 5000 }),
  );
  return results.map((item) => item.memory);
}

/** The worker's process id, as soon as it has begun. */
async function workerPid(): Promise<number | undefined> {
  for (let waited = 0; waited < 400; waited += 1) {
    const [pid] = place.workers();
    if (pid !== undefined) return pid;
    await later(5);
  }
  return undefined;
}

/** False where it had ended. */
function kill(pid: number): boolean {
  try {
    return process.kill(pid, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
    return false;
  }
}

function later(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}

describe("the process that keeps turns", () => {
  it("says in doctor what it could not keep, until it could", async () => {
    const doctor = (): unknown => JSON.parse(place.run(["doctor", "--json"]));
    appendFileSync(place.transcript, lines.user("Kept in the end."));
    await place.hook("stop", {}, { env: { RECOLLECT_SERVER: "http://127.0.0.1:9", RECOLLECT_API_KEY: "k" } });
    while (place.files("failures").length === 0) await later(50);
    while (place.processes().length > 0) await later(50);
    const failed = { waiting: 1, not_kept: [{ transcript: place.transcript, code: expect.any(String) as string }] };
    expect(doctor()).toMatchObject({ data: { sessions: failed } });
    await place.hook("stop");
    await place.idle();
    expect(doctor()).toMatchObject({ data: { sessions: { waiting: 0, not_kept: [] } } });
    expect(await turns()).toEqual(["Kept in the end."]);
  });

  it("killed at any point loses nothing, keeps nothing twice, and leaves no process", async () => {
    const said = Array.from({ length: 300 }, (_, index) => `Turn ${index} is about part ${index * 7}.`);
    appendFileSync(place.transcript, said.map((text) => lines.user(text)).join(""));
    const killed: boolean[] = [];
    for (const delay of [0, 5, 20, 60, 150, 300]) {
      await place.hook("stop");
      const pid = await workerPid();
      await later(delay);
      if (pid !== undefined) killed.push(kill(pid));
    }
    // Some were done by then; those that were not tell.
    expect(killed).toContain(true);
    await place.hook("session-start", { source: "resume" });
    await place.idle();
    expect((await turns()).toSorted()).toEqual(said.toSorted());
    expect(place.processes()).toEqual([]);
  });

  it("is one, however many hooks ask for it at once", async () => {
    const said = Array.from({ length: 12 }, (_, index) => {
      const transcript = join(place.folder, `session-${index}.jsonl`);
      writeFileSync(transcript, new SessionLines(place.project, `session-${index}`).user(`Said in session ${index}.`));
      return { session_id: `session-${index}`, transcript_path: transcript };
    });
    await Promise.all(said.map((input) => place.hook("session-end", input)));
    await place.idle();
    expect(await turns()).toHaveLength(12);
    expect(place.files("failures")).toEqual([]);
  });

  it("takes the place of one that died with its lock", async () => {
    const lock = join(place.state, "capture.lock");
    expect(spawnSync(process.execPath, [LOCK_HOLDER, lock, "1"]).signal).toBe("SIGKILL");
    expect(existsSync(lock)).toBe(true);
    appendFileSync(place.transcript, lines.user("Kept all the same."));
    await place.hook("stop");
    await place.idle();
    expect(await turns()).toEqual(["Kept all the same."]);
  });

  it("lets go of a transcript that is gone, and of a file that is none", async () => {
    await place.hook("stop", { transcript_path: join(place.folder, "gone.jsonl") });
    writeFileSync(place.transcript, '{"neither":"nor"}\n');
    await place.hook("stop");
    await place.idle();
    expect(place.processes()).toEqual([]);
  });
});

it("hooks speak to a server where one is named", async () => {
  const server = await startTestServer();
  try {
    const env = { RECOLLECT_SERVER: server.url, RECOLLECT_API_KEY: server.key };
    appendFileSync(place.transcript, lines.user("The voucher code has eight characters."));
    await place.hook("stop", {}, { env });
    await place.idle();
    expect(existsSync(place.store)).toBe(false);
    const ask = { session_id: "s", prompt: "how many characters has a voucher code" };
    expect((await place.hook("user-prompt-submit", ask, { env })).context).toContain("eight characters");
    const start = await place.hook("session-start", { session_id: "t", source: "startup" }, { env });
    expect([start.status, start.stderr]).toEqual([0, ""]);
    expect(start.context).toContain("voucher");
  } finally {
    await server.remove();
  }
});
