import type { Source } from "../../../domain/memory.ts";
import type { ReconcileCandidate, ReconcileLookup } from "../../../ports/memory-store.ts";
import type { SqliteDriver, SqlValue } from "./driver.ts";
import { documentCount, findPartitions } from "./read-lists.ts";
import { partitionRange, readSpans } from "./read-memories.ts";
import type { ReadContext } from "./read-memories.ts";
import { identityHash, RECORD_SELECT_OF_USER, ridOf, toRecord } from "./rows.ts";

/** How many near duplicates per incoming fact are worth a look. */
const NEAR_LIMIT = 8;
/** How many of the best matches are looked at for them: messages match as well and do not count. */
const NEAR_MATCHES = 64;
/** By how many of its terms, the rarest ones, a statement is looked up. */
const NEAR_TERMS = 4;
/** In more passages than this a term is common. */
const COMMON_TERM = 400;

/** What new facts are compared with: the same statement, the same slots, and what shares rare words. */
export function findReconcileCandidates(context: ReadContext, lookup: ReconcileLookup): ReconcileCandidate[] {
  const { driver, owners } = context;
  const [partition] = findPartitions(context, [lookup.userId]);
  if (partition === undefined) return [];
  const agent = owners.find("agent", lookup.agentId);
  const app = owners.find("app", lookup.appId);
  const run = owners.find("run", lookup.runId);
  // An id that no memory has ever had: nothing can match.
  if (
    (lookup.agentId !== undefined && agent === null) ||
    (lookup.appId !== undefined && app === null) ||
    (lookup.runId !== undefined && run === null)
  )
    return [];
  const scoped = `m.agent_no IS ? AND m.app_no IS ?${lookup.runId === undefined ? "" : " AND m.run_no IS ?"}`;
  const scope: SqlValue[] = lookup.runId === undefined ? [agent, app] : [agent, app, run];
  const found = new Set<number>();
  const collect = (sql: string, ...parameters: SqlValue[]): void => {
    for (const row of driver.all(sql, ...parameters)) found.add(Number(row["rid"]));
  };
  for (const identity of new Set(lookup.identities)) {
    collect(
      `SELECT m.rid FROM memories m WHERE m.partition_no = ? AND m.identity = ? AND m.kind <> 'message' AND ${scoped}`,
      partition,
      identityHash(identity),
      ...scope,
    );
  }
  for (const { subject, attribute } of lookup.attributes) {
    collect(
      `SELECT m.rid FROM memories m WHERE m.partition_no = ? AND m.attribute = ? AND m.attribute_subject = ? AND ${scoped} ORDER BY m.said_at DESC LIMIT 200`,
      partition,
      attribute,
      subject,
      ...scope,
    );
  }
  const [first, last] = partitionRange(partition);
  for (const terms of lookup.terms) {
    if (terms.length === 0) continue;
    // A range of rows, not the scope's own token: the token's list is as long as the partition.
    collect(
      `SELECT m.rid FROM (
         SELECT rowid AS passage_no, bm25(text_index, 1.0, 0.0) AS score FROM text_index
         WHERE text_index MATCH ? AND rowid BETWEEN ? AND ? ORDER BY score LIMIT ${NEAR_MATCHES}) f
       CROSS JOIN passages p ON p.passage_no = f.passage_no CROSS JOIN memories m ON m.rid = p.rid
       WHERE m.kind <> 'message' AND ${scoped} ORDER BY f.score LIMIT ${NEAR_LIMIT}`,
      sharesRareTerm(driver, terms),
      // FTS5 plans by a range only when it is bound as integers.
      BigInt(first),
      BigInt(last),
      ...scope,
    );
  }
  return readCandidates(context, lookup.userId, [...found]);
}

function readCandidates(
  { driver, owners }: ReadContext,
  userId: string | null,
  rids: readonly number[],
): ReconcileCandidate[] {
  if (rids.length === 0) return [];
  const wanted = JSON.stringify(rids);
  const sources = new Map<number, { sources: Source[]; statedAt: number[] }>();
  for (const [rid, spans, messageId, saidAt] of driver.arrays(
    `SELECT s.rid, s.spans, m.id, m.said_at FROM json_each(?) j CROSS JOIN sources s ON s.rid = j.value
     CROSS JOIN memories m ON m.rid = s.message_rid ORDER BY s.rid, m.said_at, m.rid`,
    wanted,
  )) {
    const known = sources.get(Number(rid)) ?? { sources: [], statedAt: [] };
    known.sources.push({ messageId: String(messageId), spans: readSpans(spans) });
    known.statedAt.push(Number(saidAt));
    sources.set(Number(rid), known);
  }
  const rows = driver.arrays(
    `${RECORD_SELECT_OF_USER} JOIN json_each(?) j ON m.rid = j.value ORDER BY j.key`,
    userId,
    wanted,
  );
  return rows.map((row) => {
    const known = sources.get(ridOf(row));
    return { record: toRecord(row, owners, known?.sources ?? []), statedAt: known?.statedAt ?? [] };
  });
}

interface TermCounts {
  readonly counts: Map<string, number>;
  reads: number;
}

/** Counts are read anew after so many uses: they only have to tell rare words from common ones. */
const COUNT_USES = 5_000;
const termCounts = new WeakMap<SqliteDriver, TermCounts>();

/**
 * An FTS5 expression for statements that share a rare term. Terms that very many passages have tell nothing and cost
 * most; a statement of such terms alone is looked up by its two rarest together.
 */
function sharesRareTerm(driver: SqliteDriver, terms: readonly string[]): string {
  const rarest = [...new Set(terms)]
    .map((term) => ({ quoted: `"${term.replaceAll('"', "")}"`, count: roughCount(driver, term) }))
    .toSorted((left, right) => left.count - right.count)
    .slice(0, NEAR_TERMS);
  const rare = rarest.filter(({ count }) => count <= COMMON_TERM);
  if (rare.length > 0) return `terms : (${rare.map(({ quoted }) => quoted).join(" OR ")})`;
  return `terms : (${rarest
    .slice(0, 2)
    .map(({ quoted }) => quoted)
    .join(" AND ")})`;
}

function roughCount(driver: SqliteDriver, term: string): number {
  let known = termCounts.get(driver);
  if (known === undefined || known.reads >= COUNT_USES) {
    known = { counts: new Map(), reads: 0 };
    termCounts.set(driver, known);
  }
  known.reads += 1;
  let count = known.counts.get(term);
  if (count === undefined) {
    count = documentCount(driver, term);
    known.counts.set(term, count);
  }
  return count;
}
