import type { CheckMark } from "../../../domain/check-mark.ts";
import type { MemoryChanges } from "../../../ports/memory-store.ts";
import type { Row, SqliteDriver } from "./driver.ts";

/** Memories whose ground has changed, by what changed: places without words. */
export const CHECK_SCHEMA = `
CREATE TABLE IF NOT EXISTS check_marks(
  rid INTEGER NOT NULL, cause_rid INTEGER NOT NULL, change TEXT NOT NULL, at INTEGER NOT NULL,
  PRIMARY KEY(rid, cause_rid)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS check_marks_cause ON check_marks(cause_rid);
`;

/** What a patch does to marks: its own go with a new text or a confirmation, and what rests on it is marked. */
export function markDependents(driver: SqliteDriver, row: Row, changes: MemoryChanges, at: number): void {
  const rid = Number(row["rid"]);
  const hasNewText = changes.text !== undefined && changes.text !== row["text"];
  if (hasNewText || changes.isConfirmed === true || (changes.state !== undefined && changes.state !== "active"))
    driver.run("DELETE FROM check_marks WHERE rid = ?", rid);
  // What holds again is no reason any more.
  if (changes.state === "active") driver.run("DELETE FROM check_marks WHERE cause_rid = ?", rid);
  const change = changeOf(row, changes, hasNewText);
  if (change === undefined) return;
  for (const dependent of dependentsOf(driver, row, changes.replacedBy ?? null))
    driver.run(
      "INSERT OR REPLACE INTO check_marks(rid, cause_rid, change, at) VALUES(?, ?, ?, ?)",
      dependent,
      rid,
      change,
      at,
    );
}

function changeOf(row: Row, changes: MemoryChanges, hasNewText: boolean): CheckMark["change"] | undefined {
  if (row["state"] !== "active") return undefined;
  if (changes.state === "superseded" || changes.state === "deleted") return changes.state;
  return hasNewText ? "updated" : undefined;
}

/**
 * Active memories that rest on this one: patterns that name it as evidence; and what was said in the same sentence of
 * a message, is about another slot or none, and names the value that this one gave to its slot.
 */
function dependentsOf(driver: SqliteDriver, row: Row, successor: string | null): number[] {
  const rid = Number(row["rid"]);
  const found = driver
    .all(
      `SELECT m.rid FROM pattern_evidence e CROSS JOIN memories m ON m.rid = e.rid
       WHERE e.evidence_rid = ? AND m.state = 'active' AND m.id IS NOT ?`,
      rid,
      successor,
    )
    .map((dependent) => Number(dependent["rid"]));
  const value = row["attribute_value"];
  if (typeof value !== "string" || value === "") return found;
  const citing = driver.all(
    `SELECT m.rid, m.text, own.message_rid, own.spans AS own_spans, other.spans AS other_spans
     FROM sources own CROSS JOIN sources other ON other.message_rid = own.message_rid AND other.rid <> own.rid
     CROSS JOIN memories m ON m.rid = other.rid
     WHERE own.rid = ? AND m.state = 'active' AND m.kind <> 'message' AND m.id IS NOT ?
       AND (m.attribute IS NOT ? OR m.attribute_subject IS NOT ?)`,
    rid,
    successor,
    row["attribute"] as string,
    row["attribute_subject"] as string,
  );
  const said = textsOf(driver);
  for (const other of citing)
    if (
      namesValue(String(other["text"]), value) &&
      isOneSentence(() => said(Number(other["message_rid"])), other["own_spans"], other["other_spans"])
    )
      found.push(Number(other["rid"]));
  return [...new Set(found)];
}

/** The texts of messages, each read once and only when it is asked for: some are a megabyte. */
function textsOf(driver: SqliteDriver): (rid: number) => string {
  const known = new Map<number, string>();
  return (rid) => {
    const text = known.get(rid) ?? String(driver.get("SELECT text FROM memories WHERE rid = ?", rid)?.["text"] ?? "");
    known.set(rid, text);
    return text;
  };
}

/** Spans that overlap, or with no end of a sentence between them. */
function isOneSentence(said: () => string, left: unknown, right: unknown): boolean {
  const [ours = [], theirs = []] = [left, right].map((packed) => JSON.parse(String(packed)) as [number, number][]);
  return ours.some(([start, end]) =>
    theirs.some(([from, to]) => {
      const [behind, next] = [Math.min(end, to) - 1, Math.max(start, from)];
      return next <= behind || !/[.!?。！？]\s|\n/u.test(said().slice(behind, next));
    }),
  );
}

/** As whole words: "Rome" is not named by "romesco". */
function namesValue(text: string, value: string): boolean {
  const lower = text.toLowerCase();
  for (let at = lower.indexOf(value); at >= 0; at = lower.indexOf(value, at + 1)) {
    const [before, after] = [lower.slice(0, at).at(-1) ?? " ", lower.at(at + value.length) ?? " "];
    if (!/[\p{L}\p{N}]/u.test(before) && !/[\p{L}\p{N}]/u.test(after)) return true;
  }
  return false;
}

/** The marks of many memories in one statement, oldest first. */
export function readMarks(driver: SqliteDriver, references: readonly number[]): Map<number, CheckMark[]> {
  const marks = new Map<number, CheckMark[]>();
  for (const row of driver.all(
    `SELECT c.rid, c.change, c.at, m.id, m.replaced_by FROM json_each(?) wanted CROSS JOIN check_marks c ON c.rid = wanted.value
     CROSS JOIN memories m ON m.rid = c.cause_rid ORDER BY c.at, c.cause_rid`,
    JSON.stringify(references),
  )) {
    const rid = Number(row["rid"]);
    const replacedBy = row["replaced_by"];
    marks.set(rid, [
      ...(marks.get(rid) ?? []),
      {
        change: row["change"] as CheckMark["change"],
        memoryId: String(row["id"]),
        ...(typeof replacedBy === "string" ? { replacedBy } : {}),
        at: Number(row["at"]),
      },
    ]);
  }
  return marks;
}

/** Takes a purged memory out of the marks. */
export function purgeMarks(driver: SqliteDriver, rid: number): void {
  driver.run("DELETE FROM check_marks WHERE rid = ? OR cause_rid = ?", rid, rid);
}
