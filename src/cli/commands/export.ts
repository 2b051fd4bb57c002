import { existsSync } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import { invalidInput, MemoryError } from "../../errors.ts";
import { endProgress, showProgress, write } from "../terminal/write.ts";
import type { Call, Command, Reply } from "./command.ts";
import type { OwnerIds } from "../store/store.ts";
import { namedOwner, WHERE_OPTIONS } from "./options.ts";

export const command: Command = {
  usage: ["export [file] [options]"],
  summary: "write everything as lines of JSON, with histories and evidence",
  about: "Without an id it is the whole store. Without a file the lines go to standard output.",
  options: [
    { name: "force", help: "overwrite the file" },
    { name: "format", value: "<name>", help: "another system's: mem0, mcp-memory, openmemory, memory-mcp, markdown" },
    ...WHERE_OPTIONS,
  ],
  examples: [
    "recollect export memories.jsonl",
    "recollect export --user-id hana | gzip > hana.jsonl.gz",
    "recollect export memory.jsonl --format mcp-memory --user-id hana",
  ],
  run,
};

async function run(call: Call): Promise<Reply> {
  const [path] = call.positionals;
  if (call.positionals.length > 1) throw invalidInput('"recollect export" expects at most one file.');
  const owner = namedOwner(call);
  if (path !== undefined && existsSync(path) && !call.has("force"))
    throw new MemoryError("conflict", `${path} is there already. Name another file, or say --force.`);
  const format = call.text("format") ?? "recollect";
  if (format !== "recollect") return exportAs(call, format, { path, owner });
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

/** What is served, in the format of another system; what that cannot hold is counted. */
async function exportAs(
  call: Call,
  name: string,
  { path, owner }: { readonly path: string | undefined; readonly owner: OwnerIds },
): Promise<Reply> {
  const { formatNamed, servedOf } = await import("../export/formats.ts");
  const format = formatNamed(name);
  const store = await call.store();
  const left = { messages: 0, inactive: 0 };
  const pieces = format.write({
    memories: servedOf(store.export(owner), left),
    relations: () => store.relations(owner),
    now: Date.now(),
  });
  if (path === undefined || path === "-") {
    if (call.form === "json") throw invalidInput("--format writes a file of its own: name one, or leave out --json.");
    for await (const piece of pieces) if (!(await write(piece))) break;
  } else await toFile(path, pieces);
  return {
    data: { file: path ?? null, format: name, left_out: left },
    scope: owner,
    lines: () =>
      path === undefined || path === "-"
        ? []
        : [
            `${path}: ${format.writes}`,
            `Left out: ${left.messages} messages, ${left.inactive} that are superseded, deleted or unverified.`,
          ],
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
async function toFile(path: string, lines: AsyncIterable<string | Uint8Array>): Promise<number> {
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
