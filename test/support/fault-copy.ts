import { copyFileSync, existsSync, mkdirSync, truncateSync } from "node:fs";
import { join } from "node:path";

/** Copies a store as a crash left it: the file and its log, without the shared memory. Returns the copy's path. */
export function copyCrashed(path: string, folder: string, name: string): string {
  const target = join(folder, name);
  mkdirSync(target);
  const copy = join(target, "memory.db");
  copyFileSync(path, copy);
  if (existsSync(`${path}-wal`)) copyFileSync(`${path}-wal`, `${copy}-wal`);
  return copy;
}

/** Cuts a file off after `bytes`. */
export function cut(path: string, bytes: number): void {
  truncateSync(path, bytes);
}
