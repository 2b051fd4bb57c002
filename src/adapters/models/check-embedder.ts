import { invalidInput } from "../../errors.ts";
import type { Embedder } from "../../ports/embedder.ts";

/**
 * What is relied on without looking again; an embedder comes from the caller's own code, perhaps without types.
 * @throws MemoryError `invalid_input` that says what is missing.
 */
export function checkEmbedder(value: object): Embedder {
  const { space, maxBatchSize, embed, prepare } = value as Record<string, unknown>;
  const wrong =
    typeof embed !== "function"
      ? "a function embed"
      : isPositive(maxBatchSize)
        ? wrongOfSpace(space, typeof prepare === "function")
        : "maxBatchSize, a positive integer";
  if (wrong === null) return value as Embedder;
  throw invalidInput(`Invalid configuration: embedder must be an Embedder with ${wrong}, or false.`, {
    name: "embedder",
  });
}

/** Key and dimensions of a space that has to be prepared throw until then. */
function wrongOfSpace(space: unknown, isPrepared: boolean): string | null {
  if (typeof space !== "object" || space === null) return "an object space";
  const { provider, model, background, weight } = space as Record<string, unknown>;
  const { key, dimensions } = isPrepared ? { key: "later", dimensions: 1 } : (space as Record<string, unknown>);
  const { mean, deviation } = (background ?? {}) as Record<string, unknown>;
  if (![key, provider, model].every((text) => typeof text === "string" && text !== ""))
    return "space.key, space.provider and space.model, texts that are not empty";
  if (!isPositive(dimensions)) return "space.dimensions, a positive integer";
  const areNumbers = [mean, deviation, weight].every((number) => Number.isFinite(number));
  return areNumbers ? null : "numbers in space.background and space.weight";
}

function isPositive(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) > 0;
}
