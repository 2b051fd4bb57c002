import type { ExportedMemory } from "../../../ports/memory-store.ts";
export async function* exportMemories(
  _store: unknown,
  _userIds: unknown,
  _read: <Result>(work: () => Result) => Promise<Result>,
): AsyncGenerator<ExportedMemory> {}
