import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { Memory } from "../src/index.ts";
import type { LanguageModel, LanguageModelCall, MemoryConfig } from "../src/index.ts";
import { readCorpus } from "./corpora/read-corpus.ts";
import type { CorpusConversation, CorpusTurn } from "./corpora/corpus.ts";
import { mean } from "./metrics.ts";
import { formatTable } from "./table.ts";

const usage = `Usage: npm run bench:cost -- <file>

What a language model would cost, and what our own code costs around it, with a model that answers at once and in full: one
fact for every statement of six words or more. Tokens are a quarter of the characters, the output schema counted with the
input. <file> is a LoCoMo or BEAM file, as for bench:recall.
`;

const { positionals } = parseArgs({ allowPositionals: true });
const file = positionals[0] ?? process.env["RECOLLECT_BENCH_FILE"];
if (file === undefined) {
  console.log(usage);
  process.exitCode = 2;
} else await run(resolve(process.env["INIT_CWD"] ?? process.cwd(), file));

interface Cost {
  readonly mode: string;
  readonly calls: number;
  readonly input: number;
  readonly output: number;
  readonly adds: number;
  /** CPU milliseconds of each add, sorted. */
  readonly cpu: readonly number[];
}

async function run(path: string): Promise<void> {
  const { corpus } = await readCorpus(path);
  console.log(corpus.notes[0]);
  const window = await measure("windows of a session (wait: false)", corpus.conversations, false, 0);
  // One request for every add: a sample says enough.
  const each = await measure("one call per add (sample)", corpus.conversations, true, 300);
  const rules = await measure("rules alone (sample)", corpus.conversations, null, 300);
  const rows = [window, each, rules].map(({ mode, calls, input, output, adds, cpu }) => [
    mode,
    String(adds),
    String(calls),
    input.toLocaleString("en"),
    output.toLocaleString("en"),
    (input + output).toLocaleString("en"),
    ((input + output) / adds).toFixed(0),
    (cpu[Math.floor(cpu.length / 2)] ?? 0).toFixed(2),
    mean(cpu).toFixed(2),
  ]);
  console.log(
    formatTable(
      ["extraction", "adds", "calls", "tokens in", "tokens out", "tokens", "per add", "CPU ms p50", "CPU ms mean"],
      rows,
    ),
  );
}

/** `wait` null: no model at all. */
async function measure(
  mode: string,
  conversations: readonly CorpusConversation[],
  wait: boolean | null,
  sample: number,
): Promise<Cost> {
  const folder = await mkdtemp(join(tmpdir(), "recollect-cost-"));
  const model = countingModel();
  let clock = Date.UTC(2026, 0, 1);
  const config: MemoryConfig = {
    dbPath: join(folder, "memory.db"),
    now: () => clock,
    ...(wait === null ? {} : { llm: model }),
  };
  const memory = new Memory(config);
  const cpu: number[] = [];
  try {
    const turns = conversations.flatMap(({ id, turns: own }) => own.map((turn) => ({ id, turn })));
    for (const { id, turn } of sample === 0 ? turns : turns.slice(0, sample)) {
      const before = process.cpuUsage();
      await memory.add([messageOf(turn)], {
        userId: id,
        runId: turn.session,
        timestamp: turn.timestamp,
        ...(wait === null ? {} : { wait }),
      });
      const used = process.cpuUsage(before);
      cpu.push((used.user + used.system) / 1000);
    }
    if (wait === false) {
      // Every session's window closes at once.
      clock += 60_000;
      while ((await memory.stats()).pendingExtraction > 0) await new Promise((done) => setTimeout(done, 500));
    }
  } finally {
    await memory.close();
    await rm(folder, { recursive: true, force: true });
  }
  return { mode, ...model.counts, adds: cpu.length, cpu: cpu.toSorted((left, right) => left - right) };
}

function messageOf({ role, name, text }: CorpusTurn): { role: string; content: string; name?: string } {
  return { role, content: text, ...(name === undefined ? {} : { name }) };
}

function countingModel(): LanguageModel & { counts: { calls: number; input: number; output: number } } {
  const counts = { calls: 0, input: 0, output: 0 };
  return {
    provider: "counting",
    model: "stub",
    counts,
    generate(call) {
      const text = answerTo(call);
      const schema = call.output === undefined ? 0 : JSON.stringify(call.output.schema).length;
      const inputTokens = Math.ceil((call.instructions.length + call.prompt.length + schema) / 4);
      const outputTokens = Math.ceil(text.length / 4);
      counts.calls += 1;
      counts.input += inputTokens;
      counts.output += outputTokens;
      return Promise.resolve({
        text,
        usage: { inputTokens, outputTokens, cachedInputTokens: 0 },
        finishReason: "stop",
        warnings: [],
      });
    },
  };
}

/** A diligent model: one fact, filled in like the real ones, for every quoted statement that is long enough. */
function answerTo({ prompt }: LanguageModelCall): string {
  const facts: object[] = [];
  let number = 0;
  for (const [, quoted = ""] of prompt.matchAll(/"text":\s?("(?:[^"\\]|\\.)*")/gu)) {
    number += 1;
    const text = JSON.parse(quoted) as string;
    const sentence = text.split(/(?<=[.!?])\s/u).find((part) => !part.endsWith("?") && part.split(" ").length >= 6);
    if (sentence === undefined) continue;
    facts.push({
      text: sentence,
      kind: "fact",
      subject: "user",
      attribute: "statement",
      value: sentence.split(" ").slice(-2).join(" "),
      change: "none",
      from: null,
      to: null,
      granularity: null,
      entities: [],
      relations: [],
      categories: ["life"],
      confidence: 0.9,
      sources: [{ message: number, quote: sentence.split(" ").slice(0, 8).join(" ") }],
    });
  }
  return JSON.stringify({ facts });
}
