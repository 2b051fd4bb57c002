import type { Contradiction } from "../../domain/contradiction.ts";
import { evaluateFilter } from "../../domain/filter-evaluate.ts";
import type { MemoryRecord } from "../../domain/memory.ts";
import type { ReadScope } from "../../domain/requests.ts";
import type { MemoryItem } from "../../domain/search-result.ts";
import { invalidInput } from "../../errors.ts";
import { checkSupport } from "../../extraction/support-check.ts";
import type { MemoryPatch, StoredMemory } from "../../ports/memory-store.ts";
import { readsLikeInstruction } from "../../text/instruction-like.ts";
import { changeMemories } from "../change-memories.ts";
import type { Engine } from "../engine.ts";
import { withEvidenceInScope } from "../evidence-in-scope.ts";
import { requireMemory } from "../get-memory.ts";
import { presentMemory } from "../present-memory.ts";
import { withoutHiddenWords } from "../visible-text.ts";
import { deleteAsBatch } from "./delete-as-batch.ts";

/**
 * Why something waits: its words are not in what it cites (`unsupported`); it tells its reader what to do, and nobody
 * whose word counts said so (`instruction`); it is less sure than `reviewBelow` (`low-confidence`).
 */
export type ReviewReason = "unsupported" | "instruction" | "low-confidence" | "held";

export interface ReviewItem extends MemoryItem {
  readonly why: readonly ReviewReason[];
}

export interface ReviewResult {
  /** What waits and is served by no read until it is approved, newest said first. */
  readonly results: readonly ReviewItem[];
  readonly next: string | null;
  /** Undecided: all of them are served. Approving one replaces the others by it. */
  readonly contradictions: readonly Contradiction[];
}

export interface ReviewRequest {
  readonly scope: ReadScope;
  readonly limit: number;
  readonly cursor: string | null;
}

/** What waits for somebody's word, each with why. */
export async function reviewMemories(engine: Engine, { scope, limit, cursor }: ReviewRequest): Promise<ReviewResult> {
  const { memories, next } = await engine.store.listMemories({
    userIds: scope.userIds,
    filter: scope.filter,
    states: ["active"],
    isVerified: false,
    order: "said-descending",
    limit,
    ...(cursor === null ? {} : { cursor }),
  });
  const within = memories.map((memory) => withEvidenceInScope(memory, scope.filter));
  const shown = await withoutHiddenWords(engine, within);
  return {
    results: shown.map((memory) => ({ ...presentMemory(memory), why: reasonsOf(engine, memory) })),
    next,
    contradictions: await findContradictions(engine, scope),
  };
}

function reasonsOf({ settings }: Engine, { record, evidence, isTurn }: StoredMemory): ReviewReason[] {
  const why: ReviewReason[] = [];
  const messages = evidence.map(({ messageId, text, role, name, saidAt }) => ({
    id: messageId,
    text,
    role: role ?? "user",
    ...(name === null ? {} : { name }),
    saidAt,
  }));
  if (record.kind === "instruction" || readsLikeInstruction(record.text)) why.push("instruction");
  const fact = { ...record, attributedTo: record.role ?? "user", mentions: [] };
  if (!isTurn && messages.length > 0 && !checkSupport(fact as never, messages as never)) why.push("unsupported");
  if (record.confidence < settings.reviewBelow) why.push("low-confidence");
  return why.length === 0 ? ["held"] : why;
}

/** Most undecided memories that are looked at. */
const MOST_CONTRADICTING = 500;

export async function findContradictions(engine: Engine, scope: ReadScope): Promise<Contradiction[]> {
  const found = await engine.store.provenance.listContradicting(scope, MOST_CONTRADICTING);
  const others = await engine.store.getMemories([...new Set(found.flatMap(({ record }) => record.conflictsWith))]);
  // A slot is one for all runs: what was said outside of the scope is not shown, though it contradicts.
  const active = new Map(
    [...found, ...others]
      .filter(({ record }) => record.state === "active" && evaluateFilter(scope.filter, record))
      .map((each) => [each.record.id, withEvidenceInScope(each, scope.filter)]),
  );
  const groups: Contradiction[] = [];
  const seen = new Set<string>();
  for (const { record } of found) {
    if (seen.has(record.id)) continue;
    const members = connected(record.id, active);
    for (const { record: member } of members) seen.add(member.id);
    if (members.length < 2) continue;
    const visible = await withoutHiddenWords(engine, members);
    groups.push({
      attribute: { subject: record.attribute?.subject ?? "", attribute: record.attribute?.attribute ?? "" },
      memories: visible
        .toSorted((left, right) => right.record.saidAt - left.record.saidAt)
        .map((memory) => presentMemory(memory)),
    });
  }
  return groups;
}

/** Everything that conflicts with it, and with what conflicts with that. */
function connected(id: string, active: ReadonlyMap<string, StoredMemory>): StoredMemory[] {
  const found = new Map<string, StoredMemory>();
  const waiting = [id];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const memory = active.get(next);
    if (memory === undefined || found.has(next)) continue;
    found.set(next, memory);
    waiting.push(...memory.record.conflictsWith);
    for (const [other, { record }] of active) if (record.conflictsWith.includes(next)) waiting.push(other);
  }
  return [...found.values()];
}

export interface ReviewAnswer {
  /** `undo` takes the answer back; null where nothing changed. */
  readonly batchId: string | null;
  readonly count: number;
}

/**
 * Lets what waits be served, or decides a contradiction: the others of its slot are replaced by it.
 * @throws MemoryError `not_found`; `invalid_input` for what neither waits nor contradicts.
 */
export async function approveMemories(engine: Engine, ids: readonly string[]): Promise<ReviewAnswer> {
  const approved: MemoryRecord[] = [];
  // All are looked at before the first is changed: a list is approved as a whole, or not at all.
  for (const id of ids) {
    const { record } = await requireMemory(engine, id, {});
    if (record.state !== "active" || (record.isVerified && record.conflictsWith.length === 0))
      throw invalidInput(`Memory ${id} neither waits for review nor contradicts another: there is nothing to approve.`);
    const rival = approved.find((other) => contradict(other, record));
    if (rival !== undefined)
      throw invalidInput(`Memories ${rival.id} and ${record.id} contradict each other. Approve one of them.`);
    approved.push(record);
  }
  const batch = { id: engine.createId(engine.clock()), kind: "review" as const };
  for (const { id, scope, conflictsWith } of approved)
    await changeMemories(engine, scope.userId ?? null, [id, ...conflictsWith], (memories) => ({
      patch: approve(engine, id, memories),
      batch,
    }));
  return { batchId: approved.length === 0 ? null : batch.id, count: approved.length };
}

function contradict(one: MemoryRecord, other: MemoryRecord): boolean {
  return one.conflictsWith.includes(other.id) || other.conflictsWith.includes(one.id);
}

function approve(engine: Engine, id: string, memories: readonly StoredMemory[]): MemoryPatch[] {
  return memories.flatMap(({ record }): MemoryPatch[] => {
    const common = { id: record.id, actor: "user" };
    if (record.id === id)
      return [
        {
          ...common,
          changes: { isVerified: true, conflictsWith: [] },
          event: "UPDATE",
          reason: "approved in review",
        },
      ];
    if (record.state !== "active") return [];
    return [
      {
        ...common,
        changes: { state: "superseded", replacedBy: id, retractedAt: engine.clock(), conflictsWith: [] },
        event: "SUPERSEDE",
        reason: "decided in review: another one is right",
      },
    ];
  });
}

/** Deletes what waits, or what contradicts another. @throws MemoryError `not_found`. */
export async function rejectMemories(engine: Engine, ids: readonly string[]): Promise<ReviewAnswer> {
  const memories: StoredMemory[] = [];
  for (const id of ids) memories.push(await requireMemory(engine, id, {}));
  const served = memories.find(({ record }) => record.isVerified && record.conflictsWith.length === 0);
  if (served !== undefined)
    throw invalidInput(
      `Memory ${served.record.id} neither waits for review nor contradicts another. Use delete(id) to remove it.`,
    );
  const batch = { id: engine.createId(engine.clock()), kind: "review" as const };
  const deleted = await deleteAsBatch(engine, memories, batch);
  return { batchId: deleted.length === 0 ? null : batch.id, count: deleted.length };
}
