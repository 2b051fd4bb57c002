import { MemoryError } from "../../../errors.ts";
import type { SqliteDriver } from "./driver.ts";

/** What patterns rest on. Apart from sources: a pattern stands for no part of a message. */
export const EVIDENCE_SCHEMA = `
CREATE TABLE IF NOT EXISTS pattern_evidence(
  rid INTEGER NOT NULL, evidence_rid INTEGER NOT NULL, PRIMARY KEY(rid, evidence_rid)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS pattern_evidence_of ON pattern_evidence(evidence_rid);
CREATE INDEX IF NOT EXISTS memories_conflicts ON memories(partition_no) WHERE conflicts_with IS NOT NULL;
`;

/** Sets what a pattern rests on, in place of what it rested on before. The caller holds the write transaction. */
export function writeEvidence(driver: SqliteDriver, patternId: string, evidenceIds: readonly string[]): void {
  driver.run("DELETE FROM pattern_evidence WHERE rid = (SELECT rid FROM memories WHERE id = ?)", patternId);
  const ids = JSON.stringify([...new Set(evidenceIds)]);
  driver.run(
    `INSERT INTO pattern_evidence(rid, evidence_rid)
     SELECT p.rid, m.rid FROM memories p, json_each(?) wanted JOIN memories m ON m.id = wanted.value
     WHERE p.id = ? AND m.partition_no = p.partition_no`,
    ids,
    patternId,
  );
  const { count } = driver.get(
    "SELECT count(*) AS count FROM pattern_evidence WHERE rid = (SELECT rid FROM memories WHERE id = ?)",
    patternId,
  ) as { count: number };
  if (Number(count) < new Set(evidenceIds).size)
    throw new MemoryError("store_failed", `Something that the pattern ${patternId} rests on is not stored.`);
}

/** Takes a purged memory out of the evidence; returns the ids of patterns that told of it. */
export function purgeEvidence(driver: SqliteDriver, rid: number): string[] {
  const patterns = driver
    .all("SELECT m.id FROM pattern_evidence e JOIN memories m ON m.rid = e.rid WHERE e.evidence_rid = ?", rid)
    .map(({ id }) => String(id));
  driver.run("DELETE FROM pattern_evidence WHERE rid = ? OR evidence_rid = ?", rid, rid);
  return patterns;
}
