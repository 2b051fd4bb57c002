import { evaluateFilter } from "../domain/filter-evaluate.ts";
import { DERIVED_KINDS } from "../domain/memory.ts";
import type { Timeline, TimelineEntry, TimelineRequest } from "../domain/timeline.ts";
import { invalidInput } from "../errors.ts";
import type { EventPlace } from "../ports/event-times.ts";
import type { StoredMemory } from "../ports/memory-store.ts";
import { squash } from "../retrieval/rank.ts";
import { findTimeWords } from "../text/time-words.ts";
import { findDates } from "../text/resolve-dates.ts";
import type { Engine } from "./engine.ts";
import { withEvidenceInScope } from "./evidence-in-scope.ts";
import { asKnownAt, withEvidenceUntil } from "./known-view.ts";
import { presentMemory } from "./present-memory.ts";
import { findHits } from "./search-memories.ts";
import type { RankedHit, SearchOutcome } from "./search-memories.ts";
import { withoutHiddenWords } from "./visible-text.ts";
import { isVisible, servedStates, utcDay } from "./visibility.ts";

/** Rows read at once where some of them may turn out not to be shown. */
const BATCH = 500;

/** Of a topic's hits so many are put in order: a timeline of more is not about one topic. */
const MOST_ON_TOPIC = 200;

interface Window {
  readonly from: number | null;
  readonly to: number | null;
}

/** When a memory began and ended to be true, as far as it is known; the end is exclusive. */
interface EventSpan extends EventPlace {
  readonly to: number | undefined;
  readonly isStated: boolean;
}

/** What happened in a scope, or to a topic in it, in the order of the events, page by page. */
export async function readTimeline(engine: Engine, request: TimelineRequest): Promise<Timeline> {
  const after = request.cursor === null ? undefined : parseCursor(request.cursor);
  const warnings = [...request.warnings];
  const page =
    request.topic === null
      ? await pageOfScope(engine, request, after)
      : await pageOfTopic(engine, { ...request, topic: request.topic }, after, warnings);
  const entries = page.slice(0, request.limit);
  const last = entries.at(-1);
  const visible = await withoutHiddenWords(engine, entries);
  return {
    results: visible.map((stored) => presentEntry(engine, stored)),
    next: page.length > request.limit && last !== undefined ? cursorOf(spanOf(engine, last)) : null,
    warnings,
  };
}

/** One more than the limit, where there are so many. */
async function pageOfScope(
  engine: Engine,
  request: TimelineRequest,
  start: EventPlace | undefined,
): Promise<StoredMemory[]> {
  const now = engine.clock();
  const found: StoredMemory[] = [];
  let after = start;
  // What was true or known at a moment can only be told from the whole record.
  const isMoment = request.asOf !== null || request.knownAt !== null;
  const batch = isMoment ? BATCH : Math.min(BATCH, request.limit + 1);
  for (;;) {
    const rows = await engine.store.events.list({
      userIds: request.scope.userIds,
      filter: request.scope.filter,
      kinds: request.kinds ?? DERIVED_KINDS,
      states: [...servedStates(request)],
      ...(request.includeUnverified ? {} : { isVerified: true }),
      ...(request.showExpired ? {} : { today: utcDay(now) }),
      ...(request.from === null ? {} : { from: request.from }),
      ...(request.to === null ? {} : { to: request.to }),
      changesOnly: request.changesOnly,
      order: request.order,
      limit: batch,
      ...(after === undefined ? {} : { after }),
    });
    for (const stored of await asKnownAt(engine, rows, request.knownAt)) {
      if (isVisible(stored.record, request, now))
        found.push(withEvidenceUntil(withEvidenceInScope(stored, request.scope.filter), request.asOf));
      if (found.length > request.limit) return found;
    }
    const last = rows.at(-1);
    if (rows.length < batch || last === undefined) return found;
    after = spanOf(engine, last);
  }
}

/** What a search finds on the topic, and all that the slots of what was found have held. */
async function pageOfTopic(
  engine: Engine,
  request: TimelineRequest & { readonly topic: string },
  after: EventPlace | undefined,
  warnings: string[],
): Promise<StoredMemory[]> {
  const kinds = request.kinds ?? DERIVED_KINDS;
  const outcome = await findHits(
    engine,
    { ...request, query: request.topic, kinds, rerank: false, recipe: null },
    MOST_ON_TOPIC,
  );
  const { query } = outcome;
  const hits = onTopic(outcome);
  warnings.push(...outcome.warnings);
  if (outcome.hits.length === MOST_ON_TOPIC)
    warnings.push(`The timeline holds the ${MOST_ON_TOPIC} memories that fit the topic best. Name it more closely.`);
  // "My trips in 2024" names its window in words.
  const window: Window =
    request.from === null && request.to === null && query.window !== undefined ? query.window : request;
  const all = new Map(hits.map(({ stored }) => [stored.reference, stored]));
  for (const stored of await earlierValues(engine, request, all)) all.set(stored.reference, stored);
  const direction = request.order === "ascending" ? 1 : -1;
  return [...all.values()]
    .filter(
      (stored) => kinds.includes(stored.record.kind) && isInWindow(spanOf(engine, stored), window, request.changesOnly),
    )
    .toSorted((left, right) => direction * compare(spanOf(engine, left), spanOf(engine, right)))
    .filter((stored) => after === undefined || direction * compare(spanOf(engine, stored), after) > 0)
    .slice(0, request.limit + 1);
}

/** A search ranks what fits little behind what fits well; here there is no rank, so what fits little is left out. */
function onTopic({ hits, recipe }: SearchOutcome): readonly RankedHit[] {
  const scores = hits.map(({ entry }) => squash(entry.raw, recipe));
  // Where the topic names a slot ("where Nora lives"), other things must say much to be about it.
  const share = hits.some(({ entry }) => entry.slot === 1) ? 0.5 : 0.25;
  const least = share * Math.max(0, ...scores);
  return hits.filter(({ entry }, place) => entry.slot === 1 || (scores[place] as number) >= least);
}

async function earlierValues(
  engine: Engine,
  request: TimelineRequest,
  known: ReadonlyMap<number, StoredMemory>,
): Promise<StoredMemory[]> {
  const slots = [...known.values()].filter(({ record }) => record.attribute !== undefined);
  const chains = await engine.store.findChains(slots.map(({ reference }) => reference));
  const more = new Set([...chains.values()].flatMap((chain) => chain.map(({ reference }) => reference)));
  const others = await engine.store.hydrate([...more].filter((reference) => !known.has(reference)));
  const stored = await asKnownAt(engine, others, request.knownAt);
  const states = servedStates(request);
  const now = engine.clock();
  return stored
    .filter(
      ({ record }) =>
        states.has(record.state) &&
        (record.isVerified || request.includeUnverified) &&
        evaluateFilter(request.scope.filter, record) &&
        isVisible(record, request, now),
    )
    .map((memory) => withEvidenceInScope(memory, request.scope.filter));
}

/** A message tells of the time that it names, else of the moment at which it was said. */
function spanOf({ localTime }: Engine, { reference, record }: StoredMemory): EventSpan {
  if (record.kind === "message") {
    const [date] = findDates(record.text, localTime(record.saidAt), record.language);
    return date === undefined
      ? { from: record.saidAt, to: record.saidAt, reference, isStated: false }
      : { from: date.from, to: date.to, reference, isStated: true };
  }
  return {
    from: record.validFrom ?? record.saidAt,
    to: record.validTo,
    reference,
    isStated: record.validFrom !== undefined,
  };
}

function isInWindow(span: EventSpan, { from, to }: Window, changesOnly: boolean): boolean {
  if (to !== null && span.from >= to) return false;
  if (from === null || span.from >= from) return true;
  if (span.to === undefined) return !changesOnly;
  return span.to > from && (!changesOnly || to === null || span.to < to);
}

function compare(left: EventPlace, right: EventPlace): number {
  return left.from - right.from || left.reference - right.reference;
}

function cursorOf({ from, reference }: EventPlace): string {
  return `${from}.${reference}`;
}

function parseCursor(cursor: string): EventPlace {
  const match = /^(?<from>-?\d+)\.(?<reference>\d+)$/u.exec(cursor);
  if (match === null)
    throw invalidInput(`cursor expects the "next" value of an earlier page, got "${cursor.slice(0, 40)}".`);
  return { from: Number(match.groups?.["from"]), reference: Number(match.groups?.["reference"]) };
}

function presentEntry(engine: Engine, stored: StoredMemory): TimelineEntry {
  const item = presentMemory(stored);
  const span = spanOf(engine, stored);
  const timeWords = findTimeWords(
    { ...stored.record, saidAt: engine.localTime(stored.record.saidAt) },
    stored.evidence.map((source) => ({ ...source, saidAt: engine.localTime(source.saidAt) })),
  );
  return {
    memoryId: item.id,
    text: item.memory,
    from: new Date(span.from).toISOString(),
    to: span.to === undefined ? null : new Date(span.to).toISOString(),
    basis: span.isStated ? "stated" : "said",
    ...(item.granularity === undefined ? {} : { granularity: item.granularity }),
    ...(timeWords === undefined ? {} : { timeWords }),
    ...(item.recurrence === undefined ? {} : { recurrence: item.recurrence }),
    kind: item.kind,
    state: item.state,
    ...(item.replacedBy === undefined ? {} : { replacedBy: item.replacedBy }),
    ...(item.needsCheck === undefined ? {} : { needsCheck: item.needsCheck }),
    sources: item.sources,
  };
}
