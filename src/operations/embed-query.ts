import type { Engine } from "./engine.ts";

/** The query's vector, or null: an embedder that fails never fails a search, words answer and a warning says so. */
export async function embedQuery(
  { embedder }: Engine,
  query: string,
  warnings: string[],
): Promise<Float32Array | null> {
  if (embedder === undefined) return null;
  try {
    const [vector] = await embedder.embed([query], { purpose: "query" });
    return vector ?? null;
  } catch (error) {
    warnings.push(`The embedder ${embedder.space.key} failed, words alone were searched: ${(error as Error).message}`);
    return null;
  }
}
