import type { MemoryState } from "../domain/memory.ts";
import type { SearchRequest } from "../domain/requests.ts";
import type { SearchResult } from "../domain/search-result.ts";
import type { Embedder } from "../ports/embedder.ts";
import type { Partition, StoredMemory } from "../ports/memory-store.ts";
import { collapse } from "../retrieval/collapse.ts";
import { gathers } from "../retrieval/gathering.ts";
import { nearnessIn } from "../retrieval/nearness.ts";
import { foldChains, speakersFirst, speakersOfChains } from "../retrieval/fold-chains.ts";
import { rank, squash, unsquash } from "../retrieval/rank.ts";
import type { RankedMemory } from "../retrieval/rank.ts";
import { askedThings } from "../retrieval/query-slots.ts";
import { RECIPES } from "../retrieval/recipes.ts";
import { askedSubjectFirst } from "../retrieval/slot-subjects.ts";
import { asksForOne, asksForPresentState, asksForStateThen } from "../retrieval/state-question.ts";
import type { Recipe } from "../retrieval/recipes.ts";
import { questionOf } from "../retrieval/told.ts";
import { timeQuestion } from "../retrieval/time-question.ts";
import { understandQuery } from "../retrieval/understand-query.ts";
import type { QueryUnderstanding } from "../retrieval/understand-query.ts";
import { embedQuery } from "./embed-query.ts";
import { chooseQueryEmbedder } from "./query-embedder.ts";
import type { Engine } from "./engine.ts";
import { liftByGraph } from "./lift-by-graph.ts";
import { withEvidence } from "./forgetting/with-evidence.ts";
import { fadeMemories } from "./forgetting/fade-memories.ts";
import { findCandidates } from "./find-candidates.ts";
import { hideDeleted } from "./hide-deleted.ts";
import { hitsForTokens } from "./hits-for-tokens.ts";
import { presentHit } from "./present-hit.ts";
import { putNewestFirst } from "./put-newest-first.ts";
import { readChains } from "./read-chains.ts";
import { readPartitions } from "./read-partitions.ts";
import { RERANKED_HITS, rerankHits } from "./rerank-hits.ts";
import { orderByTime } from "./time-hits.ts";
import { showEntries } from "./show-entries.ts";
import { servedStates } from "./visibility.ts";

export interface RankedHit {
  readonly entry: RankedMemory;
  readonly stored: StoredMemory;
  /** The reranker's score, 0 to 1, where one was asked. */
  readonly rerank?: number;
}

export interface SearchOutcome {
  readonly hits: readonly RankedHit[];
  readonly query: QueryUnderstanding;
  readonly recipe: Recipe;
  readonly warnings: readonly string[];
}

/** Finds memories: 1. understand, 2. candidates, 3. fuse and collapse, 4. rerank, 5. cut and present. */
export async function searchMemories(engine: Engine, request: SearchRequest): Promise<SearchResult> {
  const { hits, recipe, warnings } = await findHits(engine, request, request.topK);
  const shown = await hideDeleted(engine, hits);
  noteUse(engine, shown);
  return {
    results: await withEvidence(
      engine,
      shown.map((hit) => presentHit(hit, recipe, request.explain)),
    ),
    warnings: [...request.warnings, ...warnings],
  };
}

/** Never waited for: what is used fades more slowly. */
export function noteUse(engine: Engine, hits: readonly RankedHit[]): void {
  engine.accesses?.note(
    hits.map(({ stored }) => stored.reference),
    engine.clock(),
  );
}

/** How many hits are wanted: a number, or as many as the given tokens of evidence take. */
export type HitLimit = number | { readonly tokens: number; readonly atMost: number };

export async function findHits(
  engine: Engine,
  request: Omit<SearchRequest, "topK" | "explain">,
  limit: HitLimit,
): Promise<SearchOutcome> {
  const wanted = typeof limit === "number" ? limit : limit.atMost;
  const isReranked = engine.reranker !== undefined && request.rerank !== false && wanted > 0;
  // What the first stage ranks a little too low is given a chance.
  const topK = isReranked ? Math.max(wanted, RERANKED_HITS) : wanted;
  const reach = isReranked && typeof limit === "number" ? topK : limit;
  const warnings: string[] = [];
  if (request.rerank === true && engine.reranker === undefined)
    warnings.push("rerank needs a configured reranker; the order is that of the first stage.");
  const recipe = chooseRecipe(engine, request.recipe, warnings);
  const now = request.referenceDate ?? engine.clock();
  const partitions = await readPartitions(engine, request.scope);
  // 1. Understand: what does not depend on the partition.
  await engine.prepareEmbedder(PREPARE_MS);
  const embedder = await chooseQueryEmbedder(engine);
  const vector = await embedQuery(embedder, request.query, warnings);
  const understood = understandQuery(request.query, { now: engine.localTime(now), speakers: [] });
  let understanding = understood;
  const hits: RankedHit[] = [];
  for (const partition of partitions) {
    if (topK === 0) break;
    const found = await searchPartition(engine, request, {
      partition,
      understood,
      recipe,
      now,
      embedder,
      vector,
      topK,
      limit: reach,
    });
    understanding = found.query;
    hits.push(...found.hits);
  }
  const ordered = hits.toSorted(
    (left, right) => right.entry.raw - left.entry.raw || left.entry.memory - right.entry.memory,
  );
  const question = timeQuestion(request.query, engine.localTime(now));
  const placed =
    question === undefined || topK === 0
      ? ordered
      : await orderByTime(engine, request, ordered, { question, recipe, now, limit: topK });
  // 4. Rerank.
  const reranked = isReranked ? await rerankHits(engine, request.query, placed, recipe, warnings) : placed;
  return { hits: reranked.slice(0, wanted), query: understanding, recipe, warnings };
}

/** How long a search waits for an embedder that has to load first. */
const PREPARE_MS = 3_000;

function chooseRecipe(engine: Engine, name: string | null, warnings: string[]): Engine["recipe"] {
  if (name === null) return engine.recipe;
  const recipe = Object.hasOwn(RECIPES, name) ? RECIPES[name] : undefined;
  if (recipe !== undefined) return recipe;
  const names = Object.keys(RECIPES).join(", ");
  warnings.push(
    `strategy expects one of ${names}, got ${JSON.stringify(name.slice(0, 60))}; "${engine.recipe.name}" was used.`,
  );
  return engine.recipe;
}

interface PartitionSearch {
  readonly partition: Partition;
  /** The query, as far as it does not depend on who speaks in the partition. */
  readonly understood: QueryUnderstanding;
  readonly recipe: Recipe;
  readonly now: number;
  /** Whose space the vector is of. */
  readonly embedder: Embedder | undefined;
  readonly vector: Float32Array | null;
  readonly topK: number;
  readonly limit: HitLimit;
}

async function searchPartition(
  engine: Engine,
  request: Omit<SearchRequest, "topK" | "explain">,
  search: PartitionSearch,
): Promise<{ hits: readonly RankedHit[]; query: QueryUnderstanding }> {
  const { recipe, now, limit } = search;
  const { asOf, knownAt } = request;
  const states = servedStates(request);
  const leading = new Set([...states, "superseded" as const]);
  // 2. Candidates, the union of all ways to find one.
  const candidates = await findCandidates(engine, request, search);
  const { query } = candidates;
  const asksState = asOf === null ? asksForPresentState(request.query) : asksForStateThen(request.query);
  const isState = asksState && (query.shape !== "list" || asksForOne(request.query));
  const question = isState ? questionOf(request.query, query, recipe) : undefined;
  const noun = gathers(query) ? query.gathering?.noun : undefined;
  const concept = noun === undefined ? question?.topic?.terms : engine.concepts.membersOf(noun);
  // 3. Fuse, collapse.
  const byEvidence = rank({
    index: candidates.index,
    query,
    recipe,
    ...(candidates.similarities === undefined ? {} : { similarities: candidates.similarities }),
    ...(search.embedder === undefined ? {} : { space: search.embedder.space }),
    ...(candidates.statistics === undefined ? {} : { statistics: candidates.statistics }),
    mentioning: candidates.mentioning,
    meant: candidates.meant,
    ...(concept === undefined ? {} : { concept }),
    feedback: candidates.feedback,
    askedThings: isState ? askedThings(request.query) : [],
    leastRaw: unsquash(request.threshold, recipe),
  });
  const ranked = await liftByGraph(engine, byEvidence, { text: request.query, shape: query.shape, recipe });
  const isServed = (memory: number, kind: string, served: ReadonlySet<MemoryState> = states): boolean => {
    const state = candidates.inactive.get(memory);
    if (state === "unverified") return request.includeUnverified;
    if (!served.has((state ?? "active") as MemoryState)) return false;
    if (request.kinds !== null && !request.kinds.includes(kind as never)) return false;
    return candidates.allowed === undefined || candidates.allowed.has(memory);
  };
  const isHistorical =
    asOf !== null || knownAt !== null || (query.temporalIntent === "as-of" && query.asOf !== undefined);
  // What one slot has held is one candidate before anything is left out.
  const moment = asOf ?? (isHistorical ? query.asOf : undefined);
  const chains = await readChains(engine, ranked, {
    inactive: candidates.inactive,
    ofAllSlots: isHistorical,
    topK: search.topK,
  });
  const speakers = speakersOfChains(chains.values(), { moment, knownAt: knownAt ?? undefined }, isServed);
  const folded = foldChains(
    collapse({
      ranked,
      index: candidates.index,
      inactive: candidates.inactive,
      recipe,
      isHistorical,
      isAllowed: (memory, kind) => isServed(memory, kind) || speakers.has(memory),
    }),
    speakers,
    { index: candidates.index, isServed },
  );
  // What is asked for as of a moment is no older than that.
  const fades = engine.settings.decay !== null && !isHistorical;
  const collapsed = fades ? await fadeMemories(engine, folded, { recipe, threshold: request.threshold, now }) : folded;
  // 5. Cut, hydrate; what turns out not to be visible makes room for the next.
  const topK = typeof limit === "number" ? limit : hitsForTokens(collapsed, candidates.index, limit);
  const reach = isState ? Math.max(topK, STATE_REACH) : topK;
  const hits: RankedHit[] = [];
  for (let start = 0; start < collapsed.length && hits.length < reach; start += reach) {
    const batch = collapsed
      .slice(start, start + reach)
      .filter((entry) => fades || squash(entry.raw, recipe) >= request.threshold);
    if (batch.length === 0) break;
    hits.push(...(await showEntries(engine, request, batch, now, reach - hits.length)));
  }
  const settled =
    question === undefined
      ? hits
      : await putNewestFirst(hits, {
          question: { ...question, nearness: nearnessIn(candidates, search.embedder?.space) },
          index: candidates.index,
          isServed,
          leadsOn: (memory, kind) => isServed(memory, kind, leading),
          isOver: (memory) => !isHistorical && candidates.inactive.get(memory) !== undefined,
          isMeant: (memory) => candidates.meant.has(memory),
          show: (entries) => showEntries(engine, request, entries, now, entries.length),
        });
  return { hits: askedSubjectFirst(speakersFirst(settled, speakers), query, candidates.meant).slice(0, topK), query };
}

/** So many hits are looked at for the one that holds now, however few are wanted. */
const STATE_REACH = 12;
