import type { MemoryDoor } from "./session.ts";

export interface KeptMemory {
  readonly id: string;
  readonly memory: string;
  readonly event: string;
  readonly superseded?: readonly string[];
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
): Promise<{ readonly memories: readonly KeptMemory[]; readonly warnings: readonly string[] }> {
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
    warnings: [...new Set([...drawn.warnings, ...kept.warnings])],
  };
}
