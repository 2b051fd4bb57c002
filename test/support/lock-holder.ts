import { mkdirSync, rmdirSync, writeSync } from "node:fs";
import { takeLock } from "../../src/cli/process-lock.ts";

/**
 * A process that takes a lock again and again, writes "in" each time it has it and "TWO" where another one has it at the
 * same time, and is killed with the lock in its hand after a few times.
 */
const [path = "", times = "1"] = process.argv.slice(2);
const room = `${path}.room`;

for (let left = Number(times); left > 0;) {
  const release = takeLock(path);
  if (release === undefined) continue;
  left -= 1;
  try {
    // A folder is made by one process alone.
    mkdirSync(room);
    writeSync(1, "in\n");
    rmdirSync(room);
  } catch {
    writeSync(1, "TWO\n");
  }
  if (left === 0) process.kill(process.pid, "SIGKILL");
  release();
}
