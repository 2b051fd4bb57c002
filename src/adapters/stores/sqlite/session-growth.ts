import type { Partition } from "../../../ports/memory-store.ts";
import type { SqliteDriver } from "./driver.ts";
import { partitionRange } from "./read-memories.ts";

/** Changes that are looked through for a window; an older one is read again. */
const MOST_NOTES = 50;
/** Rows that one change may add and still be looked through: reading them holds the event loop. */
const MOST_ADDED = 2000;
/** Partitions whose growth is followed. */
const MOST_PARTITIONS = 1000;

interface Growth {
  version: number;
  lastMemory: number;
  lastPassage: number;
  /** Nothing is known of what was added up to this version. */
  floor: number;
  notes: { readonly version: number; readonly earliest: ReadonlyMap<string, number> }[];
}

/**
 * What was added to a partition since an earlier version, as far as windows of neighbours are concerned: of each
 * session the earliest moment at which something new was said.
 */
export class SessionGrowth {
  readonly #driver: SqliteDriver;
  readonly #partitions = new Map<number, Growth>();

  constructor(driver: SqliteDriver) {
    this.#driver = driver;
  }

  /**
   * Takes over what was added up to the partition's version.
   * @returns the version up to which it is known, which is later where another search was faster.
   */
  follow(partition: Partition): number {
    const known = this.#partitions.get(partition.number);
    if (known !== undefined && known.version >= partition.version) return known.version;
    const { version } = partition;
    const [first, last] = partitionRange(partition.number);
    const ends = this.#driver.get(
      `SELECT (SELECT max(rid) FROM memories WHERE rid BETWEEN ?1 AND ?2) AS memory,
              (SELECT max(passage_no) FROM passages WHERE passage_no BETWEEN ?1 AND ?2) AS passage`,
      first,
      last,
    );
    const lastMemory = Number(ends?.["memory"] ?? first);
    const lastPassage = Number(ends?.["passage"] ?? first);
    if (known === undefined) {
      // Windows are only kept from now on.
      if (this.#partitions.size >= MOST_PARTITIONS) this.#partitions.clear();
      this.#partitions.set(partition.number, { version, lastMemory, lastPassage, floor: version, notes: [] });
      return version;
    }
    if (Math.max(lastMemory - known.lastMemory, lastPassage - known.lastPassage) > MOST_ADDED) {
      known.floor = version;
      known.notes.length = 0;
    } else {
      known.notes.push({ version, earliest: this.#earliest(known, lastMemory, lastPassage) });
      while (known.notes.length > MOST_NOTES) known.floor = known.notes.shift()?.version ?? known.floor;
    }
    Object.assign(known, { version, lastMemory, lastPassage });
    return version;
  }

  /** Whether nothing that was added after `version` can lie before `until` in a session. */
  isUntouched(partition: Partition, session: string, version: number, until: number): boolean {
    const known = this.#partitions.get(partition.number);
    if (known === undefined || version < known.floor) return false;
    for (const note of known.notes) {
      if (note.version <= version) continue;
      const moment = note.earliest.get(session);
      if (moment !== undefined && moment <= until) return false;
    }
    return true;
  }

  clear(): void {
    this.#partitions.clear();
  }

  /** Of new turns, and of turns that were given more index units. */
  #earliest(known: Growth, lastMemory: number, lastPassage: number): Map<string, number> {
    const earliest = new Map<string, number>();
    const rows = this.#driver.arrays(
      `SELECT m.run_no, m.agent_no, m.app_no, min(m.said_at) FROM memories m WHERE m.rid > ? AND m.rid <= ? AND m.is_turn = 1
         GROUP BY 1, 2, 3
       UNION ALL SELECT m.run_no, m.agent_no, m.app_no, min(m.said_at) FROM passages p JOIN memories m ON m.rid = p.rid
         WHERE p.passage_no > ? AND p.passage_no <= ? AND m.is_turn = 1 GROUP BY 1, 2, 3`,
      known.lastMemory,
      lastMemory,
      known.lastPassage,
      lastPassage,
    );
    for (const [run, agent, app, moment] of rows) {
      const session = sessionKey(run, agent, app);
      earliest.set(session, Math.min(earliest.get(session) ?? Number.POSITIVE_INFINITY, Number(moment)));
    }
    return earliest;
  }
}

/** Turns with the same ids are one session. */
export function sessionKey(run: unknown, agent: unknown, app: unknown): string {
  return `${run ?? "-"}/${agent ?? "-"}/${app ?? "-"}`;
}
