import type { MemoryReference, Partition, PassageReference, TurnRow } from "../../../ports/memory-store.ts";
import type { Row, SqliteDriver } from "./driver.ts";
import { Generations, KEPT_PASSAGES } from "./generations.ts";
import { readNeighbours } from "./read-neighbours.ts";
import { STATE_COLUMN, toTurn, TURN_SELECT } from "./read-ranking.ts";
import type { KeptStates } from "./row-states.ts";
import { SessionGrowth } from "./session-growth.ts";

/** Rows and windows that are kept at least, of all partitions together; a row takes about half a kilobyte. */
const KEPT_ROWS = 10_000;
const KEPT_WINDOWS = 10_000;

interface KeptRow {
  /** No text of the partition was re-written between this version and the reading. */
  readonly textVersion: number;
  readonly row: TurnRow;
}

interface Window {
  readonly textVersion: number;
  readonly radius: number;
  readonly session: string;
  /** Outer passages of the neighbours. */
  readonly passages: readonly PassageReference[];
  /** What is said after this moment cannot come between. */
  readonly until: number;
  /** Nothing came between up to this version of the partition. */
  version: number;
}

const CHOSEN = `${TURN_SELECT} WHERE p.passage_no IN (SELECT value FROM json_each(?))`;
/** The outer passages of messages: what their neighbours share words with. */
const OUTER = `${TURN_SELECT} WHERE p.rid IN (SELECT value FROM json_each(?))
  AND (p.start = 0 OR NOT EXISTS (SELECT 1 FROM passages q WHERE q.rid = p.rid AND q.passage_no > p.passage_no))`;

/**
 * Ranking rows of chosen passages and of their neighbours. What was read is kept for the next search, since questions
 * to one user meet the same turns again and again: rows until a text of the partition is re-written, neighbours also
 * until something is said between them. Both are told by the partition's versions, whichever process wrote.
 */
export class TurnWindows {
  readonly #driver: SqliteDriver;
  readonly #states: KeptStates;
  readonly #growth: SessionGrowth;
  readonly #rows = new Generations<PassageReference, KeptRow>(KEPT_ROWS);
  readonly #windows = new Generations<MemoryReference, Window>(KEPT_WINDOWS);

  /** `states` is told what each row that is read says of it. */
  constructor(driver: SqliteDriver, states: KeptStates) {
    this.#driver = driver;
    this.#states = states;
    this.#growth = new SessionGrowth(driver);
  }

  /** The given passages, the outer passages of up to `radius` turns on each side in their session, and others alone. */
  read(
    partition: Partition,
    passages: readonly PassageReference[],
    radius: number,
    alone: readonly PassageReference[] = [],
  ): TurnRow[] {
    // What is not kept, as of a large partition, must not be read twice.
    const read = new Map<PassageReference, TurnRow>();
    const rows = this.#rowsOf(partition, passages, read);
    const wanted = [...passages, ...alone];
    if (radius > 0) {
      const turns = new Map<MemoryReference, TurnRow>();
      for (const row of rows) if (row.isTurn) turns.set(row.memory, row);
      this.#addNeighbours(partition, turns, radius, read, wanted);
    }
    return this.#rowsOf(partition, wanted, read);
  }

  /** After a purge or a reset: what is kept holds words. */
  forget(): void {
    this.#rows.clear();
    this.#windows.clear();
    this.#growth.clear();
  }

  /** The rows of passages, each once, in the order of their numbers; those that had to be read go into `read`. */
  #rowsOf(
    partition: Partition,
    passages: readonly PassageReference[],
    read: Map<PassageReference, TurnRow>,
  ): TurnRow[] {
    const rows: (TurnRow | undefined)[] = [];
    const missing: PassageReference[] = [];
    const gaps: number[] = [];
    let before = Number.NaN;
    // Numbers are sorted, not rows: comparing those would fetch each of them from memory again and again.
    for (const passage of Float64Array.from(passages).toSorted()) {
      if (passage === before) continue;
      before = passage;
      const row = read.get(passage) ?? this.#keptRow(partition, passage);
      if (row === undefined) {
        gaps.push(rows.length);
        missing.push(passage);
      }
      rows.push(row);
    }
    if (missing.length === 0) return rows as TurnRow[];
    for (const row of this.#select(CHOSEN, missing, partition)) read.set(row.passage, row);
    for (const [at, gap] of gaps.entries()) rows[gap] = read.get(missing[at] as PassageReference);
    return rows.filter((row) => row !== undefined);
  }

  #keptRow({ textVersion }: Partition, passage: PassageReference): TurnRow | undefined {
    const kept = this.#rows.get(passage);
    return kept !== undefined && kept.textVersion >= textVersion ? kept.row : undefined;
  }

  /** Adds outer passages of the neighbours of turns to `found`, and rows that had to be read for it to `read`. */
  #addNeighbours(
    partition: Partition,
    turns: ReadonlyMap<MemoryReference, TurnRow>,
    radius: number,
    read: Map<PassageReference, TurnRow>,
    found: PassageReference[],
  ): void {
    const { textVersion } = partition;
    const version = this.#growth.follow(partition);
    const missing: TurnRow[] = [];
    for (const turn of turns.values()) {
      const window = this.#windows.get(turn.memory);
      if (window !== undefined && window.radius === radius && this.#holds(window, partition, version))
        found.push(...window.passages);
      else missing.push(turn);
    }
    if (missing.length === 0) return;
    const neighbours = readNeighbours(
      this.#driver,
      partition,
      missing.map(({ memory }) => memory),
      radius,
    );
    const outer = new Map<MemoryReference, PassageReference[]>();
    for (const { turns: near } of neighbours.values()) for (const memory of near) outer.set(memory, []);
    for (const row of this.#select(OUTER, [...outer.keys()], partition)) {
      read.set(row.passage, row);
      outer.get(row.memory)?.push(row.passage);
    }
    for (const { memory, session } of missing) {
      const { turns: near, until } = neighbours.get(memory) ?? { turns: [], until: Number.POSITIVE_INFINITY };
      const passages = near.flatMap((other) => outer.get(other) ?? []);
      if (partition.passages <= KEPT_PASSAGES)
        this.#windows.set(memory, { textVersion, radius, session, passages, until, version });
      found.push(...passages);
    }
  }

  #holds(window: Window, partition: Partition, version: number): boolean {
    if (window.textVersion < partition.textVersion) return false;
    if (window.version >= version) return true;
    if (!this.#growth.isUntouched(partition, window.session, window.version, window.until)) return false;
    window.version = version;
    return true;
  }

  #select(sql: string, wanted: readonly number[], partition: Partition): TurnRow[] {
    const { textVersion, passages } = partition;
    const shared = new Map<string, string>();
    return this.#driver.arrays(sql, JSON.stringify(wanted)).map((columns: readonly Row[string][]) => {
      const row = toTurn(columns, shared);
      this.#states.note(partition, row.memory, columns.slice(STATE_COLUMN));
      if (passages <= KEPT_PASSAGES) this.#rows.set(row.passage, { textVersion, row });
      return row;
    });
  }
}
