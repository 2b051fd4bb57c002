import type { Feedback, MemoryState } from "../../../domain/memory.ts";
import type { MemoryReference, Partition } from "../../../ports/memory-store.ts";
import type { Row, SqliteDriver } from "./driver.ts";
import { Generations, KEPT_PASSAGES } from "./generations.ts";

/** Rows that are kept at least, of all partitions together. */
const KEPT_ROWS = 10_000;

interface KeptState {
  /** No row of the partition was changed between this version and the reading. */
  readonly patchVersion: number;
  /** Null for what is active and verified, as nearly all are. */
  readonly state: MemoryState | "unverified" | null;
  readonly feedback: Feedback | null;
}

export interface RowStates {
  readonly inactive: ReadonlyMap<MemoryReference, MemoryState | "unverified">;
  readonly feedback: ReadonlyMap<MemoryReference, Feedback>;
}

/** States of chosen rows, kept until a row of their partition is changed. */
export class KeptStates {
  readonly #driver: SqliteDriver;
  readonly #kept = new Generations<MemoryReference, KeptState>(KEPT_ROWS);
  /** Of the searches that run: what came along with other columns of theirs, of partitions of any size. */
  readonly #read = new WeakMap<Partition, Map<MemoryReference, KeptState>>();

  constructor(driver: SqliteDriver) {
    this.#driver = driver;
  }

  /** Takes over the columns `state`, `is_verified` and `feedback` of a row that was read for a search. */
  note(partition: Partition, reference: MemoryReference, columns: readonly Row[string][]): void {
    let noted = this.#read.get(partition);
    if (noted === undefined) {
      noted = new Map();
      this.#read.set(partition, noted);
    }
    const kept = toState(partition.patchVersion, columns);
    noted.set(reference, kept);
    if (partition.passages <= KEPT_PASSAGES) this.#kept.set(reference, kept);
  }

  read(partition: Partition, references: Iterable<MemoryReference>): RowStates {
    const { patchVersion, passages } = partition;
    const noted = this.#read.get(partition);
    const inactive = new Map<MemoryReference, MemoryState | "unverified">();
    const feedback = new Map<MemoryReference, Feedback>();
    const take = (reference: MemoryReference, kept: KeptState): void => {
      if (kept.state !== null) inactive.set(reference, kept.state);
      if (kept.feedback !== null) feedback.set(reference, kept.feedback);
    };
    const missing = new Set<MemoryReference>();
    for (const reference of references) {
      const kept = noted?.get(reference) ?? this.#kept.get(reference);
      if (kept !== undefined && kept.patchVersion >= patchVersion) take(reference, kept);
      else missing.add(reference);
    }
    if (missing.size === 0) return { inactive, feedback };
    const rows = this.#driver.arrays(
      `SELECT m.rid, m.state, m.is_verified, m.feedback FROM json_each(?) wanted
       CROSS JOIN memories m ON m.rid = wanted.value`,
      JSON.stringify([...missing]),
    );
    for (const [rid, ...columns] of rows) {
      const kept = toState(patchVersion, columns);
      if (passages <= KEPT_PASSAGES) this.#kept.set(Number(rid), kept);
      take(Number(rid), kept);
    }
    return { inactive, feedback };
  }

  /** After a purge or a reset. */
  forget(): void {
    this.#kept.clear();
  }
}

function toState(patchVersion: number, [state, isVerified, feedback]: readonly Row[string][]): KeptState {
  const active = isVerified === 0 ? "unverified" : null;
  return {
    patchVersion,
    state: state === "active" ? active : (state as MemoryState),
    feedback: feedback as Feedback | null,
  };
}
