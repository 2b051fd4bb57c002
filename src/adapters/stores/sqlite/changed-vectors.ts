import type { SqliteDriver } from "./driver.ts";
import { VectorRows } from "./vector-rows.ts";
import { rangeOf } from "./vector-schema.ts";
import { VectorSegments } from "./vector-segments.ts";
import type { PassageVector } from "./vector-writer.ts";

/**
 * Vectors of a partition that the holder of an earlier stamp lacks: those of the tail that are newer, or all of them
 * once packed segments changed too. Runs inside the caller's snapshot.
 */
export function changedVectors(
  driver: SqliteDriver,
  spaceNo: number,
  partitionNo: number,
  since: number,
): { stamp: number; rows: PassageVector[] } {
  const table = new VectorRows(driver);
  const space = table.space(spaceNo);
  const state = space === undefined ? undefined : table.partition(spaceNo, partitionNo);
  if (space === undefined || state === undefined) return { stamp: 0, rows: [] };
  const { mod } = state;
  if (mod === since) return { stamp: mod, rows: [] };
  const range = rangeOf(partitionNo);
  const rows: PassageVector[] = [];
  if (since < 0 || isResealed(driver, spaceNo, partitionNo, space.dimensions, since)) {
    for (const [passageNo, vector] of table.vectors(spaceNo, range, space.dimensions)) rows.push({ passageNo, vector });
    return { stamp: mod, rows };
  }
  const passages = [...table.tail(spaceNo, range, since)].map(([passageNo]) => passageNo);
  for (const passageNo of passages) {
    const vector = table.vector(spaceNo, passageNo, space.dimensions);
    if (vector !== undefined) rows.push({ passageNo, vector });
  }
  return { stamp: mod, rows };
}

function isResealed(
  driver: SqliteDriver,
  spaceNo: number,
  partitionNo: number,
  dimensions: number,
  since: number,
): boolean {
  const [first] = new VectorSegments(driver).changed(spaceNo, partitionNo, dimensions, since);
  return first !== undefined;
}
