import { existsSync } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import { invalidInput, MemoryError } from "../../errors.ts";
import { endProgress, showProgress, write } from "../terminal/write.ts";
import type { Call, Command, Reply } from "./command.ts";
import { namedOwner, PLACE_OPTIONS, PROJECT_OPTIONS, SCOPE_OPTIONS } from "./options.ts";

export const command: Command = {
  usage: ["export [file] [options]"],
  summary: "write everything as lines of JSON, with histories and evidence",
  about: "Without an id it is the whole store. Without a file the lines go to standard output.",
  options: [{ name: "force", help: "overwrite the file" }, ...SCOPE_OPTIONS, ...PROJECT_OPTIONS, ...PLACE_OPTIONS],
  examples: ["recollect export memories.jsonl", "recollect export --user-id hana | gzip > hana.jsonl.gz"],
  run,
};

async function run(call: Call): Promise<Reply> {
  const [path] = call.positionals;
  if (call.positionals.length > 1) throw invalidInput('"recollect export" expects at most one file.');
  const owner = namedOwner(call);
  if (path !== undefined && existsSync(path) && !call.has("force"))
    throw new MemoryError("conflict", `${path} is there already. Name another file, or say --force.`);
  const lines = (await call.store()).export(owner);
  if (path === undefined || path === "-") return toStandardOutput(call, lines);
  const count = await toFile(path, lines);
  return {
    data: { file: path, lines: count },
    count,
    scope: owner,
    lines: () => [`${count} lines written to ${path}`],
  };
}

async function toStandardOutput(call: Call, lines: AsyncIterable<string>): Promise<Reply> {
  const kept: unknown[] = [];
  let count = 0;
  for await (const line of lines) {
    count += 1;
    if (call.form === "json") kept.push(JSON.parse(line));
    else if (!(await write(line))) break;
  }
  return { data: { lines: kept }, count, lines: () => [] };
}

/** Under another name until it is whole; for its owner alone. */
async function toFile(path: string, lines: AsyncIterable<string>): Promise<number> {
  const draft = `${path}.${process.pid}.part`;
  let count = 0;
  try {
    const file = await open(draft, "wx", 0o600);
    try {
      for await (const line of lines) {
        await file.appendFile(line);
        count += 1;
        if (count % 500 === 0) showProgress(`${count} lines`);
      }
      await file.sync();
    } finally {
      await file.close();
      endProgress();
    }
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    if (MemoryError.isInstance(error)) throw error;
    throw new MemoryError("store_failed", `${path} cannot be written: ${(error as Error).message}.`, { cause: error });
  }
  return count;
}
