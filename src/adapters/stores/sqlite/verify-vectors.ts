import { checkPartition } from "./vector-check.ts";
import { countUnembedded, hasEmbeddingJob } from "./jobs.ts";
import { VectorRows } from "./vector-rows.ts";
import { PASSAGE_OF_VECTOR_SQL, vectorNumberSql } from "./vector-schema.ts";
import { VectorSegments } from "./vector-segments.ts";
import type { Check } from "./verify-records.ts";

const VECTORS_PER_STEP = 2_000;
const LAST_PASSAGE = String(2n ** 53n - 1n);

/** Vectors against their passages and their packed copies. */
export async function checkVectors(check: Check, activeSpace: { key: string; number: number } | null): Promise<void> {
  const { snapshot, report, damage } = check;
  const rows = new VectorRows(snapshot.driver);
  const segments = new VectorSegments(snapshot.driver);
  for (const spaceNo of rows.spaceNumbers()) {
    const space = rows.space(spaceNo);
    if (space === undefined) continue;
    let rowCount = 0;
    for (const partitionNo of rows.partitionNumbers(spaceNo)) {
      rowCount += rows.partition(spaceNo, partitionNo)?.rowCount ?? 0;
      const steps = checkPartition(rows, segments, space, partitionNo);
      let step = steps.next();
      for (; step.done !== true; step = steps.next()) await snapshot.breathe();
      for (const { kind } of step.value) report.add("vectors", WORDS[kind], { isRepairable: true });
      if (step.value.length > 0) damage.vectors.push([spaceNo, partitionNo]);
    }
    if (rowCount !== space.rowCount)
      report.add("vectors", "the counts of a space and of its users differ", { isRepairable: false });
    await checkOrphans(check, spaceNo);
  }
  if (activeSpace === null) return;
  const missing = countUnembedded(snapshot.driver, activeSpace.number);
  if (missing > 0 && !hasEmbeddingJob(snapshot.driver, activeSpace.key)) {
    report.add("vectors", "passages have no vector, and no job makes them", { isRepairable: true, count: missing });
    damage.lacksEmbeddingJob = true;
  }
}

const WORDS = {
  damaged_vector: "a stored vector is not well formed",
  damaged_index: "a tail row or a segment is not well formed",
  missing_copy: "a vector has no packed copy",
  orphan_copy: "a packed copy has no vector",
  double_copy: "a vector has more than one packed copy",
  wrong_copy: "a packed copy is not that of its vector",
  wrong_count: "the counts of vectors are wrong",
} as const;

async function checkOrphans({ snapshot, report, damage }: Check, spaceNo: number): Promise<void> {
  let position = -1;
  for (;;) {
    const page = snapshot.driver.all(
      `SELECT ${PASSAGE_OF_VECTOR_SQL} AS passage_no,
         NOT EXISTS (SELECT 1 FROM passages p WHERE p.passage_no = ${PASSAGE_OF_VECTOR_SQL}) AS is_orphan
       FROM vectors WHERE vector_no > ${vectorNumberSql("?1", "?2")} AND vector_no <= ${vectorNumberSql("?1", LAST_PASSAGE)}
       ORDER BY vector_no LIMIT ?3`,
      spaceNo,
      Math.max(position, 0),
      VECTORS_PER_STEP,
    );
    for (const row of page) {
      position = Number(row["passage_no"]);
      if (row["is_orphan"] !== 1) continue;
      report.add("vectors", "a vector belongs to no index unit", { isRepairable: true });
      damage.orphanVectors.add(position);
    }
    await snapshot.breathe();
    if (page.length < VECTORS_PER_STEP) return;
  }
}
