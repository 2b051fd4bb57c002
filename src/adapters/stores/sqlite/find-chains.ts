import type { AttributeValue, MemoryKind, MemoryState } from "../../../domain/memory.ts";
import type { ChainMember, MemoryReference } from "../../../ports/memory-store.ts";
import type { ReadContext } from "./read-memories.ts";
import { optional } from "./rows.ts";

/** More than these replacements are followed neither way. */
const MOST_STEPS = 40;

/** Up to what is current, then down to all that it replaced; what has no chain is left out. */
const FIND_CHAINS = `
WITH RECURSIVE
  up(start, id, next, step) AS (
    SELECT m.rid, m.id, m.replaced_by, 0 FROM json_each(?) wanted CROSS JOIN memories m ON m.rid = wanted.value
    UNION
    SELECT up.start, m.id, m.replaced_by, up.step + 1 FROM up CROSS JOIN memories m ON m.id = up.next
      WHERE up.step < ${MOST_STEPS}
  ),
  chain(start, id, step) AS (
    SELECT start, id, 0 FROM up WHERE next IS NULL OR step = ${MOST_STEPS}
    UNION
    SELECT chain.start, m.id, chain.step + 1 FROM chain CROSS JOIN memories m ON m.replaced_by = chain.id AND m.state = 'superseded'
      WHERE chain.step < ${MOST_STEPS}
  )
SELECT DISTINCT chain.start, m.rid, m.kind, m.state, m.is_verified, m.said_at, m.created_at, m.valid_from, m.valid_to,
    m.attribute_subject, m.attribute, m.attribute_value, m.attribute_cardinality
  FROM chain CROSS JOIN memories m ON m.id = chain.id
  ORDER BY chain.start, m.said_at, m.rid`;

export function findChains(
  { driver }: ReadContext,
  references: readonly MemoryReference[],
): Map<MemoryReference, ChainMember[]> {
  const chains = new Map<MemoryReference, ChainMember[]>();
  if (references.length === 0) return chains;
  for (const row of driver.all(FIND_CHAINS, JSON.stringify(references))) {
    const start = Number(row["start"]);
    const attribute: AttributeValue | null =
      row["attribute"] === null
        ? null
        : {
            subject: String(row["attribute_subject"]),
            attribute: String(row["attribute"]),
            value: String(row["attribute_value"]),
            cardinality: row["attribute_cardinality"] as AttributeValue["cardinality"],
          };
    const member: ChainMember = {
      reference: Number(row["rid"]),
      kind: row["kind"] as MemoryKind,
      state: row["state"] as MemoryState,
      isVerified: row["is_verified"] === 1,
      saidAt: Number(row["said_at"]),
      createdAt: Number(row["created_at"]),
      ...optional("validFrom", row["valid_from"] as number | null),
      ...optional("validTo", row["valid_to"] as number | null),
      ...optional("attribute", attribute),
    };
    const chain = chains.get(start);
    if (chain === undefined) chains.set(start, [member]);
    else chain.push(member);
  }
  for (const [start, chain] of chains) if (chain.length < 2) chains.delete(start);
  return chains;
}
