import { LRUCache } from "lru-cache";
import type { Embedder } from "../ports/embedder.ts";
import { embedSafely } from "./embed-documents.ts";

/** Words answer alone after that: somebody is waiting. */
const QUERY_TIMEOUT_MS = 3_000;

/** Queries whose vectors are kept, per embedder: agents ask the same things again. */
const CACHED_QUERIES = 500;

const caches = new WeakMap<Embedder, LRUCache<string, { readonly vector: Float32Array | null }>>();

/** The query's vector, or null: an embedder that fails never fails a search, words answer and a warning says so. */
export async function embedQuery(
  embedder: Embedder | undefined,
  query: string,
  warnings: string[],
): Promise<Float32Array | null> {
  if (embedder === undefined) return null;
  let cache = caches.get(embedder);
  if (cache === undefined) caches.set(embedder, (cache = new LRUCache({ max: CACHED_QUERIES })));
  const known = cache.get(query);
  if (known !== undefined) return known.vector;
  try {
    const [vector = null] = await embedSafely(embedder, [query], { purpose: "query", timeoutMs: QUERY_TIMEOUT_MS });
    cache.set(query, { vector });
    return vector;
  } catch (error) {
    warnings.push(`Words alone were searched. ${(error as Error).message}`);
    return null;
  }
}
