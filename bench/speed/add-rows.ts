import { closeSync, fdatasyncSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import type { Memory } from "../../src/index.ts";
import { collectGarbage, median, sample } from "./measure.ts";
import type { Sample } from "./measure.ts";
import type { Figure, RunContext, SpeedRow } from "./row.ts";
import { cpuFigure } from "./search-rows.ts";
import { openStore, storeFile, userId } from "./stores.ts";
import { emptyLine, tellingLine } from "./texts.ts";

interface Subject {
  readonly rows: number;
  readonly memory: Memory;
  readonly telling: Sample[];
  readonly empty: Sample[];
}

const ROUNDS = 200;
const WARM_UP = 40;

/** One message per call, durability strict, no model, all stores in turn, with the disk's own price beside them. */
export const add: SpeedRow = {
  name: "add",
  about: "add without a model, durability strict, at 1k, 10k, 100k (and 1M) memories of the user; wall over fdatasync",
  run: async (context) => {
    const subjects: Subject[] = [];
    for (const rows of sizes(context)) {
      const path = await storeFile(context, { users: 1, perUser: rows, content: "chat", embedder: "builtin" });
      subjects.push({ rows, memory: openStore(path, "builtin"), telling: [], empty: [] });
    }
    const disk = new Disk(join(context.folder, "disk.bin"));
    for (let round = -WARM_UP; round < ROUNDS; round += 1) {
      if (round === 0) collectGarbage();
      for (const subject of subjects) {
        const telling = await sample(() => addLine(subject.memory, tellingLine(5_000_000 + round), round));
        const empty = await sample(() => addLine(subject.memory, emptyLine(5_000_000 + round), round));
        if (round < 0) continue;
        subject.telling.push(telling);
        subject.empty.push(empty);
      }
      if (round >= 0) disk.sync();
    }
    disk.close();
    for (const { memory } of subjects) await memory.close();
    return report(subjects, disk.times);
  },
};

function sizes({ isQuick, withMillion }: RunContext): number[] {
  if (isQuick) return [1000, 10_000];
  return [1000, 10_000, 100_000, ...(withMillion ? [1_000_000] : [])];
}

async function addLine(memory: Memory, content: string, round: number): Promise<void> {
  await memory.add([{ role: "user", content }], { userId: userId(0), runId: `session-${Math.floor(round / 20)}` });
}

function report(subjects: readonly Subject[], fdatasync: readonly number[]): Figure[] {
  const figures: Figure[] = [];
  for (const { rows, telling, empty } of subjects) {
    const limits = { bar: 3, aim: 1 };
    const among = `add of a chat line among ${rows} memories of the user`;
    figures.push(
      cpuFigure(`${among}, no fact in it`, cpuOf(empty), limits, "strict"),
      cpuFigure(`${among}, facts extracted`, cpuOf(telling), limits, "strict"),
    );
  }
  const [small] = subjects;
  const large = subjects.at(-1);
  if (small !== undefined && large !== undefined && small !== large) {
    figures.push({
      what: `add CPU, facts extracted: ${large.rows} over ${small.rows} memories`,
      value: median(cpuOf(large.telling)) / median(cpuOf(small.telling)),
      unit: "x (1 = flat)",
    });
  }
  for (const { rows, telling, empty } of subjects) {
    const wall = median([...telling, ...empty].map(({ wallMs }) => wallMs));
    figures.push({
      what: `add, wall over one fdatasync, among ${rows}`,
      value: wall / median(fdatasync),
      unit: "x",
      bar: 8,
      aim: 3,
      note: `wall p50 ${wall.toFixed(2)} ms, fdatasync of 4 KiB p50 ${median(fdatasync).toFixed(3)} ms`,
    });
  }
  return figures;
}

function cpuOf(samples: readonly Sample[]): number[] {
  return samples.map(({ cpuMs }) => cpuMs);
}

/** What one durable write of 4 KiB costs on the disk of the scratch folder. */
class Disk {
  readonly times: number[] = [];
  readonly #file: number;
  readonly #block = Buffer.alloc(4096, 1);

  constructor(path: string) {
    this.#file = openSync(path, "w");
  }

  sync(): void {
    writeSync(this.#file, this.#block);
    const start = performance.now();
    fdatasyncSync(this.#file);
    this.times.push(performance.now() - start);
  }

  close(): void {
    closeSync(this.#file);
  }
}
