import {
  factForMessage,
  messagesOf,
  newestSuccessor,
  otherHalf,
  statementsBeside,
} from "../retrieval/find-successors.ts";
import type { Question } from "../retrieval/told.ts";
import { A_HAIR } from "../retrieval/fold-chains.ts";
import { couldHold, maySucceed } from "../retrieval/may-take-the-place.ts";
import { preferAnswer } from "../retrieval/prefer-answer.ts";
import { preferNewest } from "../retrieval/prefer-newest.ts";
import type { RankedMemory } from "../retrieval/rank.ts";
import { isRequest } from "../retrieval/state-question.ts";
import { statementsOnTopic } from "../retrieval/topic-statements.ts";
import type { TurnIndex } from "../retrieval/turn-index.ts";
import type { RankedHit } from "./search-memories.ts";

/** A change of a change of a change. */
const MOST_CHANGES = 4;

export interface StateSearch {
  readonly question: Question;
  readonly index: TurnIndex;
  /** Whether it may speak for the state of now, or of the moment asked about. */
  readonly isServed: (memory: number, kind: string) => boolean;
  /** Whether it may lead on to what is newer: also what is not shown because it was replaced. */
  readonly leadsOn: (memory: number, kind: string) => boolean;
  /** Whether something newer has replaced it by now: it leads on to that, and is no answer itself. */
  readonly isOver: (memory: number) => boolean;
  /** Whether it names by another name whom the question names: "Yara" for "Oskar's mother". */
  readonly isMeant: (memory: number) => boolean;
  /** Reads what was found beside the hits; what may not be shown is left out. */
  readonly show: (entries: readonly RankedMemory[]) => Promise<readonly RankedHit[]>;
}

/**
 * Of statements that answer nearly as well, the best is one that speaks of what is asked for and of what is so, and the
 * newest of those. It gives way to the one that has taken its place since, and that to the next, also where only what
 * was so before holds the question's words, and where what came between is over by now.
 */
export async function putNewestFirst(
  found: readonly RankedHit[],
  { question, index, isServed, leadsOn, isOver, isMeant, show }: StateSearch,
): Promise<readonly RankedHit[]> {
  // Whose slot is asked for is known: nobody else's move takes the place of theirs.
  const [top] = found;
  if (top !== undefined && top.entry.slot > 0 && isMeant(top.entry.memory) && top.entry.row.subject !== "user")
    return found;
  const likely = preferAnswer(found, (hit) => couldHold(hit, question));
  const hits = preferNewest(likely, (newer, older) => maySucceed(newer, older, question));
  const at = hits.findIndex(({ entry, stored }) => entry.row.role !== "assistant" && !isRequest(stored.record.text));
  const best = hits[at];
  if (best === undefined) return hits;
  const read = new Map(hits.map((hit) => [hit.entry.memory, hit]));
  const stands = (memory: number, kind: string): boolean => isServed(memory, kind) && !isOver(memory);
  let last = best;
  let newest: RankedHit | undefined;
  for (let change = 0; change < MOST_CHANGES; change += 1) {
    const { row } = last.entry;
    const onTopic = question.topic === undefined ? [] : statementsOnTopic(row, index, question.topic, leadsOn);
    const beside = [...statementsBeside(row, index, leadsOn, stands), ...onTopic];
    const newer = [...[...read.values()].map(({ entry }) => entry), ...beside].filter(
      (entry) => entry.row.saidAt >= row.saidAt && entry.row.name === row.name,
    );
    const messages = messagesOf(
      newer.map((entry) => entry.row),
      index,
      stands,
    );
    const unread = [...messages, ...beside].filter(({ memory }) => !read.has(memory));
    const others = [...(unread.length === 0 ? [] : await show(unread)), ...read.values()];
    for (const hit of others) read.set(hit.entry.memory, hit);
    const next = newestSuccessor(last, others, question, index) ?? otherHalf(last, others, question);
    if (next === undefined) break;
    last = next.entry.row.isTurn ? (factForMessage(next, others, last, question) ?? next) : next;
    if (stands(last.entry.memory, last.entry.row.kind)) newest = last;
  }
  if (newest === undefined) return hits;
  // More than what is put before a replaced value of its slot.
  const entry = { ...newest.entry, raw: best.entry.raw * A_HAIR * A_HAIR };
  return (
    hits
      // Never a message and a fact of it.
      .filter((hit) => hit.entry.memory !== entry.memory && !hit.entry.row.messages.includes(entry.memory))
      .toSpliced(at, 0, { ...newest, entry })
  );
}
