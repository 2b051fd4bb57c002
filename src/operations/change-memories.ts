import { MemoryError } from "../errors.ts";
import type { ChangeSet, StoredMemory } from "../ports/memory-store.ts";
import type { Engine } from "./engine.ts";
import { waitForTurn } from "./wait-for-turn.ts";

const MAX_ATTEMPTS = 50;

type Change = Pick<ChangeSet, "patch" | "add" | "settled" | "finishJob" | "idempotency" | "batch" | "undone">;

/**
 * Changes memories of one user as they are at the moment of writing: `plan` sees them fresh, and sees them again when
 * another writer was faster. Calls for one user run one after the other.
 */
export async function changeMemories(
  engine: Engine,
  userId: string | null,
  ids: readonly string[],
  plan: (memories: readonly StoredMemory[]) => Change | Promise<Change>,
): Promise<void> {
  await engine.locks.run(`user ${userId ?? ""}`, async () => {
    const holder = engine.createId(engine.clock());
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
      const isOurTurn = attempt > 0 && (await waitForTurn(engine, userId, holder, attempt));
      const partition = await engine.store.readPartition(userId);
      const change = await plan(await engine.store.getMemories(ids));
      const isEmpty = (change.patch ?? []).length === 0 && (change.add ?? []).length === 0;
      if (isEmpty && change.settled === undefined) return;
      const applied = await engine.store.apply({
        ...change,
        userId,
        at: engine.clock(),
        expectedVersion: partition.version,
        ...(isOurTurn ? { turn: holder } : {}),
      });
      if (applied.status === "applied") return;
    }
    throw new MemoryError(
      "conflict",
      `The memories of this user changed ${MAX_ATTEMPTS} times while this call was worked out. Try again.`,
      { retryable: true },
    );
  });
}
