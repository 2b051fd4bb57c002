import type { AttributeValue, MemoryState } from "../../../domain/memory.ts";
import { FUNCTIONAL_PREDICATES } from "../../../domain/relation.ts";
import type { EntityName, Relation, RelationOrigin } from "../../../domain/relation.ts";
import { DIFFERENT } from "../../../domain/role-name.ts";
import { trueFrom, trueUntil } from "../../../domain/validity.ts";
import { invalidInput } from "../../../errors.ts";
import type { RelationPage, RelationQuery, RelationTime } from "../../../ports/graph-store.ts";
import type { Row, SqliteDriver, SqlValue } from "./driver.ts";
import type { GraphNames } from "./graph-names.ts";
import type { GraphWhere, KnownSql } from "./graph-scope.ts";
import { partitionRange } from "./read-memories.ts";

const columnsOf = ({
  state,
  validTo,
}: KnownSql): string => `r.rid, r.place, r.subject_no, r.predicate, r.object_no, r.origin,
  m.id, ${state} AS state, m.said_at, m.valid_from, ${validTo} AS valid_to, m.attribute, m.confidence`;

/** Rows looked at in one statement. */
const PAGE_ROWS = 500;

export interface RelationReader {
  readonly driver: SqliteDriver;
  readonly where: GraphWhere;
  readonly names: GraphNames;
}

export function listRelations(reader: RelationReader, query: RelationQuery): RelationPage {
  if (query.entityIds === undefined) return pageOfRelations(reader, query);
  const { names } = reader;
  const given = query.entityIds.map(Number);
  names.prepare(given);
  const numbers = given.map((number) => names.standsFor(number, query.asOf ?? query.now));
  const plain = numbers.filter((number) => names.candidates(number).length === 1);
  const together = rowsOfMany(reader, query, plain);
  const relations = new Map<string, Relation>();
  for (const number of numbers) {
    const rows = together.get(number) ?? rowsOfEntity(reader, query, number);
    for (const relation of relationsOf(reader, query, number, rows)) relations.set(relation.id, relation);
  }
  return { relations: [...relations.values()], next: null };
}

type End = "subject" | "object";

function endsOf({ end }: RelationQuery): readonly End[] {
  return end === undefined ? ["subject", "object"] : [end];
}

/** Rows of one entity at one end that are looked at: some may turn out not to hold then. */
function mostRows({ limit }: RelationQuery): number {
  return limit * 2 + 20;
}

/**
 * Rows of entities that have one name each and no more relations than are looked at: a few statements for all of them,
 * where an entity alone takes as many. Those that have more are left out.
 */
function rowsOfMany(reader: RelationReader, query: RelationQuery, numbers: readonly number[]): Map<number, Row[]> {
  const { driver, where, names } = reader;
  const ends = endsOf(query);
  const degrees = ends.map(
    (end) => `(SELECT count(*) FROM (SELECT 1 FROM relations r WHERE r.${end}_no = j.value LIMIT ?2 + 1)) <= ?2`,
  );
  const few = driver
    .arrays(
      `SELECT DISTINCT j.value FROM json_each(?1) j WHERE ${degrees.join(" AND ")}`,
      JSON.stringify(numbers),
      mostRows(query),
    )
    .map(([number]) => Number(number));
  const found = new Map<number, Row[]>(few.map((number) => [number, []]));
  const wanted = JSON.stringify(few);
  for (const end of ends) {
    for (const row of driver.all(
      `SELECT ${columnsOf(where.known)} FROM json_each(?) j CROSS JOIN relations r ON r.${end}_no = j.value${predicateSql(query)}
       CROSS JOIN memories m ON m.rid = r.rid WHERE ${stateSql(query, where)} AND ${where.sql}`,
      wanted,
      ...predicateValues(query),
      ...where.parameters,
    ))
      found.get(Number(row[`${end}_no`]))?.push(row);
  }
  names.load([...found.values()].flat().flatMap((row) => [Number(row["subject_no"]), Number(row["object_no"])]));
  return found;
}

/** Rows of an entity under all of its names, of each end the newest. */
function rowsOfEntity({ driver, where, names }: RelationReader, query: RelationQuery, number: number): Row[] {
  const wanted = JSON.stringify(names.candidates(number));
  return endsOf(query).flatMap((end) =>
    driver.all(
      `SELECT ${columnsOf(where.known)} FROM json_each(?) j CROSS JOIN relations r ON r.${end}_no = j.value${predicateSql(query)}
       CROSS JOIN memories m ON m.rid = r.rid WHERE ${stateSql(query, where)} AND ${where.sql} ORDER BY r.rid DESC LIMIT ?`,
      wanted,
      ...predicateValues(query),
      ...where.parameters,
      mostRows(query),
    ),
  );
}

/** An entity's relations, newest memory first. */
function relationsOf(reader: RelationReader, query: RelationQuery, number: number, rows: readonly Row[]): Relation[] {
  const { names } = reader;
  const found: Relation[] = [];
  const ends = endsOf(query);
  names.load(rows.flatMap((row) => [Number(row["subject_no"]), Number(row["object_no"])]));
  for (const row of rows.toSorted((left, right) => Number(right["rid"]) - Number(left["rid"]))) {
    const relation = toRelation(reader, query, row);
    if (relation === undefined || found.length >= query.limit) continue;
    const isOurs = ends.some((end) => relation[end].id === String(number));
    if (isOurs) found.push(relation);
  }
  return found;
}

function pageOfRelations(reader: RelationReader, query: RelationQuery): RelationPage {
  const { driver, where, names } = reader;
  const [first, last] = partitionRange(where.partition);
  let [rid, place] = query.cursor === undefined ? [last + 1, 0] : parseCursor(query.cursor, where.partition);
  const relations: Relation[] = [];
  for (;;) {
    const rows = driver.all(
      `SELECT ${columnsOf(where.known)} FROM relations r CROSS JOIN memories m ON m.rid = r.rid
       WHERE (r.rid, r.place) < (?, ?) AND r.rid >= ?${predicateSql(query)} AND ${stateSql(query, where)} AND ${where.sql}
       ORDER BY r.rid DESC, r.place DESC LIMIT ?`,
      rid,
      place,
      first,
      ...predicateValues(query),
      ...where.parameters,
      PAGE_ROWS,
    );
    names.load(rows.flatMap((row) => [Number(row["subject_no"]), Number(row["object_no"])]));
    for (const row of rows) {
      const relation = toRelation(reader, query, row);
      if (relation !== undefined) {
        if (relations.length === query.limit) return { relations, next: `${rid}.${place}` };
        relations.push(relation);
      }
      [rid, place] = [Number(row["rid"]), Number(row["place"])];
    }
    if (rows.length < PAGE_ROWS) return { relations, next: null };
  }
}

function parseCursor(cursor: string, partition: number): [number, number] {
  const match = /^(\d{1,16})\.(\d{1,6})$/u.exec(cursor);
  const [first, last] = partitionRange(partition);
  const rid = Number(match?.[1]);
  if (match === null || rid < first || rid > last)
    throw invalidInput(`cursor expects the "next" value of an earlier page, got "${cursor.slice(0, 40)}".`);
  return [rid, Number(match[2])];
}

function predicateSql({ predicates }: RelationQuery): string {
  return predicates === undefined ? "" : " AND r.predicate IN (SELECT value FROM json_each(?))";
}

function predicateValues({ predicates }: RelationQuery): SqlValue[] {
  return predicates === undefined ? [] : [JSON.stringify(predicates)];
}

function stateSql({ asOf, includeEnded }: RelationTime, { known }: GraphWhere): string {
  return asOf === null && !includeEnded ? known.isActive : known.isKnown;
}

/** Undefined for what does not hold at the query's time, or joins a thing with itself. */
function toRelation({ driver, where, names }: RelationReader, query: RelationQuery, row: Row): Relation | undefined {
  const predicate = String(row["predicate"]);
  // Says something about names, not about things.
  if (predicate === DIFFERENT && query.predicates === undefined) return undefined;
  const saidAt = Number(row["said_at"]);
  const subject = names.standsFor(Number(row["subject_no"]), saidAt);
  const object = names.standsFor(Number(row["object_no"]), saidAt);
  if (subject === object) return undefined;
  const dated = {
    saidAt,
    state: row["state"] as MemoryState,
    ...(row["valid_from"] === null ? {} : { validFrom: Number(row["valid_from"]) }),
    ...(row["valid_to"] === null ? {} : { validTo: Number(row["valid_to"]) }),
    ...(row["attribute"] === null ? {} : { attribute: { attribute: String(row["attribute"]) } as AttributeValue }),
  };
  const start = trueFrom(dated);
  const isFunctional = FUNCTIONAL_PREDICATES.includes(predicate);
  const next = isFunctional ? nextStart({ driver, where, names }, { subject, predicate, object, row, start }) : null;
  const stop = Math.min(trueUntil(dated), next ?? Number.POSITIVE_INFINITY);
  const { asOf, includeEnded, now } = query;
  const holds = asOf === null ? stop > now : start <= asOf && asOf < stop;
  if (!includeEnded && !holds) return undefined;
  return {
    id: `${String(row["id"])}:${Number(row["place"])}`,
    subject: nameOf(names, subject),
    predicate,
    object: nameOf(names, object),
    validFrom: start,
    validTo: Number.isFinite(stop) ? stop : null,
    confidence: Number(row["confidence"]),
    origin: row["origin"] as RelationOrigin,
    memoryId: String(row["id"]),
    state: dated.state,
  };
}

/** When the next object of a predicate that has one at a time begins. */
function nextStart(
  { driver, where, names }: RelationReader,
  of: { subject: number; predicate: string; object: number; row: Row; start: number },
): number | null {
  const found = driver.get(
    `SELECT min(coalesce(m.valid_from, m.said_at)) AS start FROM json_each(?) j
     CROSS JOIN relations r ON r.subject_no = j.value AND r.predicate = ?
     CROSS JOIN memories m ON m.rid = r.rid
     WHERE r.object_no NOT IN (SELECT value FROM json_each(?)) AND coalesce(m.valid_from, m.said_at) > ?
       AND ${where.known.isKnown} AND ${where.sql}`,
    JSON.stringify(names.group(of.subject)),
    of.predicate,
    JSON.stringify([...names.group(of.object), Number(of.row["object_no"])]),
    of.start,
    ...where.parameters,
  );
  return found === undefined || found["start"] === null ? null : Number(found["start"]);
}

function nameOf(names: GraphNames, number: number): EntityName {
  const row = names.row(number);
  return { id: String(number), name: row?.name ?? "", type: row?.type ?? "other" };
}
