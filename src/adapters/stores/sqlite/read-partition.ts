import type { Partition } from "../../../ports/memory-store.ts";

/** A row of `partitions`. */
export function toPartition(row: Record<string, unknown>): Partition {
  return {
    number: Number(row["partition_no"]),
    userId: row["user_id"] as string | null,
    version: Number(row["version"]),
    patchVersion: Number(row["patch_version"]),
    textVersion: Number(row["text_version"]),
    passages: Number(row["passages"]),
  };
}
