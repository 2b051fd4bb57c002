import { jsonrepair } from "jsonrepair";
import { factsIn, type FoundFacts } from "./answer-shape.ts";
import type { ModelFact } from "./model-fact.ts";
import { readLooseJson, type LooseValue } from "./read-json.ts";

/** Longer answers are read up to here. */
const MAX_ANSWER = 120_000;
/** The repairer is thorough and not made for hostile input: short texts only, and no towers of brackets. */
const MAX_REPAIRED = 20_000;
const MAX_BRACKETS = 2_000;

export interface ReadFacts {
  readonly facts: readonly ModelFact[];
  /** Entries that could not be used: cut off, or without a sentence. */
  readonly dropped: number;
}

/**
 * The facts of a model's answer, whatever it wraps them in: fences, prose, reasoning, a string of JSON, another shape,
 * a missing end. An empty list is an answer; `undefined` is none that can be read. Linear in the answer's length.
 */
export function readFactsAnswer(answer: string): ReadFacts | undefined {
  for (const value of valuesOf(answer)) {
    const found = factsOf(value.values, value.isCut);
    if (found !== undefined) return found;
  }
  return undefined;
}

export interface AnswerValues {
  readonly values: readonly LooseValue[];
  /** True for a record that the end of the answer cut off. */
  readonly isCut: (item: object) => boolean;
}

/** The JSON of an answer in ever more generous readings; a reader stops at the first that it can use. */
export function* valuesOf(answer: string): Generator<AnswerValues> {
  const text = withoutReasoning(answer.slice(0, MAX_ANSWER).replaceAll("\u{feff}", "")).trim();
  const whole = unwrapStrings(parse(text));
  if (typeof whole === "object" && whole !== null)
    yield { values: [{ value: whole, isCut: false }], isCut: () => false };
  const inner = typeof whole === "string" ? whole : text;
  // A string of JSON without its own quotes, or without its end: between brackets nothing else is escaped.
  const isEscaped = /[[{,]\s*\\"/u.test(inner);
  const loose = looseValues(isEscaped ? unescapeOnce(inner) : inner);
  if (loose !== undefined) yield loose;
  const other = isEscaped ? looseValues(inner) : undefined;
  if (other !== undefined) yield other;
  // A repairer makes what was cut off look whole.
  const isTorn = [loose, other].some((read) => read?.values.some(({ isCut }) => isCut) === true);
  const repaired = isTorn ? undefined : repair(inner);
  if (repaired !== undefined) yield { values: [{ value: repaired, isCut: false }], isCut: () => false };
}

function looseValues(text: string): AnswerValues | undefined {
  const { values, cut } = readLooseJson(text);
  if (values.length === 0) return undefined;
  return {
    values: values.map(({ value, isCut }) => ({ value: unwrapInside(value), isCut })),
    isCut: (item) => cut.has(item),
  };
}

/** Facts of all values together: records on lines of their own are one answer. The same sentence counts once. */
function factsOf(values: readonly LooseValue[], isCut: (item: object) => boolean): FoundFacts | undefined {
  const facts = new Map<string, ModelFact>();
  let dropped = 0;
  let isAnswer = false;
  for (const loose of values) {
    const found = factsIn(loose.value, isCut);
    if (found === undefined) continue;
    // A list of words in the prose around the answer is none.
    isAnswer ||= found.facts.length > 0 || (found.dropped === 0 && isEmptyAnswer(loose, values.length));
    dropped += found.dropped;
    for (const fact of found.facts) if (!facts.has(fact.text)) facts.set(fact.text, fact);
  }
  return isAnswer ? { facts: [...facts.values()], dropped } : undefined;
}

/** {"facts": []}; a bare [] only where nothing else stands beside it. What was cut off before its first fact is none. */
function isEmptyAnswer({ value, isCut }: LooseValue, count: number): boolean {
  return !isCut && (!Array.isArray(value) || count === 1);
}

/** What stands between reasoning tags in front of the answer. Without an end tag the answer never came. */
function withoutReasoning(text: string): string {
  const open = /^\s*<(think|thinking|thought|reasoning|analysis|scratchpad)>/iu.exec(text);
  if (open?.[1] === undefined) {
    const end = text.lastIndexOf("</think>");
    // Some servers drop the opening tag.
    return end >= 0 && !/^\s*[[{]/u.test(text) ? text.slice(end + 8) : text;
  }
  const end = text.toLowerCase().lastIndexOf(`</${open[1].toLowerCase()}>`);
  return end < 0 ? "" : text.slice(end + open[1].length + 3);
}

function parse(text: string): unknown {
  const body = /^```[\w-]*\s*\n([\s\S]*?)\n?```$/u.exec(text)?.[1] ?? text;
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** JSON that was written as a string of JSON, once or more. */
function unwrapStrings(value: unknown): unknown {
  let held = value;
  for (let round = 0; round < 4 && typeof held === "string"; round += 1) {
    const inner = parse(held.trim());
    if (inner === undefined) return held;
    held = inner;
  }
  return unwrapInside(held);
}

/** {"result": "{\"facts\": …}"}: the answer as the text of one field. */
function unwrapInside(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const held = Object.values(value);
  const [only] = held;
  if (held.length !== 1 || typeof only !== "string" || !/^\s*[[{]/u.test(only)) return value;
  const inner = parse(only) ?? readLooseJson(only).values[0]?.value;
  return typeof inner === "object" && inner !== null ? inner : value;
}

function unescapeOnce(text: string): string {
  return text.replaceAll(/\\(["\\/nrt])/gu, (_escape, sign: string) =>
    sign === "n" || sign === "r" ? "\n" : sign === "t" ? " " : sign,
  );
}

function repair(text: string): unknown {
  if (text.length > MAX_REPAIRED || (text.match(/[[{(]/gu)?.length ?? 0) > MAX_BRACKETS || !/[[{]/u.test(text))
    return undefined;
  try {
    return JSON.parse(jsonrepair(text));
  } catch {
    return undefined;
  }
}
