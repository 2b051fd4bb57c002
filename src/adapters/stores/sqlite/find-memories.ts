import type { SqliteDriver } from "./driver.ts";
import { GraphNames } from "./graph-names.ts";
import type { GraphWhere } from "./graph-scope.ts";

/** Memories that name one of the entities of a JSON list, the first parameter. */
export const NAMED_IN = `FROM memories m WHERE m.rid IN (
    SELECT rid FROM mentions WHERE entity_no IN (SELECT value FROM json_each(?1))
    UNION SELECT rid FROM relations WHERE subject_no IN (SELECT value FROM json_each(?1))
    UNION SELECT rid FROM relations WHERE object_no IN (SELECT value FROM json_each(?1)))`;

/** Of an entity that more memories name than this, only as many as are wanted are looked at. */
const FEW_MENTIONS = 1000;

const IS_UNRELATED = "NOT EXISTS (SELECT 1 FROM relations o WHERE o.rid = x.rid AND o.origin <> 'model')";

/** Everything that may have the name, as long as it stands for the entity now. */
export function namesOf(names: GraphNames, number: number, now: number): number[] {
  return names.candidates(number).filter((other) => names.standsFor(other, now) === number);
}

export interface MemoriesWanted {
  readonly numbers: readonly number[];
  /** Only those that relate nothing, as far as no model says so. */
  readonly isUnrelated: boolean;
  readonly now: number;
  /** Of each entity, the newest. */
  readonly limit: number;
}

/** Ids of what is known of each entity, the newest first. */
export function findMemories(driver: SqliteDriver, where: GraphWhere, wanted: MemoriesWanted): string[][] {
  const { numbers, isUnrelated, now, limit } = wanted;
  const names = new GraphNames(driver, where);
  names.prepare(numbers);
  const sets = numbers.map((number) => [...new Set([number, ...namesOf(names, number, now)])]);
  const plain = isUnrelated ? sets.filter((set) => set.length === 1).map(([number]) => number as number) : [];
  const together = unrelatedOfMany(driver, where, plain, limit);
  return sets.map((set) => together.get(set[0] as number) ?? findOfOne(driver, where, set, { isUnrelated, limit }));
}

function findOfOne(
  driver: SqliteDriver,
  where: GraphWhere,
  names: readonly number[],
  { isUnrelated, limit }: Pick<MemoriesWanted, "isUnrelated" | "limit">,
): string[] {
  const unrelated = isUnrelated ? ` AND ${IS_UNRELATED.replaceAll("x.rid", "m.rid")}` : "";
  return driver
    .all(
      `SELECT m.id ${NAMED_IN} AND m.kind <> 'message' AND ${where.known.isActive}${unrelated} AND ${where.sql} ORDER BY m.rid DESC LIMIT ?`,
      JSON.stringify(names),
      ...where.parameters,
      limit,
    )
    .map((row) => String(row["id"]));
}

/**
 * Of entities with one name each that few memories name, in one statement. Most memories relate two things: they are
 * left out by their numbers alone, before a row of theirs is read.
 */
function unrelatedOfMany(
  driver: SqliteDriver,
  where: GraphWhere,
  numbers: readonly number[],
  limit: number,
): Map<number, string[]> {
  const few = driver
    .arrays(
      `SELECT DISTINCT j.value FROM json_each(?1) j
       WHERE (SELECT count(*) FROM (SELECT 1 FROM mentions x WHERE x.entity_no = j.value LIMIT ?2 + 1)) <= ?2
         AND (SELECT count(*) FROM (SELECT 1 FROM relations r WHERE r.subject_no = j.value LIMIT ?2 + 1)) <= ?2
         AND (SELECT count(*) FROM (SELECT 1 FROM relations r WHERE r.object_no = j.value LIMIT ?2 + 1)) <= ?2`,
      JSON.stringify(numbers),
      FEW_MENTIONS,
    )
    .map(([number]) => Number(number));
  const found = new Map<number, string[]>(few.map((number) => [number, []]));
  const rows = driver.arrays(
    `SELECT x.entity_no, m.id FROM (
       SELECT x.entity_no, x.rid FROM json_each(?1) j CROSS JOIN mentions x ON x.entity_no = j.value
       UNION SELECT j.value, x.rid FROM json_each(?1) j CROSS JOIN relations x ON x.subject_no = j.value AND x.origin = 'model'
       UNION SELECT j.value, x.rid FROM json_each(?1) j CROSS JOIN relations x ON x.object_no = j.value AND x.origin = 'model'
     ) x CROSS JOIN memories m ON m.rid = x.rid
     WHERE ${IS_UNRELATED} AND m.kind <> 'message' AND ${where.known.isActive} AND ${where.sql} ORDER BY m.rid DESC`,
    JSON.stringify(few),
    ...where.parameters,
  );
  for (const [number, id] of rows) {
    const ids = found.get(Number(number));
    if (ids !== undefined && ids.length < limit) ids.push(String(id));
  }
  return found;
}
