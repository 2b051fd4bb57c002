/**
 * Up to this many passages what a search read of a partition is kept for the next one: of a larger one a row is rarely
 * met again before it has to give way (measured: among 100,000 nothing is gained, for 80 MB).
 */
export const KEPT_PASSAGES = 20_000;

/**
 * A map of what was used last: between `limit` and twice as many entries. When the young half is full it becomes the
 * old one, whose entries go at the next turn unless somebody asked for them. A look-up costs one of a plain map, where
 * a list in order of use would have to be kept at each.
 */
export class Generations<Key, Value> {
  readonly #limit: number;
  #young = new Map<Key, Value>();
  #old = new Map<Key, Value>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  get(key: Key): Value | undefined {
    const value = this.#young.get(key);
    if (value !== undefined) return value;
    const older = this.#old.get(key);
    if (older !== undefined) this.set(key, older);
    return older;
  }

  set(key: Key, value: Value): void {
    if (this.#young.size >= this.#limit && !this.#young.has(key)) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(key, value);
  }

  clear(): void {
    this.#young.clear();
    this.#old.clear();
  }
}
