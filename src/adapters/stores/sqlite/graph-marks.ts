import type { EntityType } from "../../../domain/entity.ts";
import type { GraphStore } from "../../../ports/graph-store.ts";
import type { MemoryReference } from "../../../ports/memory-store.ts";
import type { SqliteDriver } from "./driver.ts";

type Marks = Awaited<ReturnType<GraphStore["readMarks"]>>;

/** What memories name, those of messages through the facts that rest on them. */
export function readMarks(driver: SqliteDriver, references: readonly MemoryReference[]): Marks {
  const wanted = JSON.stringify(references);
  const rows = driver.arrays(
    `SELECT n.memory, n.entity_no, e.type FROM (
       SELECT j.value AS memory, x.entity_no FROM json_each(?1) j CROSS JOIN mentions x ON x.rid = j.value
       UNION SELECT j.value, r.subject_no FROM json_each(?1) j CROSS JOIN relations r ON r.rid = j.value
       UNION SELECT j.value, r.object_no FROM json_each(?1) j CROSS JOIN relations r ON r.rid = j.value
       UNION SELECT j.value, x.entity_no FROM json_each(?1) j CROSS JOIN sources s ON s.message_rid = j.value
         CROSS JOIN memories m ON m.rid = s.rid AND m.state <> 'deleted' CROSS JOIN mentions x ON x.rid = s.rid
       UNION SELECT j.value, r.object_no FROM json_each(?1) j CROSS JOIN sources s ON s.message_rid = j.value
         CROSS JOIN memories m ON m.rid = s.rid AND m.state <> 'deleted' CROSS JOIN relations r ON r.rid = s.rid) n
     CROSS JOIN entities e ON e.entity_no = n.entity_no`,
    wanted,
  );
  const marks = rows.map(([memory, entity, type]) => ({
    memory: Number(memory),
    entity: Number(entity),
    type: type as EntityType,
  }));
  const entities = JSON.stringify([...new Set(marks.map(({ entity }) => entity))]);
  const relations = driver
    .arrays(
      `SELECT DISTINCT r.subject_no, r.object_no FROM json_each(?1) j CROSS JOIN relations r ON r.subject_no = j.value
       CROSS JOIN memories m ON m.rid = r.rid WHERE m.state = 'active' AND r.object_no IN (SELECT value FROM json_each(?1)) LIMIT 2000`,
      entities,
    )
    .map(([left, right]): [number, number] => [Number(left), Number(right)]);
  return { marks, relations };
}
