import { spansToHide } from "../domain/hidden-spans.ts";
import type { Span } from "../domain/memory.ts";
import type { MemoryReference, StoredMemory } from "../ports/memory-store.ts";
import type { Engine } from "./engine.ts";

/** Which parts of messages must not be shown: what a deleted memory rested on (design decision 2). */
export async function hiddenSpans(
  engine: Engine,
  memories: readonly StoredMemory[],
): Promise<ReadonlyMap<MemoryReference, readonly Span[]>> {
  const messages = new Set(
    memories.flatMap((memory) =>
      memory.isTurn ? [memory.reference] : memory.evidence.map((source) => source.reference),
    ),
  );
  return spansToHide(await engine.store.findStands([...messages]));
}

/**
 * Memories as they may be shown: without deleted messages among their sources, and without the words of messages that
 * deleted memories rested on. A turn of which nothing is left is dropped.
 */
export async function withoutHiddenWords(engine: Engine, all: readonly StoredMemory[]): Promise<StoredMemory[]> {
  const memories = all.map(withoutDeletedSources);
  const hidden = await hiddenSpans(engine, memories);
  if (hidden.size === 0) return memories;
  return memories.flatMap((memory) => {
    const own = hidden.get(memory.reference);
    const text = memory.isTurn ? visibleText(memory.record.text, own) : memory.record.text;
    if (text === "") return [];
    const evidence = memory.evidence.map((source) => {
      const visible = visibleText(source.text, hidden.get(source.reference));
      // Places in the whole text say nothing in a cut one.
      return visible === source.text
        ? source
        : { ...source, text: visible, spans: [{ start: 0, end: visible.length }] };
    });
    return [{ ...memory, record: { ...memory.record, text }, evidence }];
  });
}

function withoutDeletedSources(memory: StoredMemory): StoredMemory {
  const evidence = memory.evidence.filter(({ state }) => state !== "deleted");
  return evidence.length === memory.evidence.length ? memory : { ...memory, evidence };
}

/** A message's text without its hidden parts; each gap is marked by an ellipsis. */
export function visibleText(text: string, hidden: readonly Span[] | undefined): string {
  if (hidden === undefined || hidden.length === 0) return text;
  let result = "";
  let position = 0;
  for (const { start, end } of hidden.toSorted((left, right) => left.start - right.start)) {
    if (end <= position) continue;
    const before = text.slice(position, Math.max(position, start)).trim();
    if (before !== "") result += `${result === "" ? "" : " "}${before}`;
    if (!result.endsWith("…")) result += result === "" ? "…" : " …";
    position = end;
  }
  const rest = text.slice(position).trim();
  const visible = rest === "" ? result : `${result} ${rest}`;
  return /[\p{L}\p{N}]/u.test(visible) ? visible : "";
}
