import type { GraphScope } from "../../../ports/graph-store.ts";
import type { SqliteDriver, SqlValue } from "./driver.ts";
import type { Owners } from "./rows.ts";

/** A scope as conditions on the memories that a read of the graph rests on. */
export interface GraphWhere {
  readonly partition: number;
  /** On the memory `m`: its owners, and that it is verified and not expired. */
  readonly sql: string;
  readonly parameters: readonly SqlValue[];
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
  for (const type of ["agent", "app", "run"] as const) {
    const id = scope[`${type}Id`];
    if (id === undefined) continue;
    const number = owners.find(type, id);
    if (number === null) return undefined;
    parts.push(`m.${type}_no = ?`);
    parameters.push(number);
  }
  return { partition, sql: parts.join(" AND "), parameters };
}
