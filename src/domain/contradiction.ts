import type { MemoryItem } from "./search-result.ts";

/** Active memories that say different things about one slot, newest said first. */
export interface Contradiction {
  readonly attribute: { readonly subject: string; readonly attribute: string };
  readonly memories: readonly MemoryItem[];
}
