import { embedSafely } from "./embed-documents.ts";
import type { Engine } from "./engine.ts";

/** The query's vector, or null: an embedder that fails never fails a search, words answer and a warning says so. */
export async function embedQuery(
  { embedder }: Engine,
  query: string,
  warnings: string[],
): Promise<Float32Array | null> {
  if (embedder === undefined) return null;
  try {
    const [vector] = await embedSafely(embedder, [query], { purpose: "query" });
    return vector ?? null;
  } catch (error) {
    warnings.push(`Words alone were searched. ${(error as Error).message}`);
    return null;
  }
}
