import type { MemoryRecord, MemoryState } from "../domain/memory.ts";
import type { ReadRequest } from "../domain/requests.ts";
import { isTrueAt, wasKnownAt } from "../retrieval/as-of.ts";

/** "YYYY-MM-DD" of a moment, in UTC. */
export function utcDay(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

/** Which states a read returns: superseded ones are there unless only the latest is asked for, merged and deleted ones are not. */
export function servedStates(request: StateRequest): ReadonlySet<MemoryState> {
  // What is superseded or merged by now may have been current then.
  return request.knownAt === null ? askedStates(request) : new Set([...askedStates(request), "superseded", "merged"]);
}

type StateRequest = Pick<ReadRequest, "states" | "latestOnly" | "includeMerged" | "asOf" | "knownAt">;

function askedStates(request: StateRequest): ReadonlySet<MemoryState> {
  if (request.states !== null) return new Set(request.states);
  const states = new Set<MemoryState>(["active"]);
  if (!request.latestOnly || request.asOf !== null) states.add("superseded");
  if (request.includeMerged) states.add("merged");
  return states;
}

/** What can only be told from the whole record, as it was known (`asKnownAt`): expiry, validity at a moment. */
export function isVisible(
  record: MemoryRecord,
  request: StateRequest & Pick<ReadRequest, "showExpired">,
  now: number,
): boolean {
  if (request.knownAt !== null && !askedStates(request).has(record.state)) return false;
  if (!request.showExpired && record.expirationDate !== undefined && record.expirationDate < utcDay(now)) return false;
  return isTrueThen(record, request.asOf) && (request.knownAt === null || wasKnownAt(record, request.knownAt));
}

/** Whether it was true at the moment; of a message, whether it had been said. */
export function isTrueThen(record: MemoryRecord, asOf: number | null): boolean {
  if (asOf === null) return true;
  if (record.kind === "message") return record.saidAt <= asOf;
  return isTrueAt(record, asOf) || isAheadThen(record, asOf);
}

/** Told by then of what was still to come: it was so that it would be. What held in its slot speaks first. */
function isAheadThen({ saidAt, validFrom, validTo }: MemoryRecord, asOf: number): boolean {
  return saidAt <= asOf && validFrom !== undefined && asOf < validFrom && (validTo === undefined || asOf < validTo);
}
