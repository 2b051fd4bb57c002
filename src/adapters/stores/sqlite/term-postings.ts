import type { Partition, PassageReference } from "../../../ports/memory-store.ts";
import type { SqliteDriver } from "./driver.ts";
import { partitionRange } from "./read-memories.ts";
import { bestPlaces } from "./text-index-scores.ts";

/** A term is counted up to this many passages: reading all that hold a common word would take longer than the search. */
export const COUNT_CAP = 1000;
/** Occurrences that are kept, of all partitions together; six bytes each. */
const KEPT_OCCURRENCES = 400_000;
/** Terms whose counts are kept, of one partition. */
const KEPT_COUNTS = 20_000;
/** Partitions of which anything is kept. */
const KEPT_PARTITIONS = 16;
/** The length of each passage is kept in four bytes: of larger partitions the text index ranks by itself. */
const MOST_PLACES = 400_000;
/** Passages that are taken over one by one; more make a new start. */
const MOST_ADDED = 500;

/** What a passage of a partition holds: place (its number from the partition's first on) and how often. */
interface Posting {
  places: Int32Array;
  frequencies: Uint16Array;
  /** Inverse document frequency over the whole file, as the text index has it. */
  weight: number;
  /** The stamp of the text index with that weight. */
  weightOf: string;
}

interface Kept {
  /** No text of the partition was re-written between this version and the reading. */
  readonly textVersion: number;
  readonly first: PassageReference;
  readonly end: PassageReference;
  readonly counts: Map<string, number>;
  readonly postings: Map<string, Posting>;
  /** What the text index looked like when all of this was true. */
  stamp: string;
  /** Passages and words of the whole text index, and passages of the partition. */
  rows: number;
  words: number;
  passages: number;
  /** Whether no other partition has passages. */
  isAlone: boolean;
  last: PassageReference;
  /** place → words of the passage in all columns; 0 where it is not read yet. */
  lengths: Int32Array;
  occurrences: number;
}

// The averages and the list of segments (FTS5's file format): each write to the text index changes one of them.
const STAMP = `SELECT (SELECT hex(block) FROM text_index_data WHERE id = 1) AS averages,
  (SELECT hex(block) FROM text_index_data WHERE id = 10) AS segments`;
const ENDS = "SELECT (SELECT min(id) FROM text_index_docsize) AS low, (SELECT max(id) FROM text_index_docsize) AS high";
const LAST = "SELECT max(id) AS last FROM text_index_docsize WHERE id BETWEEN ? AND ?";
const ADDED = `SELECT d.id, hex(d.sz), p.terms || ' ' || p.date_terms FROM text_index_docsize d
  CROSS JOIN passages p ON p.passage_no = d.id WHERE d.id > ? AND d.id <= ? ORDER BY d.id LIMIT ${MOST_ADDED + 1}`;
const LENGTHS = `SELECT d.id, hex(d.sz) FROM json_each(?) wanted CROSS JOIN text_index_docsize d ON d.id = wanted.value`;
const COUNT = `SELECT count(*) AS n FROM (
  SELECT rowid FROM text_index WHERE text_index MATCH ? AND rowid BETWEEN ? AND ? LIMIT ${COUNT_CAP})`;
const COUNT_OTHERS = `SELECT (SELECT count(*) FROM text_index WHERE text_index MATCH ?1 AND rowid < ?2)
  + (SELECT count(*) FROM text_index WHERE text_index MATCH ?1 AND rowid > ?3) AS n`;
const INSTANCES = "SELECT doc FROM temp.text_instances WHERE term = ? AND col = 'terms' LIMIT ?";
const MAKE_INSTANCES = `CREATE VIRTUAL TABLE IF NOT EXISTS temp.text_instances
  USING fts5vocab('main', 'text_index', 'instance')`;

/**
 * Where the terms of questions occur, read from the text index once and kept: its own ranking reads them anew for each
 * question, and counts them over the whole file. Scores are those of its `bm25`, number for number. What anybody writes
 * shows in the stamp of the text index; new passages are taken over, anything else makes a new start.
 */
export class TermPostings {
  readonly #driver: SqliteDriver;
  readonly #kept = new Map<number, Kept>();
  /** Of the searches that run: each looks at the stamp once. */
  readonly #seen = new WeakMap<Partition, Kept>();
  #hasInstances = false;

  constructor(driver: SqliteDriver) {
    this.#driver = driver;
  }

  /** To be called once for each search: makes what is kept of its partition hold now. */
  follow(partition: Partition): void {
    this.#seen.set(partition, this.#follow(partition));
  }

  /** In how many of a partition's passages a term occurs; those above `COUNT_CAP` are not told apart. */
  count(partition: Partition, term: string): number {
    const kept = this.#keptOf(partition);
    const known = kept.counts.get(term);
    if (known !== undefined) return known;
    const count = this.#rareCount(kept, term) ?? this.#count(partition, term);
    if (kept.counts.size >= KEPT_COUNTS) kept.counts.clear();
    kept.counts.set(term, count);
    return count;
  }

  /**
   * The passages of a partition that the text index ranks best for any of the terms; of equal ones the older first.
   * Undefined where that has to be asked of the text index itself.
   */
  best(partition: Partition, terms: readonly string[], limit: number): PassageReference[] | undefined {
    const kept = this.#keptOf(partition);
    // Instances are read over the whole file: too many of others would be among them.
    if (!kept.isAlone && partition.passages * 2 < kept.rows) return undefined;
    if (kept.last - kept.first >= MOST_PLACES || !terms.every((term) => IS_ONE_TOKEN.test(term))) return undefined;
    const postings = terms.map((term) => this.#posting(kept, term));
    this.#readLengths(kept, postings);
    const meanLength = kept.words / kept.rows;
    const places = bestPlaces(postings, { lengths: kept.lengths, meanLength }, limit);
    return places.map((place) => kept.first + place);
  }

  /** After a purge or a reset: terms are words. */
  forget(): void {
    this.#kept.clear();
  }

  #keptOf(partition: Partition): Kept {
    const known = this.#seen.get(partition);
    if (known !== undefined) return known;
    const kept = this.#follow(partition);
    this.#seen.set(partition, kept);
    return kept;
  }

  /** Of a rare term: its places are read at once, for they tell their number and will be asked for next. */
  #rareCount(kept: Kept, term: string): number | undefined {
    if (!kept.isAlone || kept.last - kept.first >= MOST_PLACES || !IS_ONE_TOKEN.test(term)) return undefined;
    const posting = this.#readPosting(kept, term, COUNT_CAP);
    if (posting === undefined) return undefined;
    this.#keep(kept, term, posting);
    return posting.places.length;
  }

  #count({ number }: Partition, term: string): number {
    const [first, last] = partitionRange(number);
    // As integers: a range bound as the floating point numbers that JS has is not used by FTS5, which reads all rows.
    return Number(this.#driver.get(COUNT, matching(term), BigInt(first), BigInt(last))?.["n"] ?? 0);
  }

  /** What is kept of a partition, made to hold now. */
  #follow(partition: Partition): Kept {
    const [first, end] = partitionRange(partition.number);
    const { averages, segments } = this.#driver.get(STAMP) ?? {};
    const stamp = `${String(averages)}/${String(segments)}`;
    let kept = this.#kept.get(partition.number);
    if (kept !== undefined && kept.textVersion < partition.textVersion) kept = undefined;
    if (kept?.stamp === stamp) return kept;
    const [rows = 0, words = 0, scopeWords = 0] = readNumbers(String(averages ?? ""));
    const ends = this.#driver.get(ENDS);
    const now = {
      stamp,
      rows,
      words: words + scopeWords,
      passages: partition.passages,
      isAlone: Number(ends?.["low"]) >= first && Number(ends?.["high"]) <= end,
    };
    if (kept === undefined || !this.#takeOver(kept, now)) {
      const last = Number(this.#driver.get(LAST, first, end)?.["last"] ?? first);
      kept = {
        textVersion: partition.textVersion,
        first,
        end,
        counts: new Map(),
        postings: new Map(),
        lengths: new Int32Array(Math.min(MOST_PLACES, last - first + 1)),
        ...now,
        last,
        occurrences: 0,
      };
      // Re-inserted last: the map's order is that of making.
      this.#kept.delete(partition.number);
      this.#kept.set(partition.number, kept);
    }
    return Object.assign(kept, now);
  }

  /** Takes over what was added since; false when that does not account for what there is now. */
  #takeOver(kept: Kept, now: Pick<Kept, "rows" | "words" | "passages" | "isAlone">): boolean {
    const added = this.#driver.arrays(ADDED, kept.last, kept.end);
    if (added.length > MOST_ADDED || kept.isAlone !== now.isAlone) return false;
    const last = Number(added.at(-1)?.[0] ?? kept.last);
    if (last - kept.first >= MOST_PLACES) return false;
    const lengths = added.map(([, packed]) => sumOf(String(packed)));
    // Of others' changes nothing is known: the partition's own count must do.
    const isAll = now.isAlone
      ? added.length > 0 &&
        kept.rows + added.length === now.rows &&
        lengths.reduce((sum, length) => sum + length, kept.words) === now.words
      : kept.passages + added.length === now.passages;
    if (!isAll) return false;
    if (last - kept.first >= kept.lengths.length) {
      const longer = new Int32Array(Math.min(MOST_PLACES, Math.ceil((last - kept.first + 1) * 1.25)));
      longer.set(kept.lengths);
      kept.lengths = longer;
    }
    for (const [at, [passage, , text]] of added.entries()) {
      const place = Number(passage) - kept.first;
      kept.lengths[place] = lengths[at] as number;
      const times = new Map<string, number>();
      for (const term of String(text).split(" ")) times.set(term, (times.get(term) ?? 0) + 1);
      for (const [term, frequency] of times) {
        const count = kept.counts.get(term);
        if (count !== undefined) kept.counts.set(term, Math.min(COUNT_CAP, count + 1));
        const posting = kept.postings.get(term);
        if (posting === undefined) continue;
        append(posting, place, frequency);
        kept.occurrences += 1;
      }
    }
    kept.last = last;
    return true;
  }

  #posting(kept: Kept, term: string): Posting {
    let posting = kept.postings.get(term);
    if (posting === undefined) {
      posting = this.#readPosting(kept, term, -1) as Posting;
      this.#keep(kept, term, posting);
    }
    if (posting.weightOf !== kept.stamp) {
      posting.weight = this.#weight(kept, term, posting.places.length);
      posting.weightOf = kept.stamp;
    }
    return posting;
  }

  #keep(kept: Kept, term: string, posting: Posting): void {
    kept.occurrences += posting.places.length;
    this.#makeRoom(kept);
    kept.postings.set(term, posting);
  }

  /** Undefined where a term occurs `most` times or more; no end is -1. */
  #readPosting({ first, last }: Kept, term: string, most: number): Posting | undefined {
    if (!this.#hasInstances) this.#driver.execute(MAKE_INSTANCES);
    this.#hasInstances = true;
    const places: number[] = [];
    const frequencies: number[] = [];
    let before = -1;
    const instances = this.#driver.arrays(INSTANCES, term, most);
    if (instances.length === most) return undefined;
    for (const [doc] of instances) {
      const passage = Number(doc);
      if (passage < first || passage > last) continue;
      if (passage === before) frequencies[frequencies.length - 1] = (frequencies.at(-1) ?? 0) + 1;
      else {
        places.push(passage - first);
        frequencies.push(1);
      }
      before = passage;
    }
    return { places: Int32Array.from(places), frequencies: Uint16Array.from(frequencies), weight: 0, weightOf: "" };
  }

  #weight({ rows, isAlone, first, end }: Kept, term: string, own: number): number {
    const others = isAlone
      ? 0
      : Number(this.#driver.get(COUNT_OTHERS, matching(term), BigInt(first), BigInt(end))?.["n"]);
    const odds = (rows - own - others + 0.5) / (own + others + 0.5);
    // By SQLite's own logarithm: that of the language may differ in the last digit.
    const weight = Number(this.#driver.get("SELECT ln(?) AS weight", odds)?.["weight"]);
    return weight <= 0 ? 1e-6 : weight;
  }

  #readLengths({ first, lengths }: Kept, postings: readonly Posting[]): void {
    const missing: number[] = [];
    for (const { places } of postings)
      for (const place of places) if (lengths[place] === 0) missing.push(first + place);
    if (missing.length === 0) return;
    for (const [passage, packed] of this.#driver.arrays(LENGTHS, JSON.stringify(missing)))
      lengths[Number(passage) - first] = sumOf(String(packed));
  }

  #makeRoom(partition: Kept): void {
    let occurrences = 0;
    for (const kept of this.#kept.values()) occurrences += kept.occurrences;
    for (const [number, kept] of this.#kept) {
      if (occurrences <= KEPT_OCCURRENCES && this.#kept.size <= KEPT_PARTITIONS) return;
      if (kept === partition) continue;
      occurrences -= kept.occurrences;
      this.#kept.delete(number);
    }
    if (occurrences <= KEPT_OCCURRENCES) return;
    partition.postings.clear();
    partition.occurrences = 0;
  }
}

/** Such a term stands in the index as it is (the tokenizer, schema.ts). */
// oxlint-disable-next-line no-control-regex -- these are what the tokenizer takes for borders
const IS_ONE_TOKEN = /^[^\u0000-\u0020"\u007fA-Z]{1,1000}$/u;

/** Terms hold no quotes, by the analyzer's contract. */
export function quoted(term: string): string {
  return `"${term.replaceAll('"', "")}"`;
}

function matching(term: string): string {
  return `terms : ${quoted(term)}`;
}

function append(posting: Posting, place: number, frequency: number): void {
  const size = posting.places.length;
  const places = new Int32Array(size + 1);
  const frequencies = new Uint16Array(size + 1);
  places.set(posting.places);
  frequencies.set(posting.frequencies);
  places[size] = place;
  frequencies[size] = frequency;
  Object.assign(posting, { places, frequencies });
}

/** Numbers as FTS5 packs them, seven bits a byte, the highest first; given as hexadecimal digits. */
function readNumbers(digits: string): number[] {
  const numbers: number[] = [];
  let number = 0;
  for (let at = 0; at + 1 < digits.length; at += 2) {
    const byte = Number.parseInt(digits.slice(at, at + 2), 16);
    number = number * 128 + (byte & 0x7f);
    if (byte >= 0x80) continue;
    numbers.push(number);
    number = 0;
  }
  return numbers;
}

function sumOf(digits: string): number {
  return readNumbers(digits).reduce((sum, number) => sum + number, 0);
}
