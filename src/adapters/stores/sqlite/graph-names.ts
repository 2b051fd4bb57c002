import { spansOfName } from "../../../domain/entity.ts";
import type { EntityType } from "../../../domain/entity.ts";
import type { EntityName } from "../../../domain/relation.ts";
import { DIFFERENT, NAMING_PREDICATES, parseRoleName } from "../../../domain/role-name.ts";
import type { Row, SqliteDriver } from "./driver.ts";
import type { GraphWhere } from "./graph-scope.ts";

export interface EntityRow extends EntityName {
  readonly number: number;
  readonly key: string;
}

/** Roles of roles of …: "user's sister's partner" is as deep as people speak. */
const MOST_ROLES = 3;
/** Of more owners than this only the names are followed, not what they are to others. */
const FEW_OWNERS = 4;
/** Of more roles than this not all are known beforehand, and each entity is looked at. */
const FEW_ROLES = 200;
/** Names that one thing may have: more is a mistake that must not make a read slow. */
const MOST_NAMES = 64;

const ENTITY_COLUMNS = "e.entity_no, e.key, e.name, e.type";
const IN_LIST = NAMING_PREDICATES.map((name) => `'${name}'`).join(", ");

/**
 * Which names stand for one thing, within a scope: what a memory of it says is a name of the same ("people call me
 * Kit"), and who is meant by what they are to somebody ("my sister") as far as memories say who that is. Worked out
 * when it is read, so that it follows what becomes of those memories. Lives as long as one call.
 */
export class GraphNames {
  readonly #driver: SqliteDriver;
  readonly #where: GraphWhere;
  readonly #rows = new Map<number, EntityRow | null>();
  readonly #linked = new Map<number, readonly number[]>();
  readonly #groups = new Map<number, readonly number[]>();
  readonly #candidates = new Map<number, readonly number[]>();
  /** Entities of which it was looked up that nobody has them in a role. */
  readonly #inNoRole = new Set<number>();
  #rolePredicates: readonly string[] | "many" | undefined;

  constructor(driver: SqliteDriver, where: GraphWhere) {
    this.#driver = driver;
    this.#where = where;
  }

  /** Reads entities and what joins them in few statements; the rest of the class then asks for nothing of them. */
  load(numbers: Iterable<number>): void {
    const unknown = [...new Set(numbers)].filter((number) => !this.#rows.has(number));
    if (unknown.length > 0) {
      const wanted = JSON.stringify(unknown);
      for (const number of unknown) this.#rows.set(number, null);
      for (const row of this.#driver.all(
        `SELECT ${ENTITY_COLUMNS} FROM json_each(?) j CROSS JOIN entities e ON e.entity_no = j.value`,
        wanted,
      ))
        this.#keep(row);
    }
    const unlinked = [...new Set(numbers)].filter((number) => !this.#linked.has(number));
    if (unlinked.length === 0) return;
    const links = new Map<number, Set<number>>(unlinked.map((number) => [number, new Set()]));
    const { sql, parameters, known } = this.#where;
    const select = (from: string, to: string): Row[] =>
      this.#driver.all(
        `SELECT r.${from} AS one, r.${to} AS other, r.predicate FROM json_each(?) j
         CROSS JOIN relations r ON r.${from} = j.value AND r.predicate IN (${IN_LIST}, '${DIFFERENT}')
         CROSS JOIN memories m ON m.rid = r.rid WHERE ${known.isKnown} AND ${sql}
           AND (${known.isActive} OR r.predicate = 'name')`,
        JSON.stringify(unlinked),
        ...parameters,
      );
    const rows = [...select("subject_no", "object_no"), ...select("object_no", "subject_no")];
    const isSplit = new Set(
      rows.filter(({ predicate }) => predicate === DIFFERENT).map(({ one, other }) => `${one} ${other}`),
    );
    for (const { one, other, predicate } of rows) {
      if (predicate === DIFFERENT || isSplit.has(`${one} ${other}`)) continue;
      links.get(Number(one))?.add(Number(other));
    }
    for (const [number, others] of links) this.#linked.set(number, [...others]);
  }

  row(number: number): EntityRow | undefined {
    if (!this.#rows.has(number)) this.load([number]);
    return this.#rows.get(number) ?? undefined;
  }

  findKey(key: string): EntityRow | undefined {
    const row = this.#driver.get(
      `SELECT ${ENTITY_COLUMNS} FROM entities e WHERE e.partition_no = ? AND e.key = ?`,
      this.#where.partition,
      key,
    );
    return row === undefined ? undefined : this.#keep(row);
  }

  /** The entity with that id, in the scope's partition. */
  findId(id: string): EntityRow | undefined {
    if (!/^\d{1,15}$/u.test(id)) return undefined;
    const row = this.#driver.get(
      `SELECT ${ENTITY_COLUMNS} FROM entities e WHERE e.partition_no = ? AND e.entity_no = ?`,
      this.#where.partition,
      Number(id),
    );
    return row === undefined ? undefined : this.#keep(row);
  }

  /** All names of the same thing that memories say are, itself first. Roles are no names. */
  group(number: number): readonly number[] {
    const known = this.#groups.get(number);
    if (known !== undefined) return known;
    const found = [number];
    for (let index = 0; index < found.length && found.length < MOST_NAMES; index += 1) {
      this.load([found[index] as number]);
      for (const other of this.#linked.get(found[index] as number) ?? []) if (!found.includes(other)) found.push(other);
    }
    this.#groups.set(number, found);
    return found;
  }

  /** The entity that stands for the name at a moment: of several names the one that the others are said to be names of. */
  standsFor(number: number, at: number, depth = 0): number {
    const row = this.row(number);
    const role = row === undefined ? undefined : parseRoleName(row.key);
    if (role !== undefined && depth < MOST_ROLES) {
      const owner = this.findKey(role.owner);
      const holder = owner === undefined ? undefined : this.#holder(owner.number, role.predicate, at, depth);
      const isOther = holder !== undefined && holder !== number && !this.#areSplit(number, holder);
      if (isOther) return this.standsFor(holder, at, depth + 1);
    }
    const group = this.group(number);
    return group.length === 1 ? number : this.#head(group);
  }

  /** Who has a role that no memory has named by itself: "my sister" where all that was said is that Anna is one. */
  holderOf(key: string, at: number): number | undefined {
    const role = parseRoleName(key);
    if (role === undefined) return undefined;
    const owner = this.findKey(role.owner)?.number ?? this.holderOf(role.owner, at);
    return owner === undefined ? undefined : this.#holder(owner, role.predicate, at, 0);
  }

  /** Every entity that may stand for the same thing at some time: its names, and the roles that it had. */
  candidates(number: number, depth = 0): readonly number[] {
    const known = this.#candidates.get(number);
    if (known !== undefined) return known;
    const own = this.group(number);
    if (!this.#mayHaveRole(own)) {
      if (depth === 0) this.#candidates.set(number, own);
      return own;
    }
    const found = new Set(own);
    const predicates = new Map<number, Set<string>>();
    for (const { subject_no: owner, predicate } of this.#driver.all(
      `SELECT DISTINCT r.subject_no, r.predicate FROM json_each(?) j CROSS JOIN relations r ON r.object_no = j.value
       CROSS JOIN memories m ON m.rid = r.rid WHERE ${this.#where.known.isKnown} AND ${this.#where.sql} LIMIT 500`,
      JSON.stringify(own),
      ...this.#where.parameters,
    )) {
      const held = predicates.get(Number(owner)) ?? new Set();
      predicates.set(Number(owner), held.add(String(predicate)));
    }
    this.load([...predicates.keys()]);
    // Whoever has very many ties is no aunt's neighbour's cousin.
    const isFew = predicates.size <= FEW_OWNERS && depth < MOST_ROLES - 1;
    const owners = new Map<string, Set<string>>();
    for (const [owner, held] of predicates) {
      for (const name of isFew ? this.candidates(owner, depth + 1) : this.group(owner)) {
        const key = this.row(name)?.key;
        if (key !== undefined) owners.set(key, new Set([...(owners.get(key) ?? []), ...held]));
      }
    }
    for (const { number: role, owner, predicate } of this.#rolesOf([...owners.keys()]))
      if (owners.get(owner)?.has(predicate) === true) found.add(role);
    const all = [...found];
    if (depth === 0) this.#candidates.set(number, all);
    return all;
  }

  /** Looks up for many entities at once what `candidates` would ask for each. */
  prepare(numbers: readonly number[]): void {
    this.load(numbers);
    this.#noteRoles(numbers);
  }

  /** False where no memory says of any of the names what a role says: most things are nobody's anything. */
  #mayHaveRole(names: readonly number[]): boolean {
    this.#noteRoles(names);
    return names.some((name) => !this.#inNoRole.has(name));
  }

  #noteRoles(numbers: readonly number[]): void {
    const unknown = numbers.filter((number) => !this.#inNoRole.has(number));
    if (unknown.length === 0) return;
    this.#rolePredicates ??= this.#readRolePredicates();
    if (this.#rolePredicates === "many") return;
    const held =
      this.#rolePredicates.length === 0
        ? []
        : this.#driver.arrays(
            `SELECT DISTINCT r.object_no FROM json_each(?) j CROSS JOIN json_each(?) p
             CROSS JOIN relations r ON r.object_no = j.value AND r.predicate = p.value`,
            JSON.stringify(unknown),
            JSON.stringify(this.#rolePredicates),
          );
    const inRole = new Set(held.map(([number]) => Number(number)));
    for (const number of unknown) if (!inRole.has(number)) this.#inNoRole.add(number);
  }

  /** What the partition's roles are called. */
  #readRolePredicates(): readonly string[] | "many" {
    const rows = this.#driver.arrays(
      "SELECT key FROM entities WHERE partition_no = ? AND instr(key, '''s ') > 0 LIMIT ?",
      this.#where.partition,
      FEW_ROLES + 1,
    );
    if (rows.length > FEW_ROLES) return "many";
    return [...new Set(rows.flatMap(([key]) => parseRoleName(String(key))?.predicate ?? []))];
  }

  /** Entities that are named by what they are to one of the owners: their keys begin with the owner's and "'s ". */
  #rolesOf(owners: readonly string[]): { number: number; owner: string; predicate: string }[] {
    if (owners.length === 0) return [];
    return this.#driver
      .all(
        `SELECT ${ENTITY_COLUMNS} FROM json_each(?) j CROSS JOIN entities e
         ON e.partition_no = ? AND e.key >= j.value || '''s ' AND e.key < j.value || '''s!' LIMIT 500`,
        JSON.stringify(owners),
        this.#where.partition,
      )
      .flatMap((row) => {
        const kept = this.#keep(row);
        const role = parseRoleName(kept.key);
        return role === undefined ? [] : [{ number: kept.number, ...role }];
      });
  }

  /** Who has a role at a moment. Two sisters are not told apart. */
  #holder(owner: number, predicate: string, at: number, depth: number): number | undefined {
    const head = this.standsFor(owner, at, depth + 1);
    const rows = [...new Set([...this.group(head), owner])].flatMap((name) =>
      this.#driver.all(
        `SELECT r.object_no, coalesce(m.valid_from, m.said_at) AS start, ${this.#where.known.validTo} AS stop
         FROM relations r JOIN memories m ON m.rid = r.rid
         WHERE r.subject_no = ? AND (r.predicate = ? OR m.attribute = ?) AND ${this.#where.known.isKnown} AND ${this.#where.sql}`,
        name,
        predicate,
        `pet:${predicate}`,
        ...this.#where.parameters,
      ),
    );
    const spans = rows.map((row) => ({
      head: this.#head(this.group(Number(row["object_no"]))),
      start: Number(row["start"]),
      stop: row["stop"] === null ? Number.POSITIVE_INFINITY : Number(row["stop"]),
    }));
    const heads = (held: typeof spans): Set<number> => new Set(held.map((span) => span.head));
    const then = heads(spans.filter(({ start, stop }) => start <= at && at < stop));
    if (then.size > 0) return onlyOne(then);
    // Spoken of before it was said who that is: the first one, unless others had the role beside it.
    const [first, ...later] = spans
      .filter(({ start }) => start > at)
      .toSorted((left, right) => left.start - right.start);
    if (first === undefined) return onlyOne(heads(spans));
    return later.every((other) => other.head === first.head || other.start >= first.stop) ? first.head : undefined;
  }

  /** Whether a memory says that the two are different things. */
  #areSplit(one: number, other: number): boolean {
    const found = this.#driver.get(
      `SELECT 1 AS found FROM relations r JOIN memories m ON m.rid = r.rid
       WHERE r.predicate = '${DIFFERENT}' AND ((r.subject_no = ?1 AND r.object_no = ?2) OR (r.subject_no = ?2 AND r.object_no = ?1))
         AND ${this.#where.known.isActive} LIMIT 1`,
      one,
      other,
    );
    return found !== undefined;
  }

  /** What is never the name of another comes first, then the oldest. */
  #head(group: readonly number[]): number {
    if (group.length === 1) return group[0] as number;
    const { sql, parameters, known } = this.#where;
    const wanted = JSON.stringify(group);
    // "Kit" is the name of the user, "Bob" the same as Robert: the name is the object of one, the subject of the other.
    const names = new Set(
      this.#driver
        .all(
          `SELECT CASE r.predicate WHEN 'name' THEN r.object_no ELSE r.subject_no END AS entity_no FROM json_each(?) j
           CROSS JOIN relations r ON r.subject_no = j.value AND r.predicate IN (${IN_LIST})
           CROSS JOIN memories m ON m.rid = r.rid WHERE ${known.isKnown} AND ${sql}`,
          wanted,
          ...parameters,
        )
        .map((row) => Number(row["entity_no"])),
    );
    const heads = group.filter((number) => !names.has(number));
    return Math.min(...(heads.length === 0 ? group : heads));
  }

  /** How the first of the scope's memories writes a name. */
  #spelling(number: number, key: string): string | undefined {
    const rows = this.#driver.all(
      `SELECT m.text FROM memories m WHERE m.rid IN (
         SELECT rid FROM mentions WHERE entity_no = ?1
         UNION SELECT rid FROM relations WHERE subject_no = ?1 UNION SELECT rid FROM relations WHERE object_no = ?1)
       AND ${this.#where.known.isKnown} AND ${this.#where.sql} ORDER BY m.rid LIMIT ${FIRST_FEW}`,
      number,
      ...this.#where.parameters,
    );
    for (const row of rows) {
      const text = String(row["text"]);
      const [span] = spansOfName(text, key, 1);
      if (span !== undefined) return text.slice(span.start, span.end);
    }
    return undefined;
  }

  #keep(row: Row): EntityRow {
    const number = Number(row["entity_no"]);
    const key = String(row["key"]);
    let name = this.#where.isNarrow ? undefined : String(row["name"]);
    const spell = (): string => this.#spelling(number, key) ?? String(row["name"]);
    const kept: EntityRow = {
      number,
      id: String(number),
      key,
      /** As the scope's own memories spell it first; looked up when it is shown. */
      get name() {
        name ??= spell();
        return name;
      },
      type: row["type"] as EntityType,
    };
    this.#rows.set(kept.number, kept);
    return kept;
  }
}

/** Memories that are looked through for a spelling: the first ones mostly have it. */
const FIRST_FEW = 5;

function onlyOne(numbers: ReadonlySet<number>): number | undefined {
  const [only] = numbers;
  return numbers.size === 1 ? only : undefined;
}
