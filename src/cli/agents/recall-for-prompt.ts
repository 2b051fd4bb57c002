import { isPleasantry } from "../../text/pleasantries.ts";
import type { Store } from "../store/store.ts";
import { lineOf, linesInBudget } from "./memory-lines.ts";
import type { LinesInBudget } from "./memory-lines.ts";
import { filterOf } from "./project-scope.ts";
import type { ProjectScope } from "./project-scope.ts";
import { LIKELY_SCORE, relevanceTo } from "./relevance.ts";

export interface PromptRecall {
  readonly store: Store;
  readonly owner: ProjectScope["owner"];
  readonly prompt: string;
  readonly tokenBudget: number;
  /** Ids that the session has in its context already. */
  readonly shown: readonly string[];
}

const MOST_MEMORIES = 6;
/** Looked at: what was shown before and what is not about the prompt is left out of these. */
const MOST_FOUND = 16;
/** What scores much less than the best says little more, and costs as much. */
const SHARE_OF_BEST = 0.8;
/** A longer prompt holds a log or a file; what is asked stands at its beginning or at its end. */
const PROMPT_END = 1_000;

/** The memories that are about a prompt, fenced; nothing where none is. */
export async function recallForPrompt({
  store,
  owner,
  prompt,
  tokenBudget,
  shown,
}: PromptRecall): Promise<LinesInBudget> {
  const nothing = { text: "", tokens: 0, ids: [] };
  const query = queryOf(prompt);
  if (query === "" || isPleasantry(query)) return nothing;
  const { results } = await store.search(query, {
    filters: filterOf(owner),
    topK: MOST_FOUND,
    threshold: LIKELY_SCORE,
    rerank: false,
  });
  const isRelevant = relevanceTo(query);
  const known = new Set(shown);
  const relevant = results.filter(
    (hit) =>
      // A note of which files were written is found by who asks for it.
      hit["role"] !== "tool" && isRelevant({ text: String(hit["memory"]), score: Number(hit["score"]) }),
  );
  const least = Number(relevant[0]?.["score"] ?? 0) * SHARE_OF_BEST;
  const memories = relevant.filter((hit) => Number(hit["score"]) >= least && !known.has(String(hit["id"])));
  return linesInBudget([{ lines: memories.slice(0, MOST_MEMORIES).map(lineOf) }], tokenBudget);
}

/** A command of the agent's own asks for nothing. */
function queryOf(prompt: string): string {
  const text = prompt.trim();
  if (/^[/!#]\S/u.test(text)) return "";
  if (text.length <= 2 * PROMPT_END) return text;
  return `${text.slice(0, PROMPT_END)}\n${text.slice(-PROMPT_END)}`.toWellFormed();
}
