import { LRUCache } from "lru-cache";
import { MemoryError } from "../../errors.ts";
import type { MemoryStore } from "../../ports/memory-store.ts";
import type { Engine } from "../engine.ts";

/** Views that are kept, and their characters together. */
const MAX_VIEWS = 500;
const MAX_CHARACTERS = 4_000_000;
const KEPT_MS = 60 * 60_000;
/** A model that failed is left alone for so long: reads do not wait for its time limit again and again. */
const FAILED_MS = 30_000;

type Entry = { readonly value: unknown } | { readonly failure: MemoryError };

interface Views {
  readonly made: LRUCache<string, Entry>;
  /** Of views that are being made: who asks meanwhile waits for the same answer. */
  readonly open: Map<string, Promise<unknown>>;
}

const views = new WeakMap<MemoryStore, Views>();

/**
 * What a model made of exactly these memories, schema and instructions, made once: in this process's memory alone, for
 * an hour. `key` names all of it, versions of memories included, so that what changed is never answered from here.
 */
export async function madeOnce<Value>(engine: Engine, key: unknown, make: () => Promise<Value>): Promise<Value> {
  const bytes = engine.createDigest().update(JSON.stringify(key)).digest();
  const digest = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  const { made, open } = viewsOf(engine.store);
  const known = made.get(digest);
  if (known !== undefined) {
    if ("failure" in known) throw known.failure;
    return known.value as Value;
  }
  const waiting = open.get(digest);
  if (waiting !== undefined) return (await waiting) as Value;
  const making = make();
  open.set(digest, making);
  try {
    const value = await making;
    // A purge or reset meanwhile has forgotten it: what was made before stays out.
    if (open.get(digest) === making) made.set(digest, { value }, { size: JSON.stringify(value).length + 1 });
    return value;
  } catch (error) {
    if (MemoryError.isInstance(error) && error.code !== "aborted" && open.get(digest) === making)
      made.set(digest, { failure: error }, { ttl: FAILED_MS, size: 1 });
    throw error;
  } finally {
    if (open.get(digest) === making) open.delete(digest);
  }
}

/** Forgets every view: after a purge no word of what was purged is kept anywhere. */
export function forgetViews(store: MemoryStore): void {
  const known = views.get(store);
  known?.made.clear();
  known?.open.clear();
}

function viewsOf(store: MemoryStore): Views {
  const known = views.get(store);
  if (known !== undefined) return known;
  const fresh: Views = {
    made: new LRUCache({ max: MAX_VIEWS, maxSize: MAX_CHARACTERS, ttl: KEPT_MS }),
    open: new Map(),
  };
  views.set(store, fresh);
  return fresh;
}
