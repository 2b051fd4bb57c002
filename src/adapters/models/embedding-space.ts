import { MemoryError } from "../../errors.ts";
import type { EmbeddingSpace } from "../../ports/embedder.ts";

/** Until it is measured (`prepare`): what most sentence encoders give for texts that have nothing in common. */
const USUAL_BACKGROUND = { mean: 0.2, deviation: 0.1 } as const;

/** As of the built-in word vectors: with 0.5 a small sentence encoder lost recall, with 0.3 it gained (bench/RESULTS.md). */
const USUAL_WEIGHT = 0.3;

export interface SpaceSettings {
  readonly provider: string;
  readonly model: string;
  /** Given or known; else found by the first vector. */
  readonly dimensions?: number;
  /** What stands before each document. Another prefix makes other vectors, and so another space. */
  readonly documentPrefix?: string;
  /** Of its scores against those of words. Default 0.3. */
  readonly weight?: number;
}

/** A space whose dimensions may not be known yet; then `key` and `dimensions` throw. */
export class ModelSpace implements EmbeddingSpace {
  readonly provider: string;
  readonly model: string;
  readonly weight: number;
  background: { readonly mean: number; readonly deviation: number } = USUAL_BACKGROUND;
  #dimensions: number | undefined;
  readonly #documentPrefix: string;

  constructor({ provider, model, dimensions, documentPrefix = "", weight = USUAL_WEIGHT }: SpaceSettings) {
    this.provider = provider;
    this.model = model;
    this.#dimensions = dimensions;
    this.#documentPrefix = documentPrefix;
    this.weight = weight;
  }

  get dimensions(): number {
    if (this.#dimensions !== undefined) return this.#dimensions;
    throw new MemoryError(
      "invalid_input",
      `The dimensions of ${this.provider}/${this.model} are not known before its first vector. Await prepare() of the embedder, or say dimensions in its configuration.`,
      { details: { provider: this.provider, model: this.model } },
    );
  }

  get key(): string {
    const prefix = this.#documentPrefix === "" ? "" : `/p-${digest(this.#documentPrefix)}`;
    return `${this.provider}/${this.model}/${this.dimensions}${prefix}`;
  }

  get isKnown(): boolean {
    return this.#dimensions !== undefined;
  }

  learn(dimensions: number): void {
    this.#dimensions ??= dimensions;
  }
}

/** FNV-1a, 32 bits: tells prefixes apart. */
function digest(text: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193) >>> 0;
  return hash.toString(16).padStart(8, "0");
}
