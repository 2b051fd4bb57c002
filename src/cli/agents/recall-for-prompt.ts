import type { Row, Store } from "../store/store.ts";
import { lineOf, linesInBudget } from "./memory-lines.ts";
import type { LinesInBudget } from "./memory-lines.ts";
import { queryOf } from "./prompt-query.ts";
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
const MOST_FOUND = 48;
/** What scores much less than the best says little more, and costs as much. */
const SHARE_OF_BEST = 0.8;

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
  if (query === undefined) return nothing;
  const { results } = await store.search(query, {
    // Whose memories is the store's to see to; of which project is looked at below, which costs less than a filter.
    filters: { user_id: owner.userId },
    topK: MOST_FOUND,
    threshold: LIKELY_SCORE,
    rerank: false,
  });
  const isRelevant = relevanceTo(query);
  const known = new Set(shown);
  const relevant = results.filter(
    (hit) =>
      isOfProject(hit, owner.appId) &&
      // A note of which files were written is found by who asks for it.
      hit["role"] !== "tool" &&
      isRelevant({ text: String(hit["memory"]), score: Number(hit["score"]) }),
  );
  const least = Number(relevant[0]?.["score"] ?? 0) * SHARE_OF_BEST;
  const memories = relevant.filter((hit) => Number(hit["score"]) >= least && !known.has(String(hit["id"])));
  return linesInBudget([{ lines: memories.slice(0, MOST_MEMORIES).map(lineOf) }], tokenBudget);
}

/** The project's own, or of no project. */
function isOfProject(hit: Row, appId: string): boolean {
  const { app_id: project } = hit;
  return project === undefined || project === null || project === appId;
}
