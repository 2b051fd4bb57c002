import { DERIVED_KINDS } from "../domain/memory.ts";
import type { SearchRequest } from "../domain/requests.ts";
import type { StoredMemory, TurnRow } from "../ports/memory-store.ts";
import { unsquash } from "../retrieval/rank.ts";
import type { Recipe } from "../retrieval/recipes.ts";
import type { TimeQuestion } from "../retrieval/time-question.ts";
import type { Engine } from "./engine.ts";
import { withEvidenceInScope } from "./evidence-in-scope.ts";
import { asKnownAt } from "./known-view.ts";
import type { RankedHit } from "./search-memories.ts";
import { isVisible, servedStates, utcDay } from "./visibility.ts";

/** Events that are looked at for one that may be shown. */
const MOST_EVENTS = 200;
/** Outside of the window that is asked about, evidence counts this much. */
const OUTSIDE = 0.5;
/** Evidence of at least this share of the best counts as equal: which came first or last decides. */
const NEARLY_EQUAL = 0.65;
/** Events that answer by their place in time alone score at least so much. */
const LEAST_SCORE = 0.5;
const A_HAIR = 1e-9;

type Request = Omit<SearchRequest, "topK" | "explain">;

/** Puts hits in the order that the question asks for. */
export async function orderByTime(
  engine: Engine,
  request: Request,
  hits: readonly RankedHit[],
  { question, recipe, now, limit }: TimeOrder,
): Promise<readonly RankedHit[]> {
  if (question.isBare) {
    const events = await readEvents(engine, request, question, now, limit);
    return events.length === 0 ? hits : inFront(events, hits, recipe);
  }
  return question.isSuperlative ? byPlace(hits, question) : insideFirst(hits, question);
}

interface TimeOrder {
  readonly question: TimeQuestion;
  readonly recipe: Recipe;
  readonly now: number;
  readonly limit: number;
}

/** What the scope tells of a time that lies in the window; what was merely said then is no event. */
async function readEvents(
  engine: Engine,
  request: Request,
  question: TimeQuestion,
  now: number,
  limit: number,
): Promise<StoredMemory[]> {
  const rows = await engine.store.events.list({
    userIds: request.scope.userIds,
    filter: request.scope.filter,
    kinds: request.kinds?.filter((kind) => kind !== "message") ?? DERIVED_KINDS,
    states: [...servedStates(request)],
    ...(request.includeUnverified ? {} : { isVerified: true }),
    ...(request.showExpired ? {} : { today: utcDay(now) }),
    ...(question.from === undefined ? {} : { from: question.from }),
    ...(question.to === undefined ? {} : { to: question.to }),
    changesOnly: true,
    order: question.order,
    limit: MOST_EVENTS,
  });
  return (await asKnownAt(engine, rows, request.knownAt))
    .filter(({ record }) => record.validFrom !== undefined && isVisible(record, request, now))
    .filter(({ record }) => isInside(record.validFrom as number, question))
    .slice(0, limit)
    .map((stored) => withEvidenceInScope(stored, request.scope.filter));
}

function isInside(time: number, { from, to }: TimeQuestion): boolean {
  return (from === undefined || time >= from) && (to === undefined || time < to);
}

function inFront(events: readonly StoredMemory[], hits: readonly RankedHit[], recipe: Recipe): readonly RankedHit[] {
  const known = new Set(events.map(({ reference }) => reference));
  const rest = hits.filter(({ stored }) => !known.has(stored.reference));
  const least = Math.max(unsquash(LEAST_SCORE, recipe), rest[0]?.entry.raw ?? 0);
  const first = events.map((stored, place): RankedHit => {
    const raw = least * (1 + A_HAIR * (events.length - place));
    return {
      stored,
      entry: { memory: stored.reference, row: rowOf(stored), lexical: 0, dense: 0, slot: 0, prior: 1, own: 0, raw },
    };
  });
  return [...first, ...rest];
}

function rowOf({ reference, record, isTurn, evidence }: StoredMemory): TurnRow {
  return {
    passage: -1,
    memory: reference,
    session: record.scope.runId ?? "",
    saidAt: record.saidAt,
    isTurn,
    kind: record.kind,
    role: record.role ?? null,
    name: record.name ?? null,
    terms: "",
    dateTerms: "",
    termCount: 0,
    isQuestion: false,
    hasTimeExpression: true,
    attribute: record.attribute?.attribute ?? null,
    characters: record.text.length,
    messages: evidence.map((source) => source.reference),
  };
}

function startOf({ stored: { record } }: RankedHit): number {
  return record.validFrom ?? record.saidAt;
}

/** Of the dated facts that answer nearly as well as the best, the earliest or the latest first; others keep their places. */
function byPlace(hits: readonly RankedHit[], { order }: TimeQuestion): readonly RankedHit[] {
  const best = hits[0]?.entry.raw ?? 0;
  const isDated = ({ entry, stored: { record } }: RankedHit): boolean =>
    entry.raw >= NEARLY_EQUAL * best && record.validFrom !== undefined;
  const direction = order === "ascending" ? 1 : -1;
  const sorted = hits.filter(isDated).toSorted((left, right) => direction * (startOf(left) - startOf(right)));
  // Scores stay in descending order: the place decides, the evidence is shared out anew.
  return hits.map((hit) => {
    const next = isDated(hit) ? sorted.shift() : undefined;
    return next === undefined ? hit : { ...next, entry: { ...next.entry, raw: hit.entry.raw } };
  });
}

function insideFirst(hits: readonly RankedHit[], question: TimeQuestion): readonly RankedHit[] {
  return hits
    .map((hit) =>
      isInside(startOf(hit), question) ? hit : { ...hit, entry: { ...hit.entry, raw: hit.entry.raw * OUTSIDE } },
    )
    .toSorted((left, right) => right.entry.raw - left.entry.raw || left.entry.memory - right.entry.memory);
}
