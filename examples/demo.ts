import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { parseTranscript } from "../src/api/transcripts/parse-transcript.ts";
import type { Transcript } from "../src/api/transcripts/transcript.ts";
import { Memory, MemoryError } from "../src/index.ts";
import {
  isAnswered,
  printAdded,
  printAnswer,
  printContext,
  printHeading,
  printSkipped,
  printSummary,
  type Answer,
  type StepTimes,
} from "./demo-output.ts";

const usage = `Usage: npm run demo                          both sample conversations
       npm run demo -- <file> "<question>"    your own conversation

<file> is JSONL of {role, content, name?, timestamp?, run_id?}, a ChatGPT or Claude export (conversations.json),
or plain lines of Name: text. Everything stays on this machine, in a temporary store that is removed at the end.
`;

const readFailures: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EISDIR: "it is a folder",
  EACCES: "this user may not read it",
};

interface Sample {
  readonly file: string;
  readonly userId: string;
  readonly questions: readonly { readonly question: string; readonly expected?: readonly string[] }[];
}

const [file, ...words] = process.argv.slice(2);
try {
  if (file === undefined) await demonstrate(await readSamples());
  else if (file.startsWith("-") || words.length === 0) {
    console.log(usage);
    process.exitCode = file === "--help" || file === "-h" ? 0 : 2;
  } else {
    // npm moves to the package's folder; the path is meant from where the user stands.
    const path = resolve(process.env["INIT_CWD"] ?? process.cwd(), file);
    await demonstrate([{ file: path, userId: "you", questions: [{ question: words.join(" ") }] }]);
  }
} catch (error) {
  if (!MemoryError.isInstance(error)) throw error;
  console.error(`\n${error.message}`);
  process.exitCode = 1;
}

async function demonstrate(samples: readonly Sample[]): Promise<void> {
  // Read first: a file that cannot be read should not leave half a demo on the screen.
  const transcripts = await Promise.all(samples.map(readTranscript));
  const folder = await mkdtemp(join(tmpdir(), "recollect-demo-"));
  const times: StepTimes = {
    open: 0,
    add: 0,
    messages: 0,
    search: 0,
    questions: 0,
    context: 0,
    checked: 0,
    right: 0,
  };
  try {
    const start = performance.now();
    const memory = new Memory({ dbPath: join(folder, "memory.db") });
    times.open = performance.now() - start;
    try {
      printHeading(
        "1  Add",
        "One call per message, as an agent makes it. Every message is kept word for word; facts are drawn by rules, no model, no network.",
      );
      for (const [index, transcript] of transcripts.entries()) {
        await addTranscript(
          memory,
          transcript,
          samples[index]?.userId ?? "you",
          basename(samples[index]?.file ?? ""),
          times,
        );
      }
      for (const { file: path, userId, questions } of samples) {
        printHeading(
          `2  Ask: ${basename(path)}`,
          "The best answer with its evidence, what it replaced, and the runners-up.",
        );
        for (const question of questions) {
          const answer = await ask(memory, userId, question, times);
          printAnswer(answer);
          if (answer.expected === undefined) continue;
          times.checked += 1;
          if (isAnswered(answer.hits[0], answer.expected)) times.right += 1;
        }
      }
      const [first] = samples;
      if (first !== undefined) await pack(memory, first, times);
      printSummary(times);
    } finally {
      await memory.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function readTranscript({ file: path }: Sample): Promise<Transcript> {
  return parseTranscript(await readText(path), { fileName: basename(path) });
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (!isFileError(error)) throw error;
    const reason = readFailures[error.code ?? ""] ?? error.message;
    throw new MemoryError("invalid_input", `Cannot read ${path}: ${reason}.`, { cause: error });
  }
}

async function addTranscript(
  memory: Memory,
  transcript: Transcript,
  userId: string,
  name: string,
  times: StepTimes,
): Promise<void> {
  const start = performance.now();
  let messages = 0;
  const facts: string[] = [];
  let replaced = 0;
  const saidAt: number[] = [];
  for (const [index, conversation] of transcript.conversations.entries()) {
    for (const { timestamp, ...message } of conversation.messages) {
      const { results } = await memory.add([message], {
        userId,
        runId: conversation.runId ?? `session-${index + 1}`,
        ...(timestamp === undefined ? {} : { timestamp }),
      });
      messages += 1;
      for (const { event, memory: text, superseded } of results) {
        if (event === "ADD") facts.push(text);
        if (superseded !== undefined) replaced += 1;
      }
      if (timestamp !== undefined) saidAt.push(timestamp);
    }
  }
  const wallMs = performance.now() - start;
  times.add += wallMs;
  times.messages += messages;
  printAdded({
    file: name,
    format: transcript.format,
    sessions: transcript.conversations.length,
    messages,
    facts,
    replaced,
    saidAt,
    wallMs,
  });
  printSkipped(transcript.skipped);
}

/** The three best hits, and what the best of them replaced. */
async function ask(
  memory: Memory,
  userId: string,
  { question, expected }: Sample["questions"][number],
  times: StepTimes,
): Promise<Answer> {
  const filters = { user_id: userId };
  const start = performance.now();
  const { results } = await memory.search(question, { filters, topK: 3 });
  const wallMs = performance.now() - start;
  times.search += wallMs;
  times.questions += 1;
  const { results: replaced } = await memory.search(question, {
    filters,
    topK: 200,
    threshold: 0,
    states: ["superseded"],
  });
  const before = replaced
    .filter(({ replacedBy }) => replacedBy === results[0]?.id)
    .toSorted((one, other) => other.createdAt.localeCompare(one.createdAt));
  return { question, wallMs, hits: results, before, ...(expected === undefined ? {} : { expected }) };
}

async function pack(memory: Memory, { userId, questions }: Sample, times: StepTimes): Promise<void> {
  const question = questions[0]?.question ?? "";
  const start = performance.now();
  const { text, tokens } = await memory.context(question, { userId, tokenBudget: 300 });
  times.context = performance.now() - start;
  printHeading("3  Context", `A block for a prompt on "${question}", at most 300 tokens.`);
  printContext(text, tokens, times.context);
}

async function readSamples(): Promise<Sample[]> {
  const folder = join(import.meta.dirname, "conversations");
  // Our own file, checked by a test.
  const samples = JSON.parse(await readFile(join(folder, "questions.json"), "utf8")) as readonly Sample[];
  return samples.map((sample) => ({ ...sample, file: join(folder, sample.file) }));
}

function isFileError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "code" in error;
}
