// Holds a lock on a store file: node fault-lock.ts FILE write|all MILLISECONDS
import { DatabaseSync } from "node:sqlite";
import { writeSync } from "node:fs";

const [path, kind, milliseconds] = process.argv.slice(2) as [string, string, string];
const database = new DatabaseSync(path, { timeout: 5_000 });
// "write" keeps writers out, as a stuck writer does; "all" keeps readers out too, as a stuck lock of a network folder does.
if (kind === "all") database.exec("PRAGMA locking_mode=EXCLUSIVE");
database.exec("BEGIN IMMEDIATE");
database.exec("INSERT INTO meta(key, value) VALUES('lock', '1')");
writeSync(1, "locked\n");
setTimeout(() => {
  database.exec("ROLLBACK");
  database.close();
}, Number(milliseconds));
