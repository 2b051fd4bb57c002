import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { parseTranscript } from "../../api/transcripts/parse-transcript.ts";
import { invalidInput, MemoryError } from "../../errors.ts";
import type { AddRequest, Row } from "../store/store.ts";
import { plain } from "../terminal/describe-memory.ts";
import { paint } from "../terminal/paint.ts";
import { oneLine } from "../terminal/text-width.ts";
import { endProgress, showProgress } from "../terminal/write.ts";
import type { Call, Reply } from "./command.ts";
import { readStandardInput } from "./input.ts";
import { warningsOf } from "./warnings-of.ts";

const SHOWN = 20;

/** Message by message, as an agent adds them, each at its own time; sessions keep their ids. */
export async function addTranscript(call: Call, path: string, { owner, options }: AddRequest): Promise<Reply> {
  const { conversations, skipped, format } = parseTranscript(await readText(path), {
    fileName: path === "-" ? "standard input" : basename(path),
  });
  const total = conversations.reduce((sum, { messages }) => sum + messages.length, 0);
  const store = await call.store();
  const facts: Row[] = [];
  const warnings = new Set<string>();
  let done = 0;
  for (const [index, { runId, messages }] of conversations.entries()) {
    const session = owner.runId ?? runId ?? (conversations.length === 1 ? undefined : `session-${index + 1}`);
    for (const { timestamp, ...message } of messages) {
      const answer = await store.add([message], {
        owner: { ...owner, ...(session === undefined ? {} : { runId: session }) },
        options: { ...(timestamp === undefined ? {} : { timestamp }), ...options },
      });
      facts.push(...((answer["results"] ?? []) as readonly Row[]));
      for (const warning of warningsOf(answer)) warnings.add(warning);
      done += 1;
      showProgress(`${done} of ${total} messages, ${facts.length} facts`);
    }
  }
  endProgress();
  return {
    data: { format, sessions: conversations.length, messages: total, results: facts, skipped },
    count: facts.length,
    scope: owner,
    warnings: [...warnings],
    lines: () => [
      ...facts.slice(0, SHOWN).map((fact) => `${paint("green", "added")}  ${oneLine(plain(fact["memory"]))}`),
      ...(facts.length > SHOWN ? [paint("dim", `… and ${facts.length - SHOWN} more facts`)] : []),
      paint("dim", `${total} messages of ${conversations.length} sessions kept, ${facts.length} facts drawn`),
      ...skipped
        .slice(0, SHOWN)
        .map(({ line, index, reason }) =>
          paint("yellow", `skipped ${line === undefined ? `part ${index ?? ""}` : `line ${line}`}: ${reason}`),
        ),
    ],
  };
}

async function readText(path: string): Promise<string> {
  if (path === "-") {
    const text = await readStandardInput();
    if (text === undefined) throw invalidInput("--file - expects a transcript on standard input.");
    return text;
  }
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    throw new MemoryError("not_found", `${path} cannot be read: ${(error as Error).message}.`, {
      cause: error,
      details: { exitStatus: 1 },
    });
  }
}
