import { MEMORY_KINDS } from "../domain/memory.ts";
import type { ContextRequest } from "../domain/requests.ts";
import type { Partition, StoredMemory, StoredSource } from "../ports/memory-store.ts";
import { excerpt } from "../retrieval/excerpt.ts";
import type { ContextLine } from "../retrieval/pack.ts";
import type { Engine } from "./engine.ts";
import { extraFilter } from "./find-candidates.ts";
import { WHOLE_PARTITION_PASSAGES } from "./partition-indexes.ts";
import { asKnownAt } from "./known-view.ts";
import { readPartitions } from "./read-partitions.ts";
import type { RankedHit, SearchOutcome } from "./search-memories.ts";
import { hiddenSpans, visibleText } from "./visible-text.ts";
import { isVisible, servedStates } from "./visibility.ts";

/** Longest text of one line, in characters; of longer messages the sentences that matter are quoted. */
const LINE_CHARACTERS = 700;

/** The lines that hits turn into: the messages they rest on, word for word, each once. */
export async function contextLines(
  engine: Engine,
  request: ContextRequest,
  { hits, query }: Pick<SearchOutcome, "hits" | "query">,
): Promise<{ lines: ContextLine[]; instructions: ContextLine[] }> {
  const byMessage = new Map<number, ContextLine>();
  const lines: ContextLine[] = [];
  const hidden = await hiddenSpans(
    engine,
    hits.map((hit) => hit.stored),
  );
  for (const { entry, stored } of hits) {
    const score = entry.raw;
    const sources = stored.isTurn
      ? [selfSource(stored)]
      : stored.evidence.filter((source) => source.state !== "deleted");
    const note = noteOf(stored, hits);
    if (sources.length === 0) {
      lines.push({
        ids: [stored.record.id],
        text: `${stored.record.text}${note}`,
        saidAt: stored.record.saidAt,
        session: "",
        order: stored.reference,
        score,
      });
      continue;
    }
    for (const [index, source] of sources.entries()) {
      const known = byMessage.get(source.reference);
      if (known !== undefined) {
        byMessage.set(source.reference, {
          ...known,
          ids: [...new Set([...known.ids, stored.record.id])],
          text: known.text.includes(note) ? known.text : `${known.text}${note}`,
        });
        continue;
      }
      const text = visibleText(source.text, hidden.get(source.reference));
      if (text.trim() === "") continue;
      // Further sources of one fact say the same again.
      byMessage.set(
        source.reference,
        lineOf(
          stored.record.id,
          source,
          excerpt(text, query.terms, LINE_CHARACTERS),
          note,
          index === 0 ? score : score * 0.5,
        ),
      );
    }
  }
  lines.push(...byMessage.values());
  return { lines, instructions: await instructionLines(engine, request) };
}

function selfSource({ record, reference }: StoredMemory): StoredSource {
  return {
    messageId: record.id,
    reference,
    text: record.text,
    role: record.role ?? null,
    name: record.name ?? null,
    saidAt: record.saidAt,
    createdAt: record.createdAt,
    runId: record.scope.runId ?? null,
    metadata: record.metadata,
    spans: [],
    state: record.state,
  };
}

function lineOf(id: string, source: StoredSource, text: string, note: string, score: number): ContextLine {
  return {
    ids: [id],
    text: `${speakerOf(source)}: ${text}${note}`,
    saidAt: source.saidAt,
    session: source.runId ?? "",
    order: source.reference,
    score,
  };
}

function speakerOf(source: Pick<StoredSource, "name" | "role">): string {
  if (source.name !== null) return source.name;
  const role = source.role ?? "user";
  return role[0]?.toUpperCase() + role.slice(1);
}

/** "was … until …" for a value that has been replaced. */
function noteOf({ record }: StoredMemory, hits: readonly RankedHit[]): string {
  if (record.state !== "superseded") return "";
  const until = record.validTo ?? record.retractedAt;
  const successor = hits.find(({ stored }) => stored.record.id === record.replacedBy)?.stored.record;
  const date = until === undefined ? "" : ` until ${new Date(until).toISOString().slice(0, 10)}`;
  return ` (was true${date}${successor === undefined ? "" : `; now: ${successor.text}`})`;
}

const MAX_INSTRUCTIONS = 30;

async function instructionLines(engine: Engine, request: ContextRequest): Promise<ContextLine[]> {
  const { memories } = await engine.store.listMemories({
    userIds: request.scope.userIds,
    filter: request.scope.filter,
    kinds: ["instruction"],
    states: request.asOf === null && request.knownAt === null ? ["active"] : [...servedStates(request)],
    isVerified: true,
    order: "said-descending",
    limit: MAX_INSTRUCTIONS,
  });
  return (await asKnownAt(engine, memories, request.knownAt))
    .filter(({ record }) => isVisible(record, request, engine.clock()))
    .map(({ record, reference }) => ({
      ids: [record.id],
      text: `- ${record.text}`,
      saidAt: record.saidAt,
      session: "",
      order: reference,
      score: 1,
    }));
}

/**
 * All messages and direct imports of the scope in order, or null when they cannot fit the budget. Nothing is
 * left out and nothing ranked: the full context, for free.
 */
export async function scopeLines(
  engine: Engine,
  request: ContextRequest,
  tokenBudget: number,
): Promise<{ lines: ContextLine[] } | null> {
  if (request.kinds !== null || request.asOf !== null || request.knownAt !== null) return null;
  // Which messages tell of what was replaced is for the ranking to say.
  if (request.latestOnly || request.states !== null) return null;
  const partitions = await readPartitions(engine, request.scope);
  if (partitions.length === 0 || (await isSurelyLarger(engine, request, partitions, tokenBudget))) return null;
  const { memories, next } = await engine.store.listMemories({
    userIds: request.scope.userIds,
    filter: request.scope.filter,
    kinds: MEMORY_KINDS,
    states: ["active", "superseded"],
    ...(request.includeUnverified ? {} : { isVerified: true }),
    order: "said-ascending",
    limit: Math.min(Math.ceil(tokenBudget / LEAST_LINE_TOKENS) * 2, SCOPE_PROBE),
  });
  if (next !== null) return null;
  const turns = memories.filter((memory) => memory.isTurn && isVisible(memory.record, request, engine.clock()));
  const characters = turns.reduce((sum, { record }) => sum + record.text.length, 0);
  if (characters / 4 > tokenBudget) return null;
  const hidden = await hiddenSpans(engine, turns);
  const lines = turns.flatMap((stored) => {
    const text = visibleText(stored.record.text, hidden.get(stored.reference));
    return text.trim() === "" ? [] : [lineOf(stored.record.id, selfSource(stored), text, "", 1)];
  });
  return { lines };
}

/** A line costs this many tokens at the least. */
const LEAST_LINE_TOKENS = 4;
/** Rows that are read in the hope that all fit. */
const SCOPE_PROBE = 400;
/** Passages of a long message share about a fifth of their text. */
const UNSHARED = 0.7;

/** Whether the lengths of its turns alone show that the scope exceeds the budget; reads nothing from disk. */
async function isSurelyLarger(
  engine: Engine,
  request: ContextRequest,
  partitions: readonly Partition[],
  tokenBudget: number,
): Promise<boolean> {
  const [partition] = partitions;
  if (partition === undefined || partitions.length > 1 || partition.passages > WHOLE_PARTITION_PASSAGES) return false;
  if (extraFilter(request.scope.filter, partition) !== undefined) return false;
  const { index, inactive } = await engine.indexes.read(partition);
  let tokens = 0;
  for (const turn of index.turns) {
    if (inactive.get(turn.memory) === "deleted") continue;
    const characters = turn.documents.reduce((sum, place) => sum + (index.documents[place]?.characters ?? 0), 0);
    tokens += Math.max(LEAST_LINE_TOKENS, (turn.documents.length === 1 ? characters : characters * UNSHARED) / 4);
    if (tokens > tokenBudget) return true;
  }
  return false;
}
