import type { Problem } from "../../../ports/memory-store.ts";
export function verifyStore(_store: unknown, _repair: boolean): Problem[] {
  return [];
}
