import type { ReadScope } from "../domain/requests.ts";
import type { Partition } from "../ports/memory-store.ts";
import type { Engine } from "./engine.ts";

/** The partitions that a read may look into; empty ones are left out. */
export async function readPartitions(engine: Engine, scope: ReadScope): Promise<Partition[]> {
  const partitions =
    scope.userIds === "all"
      ? await engine.store.listPartitions()
      : await Promise.all(scope.userIds.map((userId) => engine.store.readPartition(userId)));
  return partitions.filter(({ version }) => version > 0);
}
