import { fenceRecall } from "../../text/recall-fence.ts";
import { countTokens } from "../../text/token-count.ts";
import type { Row } from "../store/store.ts";

export interface Line {
  readonly text: string;
  /** Of the memory it shows. */
  readonly id: string;
}

export interface Section {
  /** A line above, without a memory of its own. */
  readonly title?: string;
  readonly lines: readonly Line[];
}

export interface LinesInBudget {
  /** The fenced block; empty where nothing fits. */
  readonly text: string;
  readonly tokens: number;
  /** Ids of what stands in it. */
  readonly ids: readonly string[];
}

/** Longest text of one memory, in characters; the whole of it is to be had by its id. */
const MOST_CHARACTERS = 400;

/**
 * Sections of lines inside a fence, as many as a budget of tokens takes, never more: what stands in the block was
 * counted, fence and all. Nothing stored can close the fence or open another.
 */
export function linesInBudget(sections: readonly Section[], tokenBudget: number): LinesInBudget {
  const kept: string[] = [];
  const ids: string[] = [];
  let tokens = countTokens(fenceRecall(""));
  for (const { title, lines } of sections) {
    let head = title === undefined ? [] : [title];
    for (const { text, id } of lines) {
      // Counted apart, rounded up each time: together they are never more.
      const more = [...head, text].reduce((sum, line) => sum + countTokens(fenceRecall(line)) - EMPTY + 1, 0);
      // A shorter one further down may still fit.
      if (tokens + more > tokenBudget) continue;
      tokens += more;
      kept.push(...head, text);
      head = [];
      ids.push(id);
    }
  }
  if (ids.length === 0) return { text: "", tokens: 0, ids };
  const text = fenceRecall(kept.join("\n"));
  return { text, tokens: countTokens(text), ids };
}

const EMPTY = countTokens(fenceRecall(""));

/** One memory as a line: the day it was said, what it says, its id. */
export function lineOf(memory: Row): Line {
  const id = String(memory["id"]);
  const mark = memory["state"] === "superseded" ? " (replaced since)" : "";
  return { text: `- ${String(memory["created_at"]).slice(0, 10)} ${short(memory["memory"])}${mark} [${id}]`, id };
}

/** On one line, cut where it is long. */
export function short(text: unknown, mostCharacters: number = MOST_CHARACTERS): string {
  const line = String(text).replaceAll(/\s+/gu, " ").trim();
  return line.length > mostCharacters ? `${line.slice(0, mostCharacters).toWellFormed()}…` : line;
}
