import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { cpus, loadavg, tmpdir, totalmem } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { add } from "./speed/add-rows.ts";
import { coldOpen, resident } from "./speed/child-rows.ts";
import { chooseRows } from "./speed/choose-rows.ts";
import { deleteAll } from "./speed/delete-row.ts";
import { graph } from "./speed/graph-row.ts";
import { locomo } from "./speed/locomo-row.ts";
import { longMessage } from "./speed/long-message-row.ts";
import { againstMem0 } from "./speed/mem0-row.ts";
import { reportFigures } from "./speed/report-figures.ts";
import type { Figure, RunContext, SpeedRow } from "./speed/row.ts";
import { year } from "./speed/year-row.ts";
import { searchScope, searchUser } from "./speed/search-rows.ts";

const ROWS: readonly SpeedRow[] = [
  coldOpen,
  longMessage,
  deleteAll,
  locomo,
  searchUser,
  searchScope,
  graph,
  againstMem0,
  add,
  resident,
  year,
];

const usage = `Usage: npm run bench:speed -- [options]

Measures speed and memory against what is promised. Stores are made of synthetic memories (384-dimension vectors, or the
built-in embedder for adds) through the public add with infer: false. No network, no model.

  --only <rows>     some rows, separated by commas:
${ROWS.map(({ name, about }) => `                      ${name.padEnd(13)} ${about}`).join("\n")}
  --quick           a tenth of the sizes, to see that it runs: the verdicts then say little
  --million         adds the rows of 1M memories (some ten minutes and 3 GB of disk)
  --locomo <file>   a LoCoMo JSON (locomo10.json of snap-research/locomo, CC BY-NC 4.0), not in this repository
  --folder <path>   where the scratch stores go (default: the system's temporary folder)
  --json <file>     write the figures
`;

const { values } = parseArgs({
  options: {
    only: { type: "string" },
    quick: { type: "boolean", default: false },
    million: { type: "boolean", default: false },
    locomo: { type: "string" },
    folder: { type: "string" },
    json: { type: "string" },
    help: { type: "boolean", default: false },
  },
});
if (values.help) console.log(usage);
else await run(chooseRows(ROWS, values.only));

async function run(rows: readonly SpeedRow[]): Promise<void> {
  const folder = await mkdtemp(join(values.folder ?? tmpdir(), "recollect-speed-"));
  const context: RunContext = {
    folder,
    isQuick: values.quick,
    withMillion: values.million,
    progress: showProgress,
    ...(values.locomo === undefined ? {} : { locomo: fromCaller(values.locomo) }),
  };
  console.log(`Speed · ${machine()}${values.quick ? " · QUICK: a tenth of the sizes" : ""}`);
  if (globalThis.gc === undefined)
    console.log("Started without --expose-gc: garbage of one row may be charged to the next.");
  const figures: Figure[] = [];
  try {
    for (const row of rows) {
      showProgress(`${row.name}: ${row.about}`);
      figures.push(...(await row.run(context)));
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  console.log(`\n${reportFigures(figures)}`);
  if (values.json !== undefined) {
    await writeFile(fromCaller(values.json), `${JSON.stringify({ machine: machine(), figures }, null, 1)}\n`);
  }
}

function machine(): string {
  const load = loadavg()[0]?.toFixed(1) ?? "?";
  return `${cpus().length} cores (${cpus()[0]?.model.trim() ?? "?"}), ${Math.round(totalmem() / 1e9)} GB · node ${process.version} · load ${load}`;
}

function showProgress(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** npm runs a workspace's script in the workspace's folder; paths are meant from where the user stands. */
function fromCaller(path: string): string {
  return resolve(process.env["INIT_CWD"] ?? process.cwd(), path);
}
