import { randomUUID } from "node:crypto";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";
import { MemoryError } from "../../errors.ts";

/** A file as text; null where there is none. */
export function readText(path: string): string | null {
  if (!existsSync(path)) return null;
  const bytes = readFileSync(path);
  const text = bytes.toString("utf8");
  // Written back it must be what it was.
  if (!Buffer.from(text, "utf8").equals(bytes))
    throw new MemoryError("invalid_input", `${path} is no UTF-8 text. Nothing was changed.`);
  return text;
}

/**
 * Replaces a file's text in one step, or makes it, keeping its mode; a link is followed, so that a settings file kept
 * elsewhere stays one. Refused when the file is no longer what it was when it was read.
 * @returns folders that were made for it, outermost first.
 */
export function writeText(path: string, text: string, expected: string | null, newMode = 0o644): readonly string[] {
  const made: string[] = [];
  try {
    for (let folder = dirname(path); !existsSync(folder); folder = dirname(folder)) made.unshift(folder);
    mkdirSync(dirname(path), { recursive: true });
    const target = existsSync(path) ? realpathSync(path) : path;
    const draft = `${target}.${process.pid}.${randomUUID().slice(0, 8)}.new`;
    const mode = expected === null ? newMode : statSync(target).mode & 0o777;
    writeFileSync(draft, text, { mode, flag: "wx" });
    chmodSync(draft, mode);
    if (readText(path) !== expected) {
      rmSync(draft);
      throw new MemoryError(
        "conflict",
        `${path} was changed by somebody else meanwhile. Nothing was written; try again.`,
        {
          retryable: true,
        },
      );
    }
    renameSync(draft, target);
  } catch (error) {
    if (MemoryError.isInstance(error)) throw error;
    throw new MemoryError("store_failed", `${path} cannot be written: ${(error as Error).message}.`, { cause: error });
  }
  return made;
}

/** Removes a file that is ours, and the folders that were made for it, as far as they are empty. */
export function removeFile(path: string, folders: readonly string[]): void {
  rmSync(path, { force: true });
  for (const folder of folders.toReversed()) {
    try {
      rmdirSync(folder);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      // Somebody put something in: it stays, and so do those around it.
      if (code === "ENOTEMPTY" || code === "EEXIST" || code === "ENOENT") return;
      throw new MemoryError("store_failed", `${folder} cannot be removed: ${(error as Error).message}.`, {
        cause: error,
      });
    }
  }
}
