import { invalidInput } from "../../../errors.ts";
import { dot, toUnitVector } from "../../../vectors/dot.ts";
import { TopCandidates } from "../../../vectors/top-candidates.ts";
import type { SqliteDriver } from "./driver.ts";
import type { KeptVectors } from "./kept-vectors.ts";
import { VectorCache, type PartitionQuery } from "./vector-cache.ts";
import { checkPartition, type VectorProblem } from "./vector-check.ts";
import { VectorRows, type SpaceState } from "./vector-rows.ts";
import { partitionOf, rangeOf } from "./vector-schema.ts";
import { isIndexDamage, VectorSegments } from "./vector-segments.ts";
import { VectorWriter, type PassageVector } from "./vector-writer.ts";

export { VECTOR_SCHEMA } from "./vector-schema.ts";

export interface SqliteVectorsOptions {
  /** Most bytes of packed vectors in process memory; taken only as used. A larger partition is read at each search. Default 512 MB. */
  readonly cacheBytes?: number;
  /**
   * Partitions of at most this many vectors are scored from the float rows, without the cache. Default 256: measured at
   * 384 dimensions, that is where packed copies cost less CPU even when they must be loaded first.
   */
  readonly directRows?: number;
  /** Told when a search met a damaged index and scored the float rows instead, once per change of the space. */
  readonly onWarning?: (warning: string) => void;
}

export interface VectorSearch {
  readonly spaceNo: number;
  readonly partitionNo: number | "all";
  readonly query: Float32Array;
  readonly limit: number;
  /** Passages that may be returned; everything in the partition when left out. */
  readonly allow?: ReadonlySet<number> | ((passageNo: number) => boolean);
}

export interface VectorHit {
  readonly passageNo: number;
  /** Cosine of the query and the stored vector. */
  readonly similarity: number;
}

/** int8 finds the candidates, the float rows decide: with 60 for 20 the order is exact in practice (1M vectors: recall 1.000). */
const LEAST_CANDIDATES = 60;
const CANDIDATES_PER_HIT = 1.5;

/**
 * The vectors of one file. Writes run inside the caller's transaction; searches see what is committed by any process.
 * Expects the tables of `VECTOR_SCHEMA`.
 */
export class SqliteVectors {
  readonly #driver: SqliteDriver;
  readonly #rows: VectorRows;
  readonly #segments: VectorSegments;
  readonly #writer: VectorWriter;
  readonly #cache: VectorCache;
  readonly #directRows: number;
  readonly #onWarning: (warning: string) => void;
  readonly #damaged = new Map<string, number>();
  #mayBeUncommitted = false;

  constructor(driver: SqliteDriver, options: SqliteVectorsOptions = {}) {
    const { cacheBytes = 512 * 1024 * 1024, directRows = 256, onWarning = () => undefined } = options;
    this.#driver = driver;
    this.#rows = new VectorRows(driver);
    this.#segments = new VectorSegments(driver);
    this.#writer = new VectorWriter(this.#rows, this.#segments);
    this.#cache = new VectorCache(this.#rows, this.#segments, cacheBytes);
    this.#directRows = directRows;
    this.#onWarning = onWarning;
  }

  /** Bytes of packed vectors in process memory. */
  get cachedBytes(): number {
    return this.#cache.byteLength;
  }

  /**
   * Stores vectors, replacing those the passages had. The first vector of a space fixes its dimensions.
   * @throws MemoryError `invalid_input` for other dimensions, NaN, infinity or a vector of zeros; nothing is written then.
   */
  put(spaceNo: number, rows: readonly PassageVector[]): void {
    this.#noteWrite();
    this.#writer.put(spaceNo, rows);
  }

  /** For purge: deletes the passages' vectors and every packed copy, in all spaces. */
  remove(passageNos: Iterable<number>): void {
    this.#noteWrite();
    const gone = [...passageNos];
    for (const passageNo of gone) this.#cache.drop(passageNo);
    this.#writer.remove(gone);
  }

  /** Makes the packed copies anew from the float rows, of one partition or of all. */
  rebuild(spaceNo: number, partitionNo?: number): void {
    this.#noteWrite();
    const partitions = partitionNo === undefined ? this.#rows.partitionNumbers(spaceNo) : [partitionNo];
    for (const each of partitions) this.#writer.rebuild(spaceNo, each);
  }

  /**
   * `rebuild` in steps, each in a transaction of its own. In between, searches of the partition notice that copies are
   * missing and score the float rows: exact, but slower.
   * @returns where to go on, or undefined when it is done.
   */
  rebuildStep(spaceNo: number, partitionNo: number, after: number | undefined): number | undefined {
    this.#noteWrite();
    return this.#writer.rebuildStep(spaceNo, partitionNo, after);
  }

  /** Partitions that hold vectors of a space, for checks and rebuilds in steps. */
  partitions(spaceNo: number): number[] {
    return this.#rows.partitionNumbers(spaceNo);
  }

  spaces(): number[] {
    return this.#rows.spaceNumbers();
  }

  /** What is wrong between vectors and packed copies, of one partition or of everything. Empty when all is well. */
  verify(spaceNo?: number, partitionNo?: number): VectorProblem[] {
    return this.#read(() => {
      const problems: VectorProblem[] = [];
      for (const each of spaceNo === undefined ? this.spaces() : [spaceNo]) {
        const space = this.#rows.space(each);
        if (space === undefined) continue;
        for (const partition of partitionNo === undefined ? this.partitions(each) : [partitionNo]) {
          const steps = checkPartition(this.#rows, this.#segments, space, partition);
          let step = steps.next();
          while (step.done !== true) step = steps.next();
          problems.push(...step.value);
        }
      }
      return problems;
    });
  }

  /** The nearest passages, nearest first; of equal ones the older first. */
  search({ spaceNo, partitionNo, query, limit, allow }: VectorSearch): VectorHit[] {
    if (!Number.isInteger(limit) || limit < 1) throw invalidInput(`limit must be a whole number from 1, got ${limit}.`);
    const isUncommitted = this.#isUncommitted();
    return this.#read(() => {
      const space = this.#rows.space(spaceNo);
      if (space === undefined) return [];
      const unit = toUnitVector(query, space.dimensions);
      const accepts = typeof allow === "function" ? allow : allow && ((passageNo: number) => allow.has(passageNo));
      const single = partitionNo === "all" ? this.#rows.onlyPartition(spaceNo) : undefined;
      const request: PartitionQuery = {
        space,
        partitionNo: single ?? partitionNo,
        query: unit,
        count: Math.max(LEAST_CANDIDATES, Math.ceil(limit * CANDIDATES_PER_HIT)),
        ...(accepts === undefined ? {} : { accepts }),
      };
      if (typeof allow === "object" && allow.size <= this.#directRows) return this.#scoreChosen(request, allow, limit);
      const rowCount = this.#rowCount(space, request.partitionNo);
      if (rowCount <= this.#directRows) return this.#scoreAll(request, limit);
      const candidates = this.#candidates(request, isUncommitted);
      if (candidates === undefined) return this.#scoreAll(request, limit);
      const kept = isUncommitted ? undefined : this.#cache.keptOf(space, request.partitionNo);
      return this.#scoreChosen(request, candidates.ids(), limit, kept);
    });
  }

  /**
   * Loads a large partition's packed copies for about `milliseconds`; call it again, in a later turn of the event
   * loop, until it returns true. Without it the first search loads everything at once.
   */
  prepare(spaceNo: number, partitionNo: number | "all", milliseconds: number): boolean {
    if (this.#isUncommitted()) return true;
    return this.#read(() => {
      const space = this.#rows.space(spaceNo);
      if (space === undefined) return true;
      const single = partitionNo === "all" ? this.#rows.onlyPartition(spaceNo) : undefined;
      const chosen = single ?? partitionNo;
      if (this.#rowCount(space, chosen) <= this.#directRows || this.#isDamaged(space, chosen)) return true;
      try {
        return this.#cache.prepare(space, chosen, milliseconds);
      } catch (error) {
        this.#noteDamage(space, chosen, error);
        return true;
      }
    });
  }

  /** Cosines of the query with the given passages; those without a vector are left out. */
  similarities(spaceNo: number, query: Float32Array, passageNos: Iterable<number>): Map<number, number> {
    return this.#read(() => {
      const found = new Map<number, number>();
      const space = this.#rows.space(spaceNo);
      if (space === undefined) return found;
      const unit = toUnitVector(query, space.dimensions);
      const wanted = [...passageNos];
      const partitionNo = partitionOf(wanted[0] ?? 0);
      const { first, last } = rangeOf(partitionNo);
      const isInside = wanted.every((passageNo) => passageNo >= first && passageNo <= last);
      const kept = isInside && !this.#isUncommitted() ? this.#cache.keptOf(space, partitionNo) : undefined;
      this.#eachVector(space, wanted, kept, (passageNo, vector) => found.set(passageNo, dot(unit, vector)));
      return found;
    });
  }

  /** Drops the packed copies from process memory; the next search reads them again. */
  forget(): void {
    this.#cache.clear();
    this.#damaged.clear();
  }

  #scoreChosen(request: PartitionQuery, passageNos: Iterable<number>, limit: number, kept?: KeptVectors): VectorHit[] {
    const best = new TopCandidates(limit);
    const { space, query } = request;
    const { first, last } = rangeOf(request.partitionNo);
    const inside = [...passageNos].filter((passageNo) => passageNo >= first && passageNo <= last);
    this.#eachVector(space, inside, kept, (passageNo, vector) => offer(best, passageNo, dot(query, vector)));
    return toHits(best);
  }

  /** The vectors of passages, in no order: what is kept as it is, the rest read, and kept for the next search. */
  #eachVector(
    { spaceNo, dimensions }: SpaceState,
    passageNos: readonly number[],
    kept: KeptVectors | undefined,
    take: (passageNo: number, vector: Float32Array) => void,
  ): void {
    const missing: number[] = [];
    for (const passageNo of passageNos) {
      const vector = kept?.get(spaceNo, passageNo);
      if (vector === undefined) missing.push(passageNo);
      else take(passageNo, vector);
    }
    for (const [passageNo, vector] of this.#rows.vectorsOf(spaceNo, missing, dimensions)) {
      take(passageNo, vector);
      kept?.keep(spaceNo, passageNo, vector);
    }
  }

  #scoreAll({ space, partitionNo, query, accepts }: PartitionQuery, limit: number): VectorHit[] {
    const best = new TopCandidates(limit);
    for (const [passageNo, vector] of this.#rows.vectors(space.spaceNo, rangeOf(partitionNo), space.dimensions)) {
      if (accepts === undefined || accepts(passageNo)) offer(best, passageNo, dot(query, vector));
    }
    return toHits(best);
  }

  /** Candidates from the packed copies, or undefined when those are damaged. */
  #candidates(request: PartitionQuery, isUncommitted: boolean): TopCandidates | undefined {
    const { space, partitionNo } = request;
    if (this.#isDamaged(space, partitionNo)) return undefined;
    try {
      return isUncommitted ? this.#cache.uncachedCandidates(request) : this.#cache.candidates(request);
    } catch (error) {
      this.#noteDamage(space, partitionNo, error);
      return undefined;
    }
  }

  #isDamaged(space: SpaceState, partitionNo: number | "all"): boolean {
    return this.#damaged.get(`${space.spaceNo}/${partitionNo}`) === space.mod;
  }

  #noteDamage(space: SpaceState, partitionNo: number | "all", error: unknown): void {
    if (!isIndexDamage(error)) throw error;
    this.#damaged.set(`${space.spaceNo}/${partitionNo}`, space.mod);
    this.#onWarning(`${error.message} Until then its searches are exact but slower.`);
  }

  /** What is not committed may be rolled back, and its change numbers given out again: the cache must not see it. */
  #isUncommitted(): boolean {
    return this.#mayBeUncommitted && this.#driver.raw.isTransaction;
  }

  #rowCount(space: SpaceState, partitionNo: number | "all"): number {
    if (partitionNo === "all") return space.rowCount;
    return this.#rows.partition(space.spaceNo, partitionNo)?.rowCount ?? 0;
  }

  #noteWrite(): void {
    if (this.#mayBeUncommitted) return;
    this.#mayBeUncommitted = true;
    // Transactions are synchronous, so the one of this write has ended when the next microtask runs.
    queueMicrotask(() => {
      this.#mayBeUncommitted = false;
    });
  }

  /** One consistent view, inside the caller's transaction when there is one. */
  #read<Result>(work: () => Result): Result {
    return this.#driver.raw.isTransaction ? work() : this.#driver.snapshot(work);
  }
}

/** A damaged float row can give NaN, which has no order; `verify` reports such rows. */
function offer(best: TopCandidates, passageNo: number, similarity: number): void {
  if (Number.isFinite(similarity)) best.offer(passageNo, similarity);
}

function toHits(best: TopCandidates): VectorHit[] {
  return best.toSorted().map(({ id, score }) => ({ passageNo: id, similarity: score }));
}
