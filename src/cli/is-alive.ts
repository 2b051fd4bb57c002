import { readFileSync } from "node:fs";

/** Whether a process of this machine runs; one of another user does, and one that waits to be collected does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Killed, and kept in the table by a first process that does not collect its children, as in many containers. */
function isZombie(pid: number): boolean {
  try {
    // "pid (name) state …", where the name may hold anything.
    return /\) Z [^)]*$/u.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    // No such table on this system, or it has just ended.
    return false;
  }
}
