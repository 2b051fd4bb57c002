import { styleText } from "node:util";

/** What of a search hit the demo shows. */
export interface ShownHit {
  readonly memory: string;
  readonly kind: string;
  readonly score?: number | undefined;
  readonly validFrom?: number | string | null | undefined;
  readonly validTo?: number | string | null | undefined;
  readonly sources: readonly ShownSource[];
}

export interface ShownSource {
  readonly text: string;
  readonly name?: string | undefined;
  readonly role?: string | undefined;
  readonly saidAt?: number | string | undefined;
  readonly spans?: readonly { readonly start: number; readonly end: number }[] | undefined;
}

export interface Answer {
  readonly question: string;
  readonly wallMs: number;
  readonly hits: readonly (ShownHit & { readonly before: readonly ShownHit[] })[];
}

export interface StepTimes {
  open: number;
  add: number;
  messages: number;
  search: number;
  questions: number;
  context: number;
}

export interface AddedFile {
  readonly file: string;
  readonly format: string;
  readonly sessions: number;
  readonly messages: number;
  readonly facts: readonly string[];
  /** Unix seconds. */
  readonly saidAt: readonly number[];
  readonly wallMs: number;
}

export function printHeading(title: string, detail: string): void {
  console.log(`\n${bold(title)}  ${dim(detail)}\n`);
}

export function printAdded({ file, format, sessions, messages, facts, saidAt, wallMs }: AddedFile): void {
  const period =
    saidAt.length === 0 ? "" : `, ${day(Math.min(...saidAt) * 1000)} to ${day(Math.max(...saidAt) * 1000)}`;
  console.log(`  ${bold(file)}  ${dim(`${format}${period}`)}`);
  console.log(
    `    ${count(messages, "message")} in ${count(sessions, "session")}, ${count(facts.length, "fact")} drawn  ` +
      dim(`${milliseconds(wallMs)}, ${milliseconds(wallMs / Math.max(1, messages))} each`),
  );
  for (const fact of facts.slice(0, 3)) console.log(`    ${dim("+")} ${shorten(fact, 100)}`);
  if (facts.length > 3) console.log(dim(`    + ${facts.length - 3} more`));
}

export function printSkipped(
  skipped: readonly { readonly line?: number; readonly index?: number; readonly reason: string }[],
): void {
  for (const { line, index, reason } of skipped.slice(0, 5)) {
    const place = line === undefined ? `entry ${index ?? "?"}` : `line ${line}`;
    console.log(yellow(`    skipped ${place}: ${reason}`));
  }
  if (skipped.length > 5) console.log(yellow(`    skipped ${skipped.length - 5} more`));
}

export function printAnswer({ question, wallMs, hits }: Answer): void {
  console.log(`  ${bold(question)}  ${dim(milliseconds(wallMs))}`);
  const [best, ...others] = hits;
  if (best === undefined) {
    console.log(yellow("    nothing in memory answers this"));
  } else {
    console.log(`    ${green(`→ ${shorten(best.memory, 160)}`)}  ${dim(describe(best))}`);
    for (const old of best.before)
      console.log(`      ${yellow(`was: ${shorten(old.memory, 110)}${until(old, best)}`)}`);
    for (const source of best.sources.slice(0, 2)) console.log(`      ${dim(evidenceLine(source))}`);
    for (const other of others) console.log(dim(`    · ${shorten(other.memory, 110)}`));
  }
  console.log("");
}

export function printContext(text: string, tokens: number, wallMs: number): void {
  for (const line of text.split("\n")) console.log(`  ${dim("│")} ${line}`);
  console.log(dim(`\n  ${tokens} tokens, ${milliseconds(wallMs)}`));
}

export function printSummary({ open, add, messages, search, questions, context }: StepTimes): void {
  console.log(`\n${bold("Time")}`);
  console.log(`  open the store     ${milliseconds(open)}`);
  console.log(
    `  add ${count(messages, "message")}   ${milliseconds(add)}  ${dim(`${milliseconds(add / Math.max(1, messages))} each, each one on disk before the next`)}`,
  );
  console.log(
    `  ask ${count(questions, "question")}   ${milliseconds(search)}  ${dim(`${milliseconds(search / Math.max(1, questions))} each`)}`,
  );
  console.log(`  pack a context     ${milliseconds(context)}`);
  console.log(dim('\nThe store was temporary and is gone. Your own: npm run demo -- <file> "<question>"\n'));
}

function describe(hit: ShownHit): string {
  const { kind, score, validFrom } = hit;
  const since = validFrom === undefined || validFrom === null ? undefined : startOf(hit);
  return `(${kind}${since === undefined ? "" : `, since ${day(since)}`}${score === undefined ? "" : `, score ${score.toFixed(2)}`})`;
}

/** When the old value stopped: its own end, else the start of the new one. */
function until(old: ShownHit, current: ShownHit): string {
  const end = old.validTo ?? startOf(current);
  return end === undefined ? "" : `, until ${day(end)}`;
}

/** When something began to be true; what lies ahead ("the wedding is on 20 September") is known from the day it is said. */
function startOf({ validFrom, sources }: ShownHit): number | string | undefined {
  const said = sources[0]?.saidAt;
  if (validFrom === undefined || validFrom === null) return said;
  return said !== undefined && new Date(validFrom) > new Date(said) ? said : validFrom;
}

function evidenceLine({ text, name, role, saidAt, spans }: ShownSource): string {
  const when = saidAt === undefined ? "" : `${day(saidAt)}, `;
  return `${when}${name ?? role ?? "someone"}: “${excerpt(text, spans?.[0]?.start ?? 0)}”`;
}

/** The part of the message around the words that say so. */
function excerpt(text: string, start: number): string {
  const line = text.replaceAll(/\s/gu, " ");
  if (line.length <= 130) return line;
  // Half a sentence before the evidence tells what it is about.
  const from = Math.min(Math.max(0, start - 30), line.length - 130);
  const cut = from === 0 ? 0 : line.indexOf(" ", from) + 1;
  return `${cut === 0 ? "" : "… "}${shorten(line.slice(cut), 130)}`;
}

function shorten(text: string, length: number): string {
  const line = text.replaceAll(/\s+/gu, " ").trim();
  return line.length <= length ? line : `${line.slice(0, length - 1).trimEnd()}…`;
}

const dayFormat = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
  timeZone: "UTC",
});

/** Epoch milliseconds or an ISO date as "8 Jun 2025". */
function day(time: number | string): string {
  return dayFormat.format(new Date(time));
}

function milliseconds(value: number): string {
  return value < 10
    ? `${value.toFixed(1)} ms`
    : value < 10_000
      ? `${value.toFixed(0)} ms`
      : `${(value / 1000).toFixed(1)} s`;
}

function count(value: number, noun: string): string {
  return `${value} ${noun}${value === 1 ? "" : "s"}`;
}

// styleText leaves the codes out when the output is no terminal or NO_COLOR is set.
function bold(text: string): string {
  return styleText("bold", text);
}

function dim(text: string): string {
  return styleText("dim", text);
}

function green(text: string): string {
  return styleText("green", text);
}

function yellow(text: string): string {
  return styleText("yellow", text);
}
