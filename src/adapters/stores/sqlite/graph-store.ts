import { normalizeEntityName } from "../../../domain/entity.ts";
import type { Entity, EntityType, Mention } from "../../../domain/entity.ts";
import type { EntityName } from "../../../domain/relation.ts";
import type { EntityQuery, GraphStore } from "../../../ports/graph-store.ts";
import type { SqliteDriver } from "./driver.ts";
import { GraphNames } from "./graph-names.ts";
import { graphWhere } from "./graph-scope.ts";
import type { GraphWhere } from "./graph-scope.ts";
import { findMemories, NAMED_IN, namesOf } from "./find-memories.ts";
import { readMarks } from "./graph-marks.ts";
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
    findByName: (scope, names, now) =>
      read((driver, owners) => {
        const where = graphWhere(driver, owners, scope, now);
        if (where === undefined) return names.map(() => null);
        const known = new GraphNames(driver, where);
        return names.map((name) => findInScope(driver, where, known, name, now)?.shown ?? null);
      }),
    findJoining: ({ scope, between, predicates, now }) =>
      read((driver, owners) => {
        const where = graphWhere(driver, owners, scope, now);
        return where === undefined ? [] : findJoining(driver, where, between, predicates);
      }),
    findUnderOtherNames: ({ scope, names, now, limit }) =>
      read((driver, owners) => {
        const where = graphWhere(driver, owners, scope, now);
        return where === undefined ? [] : findUnderOtherNames(driver, where, { names, now, limit });
      }),
    readNames: ({ scope, entityId, now }) =>
      read((driver, owners) => {
        const where = graphWhere(driver, owners, scope, now);
        if (where === undefined) return [];
        const names = new GraphNames(driver, where);
        const own = Number(entityId);
        return [...new Set([own, ...namesOf(names, own, now)])].flatMap((number) => names.row(number)?.name ?? []);
      }),
    readMarks: (references) => read((driver) => readMarks(driver, references)),
    readMentions: (memoryIds) => read((driver) => memoryIds.map((id) => readMentions(driver, id))),
    listRelations: (query) =>
      read((driver, owners) => {
        const where = graphWhere(driver, owners, query.scope, query.now);
        return where === undefined
          ? { relations: [], next: null }
          : listRelations({ driver, where, names: new GraphNames(driver, where) }, query);
      }),
    findMemories: ({ scope, entityIds, isUnrelated, now, limit }) =>
      read((driver, owners) => {
        const where = graphWhere(driver, owners, scope, now);
        if (where === undefined) return entityIds.map(() => []);
        return findMemories(driver, where, { numbers: entityIds.map(Number), isUnrelated, now, limit });
      }),
    findNamed: ({ scope, memoryIds, now }) =>
      read((driver, owners) => {
        const where = graphWhere(driver, owners, scope, now);
        if (where === undefined) return memoryIds.map(() => []);
        const names = new GraphNames(driver, where);
        return memoryIds.map((id) => findNamed(driver, where, names, id));
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
  const found = findInScope(driver, where, names, name, now);
  if (found === undefined) return null;
  const row = names.row(names.standsFor(found.number, now));
  return row === undefined ? found.shown : { id: row.id, name: row.name, type: row.type };
}

/** A name that only memories outside of the scope know is none of its own. */
function findInScope(
  driver: SqliteDriver,
  where: GraphWhere,
  names: GraphNames,
  name: string,
  now: number,
): { number: number; shown: EntityName } | undefined {
  const key = normalizeEntityName(name);
  const holder = names.findKey(key) === undefined ? names.holderOf(key, now) : undefined;
  const row = names.findKey(key) ?? (holder === undefined ? names.findId(name) : names.row(holder));
  if (row === undefined) return undefined;
  const found = driver.get(
    `SELECT EXISTS (SELECT 1 ${NAMED_IN} AND ${where.known.isKnown} AND ${where.sql}) AS found`,
    JSON.stringify([row.number]),
    ...where.parameters,
  );
  return found?.["found"] === 1
    ? { number: row.number, shown: { id: row.id, name: row.name, type: row.type } }
    : undefined;
}

function findJoining(
  driver: SqliteDriver,
  where: GraphWhere,
  [one, other]: readonly [string, string],
  predicates: readonly string[],
): string[] {
  const pair = JSON.stringify([Number(one), Number(other)]);
  return driver
    .all(
      `SELECT m.id FROM json_each(?) j CROSS JOIN relations r ON r.subject_no = j.value
         AND r.predicate IN (SELECT value FROM json_each(?)) CROSS JOIN memories m ON m.rid = r.rid
       WHERE r.object_no IN (SELECT value FROM json_each(?)) AND m.state = 'active' AND ${where.sql}`,
      pair,
      JSON.stringify(predicates),
      pair,
      ...where.parameters,
    )
    .map((row) => String(row["id"]));
}

function readMentions(driver: SqliteDriver, memoryId: string): Mention[] {
  return driver
    .all(
      `SELECT e.name, e.type FROM memories m JOIN mentions x ON x.rid = m.rid JOIN entities e ON e.entity_no = x.entity_no
       WHERE m.id = ? ORDER BY e.key`,
      memoryId,
    )
    .map((row) => ({ name: String(row["name"]), type: row["type"] as EntityType }));
}

/** Rows looked at in one statement. */
const PAGE_ROWS = 500;

function listEntities(
  driver: SqliteDriver,
  where: GraphWhere,
  query: EntityQuery,
): { entities: Entity[]; next: string | null } {
  const { search, types, limit, cursor, now } = query;
  const names = new GraphNames(driver, where);
  const counted = countedAt(query);
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
      const entity = toEntity(driver, where, names, { number, now, counted });
      if (entity.mentions > 0 && (types === undefined || types.includes(entity.type))) {
        if (found.size === limit) return { entities: [...found.values()], next: position };
        found.set(number, entity);
      }
      position = String(row["key"]);
    }
    if (rows.length < PAGE_ROWS) return { entities: [...found.values()], next: null };
  }
}

function isFirstMatch(names: GraphNames, number: number, key: string, search: string, now: number): boolean {
  return namesOf(names, number, now).every((other) => {
    const own = names.row(other)?.key ?? "";
    return own >= key || !own.includes(search);
  });
}

/** Conditions on a memory `m` whose mentions count. */
interface Counted {
  readonly sql: string;
  readonly parameters: readonly number[];
}

/** What holds now; or what was true, or known, at a moment (domain/validity.ts says the same of one record). */
function countedAt({ asOf, knownAt }: Pick<EntityQuery, "asOf" | "knownAt">): Counted {
  if (asOf === undefined && knownAt === undefined) return { sql: "m.state = 'active'", parameters: [] };
  const parts: string[] = [];
  const parameters: number[] = [];
  if (knownAt === undefined) parts.push("m.state IN ('active', 'superseded')");
  else {
    parts.push("m.state <> 'deleted' AND m.created_at <= ? AND coalesce(m.retracted_at, ?) >= ?");
    parameters.push(knownAt, knownAt, knownAt);
    // Replaced by something that was known: then another value was the current one.
    const replaced = "SELECT 1 FROM memories r WHERE r.id = m.replaced_by AND r.created_at <= ?";
    if (asOf === undefined) {
      parts.push(`NOT (m.state = 'superseded' AND EXISTS (${replaced}))`);
      parameters.push(knownAt);
    }
  }
  if (asOf !== undefined) {
    const start = "coalesce(m.valid_from, m.said_at)";
    parts.push(
      `CASE WHEN m.attribute IS NULL THEN min(${start}, m.said_at) ELSE ${start} END <= ?`,
      "(coalesce(m.valid_to, ?) >= ? OR (m.attribute IS NULL AND m.valid_from IS NOT NULL AND m.state = 'active'))",
    );
    parameters.push(asOf, asOf + 1, asOf + 1);
  }
  return { sql: parts.join(" AND "), parameters };
}

function toEntity(
  driver: SqliteDriver,
  where: GraphWhere,
  names: GraphNames,
  { number, now, counted }: { readonly number: number; readonly now: number; readonly counted: Counted },
): Entity {
  const { id, name, type } = names.row(number) as NonNullable<ReturnType<GraphNames["row"]>>;
  const same = namesOf(names, number, now);
  const count = driver.get(
    `SELECT count(*) AS n, min(m.created_at) AS created, max(m.updated_at) AS updated
     ${NAMED_IN} AND ${counted.sql} AND ${where.sql}`,
    JSON.stringify([number, ...same]),
    ...counted.parameters,
    ...where.parameters,
  );
  const aliases = same.filter((other) => other !== number).flatMap((other) => names.row(other)?.name ?? []);
  return {
    id,
    name,
    type,
    aliases,
    mentions: Number(count?.["n"]),
    createdAt: Number(count?.["created"]),
    updatedAt: Number(count?.["updated"]),
  };
}

function findNamed(driver: SqliteDriver, where: GraphWhere, names: GraphNames, memoryId: string): EntityName[] {
  const memory = driver.get(
    `SELECT m.rid, m.said_at FROM memories m WHERE m.id = ? AND ${where.known.isKnown} AND ${where.sql}`,
    memoryId,
    ...where.parameters,
  );
  if (memory === undefined) return [];
  const rows = driver.all(
    `SELECT entity_no FROM mentions WHERE rid = ?1
     UNION SELECT subject_no FROM relations WHERE rid = ?1 UNION SELECT object_no FROM relations WHERE rid = ?1
     UNION SELECT x.entity_no FROM sources s JOIN memories m ON m.rid = s.rid JOIN mentions x ON x.rid = m.rid
       WHERE s.message_rid = ?1 AND ${where.known.isKnown} AND ${where.sql}`,
    Number(memory["rid"]),
    ...where.parameters,
  );
  const numbers = rows.map((row) => names.standsFor(Number(row["entity_no"]), Number(memory["said_at"])));
  return [...new Set(numbers)].flatMap((number) => {
    const row = names.row(number);
    return row === undefined ? [] : [{ id: row.id, name: row.name, type: row.type }];
  });
}

function findUnderOtherNames(
  driver: SqliteDriver,
  where: GraphWhere,
  { names, now, limit }: { names: readonly string[]; now: number; limit: number },
): number[] {
  const known = new GraphNames(driver, where);
  const others = new Set<number>();
  for (const name of names) {
    // A role need never have been named itself: "my sister", when all that was said is who she is.
    const number = known.findKey(normalizeEntityName(name))?.number ?? known.holderOf(normalizeEntityName(name), now);
    if (number === undefined) continue;
    const head = known.standsFor(number, now);
    // The speaker is told apart from others by other means.
    if (known.row(head)?.key === "user") continue;
    const asked = known.findKey(normalizeEntityName(name))?.number;
    for (const other of [head, ...namesOf(known, head, now)]) if (other !== asked) others.add(other);
  }
  if (others.size === 0) return [];
  return driver
    .all(
      `SELECT m.rid ${NAMED_IN} AND ${where.sql}
       UNION SELECT s.message_rid FROM sources s WHERE s.rid IN (SELECT m.rid ${NAMED_IN} AND ${where.sql})
       ORDER BY 1 DESC LIMIT ?`,
      JSON.stringify([...others]),
      ...where.parameters,
      ...where.parameters,
      limit,
    )
    .map((row) => Number(row["rid"]));
}
