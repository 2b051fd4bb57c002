import {
  factForMessage,
  messagesOf,
  newestSuccessor,
  otherHalf,
  statementsBeside,
} from "../retrieval/find-successors.ts";
import type { Question } from "../retrieval/find-successors.ts";
import { A_HAIR } from "../retrieval/fold-chains.ts";
import type { RankedMemory } from "../retrieval/rank.ts";
import { isRequest } from "../retrieval/state-question.ts";
import type { TurnIndex } from "../retrieval/turn-index.ts";
import type { RankedHit } from "./search-memories.ts";

/** A change of a change of a change. */
const MOST_CHANGES = 4;

export interface StateSearch {
  readonly question: Question;
  readonly index: TurnIndex;
  /** Whether it may speak for the state of now, or of the moment asked about. */
  readonly isServed: (memory: number, kind: string) => boolean;
  /** Reads what was found beside the hits; what may not be shown is left out. */
  readonly show: (entries: readonly RankedMemory[]) => Promise<readonly RankedHit[]>;
}

/**
 * The best statement gives way to the one that has taken its place since, and that to the next, also where only what
 * was so before holds the question's words.
 */
export async function putNewestFirst(
  hits: readonly RankedHit[],
  { question, index, isServed, show }: StateSearch,
): Promise<readonly RankedHit[]> {
  let ordered = hits;
  for (let change = 0; change < MOST_CHANGES; change += 1) {
    const at = ordered.findIndex(
      ({ entry, stored }) => entry.row.role !== "assistant" && !isRequest(stored.record.text),
    );
    const best = ordered[at];
    if (best === undefined) return ordered;
    const known = new Set(ordered.map(({ entry }) => entry.memory));
    const beside = statementsBeside(best.entry.row, index, isServed);
    const newer = [...ordered.map(({ entry }) => entry), ...beside].filter(
      ({ row }) => row.saidAt >= best.entry.row.saidAt && row.name === best.entry.row.name,
    );
    const messages = messagesOf(
      newer.map(({ row }) => row),
      index,
      isServed,
    );
    const unread = [...messages, ...beside].filter(({ memory }) => !known.has(memory));
    const others = unread.length === 0 ? ordered : [...(await show(unread)), ...ordered];
    const found = newestSuccessor(best, others, question, index) ?? otherHalf(best, others, question);
    if (found === undefined) return ordered;
    const successor = found.entry.row.isTurn ? (factForMessage(found, others, best, question) ?? found) : found;
    const entry = { ...successor.entry, raw: best.entry.raw * A_HAIR };
    ordered = ordered
      // Never a message and a fact of it.
      .filter((hit) => hit.entry.memory !== entry.memory && !hit.entry.row.messages.includes(entry.memory))
      .toSpliced(at, 0, { ...successor, entry });
  }
  return ordered;
}
