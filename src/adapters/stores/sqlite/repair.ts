import type { VerifyOptions } from "../../../ports/memory-store.ts";
import type { Damage } from "./damage.ts";
import { addEmbeddingJob } from "./jobs.ts";
import { hydrate } from "./read-memories.ts";
import { vectorNumberSql } from "./vector-schema.ts";
import type { WriteContext } from "./write-change.ts";
import { replacePassages } from "./write-change.ts";

/** One synchronous write transaction. */
export type Write = <Result>(work: (context: WriteContext) => Result) => Promise<Result>;

const ROWS_PER_STEP = 200;

/** Makes anew what is derived, from the records, in transactions of a few milliseconds each. */
export async function repair(write: Write, damage: Damage, options: VerifyOptions, now: number): Promise<void> {
  for (const [partition, { passages, terms, version }] of damage.counters) {
    // Counted at that version: a later one has other counts, and the next run corrects it. First of all, because
    // what follows changes the counts by what it adds and takes away.
    await write(({ driver }) =>
      driver.run(
        "UPDATE partitions SET passages = ?, terms = ? WHERE partition_no = ? AND version = ?",
        passages,
        terms,
        partition,
        version,
      ),
    );
  }
  if (damage.hasDanglingLinks || damage.orphanPassages.size > 0) await write(dropDangling);
  for (const [space, partition] of damage.vectors) {
    let after = await write(({ vectors }) => vectors.rebuildStep(space, partition, undefined));
    while (after !== undefined) {
      const from = after;
      after = await write(({ vectors }) => vectors.rebuildStep(space, partition, from));
    }
  }
  for (const part of inParts(damage.orphanVectors)) await write((context) => dropVectors(context, part));
  if (damage.isTextIndexWrong) await rebuildTextIndex(write);
  else for (const part of inParts(damage.unindexed)) await write((context) => indexPassages(context, part));
  if (options.buildPassages !== undefined) await rebuildPassages(write, damage.memories, options.buildPassages);
  await write(({ driver, activeSpace }) => {
    const isNeeded = damage.lacksEmbeddingJob || damage.vectors.length > 0;
    const space = activeSpace();
    if (space !== undefined && isNeeded) addEmbeddingJob(driver, space, now);
  });
}

function dropDangling({ driver }: WriteContext): void {
  driver.execute(`
    DELETE FROM sources WHERE rid NOT IN (SELECT rid FROM memories) OR message_rid NOT IN (SELECT rid FROM memories);
    DELETE FROM pattern_evidence WHERE rid NOT IN (SELECT rid FROM memories) OR evidence_rid NOT IN (SELECT rid FROM memories);
    DELETE FROM batch_changes WHERE rid NOT IN (SELECT rid FROM memories);
    DELETE FROM mentions WHERE rid NOT IN (SELECT rid FROM memories) OR entity_no NOT IN (SELECT entity_no FROM entities);
    DELETE FROM relations WHERE rid NOT IN (SELECT rid FROM memories)
      OR subject_no NOT IN (SELECT entity_no FROM entities) OR object_no NOT IN (SELECT entity_no FROM entities);
    DELETE FROM external_ids WHERE rid NOT IN (SELECT rid FROM memories);
    DELETE FROM passages WHERE rid NOT IN (SELECT rid FROM memories);
    DELETE FROM unembeddable WHERE passage_no NOT IN (SELECT passage_no FROM passages);`);
}

/** The passages are gone, so all that is left of them in any space goes. */
function dropVectors({ driver, vectors }: WriteContext, passages: readonly number[]): void {
  const orphans = passages.filter(
    (passage) => driver.get("SELECT 1 AS found FROM passages WHERE passage_no = ?", passage) === undefined,
  );
  vectors.remove(orphans);
  for (const passage of orphans) {
    for (const space of vectors.spaces())
      driver.run(`DELETE FROM vectors WHERE vector_no = ${vectorNumberSql("?1", "?2")}`, space, passage);
  }
}

async function rebuildTextIndex(write: Write): Promise<void> {
  await write(({ driver }) => driver.execute("INSERT INTO text_index(text_index) VALUES('delete-all')"));
  let position: number | undefined = 0;
  while (position !== undefined) {
    const from: number = position;
    position = await write((context) => {
      const page = context.driver
        .all("SELECT passage_no FROM passages WHERE passage_no > ? ORDER BY passage_no LIMIT ?", from, ROWS_PER_STEP)
        .map((row) => Number(row["passage_no"]));
      indexPassages(context, page);
      return page.length < ROWS_PER_STEP ? undefined : page.at(-1);
    });
  }
}

function indexPassages({ driver }: WriteContext, passages: readonly number[]): void {
  for (const passage of passages) {
    // Written by another change meanwhile.
    if (driver.get("SELECT 1 AS found FROM text_index_docsize WHERE id = ?", passage) !== undefined) continue;
    const row = driver.get("SELECT terms, scope FROM text_source WHERE passage_no = ?", passage);
    if (row === undefined) continue;
    driver.run(
      "INSERT INTO text_index(rowid, terms, scope) VALUES(?, ?, ?)",
      BigInt(passage),
      row["terms"] as string,
      row["scope"] as string,
    );
  }
}

const MEMORIES_PER_STEP = 20;

async function rebuildPassages(
  write: Write,
  memories: ReadonlySet<number>,
  build: NonNullable<VerifyOptions["buildPassages"]>,
): Promise<void> {
  for (const part of inParts(memories, MEMORIES_PER_STEP)) {
    const stored = await write((context) => hydrate(context, part));
    const built = await build(stored);
    await write((context) => {
      for (const [index, memory] of stored.entries()) replacePassages(context, memory, built[index] ?? []);
    });
  }
}

function* inParts(numbers: Iterable<number>, size: number = ROWS_PER_STEP): Generator<number[]> {
  const all = [...numbers];
  for (let start = 0; start < all.length; start += size) yield all.slice(start, start + size);
}
