import { embedSafely } from "./embed-documents.ts";
import type { Engine } from "./engine.ts";

/** Words answer alone after that: somebody is waiting. */
const QUERY_TIMEOUT_MS = 3_000;

/** The query's vector, or null: an embedder that fails never fails a search, words answer and a warning says so. */
export async function embedQuery(
  { embedder }: Engine,
  query: string,
  warnings: string[],
): Promise<Float32Array | null> {
  if (embedder === undefined) return null;
  try {
    const [vector] = await embedSafely(embedder, [query], { purpose: "query", timeoutMs: QUERY_TIMEOUT_MS });
    return vector ?? null;
  } catch (error) {
    warnings.push(`Words alone were searched. ${(error as Error).message}`);
    return null;
  }
}
