import type { MemoryItem } from "../domain/search-result.ts";
import type { Engine } from "./engine.ts";
import { presentMemory } from "./present-memory.ts";
import { withoutHiddenWords } from "./visible-text.ts";

/** How far the extraction of messages has come. */
export interface Progress {
  /** Messages that a language model has still to see. */
  readonly pending: number;
  /** What rests on the messages now: facts and what else was derived, merged and superseded ones left out. */
  readonly results: readonly MemoryItem[];
}

/** Whether everything of an `add` is done, told by the ids of its messages. Unknown ids are nothing to wait for. */
export async function readProgress(engine: Engine, messageIds: readonly string[]): Promise<Progress> {
  const { store } = engine;
  const pending = await store.findUnextracted(messageIds);
  const messages = await store.getMemories(messageIds);
  const stands = await store.findStands(messages.map(({ reference }) => reference));
  // A place whose fact was purged stands for nothing.
  const references = new Set(
    stands.flatMap(({ state, memory }) => (state === "active" && memory !== null ? [memory] : [])),
  );
  const derived = await store.hydrate([...references]);
  // With `infer: false` the message is the fact.
  const own = messages.filter(({ record }) => record.kind !== "message" && record.state === "active");
  const shown = await withoutHiddenWords(engine, [...own, ...derived]);
  return { pending: pending.length, results: shown.map(presentMemory) };
}
