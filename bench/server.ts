import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { cpus, loadavg, tmpdir, totalmem } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { sustainedAdds } from "./server/add-row.ts";
import { mixedLoad } from "./server/mixed-row.ts";
import { searchOverHttp } from "./server/search-row.ts";
import { startToAnswer } from "./server/start-row.ts";
import { chooseRows } from "./speed/choose-rows.ts";
import { reportFigures } from "./speed/report-figures.ts";
import type { Figure, RunContext, SpeedRow } from "./speed/row.ts";

const { values } = parseArgs({
  options: {
    only: { type: "string" },
    quick: { type: "boolean", default: false },
    minutes: { type: "string", default: "2" },
    folder: { type: "string" },
    json: { type: "string" },
    help: { type: "boolean", default: false },
  },
});

const ROWS: readonly SpeedRow[] = [startToAnswer, sustainedAdds, searchOverHttp, mixedLoad(Number(values.minutes))];

const usage = `Usage: npm run bench:server -- [options]

Measures the server, as a process of its own, over kept connections from this machine. No network, no model.

  --only <rows>     some rows, separated by commas:
${ROWS.map(({ name, about }) => `                      ${name.padEnd(8)} ${about}`).join("\n")}
  --minutes <n>     length of the mixed load (default 2; what is promised is 10)
  --quick           smaller and shorter, to see that it runs: the verdicts then say little
  --folder <path>   where the scratch files go (default: the system's temporary folder)
  --json <file>     write the figures
`;

if (values.help) console.log(usage);
else await run(chooseRows(ROWS, values.only));

async function run(rows: readonly SpeedRow[]): Promise<void> {
  const folder = await mkdtemp(join(values.folder ?? tmpdir(), "recollect-server-"));
  const context: RunContext = { folder, isQuick: values.quick, withMillion: false, progress: showProgress };
  console.log(`Server · ${machine()}${values.quick ? " · QUICK" : ""}`);
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
  if (values.json !== undefined)
    await writeFile(
      resolve(process.env["INIT_CWD"] ?? process.cwd(), values.json),
      `${JSON.stringify({ machine: machine(), figures }, null, 1)}\n`,
    );
}

function machine(): string {
  const load = loadavg()[0]?.toFixed(1) ?? "?";
  return `${cpus().length} cores (${cpus()[0]?.model.trim() ?? "?"}), ${Math.round(totalmem() / 1e9)} GB · node ${process.version} · load ${load}`;
}

function showProgress(text: string): void {
  process.stderr.write(`${text}\n`);
}
