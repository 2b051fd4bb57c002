import { createHash } from "node:crypto";
import type { SqliteDriver } from "./driver.ts";

/** History rows after which a checkpoint is written with the next change. */
const CHECKPOINT_ROWS = 1_000;

/**
 * The project's checkpoint: a hash over the checkpoint before and the hashes of all history rows since, in the order
 * in which they were written. Each row's own hash covers its content, so a row that is changed, removed or slipped in
 * later no longer fits. Purges fit: they leave every hash as it is. The caller holds the write transaction.
 */
export function writeCheckpointIfDue(driver: SqliteDriver, at: number, rows: number = CHECKPOINT_ROWS): void {
  const last = driver.get("SELECT last_history, hash FROM checkpoints ORDER BY checkpoint_no DESC LIMIT 1");
  const from = Number(last?.["last_history"] ?? 0);
  const to = Number(driver.get("SELECT max(history_no) AS last FROM history")?.["last"] ?? 0);
  if (to - from < rows) return;
  const hash = checkpointHash(driver, (last?.["hash"] as Uint8Array | undefined) ?? null, { from, to, at });
  driver.run("INSERT INTO checkpoints(last_history, at, hash) VALUES(?, ?, ?)", to, at, hash);
}

function checkpointHash(
  driver: SqliteDriver,
  previous: Uint8Array | null,
  { from, to, at }: { from: number; to: number; at: number },
): Buffer {
  const digest = createHash("sha256")
    .update(previous ?? "recollect")
    .update(JSON.stringify([from, to, at]));
  for (const row of driver.iterate(
    "SELECT memory_id, version, hash FROM history WHERE history_no > ? AND history_no <= ? ORDER BY history_no",
    from,
    to,
  )) {
    digest.update(JSON.stringify([row["memory_id"], row["version"]])).update(row["hash"] as Uint8Array);
  }
  return digest.digest();
}

/** The numbers of checkpoints that the history no longer fits; yields after each. */
export function* findBrokenCheckpoints(driver: SqliteDriver): Generator<undefined, number[]> {
  const broken: number[] = [];
  let from = 0;
  let previous: Uint8Array | null = null;
  for (const row of driver.all(
    "SELECT checkpoint_no, last_history, at, hash FROM checkpoints ORDER BY checkpoint_no",
  )) {
    const to = Number(row["last_history"]);
    const hash = row["hash"] as Uint8Array;
    const expected = checkpointHash(driver, previous, { from, to, at: Number(row["at"]) });
    if (Buffer.compare(expected, hash) !== 0) broken.push(Number(row["checkpoint_no"]));
    from = to;
    previous = hash;
    yield;
  }
  return broken;
}
