import type { MemoryReference, Partition, PassageReference } from "../../../ports/memory-store.ts";
import type { SqlValue } from "./driver.ts";
import { partitionRange } from "./read-memories.ts";
import type { ReadContext } from "./read-memories.ts";

/** Terms used to find candidates; all of them are scored. 6 gives the recall of all (retrieval reference 1.4). */
const CANDIDATE_TERMS = 6;
/** A term is counted up to this many passages: reading all that hold a common word would take longer than the search. */
const COUNT_CAP = 1000;
/** Most passages that are ranked by the text index: about a microsecond each. */
const MOST_RANKED = 1500;

const IN_PARTITION = "text_index MATCH ? AND rowid BETWEEN ? AND ?";
const COUNT = `SELECT count(*) AS n FROM (SELECT rowid FROM text_index WHERE ${IN_PARTITION} LIMIT ?)`;

/** As integers: a range bound as the floating point numbers that JS has is not used by FTS5, which reads all users' rows. */
function rowRange({ number }: Partition): [bigint, bigint] {
  const [first, last] = partitionRange(number);
  return [BigInt(first), BigInt(last)];
}

export interface TermQuery {
  readonly partition: Partition;
  readonly terms: readonly string[];
  readonly limit: number;
  readonly allowed?: ReadonlySet<MemoryReference>;
}

/**
 * Best passages of a large partition by the text index, any of the terms. The rarest terms are looked up; words that
 * thousands of passages hold only where the query has no others, and then what holds them all, the newest first.
 */
export function searchTerms(context: ReadContext, query: TermQuery): PassageReference[] {
  const counted = [...new Set(query.terms)]
    .map((term) => ({ term, count: countTerm(context, query.partition, term) }))
    .filter(({ count }) => count > 0)
    .toSorted((left, right) => left.count - right.count);
  const telling = counted.filter(({ count }) => count < COUNT_CAP);
  let passages = 0;
  const terms: string[] = [];
  for (const { term, count } of telling.slice(0, CANDIDATE_TERMS)) {
    if (terms.length > 0 && passages + count > MOST_RANKED) break;
    passages += count;
    terms.push(term);
  }
  if (terms.length > 0) return read(context, query, anyOf(terms), "bm25(text_index, 1.0, 0.0)");
  const common = counted.slice(0, CANDIDATE_TERMS).map(({ term }) => term);
  if (common.length === 0) return [];
  const found = read(context, query, common.map(quoted).join(" AND "), "rowid DESC");
  return found.length >= query.limit || common.length === 1
    ? found
    : [...new Set([...found, ...read(context, query, anyOf(common), "rowid DESC")])].slice(0, query.limit);
}

/** In how many of a partition's passages each term occurs; terms that very many hold are left out. */
export function documentFrequencies(
  context: ReadContext,
  partition: Partition,
  terms: readonly string[],
): { total: number; frequencies: Map<string, number> } {
  const frequencies = new Map<string, number>();
  for (const term of new Set(terms)) {
    const count = countTerm(context, partition, term);
    if (count < COUNT_CAP) frequencies.set(term, count);
  }
  return { total: partition.passages, frequencies };
}

/** Counts of one search: it asks for them when it looks for candidates and again when it scores them. */
const counts = new WeakMap<Partition, Map<string, number>>();

function countTerm(context: ReadContext, partition: Partition, term: string): number {
  let known = counts.get(partition);
  if (known === undefined) {
    known = new Map();
    counts.set(partition, known);
  }
  let count = known.get(term);
  if (count === undefined) {
    count = readCount(context, partition, term);
    known.set(term, count);
  }
  return count;
}

function readCount({ driver }: ReadContext, partition: Partition, term: string): number {
  return Number(driver.get(COUNT, `terms : ${quoted(term)}`, ...rowRange(partition), COUNT_CAP)?.["n"] ?? 0);
}

function read({ driver }: ReadContext, query: TermQuery, terms: string, order: string): PassageReference[] {
  const parameters: SqlValue[] = [`terms : (${terms})`, ...rowRange(query.partition)];
  const { allowed, limit } = query;
  if (allowed === undefined) {
    return driver
      .all(`SELECT rowid FROM text_index WHERE ${IN_PARTITION} ORDER BY ${order} LIMIT ?`, ...parameters, limit)
      .map((row) => Number(row["rowid"]));
  }
  const found: PassageReference[] = [];
  const rows = driver.iterate(
    `SELECT f.rowid AS passage_no, p.rid FROM text_index f CROSS JOIN passages p ON p.passage_no = f.rowid
     WHERE ${IN_PARTITION.replaceAll("rowid", "f.rowid")} ORDER BY ${order.replace("rowid", "f.rowid")}`,
    ...parameters,
  );
  for (const row of rows) {
    if (!allowed.has(Number(row["rid"]))) continue;
    found.push(Number(row["passage_no"]));
    if (found.length >= limit) break;
  }
  return found;
}

function anyOf(terms: readonly string[]): string {
  return terms.map(quoted).join(" OR ");
}

/** Terms hold no quotes, by the analyzer's contract. */
function quoted(term: string): string {
  return `"${term.replaceAll('"', "")}"`;
}
