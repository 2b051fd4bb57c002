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

/**
 * Before and after, for the turns that have too few at their own moment: all of a side in one statement, since most of
 * what a statement costs is its start.
 */
const AT_OTHER_MOMENTS = SIDES.map(
  ([
    order,
    sign,
  ]) => `SELECT m.rid, (SELECT group_concat(rid || ' ' || said_at) FROM (SELECT n.rid, n.said_at FROM memories n
    WHERE ${IN_SESSION} AND n.said_at ${sign} m.said_at ORDER BY n.said_at ${order}, n.rid ${order} LIMIT ?))
    FROM json_each(?) wanted CROSS JOIN memories m ON m.rid = wanted.value`,
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
  const found = new Map<MemoryReference, { turns: MemoryReference[]; until: number }>();
  const rows = driver.arrays(AT_SAME_MOMENT, partition.number, radius, partition.number, radius, JSON.stringify(turns));
  for (const side of [0, 1] as const) {
    const same = new Map<MemoryReference, readonly MemoryReference[]>();
    for (const [turn = null, , ...sides] of rows) same.set(Number(turn), readList(sides[side]).map(Number));
    const lacking = [...same].flatMap(([turn, list]) => (list.length < radius ? [turn] : []));
    const others = readOthers(driver, partition, side, lacking, radius);
    for (const [turn = null, saidAt] of rows) {
      const near = same.get(Number(turn)) ?? [];
      const more = (others.get(Number(turn)) ?? []).slice(0, radius - near.length);
      const entry = found.get(Number(turn)) ?? { turns: [], until: Number.POSITIVE_INFINITY };
      found.set(Number(turn), entry);
      entry.turns.push(...near, ...more.map(([other]) => other));
      if (side === 1 && near.length + more.length >= radius) entry.until = more.at(-1)?.[1] ?? Number(saidAt);
    }
  }
  return found;
}

/** Of each turn the nearest said at other moments, with these. */
function readOthers(
  driver: SqliteDriver,
  { number }: Partition,
  side: 0 | 1,
  turns: readonly MemoryReference[],
  radius: number,
): Map<MemoryReference, (readonly [turn: MemoryReference, saidAt: number])[]> {
  if (turns.length === 0) return new Map();
  const rows = driver.arrays(AT_OTHER_MOMENTS[side] as string, number, radius, JSON.stringify(turns));
  return new Map(
    rows.map(([turn = null, list]) => [
      Number(turn),
      readList(list).map((pair) => {
        const [other, saidAt] = pair.split(" ");
        return [Number(other), Number(saidAt)] as const;
      }),
    ]),
  );
}

function readList(concatenated: unknown): string[] {
  return concatenated === null || concatenated === undefined ? [] : String(concatenated).split(",");
}
