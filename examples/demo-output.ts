import { styleText } from "node:util";

/** What of a search hit the demo shows; times are ISO 8601. */
export interface ShownHit {
  readonly id: string;
  readonly memory: string;
  readonly kind: string;
  readonly state: string;
  readonly score: number;
  readonly createdAt: string;
  readonly validFrom?: string;
  readonly validTo?: string;
  readonly sources: readonly ShownSource[];
}

export interface ShownSource {
  readonly text: string;
  readonly name?: string;
  readonly role?: string;
  readonly saidAt: string;
  readonly spans: readonly { readonly start: number; readonly end: number }[];
}

export interface Answer {
  readonly question: string;
  readonly wallMs: number;
  readonly hits: readonly ShownHit[];
  /** What the best answer replaced, newest first. */
  readonly before: readonly ShownHit[];
  /** The samples know their answers: any of these words in the best one will do. */
  readonly expected?: readonly string[];
}

export interface StepTimes {
  open: number;
  add: number;
  messages: number;
  search: number;
  questions: number;
  context: number;
  checked: number;
  right: number;
}

export interface AddedFile {
  readonly file: string;
  readonly format: string;
  readonly sessions: number;
  readonly messages: number;
  readonly facts: readonly string[];
  /** Facts that took the place of an older value. */
  readonly replaced: number;
  /** Unix seconds. */
  readonly saidAt: readonly number[];
  readonly wallMs: number;
}

const width = Math.max(60, Math.min(process.stdout.columns ?? 96, 100));
const shownEvidence = 2;
const shownFacts = 3;
const shownSkips = 5;

export function printHeading(title: string, detail: string): void {
  console.log(`\n${styleText("bold", title)}`);
  console.log(dim(wrap(detail, "")));
  console.log("");
}

export function printAdded({ file, format, sessions, messages, facts, replaced, saidAt, wallMs }: AddedFile): void {
  const period =
    saidAt.length === 0 ? "no dates" : `${day(Math.min(...saidAt) * 1000)} to ${day(Math.max(...saidAt) * 1000)}`;
  printRow(`  ${styleText("bold", file)}  ${dim(`${format}, ${period}`)}`, `${milliseconds(wallMs)}`);
  const changes = replaced === 0 ? "" : `, ${replaced} of them in place of an older value`;
  console.log(
    `    ${count(messages, "message")} in ${count(sessions, "session")}, ${count(facts.length, "fact")} drawn${changes}`,
  );
  for (const fact of facts.slice(0, shownFacts)) console.log(dim(wrap(`+ ${fact}`, "    ")));
  if (facts.length > shownFacts) console.log(dim(`    + ${facts.length - shownFacts} more`));
  console.log("");
}

export function printSkipped(
  skipped: readonly { readonly line?: number; readonly index?: number; readonly reason: string }[],
): void {
  for (const { line, index, reason } of skipped.slice(0, shownSkips)) {
    const place = line === undefined ? `entry ${index ?? "?"}` : `line ${line}`;
    console.log(yellow(wrap(`skipped ${place}: ${reason}`, "    ")));
  }
  if (skipped.length > shownSkips) console.log(yellow(`    skipped ${skipped.length - shownSkips} more`));
}

export function printAnswer({ question, wallMs, hits, before, expected }: Answer): void {
  printRow(`  ${styleText("bold", question)}`, milliseconds(wallMs));
  const [best, ...others] = hits;
  if (best === undefined) {
    console.log(yellow("    nothing in memory answers this"));
  } else {
    console.log(styleText("green", wrap(`→ ${best.memory}`, "    ")));
    console.log(dim(`      ${describe(best)}`));
    for (const old of best.state === "superseded" ? [] : before)
      console.log(yellow(wrap(`was: ${old.memory}${until(old, best)}`, "      ")));
    for (const source of evidenceOf(best)) console.log(dim(wrap(evidenceLine(source), "      ")));
    const shown = new Set([best.id, ...before.map(({ id }) => id)]);
    for (const other of others.filter(({ id }) => !shown.has(id)))
      console.log(dim(`    · ${shorten(other.memory, width - 6)}`));
  }
  if (expected !== undefined && !isAnswered(best, expected))
    console.log(styleText("red", wrap(`✗ expected here: ${expected.join(" or ")}`, "    ")));
  console.log("");
}

/** Whether the best answer, as shown with its date and evidence, holds one of the expected words. */
export function isAnswered(best: ShownHit | undefined, expected: readonly string[]): boolean {
  if (best === undefined || best.state === "superseded") return false;
  const shown = [best.memory, describe(best), ...evidenceOf(best).map(evidenceLine)].join("\n");
  return expected.some((words) => shown.toLowerCase().includes(words.toLowerCase()));
}

export function printContext(text: string, tokens: number, wallMs: number): void {
  for (const line of text.split("\n")) {
    for (const part of wrap(line, "").split("\n")) console.log(`  ${dim("│")} ${part}`);
  }
  console.log(dim(`\n  ${tokens} tokens, ${milliseconds(wallMs)}`));
}

export function printSummary(times: StepTimes): void {
  const { open, add, messages, search, questions, context, checked, right } = times;
  console.log(`\n${styleText("bold", "Time of each step")}\n`);
  printStep("open an empty store", open);
  printStep(
    `add ${count(messages, "message")}`,
    add,
    `${milliseconds(add / Math.max(1, messages))} each, on disk before the next`,
  );
  printStep(`ask ${count(questions, "question")}`, search, `${milliseconds(search / Math.max(1, questions))} each`);
  printStep("pack a context", context);
  if (checked > 0) console.log(`\n  ${right} of ${checked} best answers hold the words that the samples expect.`);
  console.log(dim('\nThe store was temporary and is gone. Your own: npm run demo -- <file> "<question>"\n'));
}

function printStep(name: string, wallMs: number, detail = ""): void {
  console.log(`  ${name.padEnd(24)}${milliseconds(wallMs).padStart(9)}  ${dim(detail)}`.trimEnd());
}

/** A line with a figure at its right end. */
function printRow(left: string, right: string): void {
  const gap = Math.max(2, width - printedLength(left) - right.length);
  console.log(`${left}${" ".repeat(gap)}${dim(right)}`);
}

function printedLength(text: string): number {
  return text.replaceAll(/\u001B\[\d+m/gu, "").length; // oxlint-disable-line no-control-regex -- the codes of styleText
}

function describe(hit: ShownHit): string {
  const parts = [hit.kind];
  const [source] = hit.sources;
  if (source?.text === hit.memory) parts.push(`${source.name ?? source.role ?? "someone"} on ${day(source.saidAt)}`);
  if (hit.validFrom !== undefined)
    parts.push(hit.validFrom > hit.createdAt ? `for ${day(hit.validFrom)}` : `as of ${day(hit.validFrom)}`);
  if (hit.state === "superseded") parts.push("no longer true");
  return [...parts, `score ${hit.score.toFixed(2)}`].join(", ");
}

/** The messages behind a hit; a message that is its own evidence is not printed twice. */
function evidenceOf({ memory, sources }: ShownHit): readonly ShownSource[] {
  return sources.filter(({ text }) => text !== memory).slice(0, shownEvidence);
}

/** When the old value stopped: its own end, else when the new one was said. */
function until(old: ShownHit, current: ShownHit): string {
  return `, until ${day(old.validTo ?? current.sources[0]?.saidAt ?? current.createdAt)}`;
}

function evidenceLine({ text, name, role, saidAt, spans }: ShownSource): string {
  return `${day(saidAt)}, ${name ?? role ?? "someone"}: “${excerpt(text, spans[0]?.start ?? 0)}”`;
}

/** The part of the message around the words that say so. */
function excerpt(text: string, start: number): string {
  const line = text.replaceAll(/\s/gu, " ");
  const length = 150;
  if (line.length <= length) return line;
  // Half a sentence before the evidence tells what it is about.
  const from = Math.min(Math.max(0, start - 30), line.length - length);
  const cut = from === 0 ? 0 : line.indexOf(" ", from) + 1;
  return `${cut === 0 ? "" : "… "}${shorten(line.slice(cut), length)}`;
}

function shorten(text: string, length: number): string {
  const line = text.replaceAll(/\s+/gu, " ").trim();
  return line.length <= length ? line : `${line.slice(0, length - 1).trimEnd()}…`;
}

/** Breaks a text at spaces, each line indented, those after the first by two more. */
function wrap(text: string, indent: string): string {
  const lines: string[] = [];
  let line = indent;
  for (const word of text.split(/\s+/u)) {
    const isFirst = line.trim() === "";
    if (!isFirst && line.length + 1 + word.length > width) {
      lines.push(line);
      line = `${indent}  ${word}`;
    } else line = isFirst ? `${line}${word}` : `${line} ${word}`;
  }
  return [...lines, line].join("\n");
}

const dayFormat = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

/** Epoch milliseconds or an ISO date as "8 June 2025". */
function day(time: number | string): string {
  return dayFormat.format(new Date(time));
}

function milliseconds(value: number): string {
  if (value < 10) return `${value.toFixed(1)} ms`;
  return value < 10_000 ? `${value.toFixed(0)} ms` : `${(value / 1000).toFixed(1)} s`;
}

function count(value: number, noun: string): string {
  return `${value} ${noun}${value === 1 ? "" : "s"}`;
}

// styleText leaves the codes out when the output is no terminal or NO_COLOR is set.
function dim(text: string): string {
  return styleText("dim", text);
}

function yellow(text: string): string {
  return styleText("yellow", text);
}
