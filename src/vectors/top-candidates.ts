export interface Candidate {
  readonly id: number;
  readonly score: number;
}

/**
 * The best `capacity` of many scored ids: a binary heap with the worst on top, so that most scores cost one
 * comparison. Of equal scores the lower id is better, which makes the choice independent of the order of scanning.
 */
export class TopCandidates {
  readonly #capacity: number;
  readonly #ids: Float64Array;
  readonly #scores: Float64Array;
  #size = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
    this.#ids = new Float64Array(capacity);
    this.#scores = new Float64Array(capacity);
  }

  /** What a score must reach to change anything. */
  get threshold(): number {
    return this.#size < this.#capacity ? -Infinity : (this.#scores[0] ?? Infinity);
  }

  offer(id: number, score: number): void {
    if (this.#size < this.#capacity) {
      this.#place(this.#size, id, score);
      this.#size += 1;
      this.#rise(this.#size - 1);
    } else if (this.#size > 0 && this.#isWorse(0, id, score)) {
      this.#place(0, id, score);
      this.#sink(0);
    }
  }

  /** All of them, in no order. */
  ids(): Float64Array {
    return this.#ids.subarray(0, this.#size);
  }

  /** Best first. */
  toSorted(): Candidate[] {
    const all: Candidate[] = [];
    for (let at = 0; at < this.#size; at += 1) all.push({ id: this.#idAt(at), score: this.#scoreAt(at) });
    return all.toSorted((left, right) => right.score - left.score || left.id - right.id);
  }

  #rise(from: number): void {
    let at = from;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.#isWorse(at, this.#idAt(parent), this.#scoreAt(parent))) return;
      this.#swap(at, parent);
      at = parent;
    }
  }

  #sink(from: number): void {
    let at = from;
    for (;;) {
      let child = at * 2 + 1;
      if (child >= this.#size) return;
      const right = child + 1;
      if (right < this.#size && this.#isWorse(right, this.#idAt(child), this.#scoreAt(child))) child = right;
      if (!this.#isWorse(child, this.#idAt(at), this.#scoreAt(at))) return;
      this.#swap(at, child);
      at = child;
    }
  }

  /** Whether the entry at a place is worse than the given one. */
  #isWorse(at: number, id: number, score: number): boolean {
    const own = this.#scoreAt(at);
    return own < score || (own === score && this.#idAt(at) > id);
  }

  #place(at: number, id: number, score: number): void {
    this.#ids[at] = id;
    this.#scores[at] = score;
  }

  #swap(left: number, right: number): void {
    const id = this.#idAt(left);
    const score = this.#scoreAt(left);
    this.#place(left, this.#idAt(right), this.#scoreAt(right));
    this.#place(right, id, score);
  }

  #idAt(at: number): number {
    return this.#ids[at] ?? 0;
  }

  #scoreAt(at: number): number {
    return this.#scores[at] ?? 0;
  }
}
