import { statSync } from "node:fs";
import { MemoryError } from "../../../errors.ts";

/**
 * Watches over an open file's name: one that was deleted or replaced would take writes that nobody ever sees again.
 * @returns a check to run before each write, a few microseconds; it throws MemoryError `store_failed`.
 */
export function watchFile(path: string): () => void {
  if (path === ":memory:") return () => undefined;
  const opened = statSync(path);
  return () => {
    const current = statSync(path, { throwIfNoEntry: false });
    if (current?.ino === opened.ino && current.dev === opened.dev) return;
    throw new MemoryError(
      "store_failed",
      `${path} was moved, deleted or replaced while it was open; nothing was changed. Put it back, or close this Memory and make a new one.`,
    );
  };
}
