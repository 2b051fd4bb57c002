import { DERIVED_KINDS } from "../domain/memory.ts";
import type { ListRequest } from "../domain/requests.ts";
import type { MemoryItem } from "../domain/search-result.ts";
import type { MemoryList, StoredMemory } from "../ports/memory-store.ts";
import type { Engine } from "./engine.ts";
import { withEvidenceInScope } from "./evidence-in-scope.ts";
import { withEvidence } from "./forgetting/with-evidence.ts";
import { asKnownAt, withEvidenceUntil } from "./known-view.ts";
import { presentMemory } from "./present-memory.ts";
import { withoutHiddenWords } from "./visible-text.ts";
import { isVisible, servedStates, utcDay } from "./visibility.ts";

export interface ListResult {
  /** Newest said first. */
  readonly results: readonly MemoryItem[];
  /** How many there are in all pages. Left out with `withTotal: false`, and where a moment is asked for. */
  readonly total?: number;
  /** The cursor of the next page, or null on the last one. */
  readonly next: string | null;
  readonly warnings: readonly string[];
}

/** Rows read at once where some of them may turn out not to be shown. */
const BATCH = 500;

/** Facts, patterns, procedures and instructions of a scope, page by page; `kinds` widens or narrows. */
export async function listMemories(engine: Engine, request: ListRequest): Promise<ListResult> {
  const now = engine.clock();
  const isMoment = request.asOf !== null || request.knownAt !== null;
  const found: StoredMemory[] = [];
  let cursor = request.cursor;
  let total: number | undefined;
  let skip = request.offset;
  for (;;) {
    const wanted = skip + request.limit - found.length;
    const page: MemoryList = await engine.store.listMemories({
      userIds: request.scope.userIds,
      filter: request.scope.filter,
      kinds: request.kinds ?? DERIVED_KINDS,
      states: [...servedStates(request)],
      ...(request.needsCheck === true ? { needsCheck: true as const } : {}),
      ...(request.includeUnverified ? {} : { isVerified: true }),
      ...(request.showExpired ? {} : { today: utcDay(now) }),
      order: "said-descending",
      // What was true or known at a moment can only be told from the whole record.
      limit: Math.max(1, isMoment ? BATCH : Math.min(wanted, BATCH)),
      ...(cursor === null ? {} : { cursor }),
      withTotal: request.withTotal && !isMoment && total === undefined,
    });
    total ??= page.total;
    let last = -1;
    const known = new Map(
      (await asKnownAt(engine, page.memories, request.knownAt)).map((stored) => [stored.reference, stored]),
    );
    for (const [index, { reference }] of page.memories.entries()) {
      if (found.length === request.limit) break;
      last = index;
      const stored = known.get(reference);
      if (stored === undefined || !isVisible(stored.record, request, now)) continue;
      if (skip > 0) skip -= 1;
      else found.push(withEvidenceUntil(withEvidenceInScope(stored, request.scope.filter), request.asOf));
    }
    const isWholePage = last === page.memories.length - 1;
    cursor = isWholePage ? page.next : cursorBehind(page, last);
    if (found.length >= request.limit || page.next === null) break;
  }
  const visible = await withoutHiddenWords(engine, found);
  const results: MemoryItem[] = await withEvidence(engine, visible.map(presentMemory));
  return { results, ...(total === undefined ? {} : { total }), next: cursor, warnings: request.warnings };
}

/** The place behind one row of a page, in the store's own form. */
function cursorBehind(page: MemoryList, index: number): string | null {
  const stored = page.memories[index];
  return stored === undefined ? null : `${stored.record.saidAt}.${stored.reference}`;
}
