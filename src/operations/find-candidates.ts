import { allOf } from "../domain/filter.ts";
import type { Embedder } from "../ports/embedder.ts";
import type { Filter } from "../domain/filter.ts";
import type { Feedback, MemoryState } from "../domain/memory.ts";
import type { SearchRequest } from "../domain/requests.ts";
import type { MemoryReference, Partition, PassageReference, TurnRow } from "../ports/memory-store.ts";
import { spokenRoles } from "../extraction/relations/spoken-roles.ts";
import type { Recipe } from "../retrieval/recipes.ts";
import type { TermStatistics } from "../retrieval/score-lexical.ts";
import { TurnIndex } from "../retrieval/turn-index.ts";
import { withSpeakers } from "../retrieval/understand-query.ts";
import type { QueryUnderstanding } from "../retrieval/understand-query.ts";
import type { Engine } from "./engine.ts";
import { WHOLE_PARTITION_PASSAGES } from "./partition-indexes.ts";
import { utcDay } from "./visibility.ts";

export interface Candidates {
  readonly query: QueryUnderstanding;
  readonly index: TurnIndex;
  readonly inactive: ReadonlyMap<MemoryReference, MemoryState | "unverified">;
  readonly feedback: ReadonlyMap<MemoryReference, Feedback>;
  /** Memories that the filter lets through; undefined: all of the partition. */
  readonly allowed: ReadonlySet<MemoryReference> | undefined;
  /** Per document, NaN where there is no vector; undefined without an embedder. */
  readonly similarities: Float64Array | undefined;
  readonly statistics?: TermStatistics;
  readonly mentioning: ReadonlySet<MemoryReference>;
  /** Memories that name by another name what the query names. */
  readonly meant: ReadonlySet<MemoryReference>;
}

export interface CandidateSearch {
  readonly partition: Partition;
  /** The query, as far as it does not depend on who speaks in the partition. */
  readonly understood: QueryUnderstanding;
  readonly recipe: Recipe;
  readonly now: number;
  /** Whose space the vector is of. */
  readonly embedder: Embedder | undefined;
  readonly vector: Float32Array | null;
  readonly topK: number;
}

/** Neighbours on each side that lend words. */
const WINDOW_RADIUS = 4;
const MENTION_LIMIT = 200;
/** Newest facts of each slot that a question asks for. */
const FILLING_LIMIT = 12;

/**
 * The union of what words, vectors, entities and time windows find. A partition that fits in memory is ranked
 * whole and exactly; of a larger one the text index and the vector scan give the best, with their neighbours.
 */
export async function findCandidates(
  engine: Engine,
  request: Omit<SearchRequest, "topK" | "explain">,
  search: CandidateSearch,
): Promise<Candidates> {
  const { partition } = search;
  const filter = extraFilter(request.scope.filter, partition);
  const allowed =
    filter === undefined
      ? undefined
      : await engine.store.readAllowed({
          partition,
          filter,
          ...(request.showExpired ? {} : { today: utcDay(search.now) }),
        });
  return partition.passages <= WHOLE_PARTITION_PASSAGES
    ? wholePartition(engine, request.query, search, allowed)
    : partOfPartition(engine, request.query, search, allowed);
}

/** The filter that is left once the partition is chosen: naming just its user says nothing more. */
export function extraFilter(filter: Filter, partition: Partition): Filter | undefined {
  if (filter.type === "and") {
    const rest = filter.filters.map((part) => extraFilter(part, partition)).filter((part) => part !== undefined);
    return rest.length === 0 ? undefined : allOf(rest);
  }
  const isUser = filter.type === "condition" && filter.field.kind === "scope" && filter.field.key === "userId";
  if (!isUser) return filter;
  if (filter.operator === "eq" && filter.value === partition.userId) return undefined;
  if (filter.operator === "in" && filter.value.includes(partition.userId)) return undefined;
  return filter;
}

const withOwner = new WeakMap<TurnIndex, readonly string[]>();

/**
 * Who speaks here. A user id that is a name belongs to them, and so does the name that they gave ("I'm Nora"): in
 * Nora's memories "Nora" tells nothing apart.
 */
function speakersOf(index: TurnIndex, { userId }: Partition): readonly string[] {
  let all = withOwner.get(index);
  if (all === undefined) {
    const names = index.documents.flatMap((row) => (row.attribute === "name" ? ownNames(row) : []));
    if (userId !== null && /^\p{L}{2,30}$/u.test(userId)) names.push(userId);
    all = names.length === 0 ? index.speakers : [...new Set([...index.speakers, ...names])];
    withOwner.set(index, all);
  }
  return all;
}

/** The name in "User is Nora"; of a third person's name nothing is taken. */
function ownNames({ terms, name, role }: TurnRow): string[] {
  const words = terms.split(" ");
  return name === null && role === "user" && words[0] === "user" && words.length <= 4 ? words.slice(1, 2) : [];
}

async function wholePartition(
  engine: Engine,
  text: string,
  search: CandidateSearch,
  allowed: ReadonlySet<MemoryReference> | undefined,
): Promise<Candidates> {
  const { embedder, partition, vector } = search;
  const { index, inactive, feedback } = await engine.indexes.read(partition);
  const query = withSpeakers(search.understood, text, speakersOf(index, partition));
  const similarities =
    vector === null || embedder === undefined || search.recipe.denseWeight === 0
      ? undefined
      : ((await engine.indexes.similarities(partition, embedder.space, vector)) ??
        byPlace(index, await nearest(engine, search, vector, NEAREST)));
  const mentioning = new Set(
    query.entities.length === 0 ? [] : await engine.store.findMentions(partition, query.entities, MENTION_LIMIT),
  );
  const meant = await findMeant(engine, text, query.entities, search);
  return { query, index, inactive, feedback, allowed, similarities, mentioning, meant };
}

/** "My sister" is Anna: what is told of Anna answers a question for my sister. */
async function findMeant(
  { store }: Engine,
  text: string,
  entities: readonly string[],
  { partition, recipe, now }: CandidateSearch,
): Promise<ReadonlySet<MemoryReference>> {
  if (recipe.aliasBoost === 1) return new Set();
  const names = [...spokenRoles(text), ...entities];
  if (names.length === 0) return new Set();
  const scope = { userId: partition.userId };
  return new Set(await store.graph.findUnderOtherNames({ scope, names, now, limit: MENTION_LIMIT }));
}

/** Of a partition with too many numbers to compare them all, this many passages. */
const NEAREST = 400;

async function nearest(
  { store }: Engine,
  { embedder, partition }: Pick<CandidateSearch, "embedder" | "partition">,
  vector: Float32Array,
  limit: number,
  allowed?: ReadonlySet<MemoryReference>,
): Promise<Map<PassageReference, number>> {
  if (embedder === undefined) return new Map();
  const found = await store.searchVectors({
    partition,
    space: embedder.space.key,
    vector,
    limit,
    ...(allowed === undefined ? {} : { allowed }),
  });
  return new Map(found.map(({ passage, similarity }) => [passage, similarity]));
}

function byPlace({ documents }: TurnIndex, similarities: ReadonlyMap<PassageReference, number>): Float64Array {
  const values = new Float64Array(documents.length);
  for (let place = 0; place < documents.length; place += 1)
    values[place] = similarities.get((documents[place] as TurnRow).passage) ?? Number.NaN;
  return values;
}

/** Passages whose neighbours are read too, at the least. */
const OPENED_PASSAGES = 20;

async function partOfPartition(
  engine: Engine,
  text: string,
  search: CandidateSearch,
  allowed: ReadonlySet<MemoryReference> | undefined,
): Promise<Candidates> {
  // Who speaks here is known once rows are read; until then a name is a word like any other.
  const { embedder, partition, vector, recipe, understood: first } = search;
  const { store } = engine;
  const limit = Math.max(recipe.candidates, search.topK * 2);
  const narrow = allowed === undefined ? {} : { allowed };
  const byWords = await store.searchTerms({ partition, terms: first.terms, limit, ...narrow });
  const hasVectors = vector !== null && embedder !== undefined && recipe.denseWeight > 0;
  const similarities = hasVectors
    ? await nearest(engine, search, vector, Math.max(40, search.topK), allowed)
    : new Map<PassageReference, number>();
  const mentioning = new Set(
    first.entities.length === 0 ? [] : await store.findMentions(partition, first.entities, MENTION_LIMIT),
  );
  const meant = await findMeant(engine, text, first.entities, search);
  const opened = byWords.slice(0, Math.max(OPENED_PASSAGES, search.topK));
  // "Where do I live" shares no word with "moved to Paris".
  const filling =
    first.attributes.length === 0 ? [] : await store.slots.findFilling(partition, first.attributes, FILLING_LIMIT);
  const alone = [...byWords, ...similarities.keys(), ...filling];
  const rows = await store.readTurnWindows(partition, opened, WINDOW_RADIUS, alone);
  const index = new TurnIndex(new Set(first.terms));
  index.append(rows);
  const query = withSpeakers(first, text, speakersOf(index, partition));
  if (hasVectors) {
    const missing = [...opened, ...filling].filter((passage) => !similarities.has(passage));
    for (const [passage, similarity] of await store.similarities(embedder.space.key, vector, missing))
      similarities.set(passage, similarity);
  }
  const statistics = await store.documentFrequencies(partition, query.terms);
  const { inactive, feedback } = await store.readStates(
    partition,
    rows.map((row) => row.memory),
  );
  return {
    query,
    index,
    inactive,
    feedback,
    allowed,
    similarities: hasVectors ? byPlace(index, similarities) : undefined,
    statistics,
    mentioning,
    meant,
  };
}
