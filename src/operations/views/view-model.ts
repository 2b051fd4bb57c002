import type { ModelPurpose, TokenUsage } from "../../domain/model-usage.ts";
import type { Scope } from "../../domain/scope.ts";
import type { MemoryItem } from "../../domain/search-result.ts";
import { MemoryError } from "../../errors.ts";
import { askModel } from "../../extraction/model/ask-model.ts";
import { readListAnswer } from "../../extraction/model/read-list.ts";
import { checkSupport } from "../../extraction/support-check.ts";
import type { LanguageModelCall } from "../../ports/language-model.ts";
import {
  MODEL_SECTIONS,
  PROFILE_REMINDER,
  PROFILE_SCHEMA,
  renderProfile,
  WRITE_PROFILE_INSTRUCTIONS,
} from "../../prompts/write-profile.ts";
import { renderSummary, SUMMARIZE_INSTRUCTIONS, SUMMARY_REMINDER, SUMMARY_SCHEMA } from "../../prompts/summarize.ts";
import { pause } from "../build-passages.ts";
import { callModel } from "../call-model.ts";
import type { Engine } from "../engine.ts";
import { mostImportant } from "./importance.ts";
import { oneLine } from "./view-line.ts";
import type { ViewLine } from "./view-line.ts";

/** Memories that a model is shown for lines, the most important ones. */
const MAX_SHOWN = 400;
const MAX_LINE = 600;
/** Of a line's words, those that its memories must have: a line says in fewer words what several say. */
const MIN_SHARE = 0.5;
const MAX_HEADING = 60;
const MAX_LINES = 200;
/** Lines that are checked in one go. */
const AT_A_TIME = 10;

export interface ViewQuestion {
  readonly items: readonly MemoryItem[];
  /** Of the application; null: none. */
  readonly instructions: string | null;
  readonly scope: Scope;
  readonly onWarning: (warning: string) => void;
}

/** What a model was asked for, and what it may say. */
export interface Asked {
  readonly name: "lines" | "values";
  readonly call: Pick<LanguageModelCall, "instructions" | "prompt" | "output">;
  readonly reminder: string;
  readonly purpose: ModelPurpose;
}

/** The entries of the model's answer, unchecked. @throws what callModel and askModel throw. */
export async function askForEntries(
  engine: Engine,
  { name, call, reminder, purpose }: Asked,
  {
    scope,
    onWarning,
    onUsage,
  }: Pick<ViewQuestion, "scope" | "onWarning"> & { readonly onUsage?: (usage: TokenUsage) => void },
): Promise<readonly Readonly<Record<string, unknown>>[]> {
  return askModel(
    {
      call: { ...call, purpose },
      reminder,
      read: (text) => readListAnswer(text, name),
      wanted: name,
    },
    (full) => callModel(engine, full, { scope, ...(onUsage === undefined ? {} : { onUsage }) }),
    { before: [], onWarning },
  );
}

/** A profile's lines by the model, without standing instructions. */
export async function modelProfileLines(engine: Engine, question: ViewQuestion): Promise<readonly ViewLine[]> {
  const about = question.items.filter(({ kind }) => kind !== "instruction" && kind !== "procedure");
  if (about.length === 0) return [];
  const items = mostImportant(about, MAX_SHOWN, engine.clock());
  const entries = await askForEntries(
    engine,
    {
      name: "lines",
      purpose: "profile",
      call: {
        instructions: WRITE_PROFILE_INSTRUCTIONS,
        prompt: renderProfile(items, question.instructions),
        output: { name: "profile", schema: PROFILE_SCHEMA },
      },
      reminder: PROFILE_REMINDER,
    },
    question,
  );
  const sections: readonly unknown[] = MODEL_SECTIONS;
  return checkLines(entries, { ...question, items }, ({ section }) =>
    sections.includes(section) ? (section as string) : undefined,
  );
}

/** A summary's lines by the model. */
export async function modelSummaryLines(
  engine: Engine,
  question: ViewQuestion,
  { maxMemories, maxCharacters }: { readonly maxMemories: number; readonly maxCharacters: number },
): Promise<readonly ViewLine[]> {
  const items = mostImportant(question.items, Math.min(maxMemories, MAX_SHOWN), engine.clock());
  const entries = await askForEntries(
    engine,
    {
      name: "lines",
      purpose: "summary",
      call: {
        instructions: SUMMARIZE_INSTRUCTIONS,
        prompt: renderSummary(items, { instructions: question.instructions, maxCharacters }),
        output: { name: "summary", schema: SUMMARY_SCHEMA },
      },
      reminder: SUMMARY_REMINDER,
    },
    question,
  );
  return checkLines(entries, { ...question, items }, ({ category }) => headingOf(category));
}

/**
 * Lines that cite memories which were shown, and that say what these say. The others are dropped, with a warning: a
 * line that nobody can follow back is worse than none.
 * @throws MemoryError `provider_invalid_output` when all of them are dropped.
 */
async function checkLines(
  entries: readonly Readonly<Record<string, unknown>>[],
  { items, onWarning }: Pick<ViewQuestion, "items" | "onWarning">,
  headingFor: (entry: Readonly<Record<string, unknown>>) => string | undefined,
): Promise<readonly ViewLine[]> {
  const lines = new Map<string, ViewLine>();
  for (const [index, entry] of entries.slice(0, MAX_LINES).entries()) {
    if (index % AT_A_TIME === AT_A_TIME - 1) await pause();
    const text = typeof entry["text"] === "string" ? oneLine(entry["text"]) : "";
    const cited = citedBy(entry["memories"], items);
    const heading = headingFor(entry);
    if (
      heading === undefined ||
      text === "" ||
      text.length > MAX_LINE ||
      cited.length === 0 ||
      !isSupportedBy(text, cited)
    )
      continue;
    const createdAt = cited.map((item) => item.createdAt).reduce((one, other) => (one > other ? one : other));
    lines.set(text, { heading, text, memoryIds: cited.map(({ id }) => id), createdAt });
  }
  const dropped = entries.length - lines.size;
  if (lines.size === 0 && entries.length > 0)
    throw new MemoryError(
      "provider_invalid_output",
      `None of the ${entries.length} lines of the language model says what the memories that it cites say.`,
      { retryable: true },
    );
  if (dropped > 0)
    onWarning(
      `${dropped} of ${entries.length} lines of the language model ${dropped === 1 ? "was" : "were"} left out: without a memory that says so.`,
    );
  return [...lines.values()];
}

/** The memories that numbers, counted from 1, name; unknown ones are left out. */
export function citedBy(numbers: unknown, items: readonly MemoryItem[]): readonly MemoryItem[] {
  const list = Array.isArray(numbers) ? (numbers as unknown[]) : [numbers];
  const cited = list.flatMap((number) => {
    const item = Number.isInteger(Number(number)) ? items[Number(number) - 1] : undefined;
    return item === undefined ? [] : [item];
  });
  return [...new Set(cited)];
}

/** By the rule that facts of a model are checked with: its words and all its numbers are in what it cites. */
export function isSupportedBy(text: string, cited: readonly MemoryItem[]): boolean {
  const messages = cited.map(({ id, memory, createdAt, language }) => ({
    id,
    role: "user" as const,
    text: memory,
    saidAt: Date.parse(createdAt),
    ...(language === undefined ? {} : { language }),
  }));
  const [first] = messages;
  return checkSupport(
    {
      text,
      kind: "fact",
      cue: "none",
      categories: [],
      mentions: [],
      sources: messages.map((message) => ({ messageId: message.id, spans: [{ start: 0, end: message.text.length }] })),
      confidence: 1,
      attributedTo: "user",
      ...(first?.language === undefined ? {} : { language: first.language }),
    },
    messages,
    MIN_SHARE,
  );
}

function headingOf(category: unknown): string {
  const name = typeof category === "string" ? oneLine(category).slice(0, MAX_HEADING).toLowerCase() : "";
  return /^[\p{L}\p{N}][\p{L}\p{N}_ -]*$/u.test(name) ? name : "misc";
}
