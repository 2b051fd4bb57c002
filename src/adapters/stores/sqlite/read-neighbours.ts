import type { MemoryReference, Partition } from "../../../ports/memory-store.ts";
import type { SqliteDriver } from "./driver.ts";

const SIDES = [
  ["DESC", "<"],
  ["ASC", ">"],
] as const;

const IN_SESSION = `n.partition_no = ? AND n.run_no IS m.run_no AND n.agent_no IS m.agent_no AND n.app_no IS m.app_no
  AND n.is_turn = 1`;

/** The turns said at the same moment, before or after; two steps, since a comparison of pairs would read them all. */
const SAME_MOMENT = SIDES.map(
  ([order, sign]) => `(SELECT group_concat(rid) FROM (SELECT n.rid FROM memories n
    WHERE ${IN_SESSION} AND n.said_at = m.said_at AND n.rid ${sign} m.rid ORDER BY n.rid ${order} LIMIT ?))`,
).join(", ");

const AT_SAME_MOMENT = `SELECT m.rid, m.said_at, ${SAME_MOMENT} FROM json_each(?) wanted
  CROSS JOIN memories m ON m.rid = wanted.value`;

/** Before and after. */
const AT_OTHER_MOMENTS = SIDES.map(
  ([
    order,
    sign,
  ]) => `SELECT n.rid, n.said_at FROM memories m JOIN memories n ON ${IN_SESSION} AND n.said_at ${sign} m.said_at
    WHERE m.rid = ? ORDER BY n.said_at ${order}, n.rid ${order} LIMIT ?`,
);

export interface Neighbours {
  readonly turns: readonly MemoryReference[];
  /** When the last of them was said; infinity where there may be more after them. */
  readonly until: number;
}

/** Of each of the given turns, the turns up to `radius` places before and after it in its session. */
export function readNeighbours(
  driver: SqliteDriver,
  partition: Partition,
  turns: readonly MemoryReference[],
  radius: number,
): Map<MemoryReference, Neighbours> {
  const found = new Map<MemoryReference, Neighbours>();
  const rows = driver.arrays(AT_SAME_MOMENT, partition.number, radius, partition.number, radius, JSON.stringify(turns));
  for (const [turn = null, saidAt, ...sides] of rows) {
    const neighbours: MemoryReference[] = [];
    let until = Number.POSITIVE_INFINITY;
    for (const [side, sql] of AT_OTHER_MOMENTS.entries()) {
      const concatenated = sides[side] ?? null;
      const same = concatenated === null ? [] : String(concatenated).split(",").map(Number);
      neighbours.push(...same);
      let count = same.length;
      let furthest = Number(saidAt);
      if (count < radius) {
        const others = driver.all(sql, partition.number, turn, radius - count);
        for (const other of others) {
          neighbours.push(Number(other["rid"]));
          furthest = Number(other["said_at"]);
        }
        count += others.length;
      }
      if (side === 1 && count >= radius) until = furthest;
    }
    found.set(Number(turn), { turns: neighbours, until });
  }
  return found;
}
