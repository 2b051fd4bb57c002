import { createHash } from "node:crypto";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { resolveLanguageModel } from "../src/adapters/models/resolve-models.ts";
import type { LanguageModel } from "../src/ports/language-model.ts";
import { readCorpus } from "./corpora/read-corpus.ts";
import type { Corpus } from "./corpora/corpus.ts";
import { answerQuestions } from "./qa/answer-questions.ts";
import { rejectVague } from "./qa/canaries.ts";
import { openSource, SOURCE_NAMES } from "./qa/contexts.ts";
import type { SourceName } from "./qa/contexts.ts";
import { LENIENT_JUDGE, READER, STRICT_JUDGE } from "./qa/prompts.ts";
import { reportAnswers } from "./qa/qa-report.ts";
import { RowsFile } from "./qa/rows-file.ts";

const usage = `Usage: npm run bench:qa -- <file> --model <id> --judge <id> [options]

Answers the questions of a corpus from what memory returns, and has a judge grade the answers. Costs what the models cost:
--dry-run says how many tokens. <file> is a LoCoMo or BEAM file, as for bench:recall.

  --model <provider/model>  who answers, e.g. openai/gpt-5-mini, anthropic/…, ollama/qwen3. Keys are read from the
                            provider's own environment variable: docs/models.md
  --judge <provider/model>  who grades; should be another model
  --base-url <url>          an OpenAI-compatible server in place of the provider's, for both
  --budget <tokens>         of the context (default 2000)
  --sources <list>          of recollect, bm25, full (default all three, comma-separated)
  --runs <n>                answers to every question (default 1; three give an interval)
  --concurrency <n>         questions in flight (default 4)
  --conversations <n>, --limit <n>   only the first n conversations, the first n questions of each
  --out <rows.jsonl>        every answer and verdict, raw; the same command goes on where it was cut off
                            (default qa-<hash>.jsonl)
  --dry-run                 count tokens and ask nobody
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    model: { type: "string" },
    judge: { type: "string" },
    "base-url": { type: "string" },
    budget: { type: "string", default: "2000" },
    sources: { type: "string", default: SOURCE_NAMES.join(",") },
    runs: { type: "string", default: "1" },
    concurrency: { type: "string", default: "4" },
    conversations: { type: "string" },
    limit: { type: "string" },
    out: { type: "string" },
    "dry-run": { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});
const file = positionals[0] ?? process.env["RECOLLECT_BENCH_FILE"];
const isRunnable =
  file !== undefined && (values["dry-run"] || (values.model !== undefined && values.judge !== undefined));
if (values.help || !isRunnable) {
  console.log(usage);
  process.exitCode = values.help ? 0 : 2;
} else await run(file);

async function run(path: string): Promise<void> {
  const { corpus: whole, sha256 } = await readCorpus(fromCaller(path));
  const corpus = limited(whole);
  const budget = count(values.budget, "--budget");
  const sources = values.sources.split(",").map((name) => sourceName(name.trim()));
  const runs = count(values.runs, "--runs");
  if (values["dry-run"]) return estimate(corpus, sources, budget, runs);
  const config = {
    model: values.model,
    judge: values.judge,
    budget,
    conversations: values.conversations ?? "all",
    limit: values.limit ?? "all",
    prompts: hash([READER, STRICT_JUDGE, LENIENT_JUDGE].join("\n")),
  };
  const out = fromCaller(values.out ?? `qa-${hash(JSON.stringify({ config, sha256 }))}.jsonl`);
  const rows = await RowsFile.open(out, { config, data: sha256 });
  const reader = openModel(values.model ?? "");
  const judge = openModel(values.judge ?? "");
  console.log(
    `Answers on ${corpus.format}, data sha256 ${sha256}\n${JSON.stringify(config)}\n${corpus.notes.join("\n")}`,
  );
  if (values.model === values.judge) console.log("Reader and judge are the same model: it may favour its own answers.");
  const canaries = await rejectVague(
    judge,
    corpus.conversations.flatMap(({ questions }) => questions),
  );
  const share = canaries.asked === 0 ? 1 : canaries.rejected / canaries.asked;
  console.log(
    `Judge: ${canaries.rejected} of ${canaries.asked} vague answers rejected${share < 0.9 ? ": TOO FEW, its figures mean little" : ""}`,
  );
  for (const name of sources) {
    const source = await openSource(name, corpus, budget);
    try {
      await answerQuestions(corpus, source, rows, {
        reader,
        judge,
        runs,
        concurrency: count(values.concurrency, "--concurrency"),
        onProgress: (done, total) => {
          process.stderr.write(
            `${process.stderr.isTTY ? "\r" : ""}${source.name}: ${done}/${total}${process.stderr.isTTY && done < total ? "" : "\n"}`,
          );
        },
      });
    } finally {
      await source.close();
    }
  }
  console.log(`\n${reportAnswers(rows.rows)}\n\nRows: ${out}`);
}

/** What a run would send, by a quarter of the characters. */
async function estimate(corpus: Corpus, sources: readonly SourceName[], budget: number, runs: number): Promise<void> {
  for (const name of sources) {
    const source = await openSource(name, corpus, budget);
    let tokens = 0;
    let asked = 0;
    for (const conversation of corpus.conversations) {
      for (const { question } of conversation.questions) {
        tokens += Math.ceil(
          ((await source.context(conversation, question)).length + READER.length + question.length) / 4,
        );
        asked += 1;
      }
    }
    await source.close();
    console.log(
      `${source.name}: ${asked * runs} questions, about ${(tokens * runs).toLocaleString("en")} tokens to the reader, ${(asked * runs * 2 * 260).toLocaleString("en")} to the judge`,
    );
  }
}

function openModel(id: string): LanguageModel {
  const baseURL = values["base-url"];
  if (baseURL === undefined) return resolveLanguageModel(id);
  const model = id.includes("/") ? id.slice(id.indexOf("/") + 1) : id;
  return resolveLanguageModel({ provider: "openai-compatible", model, baseURL });
}

function limited(corpus: Corpus): Corpus {
  const conversations = corpus.conversations.slice(0, optionalCount(values.conversations, "--conversations"));
  const limit = optionalCount(values.limit, "--limit");
  return {
    ...corpus,
    conversations: conversations.map((own) => ({ ...own, questions: own.questions.slice(0, limit) })),
  };
}

function sourceName(name: string): SourceName {
  const found = SOURCE_NAMES.find((known) => known === name);
  if (found === undefined) throw new Error(`--sources expects some of ${SOURCE_NAMES.join(", ")}, got "${name}".`);
  return found;
}

function optionalCount(text: string | undefined, option: string): number | undefined {
  return text === undefined ? undefined : count(text, option);
}

function count(text: string, option: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new Error(`${option} expects a whole number from 1, got "${text}".`);
  return value;
}

function hash(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 12);
}

function fromCaller(path: string): string {
  return resolve(process.env["INIT_CWD"] ?? process.cwd(), path);
}
