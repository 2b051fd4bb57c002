import type { SlotIndex } from "../../../ports/slot-index.ts";
import type { StoreAccess } from "./store-access.ts";

/** Both halves go through the index of slots; one condition with OR would read every fact of the user. */
const OF_SLOT = (condition: string): string =>
  `SELECT rid, said_at FROM memories WHERE partition_no = ?1 AND attribute IS NOT NULL AND ${condition}`;

/**
 * A slot may have been changed thousands of times: what it ever held is sorted from the index alone, and rows are read
 * from the newest on until enough of them serve. The inner limit, of none, keeps the order for the reading.
 * A qualifier comes after a colon, and ";" is the sign after it.
 */
const SELECT = `
  SELECT p.passage_no FROM (
    SELECT m.rid FROM (
      SELECT rid FROM (${OF_SLOT("attribute = ?2")} UNION ALL ${OF_SLOT("attribute >= ?2 || ':' AND attribute < ?2 || ';'")})
      ORDER BY said_at DESC, rid DESC LIMIT -1) held CROSS JOIN memories m ON m.rid = held.rid
    WHERE m.state IN ('active', 'superseded') AND m.is_verified = 1 LIMIT ?3) m CROSS JOIN passages p ON p.rid = m.rid`;

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
