import { join } from "node:path";
import { Memory } from "../../src/index.ts";
import { INITIALIZE, line, pause, processesWith, startRaw } from "./mcp-process.ts";

export interface SessionsReport {
  /** Processes that are still there. */
  readonly left: readonly number[];
  /** Adds that were answered, and how many of them are in the file. */
  readonly acknowledged: number;
  readonly found: number;
  readonly killed: number;
}

/**
 * Sessions that add a memory each to one file, and end in one of three ways: killed, their stdin closed, or told to end;
 * each at a point drawn by chance, before the server is up or in the middle of a call.
 */
export async function runSessions({
  folder,
  sessions,
  seed,
  atATime,
}: {
  readonly folder: string;
  readonly sessions: number;
  readonly seed: number;
  readonly atATime: number;
}): Promise<SessionsReport> {
  const db = join(folder, `sessions-${seed}.db`);
  const draw = numbers(seed);
  const acknowledged: string[] = [];
  let killed = 0;
  let next = 0;
  const one = async (index: number): Promise<void> => {
    const session = startRaw(["--user", "alice", "--db", db]);
    const text = `I bought the book number ${index} of the series ${seed}.`;
    const ending = draw();
    const after = draw() * 2_500;
    session.child.stdin?.write(
      INITIALIZE + line({ id: 2, method: "tools/call", params: { name: "add_memory", arguments: { text } } }),
    );
    // Some are let go right after their answer, when the file is still warm.
    await Promise.race([draw() < 0.5 ? session.lines(2) : pause(60_000), pause(after), session.ended]);
    if (ending < 0.6) {
      killed += 1;
      session.child.kill("SIGKILL");
    } else if (ending < 0.8) session.child.stdin?.end();
    else session.child.kill("SIGTERM");
    await session.ended;
    if (/"id":2[,}]/u.test(session.output()) && !session.output().includes('"isError":true')) acknowledged.push(text);
  };
  await Promise.all(
    Array.from({ length: atATime }, async () => {
      while (next < sessions) await one((next += 1));
    }),
  );
  const memory = new Memory({ dbPath: db });
  const { results } = await memory.getAll({ filters: { user_id: "alice" }, kinds: ["message"], topK: 10_000 });
  await memory.close();
  const stored = new Set(results.map((item) => item.memory));
  return {
    left: processesWith(db),
    acknowledged: acknowledged.length,
    found: acknowledged.filter((text) => stored.has(text)).length,
    killed,
  };
}

/** The same numbers between 0 and 1 for the same seed. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
