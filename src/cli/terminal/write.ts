let isBroken = false;
let isWatched = false;

/** A reader that has read enough, as `head -1` has, ends the writing and is no failure. */
export function watchStandardOutput(): void {
  if (isWatched) return;
  isWatched = true;
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    isBroken = true;
  });
}

/** False once nobody reads any more. */
export async function write(text: string | Uint8Array): Promise<boolean> {
  if (isBroken) return false;
  // Waits for the reader; a write that fails calls back as well.
  await new Promise<void>((resolve) => {
    process.stdout.write(text, () => resolve());
  });
  return !isBroken;
}

/** How far long work has come, on standard error, where that is a terminal. */
export function showProgress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001B[K${text}`);
}

export function endProgress(): void {
  if (process.stderr.isTTY) process.stderr.write("\r\u001B[K");
}
