import { fork } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { BlockReport, ChildSystem, Questions } from "./mem0-child.ts";
import { median, percentile } from "./measure.ts";
import type { Figure, RunContext, SpeedRow } from "./row.ts";
import { storeFile } from "./stores.ts";
import type { StoreShape } from "./stores.ts";

/** Mem0 has its own lockfile (bench/mem0): the project itself installs without a native module. */
const LOADER = new URL("../mem0/load.mjs", import.meta.url);

/** Before the first measured question each system answers others for so long: its code is compiled, its caches are full. */
const WARM_UP_MS = 10_000;
const BLOCKS = 6;
const PER_BLOCK = 10;

/**
 * Mem0 as its README installs it, with its default vector store (`memory`: a SQLite file through better-sqlite3) and
 * `infer: false`. Each system has a process of its own, as it would have in use: neither pays for the other's garbage
 * nor for collections that the measurement forces. Both get the same rows, the same vectors and the same questions in
 * the same order, none of them asked before, as long a warm-up, and are measured in blocks in turn, so that the
 * machine's load meets both.
 */
export const againstMem0: SpeedRow = {
  name: "mem0",
  about: "search CPU against mem0ai 3.3.1 at 10k memories, same rows and vectors",
  run: async (context) => {
    if (!existsSync(new URL("node_modules/mem0ai/package.json", LOADER))) {
      context.progress("mem0ai is not installed, its rows are left out: npm run bench:mem0 installs it");
      return [];
    }
    const rows = context.isQuick ? 1000 : 10_000;
    const figures: Figure[] = [];
    for (const users of [rows / 100, 1]) {
      figures.push(
        ...(await compare(context, { users, perUser: rows / users, content: "words", embedder: "synthetic" })),
      );
    }
    return figures;
  },
};

async function compare(context: RunContext, shape: StoreShape): Promise<Figure[]> {
  const rows = shape.users * shape.perUser;
  const store = await storeFile(context, shape);
  const common = { shape, folder: context.folder, store };
  const mem0 = await start({ ...common, system: "mem0ai" });
  const own = await start({ ...common, system: "recollect" });
  const theirMs: number[] = [];
  const ownMs: number[] = [];
  let sameFirst = 0;
  try {
    // Every number stands for another question: the last of them are measured, the others warm up.
    const measured = rows - BLOCKS * PER_BLOCK;
    for (const child of [mem0, own]) await ask(child, { from: 0, to: measured, forMs: WARM_UP_MS });
    for (let block = 0; block < BLOCKS; block += 1) {
      const from = measured + block * PER_BLOCK;
      const questions = { from, to: from + PER_BLOCK, forMs: Number.POSITIVE_INFINITY };
      const theirs = await ask(mem0, questions);
      const ours = await ask(own, questions);
      theirMs.push(...theirs.cpuMs);
      ownMs.push(...ours.cpuMs);
      sameFirst += theirs.first.filter((first, at) => first === ours.first[at]).length;
    }
  } finally {
    for (const child of [mem0, own]) child.kill();
  }
  return [
    {
      what: `search CPU, mem0ai over ours, ${shape.users === 1 ? "one user" : `${shape.users} users`} of ${shape.perUser}`,
      value: median(theirMs) / median(ownMs),
      unit: "x less",
      bar: 200,
      aim: 1000,
      isMoreBetter: true,
      note: `mem0ai ${spread(theirMs)}, ours ${spread(ownMs)}; same first hit in ${sameFirst} of ${ownMs.length}`,
    },
  ];
}

function spread(values: readonly number[]): string {
  return `${median(values).toFixed(2)} ms (p95 ${percentile(values, 0.95).toFixed(1)})`;
}

async function start(system: ChildSystem): Promise<ChildProcess> {
  const child = fork(join(import.meta.dirname, "mem0-child.ts"), [JSON.stringify(system)], { execArgv: [] });
  await nextMessage(child);
  return child;
}

async function ask(child: ChildProcess, questions: Questions): Promise<BlockReport> {
  child.send(questions);
  return (await nextMessage(child)) as BlockReport;
}

/** @throws Error when the process ends before it answers. */
async function nextMessage(child: ChildProcess): Promise<unknown> {
  const stop = new AbortController();
  try {
    const [message] = (await Promise.race([
      once(child, "message", { signal: stop.signal }),
      once(child, "exit", { signal: stop.signal }).then(([code]) => {
        throw new Error(`the process of a system ended with ${String(code)}`);
      }),
    ])) as [unknown];
    return message;
  } finally {
    stop.abort();
  }
}
