import type { Row } from "../store/store.ts";
import { day, plain, textOf } from "../terminal/describe-memory.ts";
import { paint } from "../terminal/paint.ts";
import { oneLine } from "../terminal/text-width.ts";

/** What says different things about one slot, each with the id that approve and reject take. */
export function describeContradictions(contradictions: readonly Row[]): string[] {
  return contradictions.flatMap(({ attribute, memories }) => [
    `${paint("yellow", "contradiction")}  ${oneLine(plain((attribute as Row)["attribute"]))} of ${oneLine(plain((attribute as Row)["subject"]))}`,
    ...(memories as readonly Row[]).map(
      (memory) => `  ${plain(memory["id"])}  ${day(memory["created_at"])}  ${oneLine(textOf(memory))}`,
    ),
  ]);
}
