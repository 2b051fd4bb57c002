import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { rolldown } from "rolldown";
import { median } from "./measure.ts";
import type { Figure, RunContext, SpeedRow } from "./row.ts";
import { storeFile } from "./stores.ts";
import type { StoreShape } from "./stores.ts";

const execute = promisify(execFile);
const DIST = join(import.meta.dirname, "../../dist/index.js");
const SOURCE = join(import.meta.dirname, "../../src/index.ts");

/** What a child process prints. */
interface ChildReport {
  readonly importMs: number;
  readonly openMs: number;
  readonly searchMs: number;
  readonly residentMb: number;
  readonly hits: number;
}

/** The built library where there is one: sources cost their translation besides. */
function entry(): { path: string; name: string } {
  return existsSync(DIST) ? { path: DIST, name: "dist" } : { path: SOURCE, name: "src, no dist built" };
}

/**
 * child.ts as JavaScript, beside the stores: what Node loads to translate TypeScript (about 25 MB that stay resident)
 * is no part of a program that uses the built library.
 */
async function bundleChild({ folder }: RunContext): Promise<string> {
  const file = join(folder, "child.mjs");
  if (existsSync(file)) return file;
  const build = await rolldown({ input: join(import.meta.dirname, "child.ts"), platform: "node" });
  await build.write({ file, format: "esm", codeSplitting: false });
  await build.close();
  return file;
}

async function runChild(
  context: RunContext,
  library: string,
  store: string,
  shape: StoreShape,
  searches: number,
): Promise<ChildReport> {
  const script = await bundleChild(context);
  const input = JSON.stringify({ library, store, shape, searches });
  const { stdout } = await execute(process.execPath, [script, input], { env: { ...process.env, NODE_OPTIONS: "" } });
  // Printed by child.ts, one line.
  return JSON.parse(stdout) as ChildReport;
}

export const coldOpen: SpeedRow = {
  name: "cold-open",
  about: "import the library and open a 10k store in a new process",
  run: async (context) => {
    const shape: StoreShape = { users: 100, perUser: 100, content: "chat", embedder: "builtin" };
    const store = await storeFile(context, shape);
    const library = entry();
    const reports: ChildReport[] = [];
    for (let round = 0; round < (context.isQuick ? 5 : 15); round += 1) {
      reports.push(await runChild(context, library.path, store, shape, 1));
    }
    const part = (of: (report: ChildReport) => number): number => median(reports.map(of));
    return [
      {
        what: "import the library and open a 10k store, cold",
        value: part(({ importMs, openMs }) => importMs + openMs),
        unit: "ms wall",
        bar: 200,
        aim: 80,
        note: `${library.name}; import ${part(({ importMs }) => importMs).toFixed(0)}, open ${part(({ openMs }) => openMs).toFixed(0)}; ${reports.length} processes`,
      },
      {
        what: "the same with the first search",
        value: part(({ importMs, openMs, searchMs }) => importMs + openMs + searchMs),
        unit: "ms wall",
        bar: 200,
        aim: 80,
        note: library.name,
      },
    ];
  },
};

export const resident: SpeedRow = {
  name: "resident",
  about: "resident memory of a process with a 100k store open and searched",
  run: async (context) => {
    const total = context.isQuick ? 10_000 : 100_000;
    return [
      await residentFigure(context, { users: total / 100, perUser: 100, content: "words", embedder: "synthetic" }),
      await residentFigure(context, { users: 1, perUser: total, content: "words", embedder: "synthetic" }),
    ];
  },
};

async function residentFigure(context: RunContext, shape: StoreShape): Promise<Figure> {
  const store = await storeFile(context, shape);
  const library = entry();
  const reports: ChildReport[] = [];
  for (let round = 0; round < 3; round += 1) reports.push(await runChild(context, library.path, store, shape, 200));
  const empty = await runChild(context, library.path, join(context.folder, `empty-${shape.users}.db`), shape, 1);
  return {
    what: `resident memory, ${shape.users === 1 ? "one user" : `${shape.users} users`} of ${shape.perUser}, 200 searches`,
    value: median(reports.map(({ residentMb }) => residentMb)),
    unit: "MB",
    bar: 250,
    aim: 150,
    note: `${library.name}; 384 dimensions; an empty store: ${empty.residentMb.toFixed(0)} MB`,
  };
}
