import { MemoryError } from "../../errors.ts";
import type { Embedder, EmbedOptions } from "../../ports/embedder.ts";
import { UNRELATED_TEXTS } from "./unrelated-texts.ts";
import { ModelSpace } from "./embedding-space.ts";
import { endedError, providerError } from "./provider-error.ts";

/** UTF-16 units: within the 8,000 tokens that models of the providers take, in any script. */
const LONGEST_TEXT = 6_000;
/** Requests at a time, where a provider takes few texts in each. */
const PARALLEL = 4;

export interface ModelEmbedderOptions {
  readonly provider: string;
  readonly model: string;
  readonly dimensions?: number;
  readonly documentPrefix?: string;
  readonly queryPrefix?: string;
  readonly maxCharacters?: number;
  readonly maxBatchSize: number;
  readonly weight?: number;
  readonly secrets?: readonly (string | undefined)[];
  /** Called once, at the first request. */
  readonly load: () => Promise<LoadedEmbeddingModel>;
}

export interface LoadedEmbeddingModel {
  /** Most texts of one request. */
  readonly maxTexts: number;
  /** Vectors in the order of the texts; looked over by the caller. */
  readonly embed: (texts: readonly string[], options: EmbedOptions) => Promise<readonly unknown[]>;
}

/**
 * An embedder over any model: prefixes, requests of the size that the provider takes, unit length, and every vector
 * looked over. Blank texts give null and are not sent.
 */
export function createModelEmbedder(options: ModelEmbedderOptions): Embedder {
  const { documentPrefix = "", queryPrefix = "", maxCharacters = LONGEST_TEXT } = options;
  const name = `${options.provider}/${options.model}`;
  const space = new ModelSpace(options);
  let loading: Promise<LoadedEmbeddingModel> | undefined;
  let isMeasured = false;

  async function embed(texts: readonly string[], embedOptions: EmbedOptions): Promise<(Float32Array | null)[]> {
    const { purpose, signal } = embedOptions;
    if (signal?.aborted === true) throw endedError(name, signal);
    loading ??= options.load();
    // A missing package may be installed, and a key set, before the next call.
    loading.catch(() => (loading = undefined));
    const { maxTexts, embed: request } = await loading;
    const prefix = purpose === "document" ? documentPrefix : queryPrefix;
    const sent = texts.flatMap((text, index) =>
      text.trim() === "" ? [] : [{ index, text: prefix + cut(text, maxCharacters) }],
    );
    const vectors: (Float32Array | null)[] = texts.map(() => null);
    const batches: (typeof sent)[] = [];
    for (let start = 0; start < sent.length; start += maxTexts) batches.push(sent.slice(start, start + maxTexts));
    const runBatch = async (batch: typeof sent): Promise<void> => {
      const batchTexts = batch.map(({ text }) => text);
      let answer: readonly unknown[];
      try {
        answer = await request(batchTexts, embedOptions);
      } catch (error) {
        throw providerError(error, { name, secrets: options.secrets ?? [], texts: batchTexts, signal });
      }
      if (answer.length !== batch.length)
        throw invalidOutput(name, `${answer.length} vectors for ${batch.length} texts`);
      for (const [position, { index }] of batch.entries()) vectors[index] = unitVector(answer[position], space, name);
    };
    for (let start = 0; start < batches.length; start += PARALLEL)
      await Promise.all(batches.slice(start, start + PARALLEL).map(runBatch));
    return vectors;
  }

  return {
    space,
    maxBatchSize: options.maxBatchSize,
    embed,
    async prepare(signal, known) {
      if (isMeasured) return;
      if (known !== undefined && (!space.isKnown || space.dimensions === known.dimensions)) {
        space.learn(known.dimensions);
        space.background = known.background;
        isMeasured = true;
        return;
      }
      const vectors = await embed(UNRELATED_TEXTS, {
        purpose: "document",
        ...(signal === undefined ? {} : { signal }),
      });
      space.background = backgroundOf(vectors.filter((vector) => vector !== null));
      isMeasured = true;
    },
  };
}

/** Mean and deviation of the cosine of every pair. */
function backgroundOf(vectors: readonly Float32Array[]): { mean: number; deviation: number } {
  const cosines = vectors.flatMap((one, index) => vectors.slice(index + 1).map((other) => dot(one, other)));
  const mean = cosines.reduce((sum, cosine) => sum + cosine, 0) / cosines.length;
  const variance = cosines.reduce((sum, cosine) => sum + (cosine - mean) ** 2, 0) / cosines.length;
  // Never zero: scores are divided by it.
  return { mean, deviation: Math.max(Math.sqrt(variance), 0.01) };
}

function dot(one: Float32Array, other: Float32Array): number {
  let sum = 0;
  for (let index = 0; index < one.length; index += 1) sum += (one[index] as number) * (other[index] as number);
  return sum;
}

/** Some providers give shortened vectors that are not of unit length. */
function unitVector(value: unknown, space: ModelSpace, name: string): Float32Array {
  if (!Array.isArray(value) && !(value instanceof Float32Array))
    throw invalidOutput(name, "something that is no vector");
  const numbers = value as ArrayLike<unknown>;
  if (numbers.length === 0) throw invalidOutput(name, "a vector without numbers");
  if (space.isKnown && numbers.length !== space.dimensions)
    throw invalidOutput(
      name,
      `a vector of ${numbers.length} dimensions where ${space.dimensions} were expected (set dimensions: ${numbers.length} in the embedder's configuration, then reembed)`,
    );
  let squares = 0;
  for (let index = 0; index < numbers.length; index += 1) {
    const number = numbers[index];
    if (typeof number !== "number" || !Number.isFinite(number))
      throw invalidOutput(name, "a vector with something that is no finite number");
    squares += number * number;
  }
  if (squares === 0) throw invalidOutput(name, "a vector of zeros");
  space.learn(numbers.length);
  const length = Math.sqrt(squares);
  return Float32Array.from(numbers as ArrayLike<number>, (number) => number / length);
}

function invalidOutput(name: string, got: string): MemoryError {
  return new MemoryError("provider_invalid_output", `${name} returned ${got}.`);
}

/** Not inside a character of two units. */
function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  const last = text.charCodeAt(length - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? length - 1 : length);
}
