import type { MemoryRecord, MemoryState } from "../domain/memory.ts";
import type { ReadRequest } from "../domain/requests.ts";
import { isTrueAt, wasKnownAt } from "../retrieval/as-of.ts";

/** "YYYY-MM-DD" of a moment, in UTC. */
export function utcDay(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

/** Which states a read returns: superseded ones are there unless only the latest is asked for, merged and deleted ones are not. */
export function servedStates(
  request: Pick<ReadRequest, "states" | "latestOnly" | "includeMerged" | "asOf" | "knownAt">,
): ReadonlySet<MemoryState> {
  if (request.states !== null) return new Set(request.states);
  const states = new Set<MemoryState>(["active"]);
  if (!request.latestOnly || request.asOf !== null || request.knownAt !== null) states.add("superseded");
  if (request.includeMerged) states.add("merged");
  return states;
}

/** What can only be told from the whole record: expiry, validity at a moment, what the store knew. */
export function isVisible(
  record: MemoryRecord,
  request: Pick<ReadRequest, "showExpired" | "asOf" | "knownAt">,
  now: number,
): boolean {
  if (!request.showExpired && record.expirationDate !== undefined && record.expirationDate < utcDay(now)) return false;
  if (request.asOf !== null && record.kind !== "message" && !isTrueAt(record, request.asOf)) return false;
  if (request.asOf !== null && record.kind === "message" && record.saidAt > request.asOf) return false;
  return request.knownAt === null || wasKnownAt(record, request.knownAt);
}
