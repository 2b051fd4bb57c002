import type { EntityType } from "../../../domain/entity.ts";
import type { MemoryKind } from "../../../domain/memory.ts";
import type { UnrelatedFact, UnrelatedFacts } from "../../../ports/unrelated-facts.ts";
import type { SqliteDriver } from "./driver.ts";
import type { StoreAccess } from "./store-access.ts";
import { insertGraph } from "./write-graph.ts";

/** Rows that one read looks at: a few milliseconds. */
const STRETCH = 2_000;

const IS_UNRELATED =
  "m.kind <> 'message' AND m.attribute IS NOT NULL AND NOT EXISTS (SELECT 1 FROM relations r WHERE r.rid = m.rid)";

/** Facts without relations, from the store's own file. */
export function createUnrelatedFacts({ read, write }: StoreAccess, now: () => number): UnrelatedFacts {
  return {
    read: (after) => read((driver) => readStretch(driver, after)),
    relate: async (facts) => {
      if (facts.length === 0) return;
      await write((driver) => {
        const partitions = new Set<number>();
        for (const { reference, text, relations } of facts) {
          const row = driver.get(
            `SELECT m.partition_no FROM memories m WHERE m.rid = ? AND m.text = ? AND ${IS_UNRELATED}`,
            reference,
            text,
          );
          if (row === undefined) continue;
          const partition = Number(row["partition_no"]);
          insertGraph({ driver, partition, rid: reference, at: now() }, [], relations);
          partitions.add(partition);
        }
        for (const partition of partitions)
          driver.run("UPDATE partitions SET version = version + 1 WHERE partition_no = ?", partition);
      });
    },
  };
}

function readStretch(driver: SqliteDriver, after: number): { facts: UnrelatedFact[]; next: number | null } {
  const last = driver.get(
    "SELECT max(rid) AS last, count(*) AS count FROM (SELECT rid FROM memories WHERE rid > ? ORDER BY rid LIMIT ?)",
    after,
    STRETCH,
  );
  if (Number(last?.["count"]) === 0) return { facts: [], next: null };
  const end = Number(last?.["last"]);
  const rows = driver.all(
    `SELECT m.rid, m.id, m.kind, m.text, m.attribute_subject, m.attribute, m.attribute_value, m.attribute_cardinality
       FROM memories m WHERE m.rid > ? AND m.rid <= ? AND ${IS_UNRELATED} ORDER BY m.rid`,
    after,
    end,
  );
  const facts = rows.map((row): UnrelatedFact => ({
    reference: Number(row["rid"]),
    id: String(row["id"]),
    kind: row["kind"] as MemoryKind,
    text: String(row["text"]),
    attribute: {
      subject: String(row["attribute_subject"]),
      attribute: String(row["attribute"]),
      value: String(row["attribute_value"]),
      cardinality: row["attribute_cardinality"] as "single" | "multiple",
    },
    mentions: driver
      .all(
        "SELECT e.name, e.type FROM mentions x JOIN entities e ON e.entity_no = x.entity_no WHERE x.rid = ?",
        Number(row["rid"]),
      )
      .map((mention) => ({ name: String(mention["name"]), type: mention["type"] as EntityType })),
  }));
  return { facts, next: end };
}
