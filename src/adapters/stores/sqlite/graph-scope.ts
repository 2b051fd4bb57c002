import type { GraphScope } from "../../../ports/graph-store.ts";
import type { SqliteDriver, SqlValue } from "./driver.ts";
import type { Owners } from "./rows.ts";

/** A scope as conditions on the memories that a read of the graph rests on. */
export interface GraphWhere {
  readonly partition: number;
  /** On the memory `m`: its owners, and that it is verified and not expired. */
  readonly sql: string;
  readonly parameters: readonly SqlValue[];
  readonly known: KnownSql;
  /** Some of the user's memories are left out: an agent, an app, a run or a moment is asked for. */
  readonly isNarrow: boolean;
}

/** What of a memory `m` was known at the scope's moment: expressions without parameters. */
export interface KnownSql {
  /** It is known: current, or true once. */
  readonly isKnown: string;
  /** It is the current value. */
  readonly isActive: string;
  /** Its state, and the end of its time. */
  readonly state: string;
  readonly validTo: string;
}

const NOW: KnownSql = {
  isKnown: "m.state IN ('active', 'superseded') AND m.retracted_at IS NULL",
  isActive: "m.state = 'active'",
  state: "m.state",
  validTo: "m.valid_to",
};

/** As operations/known-view.ts says it of one record: what was deleted since stays deleted. */
function knownSql(knownAt: number | undefined): KnownSql {
  if (knownAt === undefined) return NOW;
  const at = Math.trunc(knownAt);
  const replacedLater = `(m.state = 'superseded' AND m.replaced_by IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM memories later WHERE later.id = m.replaced_by AND later.created_at <= ${at}))`;
  const isKnown = `(m.state <> 'deleted' AND m.created_at <= ${at} AND (m.retracted_at IS NULL OR m.retracted_at > ${at}))`;
  const state = `CASE WHEN m.state = 'merged' OR ${replacedLater} THEN 'active' ELSE m.state END`;
  return {
    isKnown,
    isActive: `(${isKnown} AND ${state} = 'active')`,
    state,
    validTo: `CASE WHEN ${replacedLater} THEN NULL ELSE m.valid_to END`,
  };
}

/** Undefined for a scope in which nothing is stored. */
export function graphWhere(
  driver: SqliteDriver,
  owners: Owners,
  scope: GraphScope,
  now: number,
): GraphWhere | undefined {
  owners.refresh();
  const row = driver.get("SELECT partition_no FROM partitions WHERE coalesce(user_id, '') = ?", scope.userId ?? "");
  if (row === undefined) return undefined;
  const partition = Number(row["partition_no"]);
  // Numbers of entities come from callers: what is another user's must not be found by them.
  const parts = [
    `m.partition_no = ${partition}`,
    "m.is_verified = 1",
    "(m.expiration_date IS NULL OR m.expiration_date >= ?)",
  ];
  const parameters: SqlValue[] = [new Date(now).toISOString().slice(0, 10)];
  let isNarrow = scope.knownAt !== undefined;
  for (const type of ["agent", "app", "run"] as const) {
    const id = scope[`${type}Id`];
    if (id === undefined) continue;
    const number = owners.find(type, id);
    if (number === null) return undefined;
    isNarrow = true;
    parts.push(`m.${type}_no = ?`);
    parameters.push(number);
  }
  return { partition, sql: parts.join(" AND "), parameters, known: knownSql(scope.knownAt), isNarrow };
}
