import type { Embedder } from "../../src/ports/embedder.ts";
import { randomOf, seedOf } from "./random.ts";

export const DIMENSIONS = 384;
const CENTRES = 1000;

const centres = Array.from({ length: CENTRES }, (_, at) => noise(1_000_003 + at));

/**
 * A vector that only depends on the text: around the centre that its first word chooses, with noise about as long
 * as the centre, of unit length. No meaning, but the clusters of a real model, at a few microseconds a text.
 */
export function vectorOf(text: string): Float32Array {
  const space = text.indexOf(" ");
  const centre = centres[seedOf(space < 0 ? text : text.slice(0, space)) % CENTRES] as Float32Array;
  const vector = noise(seedOf(text));
  let squared = 0;
  for (let at = 0; at < DIMENSIONS; at += 1) {
    const value = (centre[at] as number) + 0.9 * (vector[at] as number);
    vector[at] = value;
    squared += value * value;
  }
  const length = Math.sqrt(squared);
  for (let at = 0; at < DIMENSIONS; at += 1) vector[at] = (vector[at] as number) / length;
  return vector;
}

function noise(seed: number): Float32Array {
  const random = randomOf(seed);
  // A uniform number is close enough to a bell here: what counts is the sum over many dimensions.
  return Float32Array.from({ length: DIMENSIONS }, () => random() * 2 - 1);
}

export function createSyntheticEmbedder(): Embedder {
  return {
    space: {
      key: `bench/synthetic/${DIMENSIONS}`,
      provider: "bench",
      model: "synthetic",
      dimensions: DIMENSIONS,
      background: { mean: 0, deviation: 0.05 },
      weight: 1,
    },
    maxBatchSize: 1000,
    embed: async (texts) => texts.map(vectorOf),
  };
}
