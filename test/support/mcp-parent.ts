// A client's process that is killed while its server runs. The server's stdin is a named pipe that others hold open, so
// that its end does not tell the server anything: what it has to notice is that its parent is gone.
import { spawn } from "node:child_process";
import { openSync } from "node:fs";
import { PROGRAM } from "./program.ts";

const [pipe = "", ...args] = process.argv.slice(2);
const child = spawn(process.execPath, [PROGRAM, "mcp", ...args], { stdio: [openSync(pipe, "r+"), "ignore", "ignore"] });
process.stdout.write(`${child.pid}\n`);
setInterval(() => undefined, 1_000);
