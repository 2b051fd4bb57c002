import { MemoryError } from "../errors.ts";
import { squash, unsquash } from "../retrieval/rank.ts";
import type { Recipe } from "../retrieval/recipes.ts";
import type { Engine } from "./engine.ts";
import type { RankedHit } from "./search-memories.ts";

/** Hits that are looked at again. */
export const RERANKED_HITS = 50;

/** What the reranker's score counts against the first stage's: both are between 0 and 1. */
const RERANK_SHARE = 0.6;

/** Longest text of a document, in UTF-16 units: rerankers read a few hundred tokens. */
const MAX_DOCUMENT = 2_000;

/**
 * Orders the best hits anew by a blend of the first stage's score and the reranker's. What it gives no score to keeps
 * its own. When it fails or is late the first stage's order stands, and a warning says so.
 */
export async function rerankHits(
  engine: Engine,
  query: string,
  hits: readonly RankedHit[],
  recipe: Recipe,
  warnings: string[],
): Promise<readonly RankedHit[]> {
  const { reranker } = engine;
  if (reranker === undefined || hits.length < 2) return hits;
  const head = hits.slice(0, Math.min(RERANKED_HITS, reranker.maxDocuments));
  let scores: ReadonlyMap<number, number>;
  try {
    scores = await askReranker(engine, query, head.map(documentOf));
  } catch (error) {
    // A message that is not ours may quote what it was asked.
    const reason = MemoryError.isInstance(error) ? error.message : `${(error as Error | null)?.name ?? "Error"}.`;
    warnings.push(`The order is that of the first stage: the reranker ${reranker.name} failed. ${reason}`);
    return hits;
  }
  const blended = head.map(({ entry, stored }, index): RankedHit => {
    const first = squash(entry.raw, recipe);
    const rerank = scores.get(index);
    const score = rerank === undefined ? first : RERANK_SHARE * rerank + (1 - RERANK_SHARE) * first;
    // A score of 1 would be evidence without end.
    const raw = unsquash(Math.min(score, 0.9999), recipe);
    return { entry: { ...entry, raw }, stored, ...(rerank === undefined ? {} : { rerank }) };
  });
  return byScore([...blended, ...hits.slice(head.length)]);
}

/** Best first; the value that replaced another never stands behind it. */
function byScore(hits: readonly RankedHit[]): RankedHit[] {
  const ranked = hits.toSorted(
    (left, right) => right.entry.raw - left.entry.raw || left.entry.memory - right.entry.memory,
  );
  const ordered = ranked.slice();
  for (const old of ranked) {
    const successor = ordered.findIndex(({ stored }) => stored.record.id === old.stored.record.replacedBy);
    const at = ordered.indexOf(old);
    if (successor <= at) continue;
    const [moved] = ordered.splice(successor, 1) as [RankedHit];
    ordered.splice(at, 0, { ...moved, entry: { ...moved.entry, raw: old.entry.raw * (1 + 1e-9) } });
  }
  return ordered;
}

/** The sentence with who said it and when: what a reader would judge by. */
function documentOf({ stored }: RankedHit): string {
  const { text, name, saidAt } = stored.record;
  const day = new Date(saidAt).toISOString().slice(0, 10);
  return `${day} ${name === undefined ? "" : `${name}: `}${text}`.slice(0, MAX_DOCUMENT);
}

/** @throws MemoryError, also for one that does not heed its time limit or answers something else than scores. */
async function askReranker(
  engine: Engine,
  query: string,
  documents: readonly string[],
): Promise<ReadonlyMap<number, number>> {
  const { reranker, settings } = engine;
  if (reranker === undefined) return new Map();
  const limit = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      limit.abort();
      reject(
        new MemoryError(
          "timeout",
          `It gave no answer within ${settings.rerankTimeoutMs} ms (setting rerankTimeoutMs).`,
        ),
      );
    }, settings.rerankTimeoutMs);
  });
  try {
    const asked = reranker.rerank(query, documents, { signal: limit.signal });
    asked.catch(() => undefined);
    const answer = await Promise.race([asked, late]);
    const scores = new Map<number, number>();
    for (const { index, score } of answer) {
      if (Number.isInteger(index) && index >= 0 && index < documents.length && score >= 0 && score <= 1)
        scores.set(index, score);
    }
    if (scores.size === 0) throw new MemoryError("provider_invalid_output", "It gave no score between 0 and 1.");
    return scores;
  } finally {
    clearTimeout(timer);
    late.catch(() => undefined);
  }
}
