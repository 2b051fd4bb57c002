import type { MemoryDoor } from "./session.ts";

export interface KeptMemory {
  readonly id: string;
  readonly memory: string;
  readonly event: string;
  readonly superseded?: readonly string[];
}

export interface KeptText {
  readonly memories: readonly KeptMemory[];
  /** True: it is stored, and a language model has yet to find its facts. */
  readonly isPending: boolean;
  readonly warnings: readonly string[];
}

/**
 * Keeps what an agent wrote down, with the facts in it. Where the rules find none, the sentence itself becomes one: an
 * agent that asks for a sentence to be remembered expects to find it in the list.
 */
export async function keepText(
  memory: MemoryDoor,
  text: string,
  scope: object,
  options: object = {},
): Promise<KeptText> {
  const drawn = await memory.add(text, { ...scope, ...options, wait: false } as never);
  const hasNone = drawn.results.length === 0 && drawn.pendingMessages === 0 && drawn.messages.length > 0;
  const kept = hasNone ? await memory.add(text, { ...scope, ...options, infer: false } as never) : drawn;
  return {
    memories: kept.results.map(({ id, memory: fact, event, superseded }) => ({
      id,
      memory: fact,
      event,
      ...(superseded === undefined ? {} : { superseded }),
    })),
    isPending: drawn.pendingMessages > 0,
    warnings: [...new Set([...drawn.warnings, ...kept.warnings])],
  };
}
