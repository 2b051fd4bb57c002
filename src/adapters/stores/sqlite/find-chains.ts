import type { AttributeValue, MemoryKind, MemoryState } from "../../../domain/memory.ts";
import type { ChainMember, MemoryReference } from "../../../ports/memory-store.ts";
import type { Row } from "./driver.ts";
import type { ReadContext } from "./read-memories.ts";
import { optional } from "./rows.ts";

/** More than these replacements are followed neither way. */
const MOST_STEPS = 40;

const COLUMNS = `m.kind, m.state, m.is_verified, m.said_at, m.created_at, m.valid_from, m.valid_to,
  m.attribute_subject, m.attribute, m.attribute_value, m.attribute_cardinality`;

/**
 * Up to what is current, then down to all that it replaced; what has no chain is left out. A step carries the columns
 * of its row along, so that no row is looked for twice: slots are changed thousands of times. What comes twice, which
 * only a chain that ends in itself gives, is dropped where the rows are read.
 */
const FIND_CHAINS = `
WITH RECURSIVE
  up(start, rid, next, step) AS (
    SELECT m.rid, m.rid, m.replaced_by, 0 FROM json_each(?) wanted CROSS JOIN memories m ON m.rid = wanted.value
    UNION ALL
    SELECT up.start, m.rid, m.replaced_by, up.step + 1 FROM up CROSS JOIN memories m ON m.id = up.next
      WHERE up.step < ${MOST_STEPS}
  ),
  chain(start, step, id, rid, kind, state, is_verified, said_at, created_at, valid_from, valid_to,
      subject, attribute, value, cardinality) AS (
    SELECT up.start, 0, m.id, m.rid, ${COLUMNS} FROM up CROSS JOIN memories m ON m.rid = up.rid
      WHERE up.next IS NULL OR up.step = ${MOST_STEPS}
    UNION ALL
    SELECT chain.start, chain.step + 1, m.id, m.rid, ${COLUMNS}
      FROM chain CROSS JOIN memories m ON m.replaced_by = chain.id AND m.state = 'superseded'
      WHERE chain.step < ${MOST_STEPS}
  )
SELECT start, rid, kind, state, is_verified, said_at, created_at, valid_from, valid_to,
    subject, attribute, value, cardinality FROM chain`;

export function findChains(
  { driver }: Pick<ReadContext, "driver">,
  references: readonly MemoryReference[],
): Map<MemoryReference, ChainMember[]> {
  const members = new Map<MemoryReference, Map<MemoryReference, ChainMember>>();
  const chains = new Map<MemoryReference, ChainMember[]>();
  if (references.length === 0) return chains;
  for (const row of driver.arrays(FIND_CHAINS, JSON.stringify(references))) {
    const start = Number(row[0]);
    const member = toMember(row);
    const known = members.get(start);
    if (known === undefined) members.set(start, new Map([[member.reference, member]]));
    else known.set(member.reference, member);
  }
  for (const start of [...members.keys()].toSorted((left, right) => left - right)) {
    const chain = [...(members.get(start) as Map<MemoryReference, ChainMember>).values()];
    if (chain.length < 2) continue;
    chains.set(
      start,
      chain.toSorted((left, right) => left.saidAt - right.saidAt || left.reference - right.reference),
    );
  }
  return chains;
}

/** A row of `FIND_CHAINS`. */
function toMember(row: readonly Row[string][]): ChainMember {
  const attribute: AttributeValue | null =
    row[10] === null
      ? null
      : {
          subject: String(row[9]),
          attribute: String(row[10]),
          value: String(row[11]),
          cardinality: row[12] as AttributeValue["cardinality"],
        };
  return {
    reference: Number(row[1]),
    kind: row[2] as MemoryKind,
    state: row[3] as MemoryState,
    isVerified: row[4] === 1,
    saidAt: Number(row[5]),
    createdAt: Number(row[6]),
    ...optional("validFrom", row[7] as number | null),
    ...optional("validTo", row[8] as number | null),
    ...optional("attribute", attribute),
  };
}
