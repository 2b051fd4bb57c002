import { Worker } from "node:worker_threads";
import type { SqliteDriver } from "./driver.ts";

/** Runs in a thread of its own, because the check reads the whole file in one statement. Plain JavaScript, as a text. */
const WORKER = `
const { DatabaseSync } = require("node:sqlite");
const { parentPort, workerData } = require("node:worker_threads");
const database = new DatabaseSync(workerData, { readOnly: true, timeout: 5000 });
try {
  parentPort.postMessage(database.prepare("PRAGMA quick_check(20)").all().map((row) => String(Object.values(row)[0])));
} finally {
  database.close();
}`;

/** SQLite's own check of the file: damaged pages, rows out of order, broken constraints. Empty when all is well. */
export async function quickCheck(path: string, driver: SqliteDriver): Promise<string[]> {
  const lines =
    path === ":memory:"
      ? driver.all("PRAGMA quick_check(20)").map((row) => String(Object.values(row)[0]))
      : await checkInWorker(path);
  return lines.filter((line) => line !== "ok");
}

function checkInWorker(path: string): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(WORKER, { eval: true, workerData: path });
    worker.once("message", resolve);
    worker.once("error", reject);
    worker.once("exit", () => reject(new Error("the check of the file ended without an answer")));
  });
}
