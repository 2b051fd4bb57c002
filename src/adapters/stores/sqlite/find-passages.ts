import type { MemoryReference, Partition, PassageReference } from "../../../ports/memory-store.ts";
import type { SqliteDriver, SqlValue } from "./driver.ts";
import { partitionRange } from "./read-memories.ts";
import { COUNT_CAP, quoted } from "./term-postings.ts";
import type { TermPostings } from "./term-postings.ts";

/** Terms used to find candidates; all of them are scored. 6 gives the recall of all (retrieval reference 1.4). */
const CANDIDATE_TERMS = 6;
/** Most passages that are ranked by the text index: about a microsecond each. */
const MOST_RANKED = 1500;

const IN_PARTITION = "text_index MATCH ? AND rowid BETWEEN ? AND ?";

/** As integers: a range bound as the floating point numbers that JS has is not used by FTS5, which reads all users' rows. */
function rowRange({ number }: Partition): [bigint, bigint] {
  const [first, last] = partitionRange(number);
  return [BigInt(first), BigInt(last)];
}

/** What a search of the text index needs. */
export interface TextContext {
  readonly driver: SqliteDriver;
  readonly postings: TermPostings;
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
export function searchTerms(context: TextContext, query: TermQuery): PassageReference[] {
  context.postings.follow(query.partition);
  const counted = [...new Set(query.terms)]
    .map((term) => ({ term, count: context.postings.count(query.partition, term) }))
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
  if (terms.length > 0) {
    const { partition, limit, allowed } = query;
    const best = allowed === undefined ? context.postings.best(partition, terms, limit) : undefined;
    return best ?? read(context, query, anyOf(terms), "bm25(text_index, 1.0, 0.0)");
  }
  const common = counted.slice(0, CANDIDATE_TERMS).map(({ term }) => term);
  if (common.length === 0) return [];
  const found = read(context, query, common.map(quoted).join(" AND "), "rowid DESC");
  return found.length >= query.limit || common.length === 1
    ? found
    : [...new Set([...found, ...read(context, query, anyOf(common), "rowid DESC")])].slice(0, query.limit);
}

/** In how many of a partition's passages each term occurs; terms that very many hold are left out. */
export function documentFrequencies(
  context: TextContext,
  partition: Partition,
  terms: readonly string[],
): { total: number; frequencies: Map<string, number> } {
  const frequencies = new Map<string, number>();
  for (const term of new Set(terms)) {
    const count = context.postings.count(partition, term);
    if (count < COUNT_CAP) frequencies.set(term, count);
  }
  return { total: partition.passages, frequencies };
}

function read({ driver }: TextContext, query: TermQuery, terms: string, order: string): PassageReference[] {
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
