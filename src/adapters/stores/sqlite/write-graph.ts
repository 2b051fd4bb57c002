import { normalizeEntityName } from "../../../domain/entity.ts";
import type { EntityType, Mention } from "../../../domain/entity.ts";
import type { RelationStatement } from "../../../domain/relation.ts";
import type { SqliteDriver } from "./driver.ts";

/** Whose names are written, and when. */
export interface GraphPlace {
  readonly driver: SqliteDriver;
  readonly partition: number;
  readonly rid: number;
  readonly at: number;
}

/** What a memory names and how it relates it. The caller holds the write transaction. */
export function insertGraph(
  place: GraphPlace,
  mentions: readonly Mention[],
  relations: readonly RelationStatement[] = [],
): void {
  const { driver, rid } = place;
  const known = new Map<string, number>();
  for (const { name, type } of mentions) {
    const entity = ensureEntity(place, known, name, type);
    if (entity !== undefined) driver.run("INSERT OR IGNORE INTO mentions(entity_no, rid) VALUES(?, ?)", entity, rid);
  }
  let position = 0;
  for (const { subject, predicate, object, origin } of relations) {
    const from = ensureEntity(place, known, subject.name, subject.type);
    const to = ensureEntity(place, known, object.name, object.type);
    if (from === undefined || to === undefined) continue;
    driver.run(
      "INSERT INTO relations(rid, place, subject_no, predicate, object_no, origin) VALUES(?, ?, ?, ?, ?, ?)",
      rid,
      position,
      from,
      predicate,
      to,
      origin,
    );
    position += 1;
  }
}

/** Takes away what a memory names and relates, and the entities that nothing names any more: their names are its words. */
export function removeGraph(driver: SqliteDriver, rid: number): void {
  const entities = driver.all(
    `SELECT entity_no FROM mentions WHERE rid = ?1
     UNION SELECT subject_no FROM relations WHERE rid = ?1 UNION SELECT object_no FROM relations WHERE rid = ?1`,
    rid,
  );
  driver.run("DELETE FROM mentions WHERE rid = ?", rid);
  driver.run("DELETE FROM relations WHERE rid = ?", rid);
  for (const { entity_no: entity } of entities) {
    driver.run(
      `DELETE FROM entities WHERE entity_no = ?1 AND NOT EXISTS (SELECT 1 FROM mentions x WHERE x.entity_no = ?1)
         AND NOT EXISTS (SELECT 1 FROM relations r WHERE r.subject_no = ?1)
         AND NOT EXISTS (SELECT 1 FROM relations r WHERE r.object_no = ?1)`,
      Number(entity),
    );
  }
}

/** The number of the entity of that name, made when it is new; undefined for a name without a letter or sign. */
function ensureEntity(
  { driver, partition, at }: GraphPlace,
  known: Map<string, number>,
  name: string,
  type: EntityType,
): number | undefined {
  const key = normalizeEntityName(name);
  if (key === "") return undefined;
  const found = known.get(key);
  if (found !== undefined) return found;
  // A name that was of no known type when it was seen first takes the first type that is known.
  const row = driver.get(
    `INSERT INTO entities(partition_no, key, name, type, created_at, updated_at) VALUES(?, ?, ?, ?, ?, ?)
     ON CONFLICT(partition_no, key) DO UPDATE SET updated_at = excluded.updated_at,
       type = CASE type WHEN 'other' THEN excluded.type ELSE type END RETURNING entity_no`,
    partition,
    key,
    name,
    type,
    at,
    at,
  );
  const number = Number(row?.["entity_no"]);
  known.set(key, number);
  return number;
}
