import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { readCorpus } from "./corpora/read-corpus.ts";
import { measureRecall } from "./measure-recall.ts";
import { PlainBm25 } from "./plain-bm25.ts";
import { reportComparison, reportEffort, reportQuality } from "./recall-report.ts";
import type { Corpus } from "./corpora/corpus.ts";
import type { Measurement, QuestionRow } from "./measure-recall.ts";
import type { RecallSystem } from "./recall-system.ts";

const usage = `Usage: npm run bench:recall -- <file> [options]

Measures whether the evidence of each question is found. No model and no judge are needed.
<file> (or RECOLLECT_BENCH_FILE) is a LoCoMo JSON (locomo10.json of snap-research/locomo, CC BY-NC 4.0) or a list of
BEAM chats { chat, sessions, questions } (mohammadtavakoli78/BEAM). Neither comes with this repository.

  --only <recollect|bm25|mem0>   run one of them (default: recollect and bm25). mem0 is mem0ai 3.3.1 without a model
                            and with our word vectors: npm run bench:mem0 installs it
  --embedder <none|setting> the library's embedder: none, "provider/model" or JSON, e.g.
                            {"provider":"transformers","model":"./all-MiniLM-L6-v2"}. Default the built-in word vectors
  --strategy <name>         retrieval recipe, passed to the library
  --top-k <n>               hits asked for (default 50)
  --k1 <n> --b <n>          BM25 of the baseline (default 0.9 and 0.4; 1.2 and 0.75 are the other usual pair)
  --packing <stop|skip>     the baseline's context ends at the first turn that does not fit (default), or skips it;
                            skip is the stronger baseline where messages are long
  --conversations <n>       only the first n conversations
  --limit <n>               only the first n questions of each
  --json <out.json>         write one row per question; the same code and data give the same bytes
  --baseline <rows.json>    compare with rows written earlier, with an interval
`;

interface RowsFile {
  readonly config: Readonly<Record<string, unknown>>;
  readonly data: string;
  readonly systems: Readonly<Record<string, readonly QuestionRow[]>>;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: "string" },
    embedder: { type: "string" },
    strategy: { type: "string" },
    "top-k": { type: "string", default: "50" },
    k1: { type: "string", default: "0.9" },
    b: { type: "string", default: "0.4" },
    packing: { type: "string", default: "stop" },
    conversations: { type: "string" },
    limit: { type: "string" },
    json: { type: "string" },
    baseline: { type: "string" },
    help: { type: "boolean", default: false },
  },
});
const file = positionals[0] ?? process.env["RECOLLECT_BENCH_FILE"];
if (values.help || file === undefined) {
  console.log(usage);
  process.exitCode = values.help ? 0 : 2;
} else {
  await run(file);
}

async function run(path: string): Promise<void> {
  const { corpus: whole, sha256 } = await readCorpus(fromCaller(path));
  const corpus = limited(whole);
  const config = {
    format: corpus.format,
    topK: count(values["top-k"], "--top-k") ?? 50,
    strategy: values.strategy ?? "default",
    ...(values.embedder === undefined ? {} : { embedder: values.embedder }),
    k1: figure(values.k1, "--k1"),
    b: figure(values.b, "--b"),
    packing: values.packing === "skip" ? ("skip" as const) : ("stop" as const),
    conversations: values.conversations ?? "all",
    limit: values.limit ?? "all",
  };
  printHeading(whole, sha256, config);

  const measurements: Measurement[] = [];
  for (const create of systems(config)) {
    const system = await create();
    try {
      measurements.push(await measureRecall(system, corpus, progressOn(system.name)));
    } finally {
      await system.close();
    }
  }

  console.log(`\n${reportQuality(measurements)}`);
  const [own, baseline] = measurements;
  if (own !== undefined && baseline !== undefined) {
    console.log(`\n${reportComparison(`${own.system} minus ${baseline.system}`, baseline.rows, own.rows)}`);
  }
  if (values.baseline !== undefined) await compareWithFile(values.baseline, measurements, sha256);
  console.log(`\n${reportEffort(measurements)}`);
  if (values.json !== undefined) {
    const rows: RowsFile = {
      config,
      data: sha256,
      systems: Object.fromEntries(measurements.map(({ system, rows: written }) => [system, written])),
    };
    await writeFile(fromCaller(values.json), `${JSON.stringify(rows, null, 1)}\n`);
    console.log(`\nRows written to ${values.json}`);
  }
}

function systems(config: {
  topK: number;
  k1: number;
  b: number;
  packing: "stop" | "skip";
}): (() => Promise<RecallSystem>)[] {
  const { only, strategy } = values;
  if (only !== undefined && !["recollect", "bm25", "mem0"].includes(only)) {
    throw new Error(`--only expects recollect, bm25 or mem0, got "${only}".`);
  }
  // Loaded when asked for, so that the baseline runs without the product.
  const recollect = async (): Promise<RecallSystem> => {
    const { RecollectSystem } = await import("./recollect-system.ts");
    return RecollectSystem.create({
      topK: config.topK,
      ...(strategy === undefined ? {} : { strategy }),
      ...(values.embedder === undefined ? {} : { embedder: embedderOf(values.embedder) }),
    });
  };
  const bm25 = async (): Promise<RecallSystem> => new PlainBm25(config);
  const mem0 = async (): Promise<RecallSystem> => {
    const { Mem0System } = await import("./mem0-system.ts");
    return Mem0System.create(config.topK);
  };
  return only === undefined ? [recollect, bm25] : [{ recollect, bm25, mem0 }[only] ?? recollect];
}

function embedderOf(text: string): string | object | false {
  if (text === "none") return false;
  return text.startsWith("{") ? (JSON.parse(text) as object) : text;
}

async function compareWithFile(path: string, measurements: readonly Measurement[], sha256: string): Promise<void> {
  // Written by this program; a file of another shape shows as zero pairs.
  const earlier = JSON.parse(await readFile(fromCaller(path), "utf8")) as RowsFile;
  if (earlier.data !== sha256) throw new Error(`${path} was measured on other data (sha256 ${earlier.data}).`);
  for (const { system, rows } of measurements) {
    const before = earlier.systems[system];
    if (before === undefined) continue;
    console.log(`\n${reportComparison(`${system} minus itself in ${path}`, before, rows)}`);
  }
}

function printHeading(corpus: Corpus, sha256: string, config: Readonly<Record<string, unknown>>): void {
  const configHash = createHash("sha256").update(JSON.stringify(config)).digest("hex").slice(0, 12);
  console.log(
    [
      `Recall on ${corpus.format} · commit ${commit()} · node ${process.version} · seed 1`,
      `data sha256 ${sha256}`,
      `config ${configHash} ${JSON.stringify(config)}`,
      ...corpus.notes,
    ].join("\n"),
  );
}

function limited(corpus: Corpus): Corpus {
  const conversations = corpus.conversations.slice(0, count(values.conversations, "--conversations"));
  const limit = count(values.limit, "--limit");
  return {
    ...corpus,
    conversations: conversations.map((own) => ({ ...own, questions: own.questions.slice(0, limit) })),
  };
}

function count(text: string | undefined, option: string): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new Error(`${option} expects a whole number from 1, got "${text}".`);
  return value;
}

function figure(text: string, option: string): number {
  const value = Number(text);
  if (!Number.isFinite(value) || value < 0) throw new Error(`${option} expects a number from 0, got "${text}".`);
  return value;
}

function commit(): string {
  try {
    const isClean = git("status", "--porcelain", "--", "../src", ".") === "";
    return git("rev-parse", "--short", "HEAD") + (isClean ? "" : "+changes");
  } catch (error) {
    return `unknown (${error instanceof Error ? error.message.split("\n")[0] : "no git"})`;
  }
}

function git(...args: string[]): string {
  return execFileSync("git", args, { encoding: "utf8", cwd: import.meta.dirname }).trim();
}

/** npm runs a workspace's script in the workspace's folder; paths are meant from where the user stands. */
function fromCaller(path: string): string {
  return resolve(process.env["INIT_CWD"] ?? process.cwd(), path);
}

function progressOn(system: string): (done: number, total: number, what: string) => void {
  let shown = 0;
  return (done, total, what) => {
    const now = Date.now();
    if (done < total && now - shown < 1000) return;
    shown = now;
    const isTerminal = process.stderr.isTTY;
    process.stderr.write(
      `${isTerminal ? "\r\u001B[K" : ""}${system}: ${done}/${total} ${what}${isTerminal && done < total ? "" : "\n"}`,
    );
  };
}
