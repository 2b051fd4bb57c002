import { once } from "node:events";

let isBroken = false;

/** A reader that has read enough, as `head -1` has, ends the writing and is no failure. */
export function watchStandardOutput(): void {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    isBroken = true;
  });
}

/** False once nobody reads any more. */
export async function write(text: string): Promise<boolean> {
  if (isBroken) return false;
  if (!process.stdout.write(text)) await Promise.race([once(process.stdout, "drain"), once(process.stdout, "close")]);
  return !isBroken;
}

/** How far long work has come, on standard error, where that is a terminal. */
export function showProgress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001B[K${text}`);
}

export function endProgress(): void {
  if (process.stderr.isTTY) process.stderr.write("\r\u001B[K");
}
