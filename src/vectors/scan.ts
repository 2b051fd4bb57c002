import { MemoryError } from "../errors.ts";
import { instantiateKernel, type ScanInt8 } from "./kernel.ts";
import { paddedDimensions, quantizeQueryInto } from "./quantize.ts";
import type { TopCandidates } from "./top-candidates.ts";

/** Vectors per block, in memory as in a stored segment. */
export const BLOCK_ROWS = 256;

/** The id of a slot that holds nothing. */
export const NO_PASSAGE = -1;

const PAGE_BYTES = 65_536;
/** Pages are asked for in bulk: growing detaches every view, and untouched pages cost no memory. */
const GROWTH_PAGES = 256;
const MAXIMUM_PAGES = 65_536;

/** Bytes of one block: `BLOCK_ROWS` int8 vectors, then as many float factors. */
export function blockBytes(dimensions: number): number {
  return BLOCK_ROWS * packedBytes(dimensions);
}

/** Bytes of one packed vector: its padded int8 numbers and its factor. */
export function packedBytes(dimensions: number): number {
  return paddedDimensions(dimensions) + Float32Array.BYTES_PER_ELEMENT;
}

/** Blocks of packed int8 vectors of one embedding space in WebAssembly memory, and the scan over them. */
export class VectorBlocks {
  readonly dimensions: number;
  readonly #stride: number;
  readonly #blockBytes: number;
  readonly #foundAt: number;
  readonly #blocksAt: number;
  readonly #memory: WebAssembly.Memory;
  readonly #scan: ScanInt8;
  readonly #free: number[] = [];
  #used = 0;
  #bytes: Uint8Array<ArrayBuffer>;
  #pairs: DataView;

  constructor(dimensions: number) {
    this.dimensions = dimensions;
    this.#stride = paddedDimensions(dimensions);
    this.#blockBytes = blockBytes(dimensions);
    // Memory: the query as int16, the pairs that the kernel found, then the blocks, each on a cache line.
    this.#foundAt = this.#stride * 2;
    this.#blocksAt = Math.ceil((this.#foundAt + BLOCK_ROWS * 8) / 64) * 64;
    this.#memory = new WebAssembly.Memory({
      initial: Math.ceil((this.#blocksAt + this.#blockBytes) / PAGE_BYTES),
      maximum: MAXIMUM_PAGES,
    });
    this.#scan = instantiateKernel(this.#memory);
    this.#bytes = new Uint8Array(this.#memory.buffer);
    this.#pairs = new DataView(this.#memory.buffer);
  }

  /** Bytes of the blocks handed out at most at one time: what this object holds of the machine's memory. */
  get byteLength(): number {
    return this.#blocksAt + this.#used * this.#blockBytes;
  }

  get blocksInUse(): number {
    return this.#used - this.#free.length;
  }

  /** The number of a free block. Its content is what it was before. */
  allocate(): number {
    const reused = this.#free.pop();
    if (reused !== undefined) return reused;
    const end = this.#blocksAt + (this.#used + 1) * this.#blockBytes;
    const missing = Math.ceil((end - this.#bytes.byteLength) / PAGE_BYTES);
    if (missing > 0) this.#grow(missing);
    this.#used += 1;
    return this.#used - 1;
  }

  /** Gives a block back and blanks it: a purged vector must not outlive its purge here. */
  release(block: number): void {
    const start = this.#start(block);
    this.#bytes.fill(0, start, start + this.#blockBytes);
    this.#free.push(block);
  }

  /** Fills a whole block with the bytes of a stored segment. */
  writeBlock(block: number, packed: Uint8Array): void {
    this.#bytes.set(packed, this.#start(block));
  }

  /** Fills one slot with the bytes of one packed vector. */
  writeRow(block: number, row: number, packed: Uint8Array): void {
    const start = this.#start(block);
    this.#bytes.set(packed.subarray(0, this.#stride), start + row * this.#stride);
    this.#bytes.set(packed.subarray(this.#stride), this.#factorsAt(block) + row * 4);
  }

  copyRow(fromBlock: number, fromRow: number, toBlock: number, toRow: number): void {
    const start = this.#start(fromBlock) + fromRow * this.#stride;
    this.#bytes.copyWithin(this.#start(toBlock) + toRow * this.#stride, start, start + this.#stride);
    const factor = this.#factorsAt(fromBlock) + fromRow * 4;
    this.#bytes.copyWithin(this.#factorsAt(toBlock) + toRow * 4, factor, factor + 4);
  }

  /** Makes `query` the one that `scan` compares with. */
  setQuery(query: Float32Array): void {
    const numbers = new Int16Array(this.#memory.buffer, 0, this.#stride);
    numbers.fill(0);
    quantizeQueryInto(query, numbers);
  }

  /**
   * Offers the first `count` vectors of a block to `best`. `ids[row]` names them; slots of `NO_PASSAGE` and ids that
   * `accepts` refuses are passed over. Scores are only good for ordering.
   */
  scan(block: number, count: number, ids: Float64Array, best: TopCandidates, accepts?: (id: number) => boolean): void {
    const found = this.#scan(
      0,
      this.#start(block),
      this.#factorsAt(block),
      count,
      this.#stride,
      best.threshold,
      this.#foundAt,
    );
    for (let at = 0; at < found; at += 1) {
      const id = ids[this.#pairs.getInt32(this.#foundAt + at * 8, true)] ?? NO_PASSAGE;
      // Asked only of rows that would get in, so that a filter costs little on a large scope.
      if (id === NO_PASSAGE || (accepts !== undefined && !accepts(id))) continue;
      best.offer(id, this.#pairs.getFloat32(this.#foundAt + at * 8 + 4, true));
    }
  }

  #start(block: number): number {
    return this.#blocksAt + block * this.#blockBytes;
  }

  #factorsAt(block: number): number {
    return this.#start(block) + BLOCK_ROWS * this.#stride;
  }

  #grow(missing: number): void {
    const room = MAXIMUM_PAGES - this.#bytes.byteLength / PAGE_BYTES;
    try {
      this.#memory.grow(missing > room ? missing : Math.min(Math.max(missing, GROWTH_PAGES), room));
    } catch (cause) {
      throw new MemoryError("store_failed", "No memory is left for the vector scan; lower the vector cache's budget.", {
        cause,
      });
    }
    this.#bytes = new Uint8Array(this.#memory.buffer);
    this.#pairs = new DataView(this.#memory.buffer);
  }
}
