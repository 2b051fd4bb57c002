import { createHash } from "node:crypto";
import { open } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { createClaudeCodeReader, isClaudeCodeLine, parseObject } from "../../api/transcripts/claude-code-lines.ts";
import { createCodexReader, isCodexLine } from "../../api/transcripts/codex-lines.ts";
import type { AgentLineReader } from "../../api/transcripts/agent-session.ts";

/** A line, and where the next one begins. */
export interface FileLine {
  readonly text: string;
  /** In bytes from the file's beginning. */
  readonly end: number;
}

const PIECE_BYTES = 1 << 20;
/** A line of more is a file that a tool has read; it is passed over, not held in memory. */
const MOST_LINE_BYTES = 32 << 20;
const HEAD_BYTES = 512;
/** Lines in which the file's form is looked for. */
const LINES_PROBED = 20;

/** The whole lines from a byte on. What is being written, without its line feed, comes with the next call. */
export async function* linesFrom(path: string, start: number): AsyncGenerator<FileLine, void, undefined> {
  const file = await open(path, "r");
  try {
    yield* readLines(file, start);
  } finally {
    await file.close();
  }
}

async function* readLines(file: FileHandle, start: number): AsyncGenerator<FileLine, void, undefined> {
  const piece = Buffer.allocUnsafe(PIECE_BYTES);
  let parts: Buffer[] = [];
  let held = 0;
  let at = start;
  for (;;) {
    const { bytesRead } = await file.read(piece, 0, PIECE_BYTES, at);
    if (bytesRead === 0) return;
    const read = piece.subarray(0, bytesRead);
    let from = 0;
    for (let feed = read.indexOf(10); feed !== -1; feed = read.indexOf(10, from)) {
      const isTooLong = held + feed - from > MOST_LINE_BYTES;
      const line = Buffer.concat([...parts, read.subarray(from, feed)]);
      yield { text: isTooLong ? "" : line.toString("utf8"), end: at + feed + 1 };
      parts = [];
      held = 0;
      from = feed + 1;
    }
    held += bytesRead - from;
    if (held <= MOST_LINE_BYTES) parts.push(Buffer.from(read.subarray(from)));
    at += bytesRead;
  }
}

/** Who wrote a session file; undefined for any other file. The content decides, not the name. */
export async function findReader(path: string): Promise<AgentLineReader | undefined> {
  let count = 0;
  for await (const { text } of linesFrom(path, 0)) {
    const value = parseObject(text);
    if (isCodexLine(value)) return createCodexReader();
    if (isClaudeCodeLine(value)) return createClaudeCodeReader();
    count += 1;
    if (count >= LINES_PROBED) return undefined;
  }
  return undefined;
}

/** Tells whether a file is still the one that was read: session files are only ever appended to. */
export async function headOf(path: string): Promise<{ readonly digest: string; readonly bytes: number }> {
  const file = await open(path, "r");
  try {
    const head = Buffer.alloc(HEAD_BYTES);
    const { bytesRead } = await file.read(head, 0, HEAD_BYTES, 0);
    const { size } = await file.stat();
    return {
      digest: bytesRead < HEAD_BYTES ? "" : createHash("sha256").update(head).digest("hex").slice(0, 16),
      bytes: size,
    };
  } finally {
    await file.close();
  }
}
