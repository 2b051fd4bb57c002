import type { Engine } from "./engine.ts";

/** So often a writer may be overtaken before it asks for a turn of its own. */
const OVERTAKEN = 3;

/** Longest wait for a turn; then the change is tried as it is. */
const PATIENCE_MS = 10_000;

/**
 * What a writer does after another was faster, for the `attempt`th time: it waits a little, and after three times it
 * asks for a turn, so that of many writers none is overtaken for ever.
 * @returns true when the next change is ours to make.
 */
export async function waitForTurn(
  engine: Engine,
  userId: string | null,
  holder: string,
  attempt: number,
): Promise<boolean> {
  const deadline = performance.now() + PATIENCE_MS;
  do {
    await sleep(1 + Math.random() * Math.min(8 * attempt, 24));
    if (attempt < OVERTAKEN) return false;
    if (await engine.store.takeTurn(userId, holder)) return true;
  } while (performance.now() < deadline && !engine.shutdown.aborted);
  return false;
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}
