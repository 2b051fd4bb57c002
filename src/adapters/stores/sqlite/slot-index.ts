import type { SlotIndex } from "../../../ports/slot-index.ts";
import type { StoreAccess } from "./store-access.ts";

/** Both halves go through the index of slots; one condition with OR would read every fact of the user. */
const FILLING = (condition: string): string =>
  `SELECT rid, said_at FROM memories WHERE partition_no = ?1 AND attribute IS NOT NULL AND ${condition}
     AND state IN ('active', 'superseded') AND is_verified = 1`;

// A qualifier comes after a colon, and ";" is the sign after it.
const SELECT = `
  SELECT p.passage_no FROM (
    SELECT rid FROM (${FILLING("attribute = ?2")} UNION ALL ${FILLING("attribute >= ?2 || ':' AND attribute < ?2 || ';'")})
    ORDER BY said_at DESC, rid DESC LIMIT ?3) m JOIN passages p ON p.rid = m.rid`;

/** Facts by slot, over the index that reconciling uses. */
export function createSlotIndex({ read }: StoreAccess): SlotIndex {
  return {
    findFilling: (partition, attributes, limit) =>
      read((driver) =>
        attributes.flatMap((attribute) =>
          driver.all(SELECT, partition.number, attribute, limit).map((row) => Number(row["passage_no"])),
        ),
      ),
  };
}
