/** Bytes of float vectors that are kept: ten thousand of 384 dimensions. Taken as used. */
const KEPT_BYTES = 16 * 1024 * 1024;
/** Vectors for which memory is taken at a time. */
const CHUNK = 256;
const NOBODY = -1;

/**
 * Float vectors that searches scored lately, of one space: the next question to the same user meets many of them
 * again, and reading one from the file costs more than all else that is done with it. When there is no more room the
 * oldest make way. Whoever keeps packed copies tells which vectors changed.
 */
export class KeptVectors {
  readonly #limit: number;
  #spaceNo = NOBODY;
  #dimensions = 0;
  #capacity = 0;
  readonly #chunks: Float32Array[] = [];
  /** slot → passage. */
  #passages: Float64Array = new Float64Array(0);
  readonly #slots = new Map<number, number>();
  #next = 0;

  constructor(limit: number = KEPT_BYTES) {
    this.#limit = limit;
  }

  /** The vector itself, not a copy: valid until the next call of anything else. */
  get(spaceNo: number, passageNo: number): Float32Array | undefined {
    if (spaceNo !== this.#spaceNo) return undefined;
    const slot = this.#slots.get(passageNo);
    return slot === undefined ? undefined : this.#at(slot);
  }

  keep(spaceNo: number, passageNo: number, vector: Float32Array): void {
    if (spaceNo !== this.#spaceNo || vector.length !== this.#dimensions) this.#start(spaceNo, vector.length);
    if (this.#capacity === 0) return;
    let slot = this.#slots.get(passageNo);
    if (slot === undefined) {
      slot = this.#next;
      this.#next = (this.#next + 1) % this.#capacity;
      this.drop(this.#passages[slot] ?? NOBODY);
      this.#slots.set(passageNo, slot);
      this.#passages[slot] = passageNo;
    }
    if (this.#chunks.length * CHUNK <= slot) this.#chunks.push(new Float32Array(CHUNK * this.#dimensions));
    this.#at(slot).set(vector);
  }

  /** Blanks it: a purged vector must not outlive its purge here. */
  drop(passageNo: number): void {
    const slot = this.#slots.get(passageNo);
    if (slot === undefined) return;
    this.#slots.delete(passageNo);
    this.#passages[slot] = NOBODY;
    this.#at(slot).fill(0);
  }

  clear(): void {
    this.#start(NOBODY, 0);
  }

  #start(spaceNo: number, dimensions: number): void {
    this.#spaceNo = spaceNo;
    this.#dimensions = dimensions;
    this.#capacity =
      dimensions === 0 ? 0 : Math.floor(this.#limit / (dimensions * Float32Array.BYTES_PER_ELEMENT * CHUNK)) * CHUNK;
    this.#chunks.length = 0;
    this.#passages = new Float64Array(this.#capacity).fill(NOBODY);
    this.#slots.clear();
    this.#next = 0;
  }

  #at(slot: number): Float32Array {
    const start = (slot % CHUNK) * this.#dimensions;
    return (this.#chunks[Math.floor(slot / CHUNK)] as Float32Array).subarray(start, start + this.#dimensions);
  }
}
