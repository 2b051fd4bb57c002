import { createInterface } from "node:readline/promises";
import { invalidInput } from "../../errors.ts";
import type { Call } from "./command.ts";

/** All of standard input; undefined where a terminal, and nobody's pipe, is behind it. */
export async function readStandardInput(): Promise<string | undefined> {
  if (process.stdin.isTTY) return undefined;
  const pieces: Buffer[] = [];
  for await (const piece of process.stdin) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString("utf8");
}

/**
 * Asks before many memories go. With --force nothing is asked; where nobody can answer, --force is needed.
 * @throws MemoryError `invalid_input`.
 */
export async function confirm(call: Call, question: string): Promise<boolean> {
  if (call.has("force")) return true;
  if (!process.stdin.isTTY || !process.stderr.isTTY || call.form === "json")
    throw invalidInput(`${question} Say --force, or --dry-run to see what would go.`);
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await terminal.question(`${question} [y/N] `);
  terminal.close();
  return /^y(?:es)?$/iu.test(answer.trim());
}
