import type { Embedder } from "../ports/embedder.ts";
import type { Engine } from "./engine.ts";
import { knownSpace } from "./embedder-slot.ts";

/**
 * The embedder that searches ask: the configured one, or, while its space lacks most vectors, the one that made the
 * file's older vectors. Once the new space is complete it stays in charge.
 */
export async function chooseQueryEmbedder(engine: Engine): Promise<Embedder | undefined> {
  const { embedder, previousEmbedder, store } = engine;
  const before = previousEmbedder === undefined ? null : knownSpace(previousEmbedder);
  if (before === null || settled.has(engine)) return embedder;
  const old = await store.readCoverage(before.key);
  if (old === null || old.vectors === 0) {
    settled.add(engine);
    return embedder;
  }
  if (embedder === undefined) return previousEmbedder;
  const now = await store.readCoverage(embedder.space.key);
  const isComplete = now !== null && now.missing === 0;
  if (isComplete) settled.add(engine);
  // More vectors answer better, whatever made them.
  return isComplete || (now !== null && now.vectors >= old.vectors) ? embedder : previousEmbedder;
}

/** Engines whose new space has been complete once, or whose file has no older one. */
const settled = new WeakSet<Engine>();
