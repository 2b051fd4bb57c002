import { HELD_REASON } from "../extraction/reconcile-plan.ts";
import type { ReconcilePlan } from "../extraction/reconcile-plan.ts";
import type { ChangeSet } from "../ports/memory-store.ts";

/** Milliseconds per step. */
export type Timings = Record<string, number>;

/** What an add did to one memory, in Mem0's shape with ours beside it. */
export interface AddedItem {
  readonly id: string;
  readonly memory: string;
  readonly event: "ADD" | "UPDATE";
  readonly metadata: { readonly event: "ADD" | "UPDATE" };
  readonly kind: string;
  readonly reason: string;
  /** Memories whose place it took. */
  readonly superseded?: readonly string[];
}

export interface AddResult {
  readonly results: readonly AddedItem[];
  /** The stored messages, in the order of the call; a replayed message gives the id that it had. */
  readonly messages: readonly { readonly id: string; readonly replayed?: true }[];
  /** Messages of this call whose facts a language model finds later: with `wait: false`, or when it failed. */
  readonly pendingMessages: number;
  readonly usage: { readonly modelCalls: number; readonly inputTokens: number; readonly outputTokens: number };
  readonly timings: Timings;
  readonly warnings: readonly string[];
}

export interface AnswerInput {
  readonly change: ChangeSet;
  readonly plan: ReconcilePlan;
  readonly messageIds: readonly string[];
  readonly replayed: readonly (string | null)[];
  readonly warnings: readonly string[];
}

/** ADD for new memories, UPDATE for survivors of a merge; what changed nothing is left out (design decision 18). */
export function listItems(change: Pick<ChangeSet, "add">, plan: ReconcilePlan): AddedItem[] {
  const results: AddedItem[] = [];
  const added = new Map((change.add ?? []).map((memory) => [memory.record.id, memory.record]));
  for (const decision of plan.decisions) {
    // What waits for review is told apart, so that nobody takes it for remembered.
    if (decision.reason === HELD_REASON) continue;
    const record = added.get(decision.factId);
    if (record !== undefined && decision.memory !== undefined) {
      const superseded = decision.patches
        .filter((patch) => patch.changes.state === "superseded")
        .map((patch) => patch.id);
      results.push({
        id: record.id,
        memory: record.text,
        event: "ADD",
        metadata: { event: "ADD" },
        kind: record.kind,
        reason: decision.reason,
        ...(superseded.length === 0 ? {} : { superseded }),
      });
      continue;
    }
    for (const patch of decision.patches) {
      if (patch.changes.text === undefined) continue;
      results.push({
        id: patch.id,
        memory: patch.changes.text,
        event: "UPDATE",
        metadata: { event: "UPDATE" },
        kind: "fact",
        reason: decision.reason,
      });
    }
  }
  return results;
}

export function answerAdd({ change, plan, messageIds, replayed, warnings }: AnswerInput): AddResult {
  const held =
    plan.decisions.filter(({ reason }) => reason === HELD_REASON).length +
    (change.add ?? []).filter(({ isTurn, record }) => isTurn && !record.isVerified).length;
  const waiting = held === 1 ? "1 memory waits" : `${held} memories wait`;
  return {
    results: listItems(change, plan),
    pendingMessages: 0,
    messages: messageIds.map((id, index) => (replayed[index] === null ? { id } : { id, replayed: true })),
    usage: { modelCalls: 0, inputTokens: 0, outputTokens: 0 },
    timings: {},
    warnings:
      held === 0
        ? warnings
        : [...warnings, `${waiting} for review and no read shows it until then: review() lists it.`],
  };
}
