import { normalizeEntityName } from "../../../domain/entity.ts";
import type { Entity } from "../../../domain/entity.ts";
import type { EntityName } from "../../../domain/relation.ts";
import type { EntityQuery, GraphStore } from "../../../ports/graph-store.ts";
import type { SqliteDriver } from "./driver.ts";
import { GraphNames } from "./graph-names.ts";
import { graphWhere } from "./graph-scope.ts";
import type { GraphWhere } from "./graph-scope.ts";
import { listRelations } from "./read-relations.ts";
import type { StoreAccess } from "./store-access.ts";

/** The graph in the store's own file. */
export function createGraphStore({ read }: StoreAccess): GraphStore {
  return {
    listEntities: (query) =>
      read((driver, owners) => {
        const where = graphWhere(driver, owners, query.scope, query.now);
        return where === undefined ? { entities: [], next: null } : listEntities(driver, where, query);
      }),
    resolve: (scope, names, now) =>
      read((driver, owners) => {
        const where = graphWhere(driver, owners, scope, now);
        if (where === undefined) return names.map(() => null);
        const known = new GraphNames(driver, where);
        return names.map((name) => (name === "" ? null : resolveName(driver, where, known, name, now)));
      }),
    listRelations: (query) =>
      read((driver, owners) => {
        const where = graphWhere(driver, owners, query.scope, query.now);
        return where === undefined
          ? { relations: [], next: null }
          : listRelations({ driver, where, names: new GraphNames(driver, where) }, query);
      }),
  };
}

function resolveName(
  driver: SqliteDriver,
  where: GraphWhere,
  names: GraphNames,
  name: string,
  now: number,
): EntityName | null {
  const row = names.findKey(normalizeEntityName(name)) ?? names.findId(name);
  if (row === undefined) return null;
  const number = names.standsFor(row.number, now);
  const found = driver.get(
    `SELECT EXISTS (SELECT 1 ${NAMED_IN} AND ${where.sql}) AS found`,
    JSON.stringify([number, row.number]),
    ...where.parameters,
  );
  // A name that only memories outside of the scope know is none of its own.
  if (found?.["found"] !== 1) return null;
  const { id, name: shown, type } = names.row(number) ?? row;
  return { id, name: shown, type };
}

/** Rows looked at in one statement. */
const PAGE_ROWS = 500;

/** Memories that name one of the entities of a JSON list, the first parameter. */
const NAMED_IN = `FROM memories m WHERE m.rid IN (
    SELECT rid FROM mentions WHERE entity_no IN (SELECT value FROM json_each(?1))
    UNION SELECT rid FROM relations WHERE subject_no IN (SELECT value FROM json_each(?1))
    UNION SELECT rid FROM relations WHERE object_no IN (SELECT value FROM json_each(?1)))`;

function listEntities(
  driver: SqliteDriver,
  where: GraphWhere,
  { search, types, limit, cursor, now }: EntityQuery,
): { entities: Entity[]; next: string | null } {
  const names = new GraphNames(driver, where);
  const found = new Map<number, Entity>();
  let position = cursor ?? "";
  const like = search === undefined ? "" : normalizeEntityName(search);
  for (;;) {
    const rows = driver.all(
      `SELECT entity_no, key FROM entities WHERE partition_no = ? AND key > ? AND (? = '' OR instr(key, ?) > 0)
       ORDER BY key LIMIT ?`,
      where.partition,
      position,
      like,
      like,
      PAGE_ROWS,
    );
    names.load(rows.map((row) => Number(row["entity_no"])));
    for (const row of rows) {
      const number = names.standsFor(Number(row["entity_no"]), now);
      // What has several names is listed once: under its own, or under the first that the search finds.
      const isListed =
        like === "" ? number === Number(row["entity_no"]) : isFirstMatch(names, number, String(row["key"]), like, now);
      if (!isListed) {
        position = String(row["key"]);
        continue;
      }
      const entity = toEntity(driver, where, names, number, now);
      if (entity.mentions > 0 && (types === undefined || types.includes(entity.type))) {
        if (found.size === limit) return { entities: [...found.values()], next: position };
        found.set(number, entity);
      }
      position = String(row["key"]);
    }
    if (rows.length < PAGE_ROWS) return { entities: [...found.values()], next: null };
  }
}

/** Everything that may have the name, as long as it stands for the entity now. */
function namesOf(names: GraphNames, number: number, now: number): number[] {
  return names.candidates(number).filter((other) => names.standsFor(other, now) === number);
}

function isFirstMatch(names: GraphNames, number: number, key: string, search: string, now: number): boolean {
  return namesOf(names, number, now).every((other) => {
    const own = names.row(other)?.key ?? "";
    return own >= key || !own.includes(search);
  });
}

function toEntity(driver: SqliteDriver, where: GraphWhere, names: GraphNames, number: number, now: number): Entity {
  const { id, name, type, createdAt, updatedAt } = names.row(number) as NonNullable<ReturnType<GraphNames["row"]>>;
  const same = namesOf(names, number, now);
  const count = driver.get(
    `SELECT count(*) AS n ${NAMED_IN} AND m.state = 'active' AND ${where.sql}`,
    JSON.stringify([number, ...same]),
    ...where.parameters,
  );
  const aliases = same.filter((other) => other !== number).flatMap((other) => names.row(other)?.name ?? []);
  return { id, name, type, aliases, mentions: Number(count?.["n"]), createdAt, updatedAt };
}
