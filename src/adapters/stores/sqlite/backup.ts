import { existsSync, statSync } from "node:fs";
import { MemoryError } from "../../../errors.ts";
import type { SqliteDriver } from "./driver.ts";

/**
 * Copies the file as it is now, while others write.
 * @throws MemoryError `conflict` when the target exists, `store_failed` when it cannot be written.
 */
export async function backupTo(driver: SqliteDriver, path: string): Promise<{ bytes: number }> {
  if (existsSync(path)) throw new MemoryError("conflict", `${path} exists already. Name a new file for the backup.`);
  const { backup } = await import("node:sqlite");
  try {
    await backup(driver.raw, path, { rate: 200 });
    return { bytes: statSync(path).size };
  } catch (error) {
    throw new MemoryError(
      "store_failed",
      `The backup to ${path} failed: ${(error as Error).message}. Name a new file in a folder that exists and has room.`,
      { cause: error },
    );
  }
}
