import { findBrokenLink } from "../../../domain/history-chain.ts";
import { MEMORY_KINDS, MEMORY_STATES } from "../../../domain/memory.ts";
import { INDEX_MESSAGE } from "../../../domain/job.ts";
import type { VerifyOptions } from "../../../ports/memory-store.ts";
import type { Damage } from "./damage.ts";
import type { Row } from "./driver.ts";
import { createSha256, readHistory } from "./history-chain.ts";
import type { ProblemReport } from "./problem-report.ts";
import { partitionRange } from "./read-memories.ts";
import type { Snapshot } from "./snapshot.ts";

export interface Check {
  readonly snapshot: Snapshot;
  readonly report: ProblemReport;
  readonly damage: Damage;
  readonly options: VerifyOptions;
}

const MEMORIES_PER_STEP = 50;

/** Records against their histories, index units and sources, and the counters of each partition. */
export async function checkRecords(check: Check): Promise<void> {
  const { driver } = check.snapshot;
  const indexing = new Set(
    driver
      .all("SELECT payload FROM jobs WHERE type = ?", INDEX_MESSAGE)
      .map(({ payload }) => (JSON.parse(String(payload)) as { memoryId: string }).memoryId),
  );
  for (const partition of driver.all("SELECT * FROM partitions ORDER BY partition_no")) {
    await checkPartitionRecords(check, partition, indexing);
  }
  await checkGoneMemories(check);
}

async function checkPartitionRecords(check: Check, partition: Row, indexing: ReadonlySet<string>): Promise<void> {
  const { snapshot, report, damage } = check;
  const number = Number(partition["partition_no"]);
  const [first, last] = partitionRange(number);
  const sums = { passages: 0, terms: 0, highestPassage: first };
  let position = first - 1;
  for (;;) {
    const rows = snapshot.driver.all(
      "SELECT rid, id, partition_no, kind, state, is_turn, text, language, metadata, categories FROM memories WHERE rid > ? AND rid <= ? ORDER BY rid LIMIT ?",
      position,
      last,
      MEMORIES_PER_STEP,
    );
    for (const row of rows) {
      position = Number(row["rid"]);
      checkRecord(check, row, number);
      checkPassages(check, row, indexing.has(String(row["id"])), sums);
      await snapshot.breathe();
    }
    if (rows.length < MEMORIES_PER_STEP) break;
  }
  const isCounted = sums.passages === Number(partition["passages"]) && sums.terms === Number(partition["terms"]);
  if (!isCounted) {
    report.add("counters", "the counts of a user's index units are wrong", { isRepairable: true });
    damage.counters.set(number, { ...sums, version: Number(partition["version"]) });
  }
  if (
    position >= first + Number(partition["next_memory"]) ||
    sums.highestPassage >= first + Number(partition["next_passage"])
  ) {
    report.add("counters", "the next number of a user's memories is taken", { isRepairable: false });
  }
}

function checkRecord({ snapshot: { driver }, report, damage }: Check, row: Row, partition: number): void {
  const memoryId = String(row["id"]);
  const rid = Number(row["rid"]);
  const broken = (what: string): void => report.add("records", what, { memoryId, isRepairable: false });
  if (Number(row["partition_no"]) !== partition) broken("a memory is filed under another user than its number says");
  if (!MEMORY_KINDS.includes(row["kind"] as never) || !MEMORY_STATES.includes(row["state"] as never))
    broken("a memory has an unknown kind or state");
  try {
    JSON.parse(String(row["metadata"]));
    JSON.parse(String(row["categories"]));
  } catch {
    broken("metadata or categories are not JSON");
  }
  const problem = findBrokenLink(createSha256, readHistory(driver, memoryId, String(row["text"])), String(row["text"]));
  if (problem !== null)
    report.add("history", problem.replace(/version \d+/u, "a version"), { memoryId, isRepairable: false });
  const links = driver.get(
    `SELECT (SELECT count(*) FROM sources s WHERE s.rid = ?1 AND NOT EXISTS (SELECT 1 FROM memories m WHERE m.rid = s.message_rid)) AS sources,
       (SELECT count(*) FROM pattern_evidence e WHERE e.rid = ?1 AND NOT EXISTS (SELECT 1 FROM memories m WHERE m.rid = e.evidence_rid)) AS evidence,
       (SELECT count(*) FROM mentions x WHERE x.rid = ?1 AND NOT EXISTS
         (SELECT 1 FROM entities e WHERE e.entity_no = x.entity_no AND e.partition_no = ?2)) AS mentions,
       (SELECT count(*) FROM relations r WHERE r.rid = ?1 AND
         (SELECT count(*) FROM entities e WHERE e.entity_no IN (r.subject_no, r.object_no) AND e.partition_no = ?2) < 2) AS relations`,
    rid,
    partition,
  );
  if (Number(links?.["sources"]) > 0) {
    report.add("sources", "a memory cites a message that is not stored", { memoryId, isRepairable: true });
    damage.hasDanglingLinks = true;
  }
  if (Number(links?.["evidence"]) > 0) {
    report.add("sources", "a pattern rests on a memory that is not stored", { memoryId, isRepairable: true });
    damage.hasDanglingLinks = true;
  }
  if (Number(links?.["mentions"]) > 0) {
    report.add("entities", "a memory mentions an entity that is not stored", { memoryId, isRepairable: true });
    damage.hasDanglingLinks = true;
  }
  if (Number(links?.["relations"]) > 0) {
    report.add("entities", "a memory relates entities that are not stored", { memoryId, isRepairable: true });
    damage.hasDanglingLinks = true;
  }
}

/** Index units cover the text, and their terms are those that the analyzer gives today. */
function checkPassages(
  { snapshot: { driver }, report, damage, options }: Check,
  row: Row,
  isIndexing: boolean,
  sums: { passages: number; terms: number; highestPassage: number },
): void {
  const rid = Number(row["rid"]);
  const text = String(row["text"]);
  const language = row["language"] as string | null;
  const wrong = (what: string): void => {
    report.add("passages", what, { memoryId: String(row["id"]), isRepairable: options.buildPassages !== undefined });
    damage.memories.add(rid);
  };
  const passages = driver.all("SELECT * FROM passages WHERE rid = ? ORDER BY passage_no", rid);
  let end = 0;
  for (const passage of passages) {
    const [start, stop] = [Number(passage["start"]), Number(passage["stop"])];
    const terms = String(passage["terms"]);
    sums.passages += 1;
    sums.terms += Number(passage["term_count"]);
    sums.highestPassage = Math.max(sums.highestPassage, Number(passage["passage_no"]));
    end = Math.max(end, stop);
    if (start < 0 || start >= stop || stop > text.length) {
      wrong("an index unit lies outside of its memory's text");
      return;
    }
    if (Number(passage["term_count"]) !== (terms === "" ? 0 : terms.split(" ").length)) {
      wrong("an index unit does not count its terms");
      return;
    }
    if (options.analyze === undefined) continue;
    const part = passages.length === 1 ? text : text.slice(start, stop);
    // A text that was changed later was analysed without a known language.
    const isRight =
      options.analyze(part, language ?? undefined).join(" ") === terms ||
      (language !== null && options.analyze(part, undefined).join(" ") === terms);
    if (!isRight) {
      wrong("an index unit has other terms than its text");
      return;
    }
  }
  if (!isIndexing && end < text.trimEnd().length && text.trim() !== "") wrong("part of a memory's text is not indexed");
}

/** Memories that have a history but no record must have been purged. */
async function checkGoneMemories({ snapshot, report }: Check): Promise<void> {
  const { driver } = snapshot;
  let position = "";
  for (;;) {
    const rows = driver.all(
      `SELECT h.memory_id, NOT EXISTS (SELECT 1 FROM memories m WHERE m.id = h.memory_id) AS is_gone
       FROM history h WHERE h.memory_id > ? AND h.version = 1 ORDER BY h.memory_id LIMIT 500`,
      position,
    );
    for (const row of rows) {
      position = String(row["memory_id"]);
      if (row["is_gone"] !== 1) continue;
      const history = readHistory(driver, position, null);
      const details = { memoryId: position, isRepairable: false };
      if (history.at(-1)?.event !== "PURGE") report.add("records", "a memory has a history but no record", details);
      else if (history.some(({ salt }) => salt !== null))
        report.add("history", "the history of a purged memory still holds texts", details);
      else {
        const problem = findBrokenLink(createSha256, history, null);
        if (problem !== null) report.add("history", problem.replace(/version \d+/u, "a version"), details);
      }
      await snapshot.breathe();
    }
    await snapshot.breathe();
    if (rows.length < 500) return;
  }
}
