import type { Row } from "../store/store.ts";

/** What the store's answer warns of. */
export function warningsOf(answer: Row): readonly string[] {
  return (answer["warnings"] ?? []) as readonly string[];
}
