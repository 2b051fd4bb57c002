import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { invalidInput, MemoryError } from "../../errors.ts";
import { isInjection } from "../../text/injection.ts";
import type { OwnerIds, Row, Store } from "../store/store.ts";
import { paint } from "../terminal/paint.ts";
import { endProgress, showProgress } from "../terminal/write.ts";
import type { Call, Command, Reply } from "./command.ts";
import { ownerOf, PLACE_OPTIONS, SCOPE_OPTIONS } from "./options.ts";

const SHOWN = 20;

export const command: Command = {
  usage: [
    "import [options]",
    "import <file or folder> [--from <system>] [options]",
    "import --undo <batch>",
    "import --from mem0 <path or address> [options]",
  ],
  summary: "store an export, a JSON array, or another system's data; what is known is skipped",
  about:
    'A path is looked at, and what it is of is said: an export of Recollect, a JSON array of {memory|text|content, user_id?,\nmetadata?}, or the data of another system (docs/importers.md). - is standard input. Without a path it is only said what\nlies in the usual places. "recollect import --from mem0 --help" tells of Mem0\'s own files and servers.',
  options: [
    { name: "from", value: "<system>", help: "take it for this one's data, without looking" },
    { name: "dry-run", help: "read and count, store nothing" },
    { name: "all", help: "where a path holds data of several systems: all of them" },
    { name: "all-skipped", help: "name every row that is skipped, not the first 20" },
    { name: "instructions", help: "rules of agents' files become standing instructions" },
    { name: "map", value: "<json>", help: "with --from rows: which column holds what" },
    { name: "undo", value: "<batch>", help: "take one import back; restore brings single memories back" },
    ...SCOPE_OPTIONS,
    ...PLACE_OPTIONS,
  ],
  examples: [
    "recollect import memories.jsonl",
    "recollect import ~/.claude-mem/claude-mem.db --dry-run",
    "recollect import . --from markdown --user-id hana",
    "recollect import rows.json --user-id hana",
    'recollect import notes.csv --from rows --map \'{"text":"body","created_at":"date"}\'',
    "ssh other recollect export | recollect import -",
  ],
  run,
};

async function run(call: Call): Promise<Reply> {
  const [path] = call.positionals;
  const batch = call.text("undo");
  if (call.positionals.length > 1 || (batch !== undefined && path !== undefined))
    throw invalidInput('"recollect import" expects one file or folder, or - for standard input.');
  if (batch !== undefined) return (await import("../import/undo-import.ts")).undoImport(call, batch);
  const { findImporters, importForeign, listUsual } = await import("../import/import-foreign.ts");
  if (path === undefined) return listUsual();
  try {
    const hits = path === "-" ? [] : findImporters(call, path);
    if (hits.length > 0) return await importForeign(call, path, hits);
    const { beginning, pieces } = await peek(path === "-" ? process.stdin : createReadStream(path));
    if (/^\s*\[/u.test(beginning)) return await importRows(call, await textOf(pieces));
    return await importLines(call, pieces);
  } catch (error) {
    throw failed(error, path);
  }
}

async function importLines(call: Call, pieces: AsyncIterable<unknown>): Promise<Reply> {
  const store = await call.store();
  if (call.has("dry-run")) {
    const types = new Map<string, number>();
    for (const line of (await textOf(pieces)).split("\n")) {
      if (line.trim() === "") continue;
      const type = String((JSON.parse(line) as Row)["type"]);
      types.set(type, (types.get(type) ?? 0) + 1);
    }
    const count = types.get("memory") ?? 0;
    return {
      data: { is_dry_run: true, lines: Object.fromEntries(types) },
      count,
      lines: () => [`${count} memories would be imported; what is known is skipped. Nothing was stored.`],
    };
  }
  const result = await store.import(withProgress(pieces));
  endProgress();
  const imported = Number(result["imported"] ?? 0);
  return {
    data: result,
    count: imported,
    lines: () => [`${imported} imported, ${String(result["skipped"] ?? 0)} known already.`],
  };
}

async function* withProgress(pieces: AsyncIterable<unknown>): AsyncGenerator<string> {
  let bytes = 0;
  const decoder = new TextDecoder();
  for await (const piece of pieces) {
    bytes += (piece as Buffer).length;
    showProgress(`${(bytes / 1e6).toFixed(1)} MB read`);
    yield decoder.decode(piece as Buffer, { stream: true });
  }
  yield decoder.decode();
}

/** Row by row. One that fails is told with its number, the others are stored, and the exit status says so. */
async function importRows(call: Call, text: string): Promise<Reply> {
  const rows = JSON.parse(text) as readonly unknown[];
  const owner = ownerOf(call);
  const store = await call.store();
  const failures: { row: number; error: string }[] = [];
  let imported = 0;
  for (const [index, row] of rows.entries()) {
    try {
      await importRow(store, row, owner, call.has("dry-run"));
      imported += 1;
    } catch (error) {
      if (!MemoryError.isInstance(error)) throw error;
      failures.push({ row: index + 1, error: error.message });
    }
    showProgress(`${index + 1} of ${rows.length} rows`);
  }
  endProgress();
  const isDryRun = call.has("dry-run");
  return {
    data: { imported: isDryRun ? 0 : imported, failed: failures, is_dry_run: isDryRun },
    count: imported,
    scope: owner,
    status: failures.length > 0 ? 1 : 0,
    lines: () => [
      `${imported} of ${rows.length} rows ${isDryRun ? "could be imported. Nothing was stored." : "imported."}`,
      ...failures.slice(0, SHOWN).map(({ row, error }) => paint("red", `row ${row}: ${error}`)),
      ...(failures.length > SHOWN ? [`… and ${failures.length - SHOWN} more`] : []),
    ],
  };
}

async function importRow(store: Store, row: unknown, fallback: OwnerIds, isDryRun: boolean): Promise<void> {
  if (typeof row !== "object" || row === null || Array.isArray(row))
    throw invalidInput("expected an object with memory, text or content.");
  const { memory, text, content, user_id: userId, agent_id: agentId, metadata, created_at: saidAt } = row as Row;
  const words = memory ?? text ?? content;
  if (typeof words !== "string" || words.trim() === "")
    throw invalidInput("expected a text under memory, text or content.");
  if (metadata !== undefined && metadata !== null && (typeof metadata !== "object" || Array.isArray(metadata)))
    throw invalidInput("metadata must be an object.");
  if (isDryRun) return;
  const named = {
    ...(typeof userId === "string" ? { userId } : {}),
    ...(typeof agentId === "string" ? { agentId } : {}),
  };
  const owner = Object.keys(named).length > 0 ? named : fallback;
  await store.add(words, {
    owner,
    options: {
      infer: false,
      // What gives orders to a model is kept, and waits for review.
      ...(isInjection(words.toLowerCase()) ? { untrusted: true } : {}),
      ...(metadata === undefined || metadata === null ? {} : { metadata }),
      ...(typeof saidAt === "string" ? { timestamp: saidAt } : {}),
      // The same row is the same add, however often the file is imported.
      idempotencyKey: createHash("sha256")
        .update(JSON.stringify([owner, row]))
        .digest("hex"),
    },
  });
}

/** The first piece as text, which tells the format, and all of them. */
async function peek(source: AsyncIterable<unknown>): Promise<{ beginning: string; pieces: AsyncIterable<unknown> }> {
  const iterator = source[Symbol.asyncIterator]();
  const first = await iterator.next();
  const beginning = first.done === true ? "" : (first.value as Buffer).toString("utf8").replace(/^\uFEFF/u, "");
  async function* all(): AsyncGenerator<unknown> {
    for (let next = first; next.done !== true; next = await iterator.next()) yield next.value;
  }
  return { beginning, pieces: all() };
}

async function textOf(pieces: AsyncIterable<unknown>): Promise<string> {
  const all: Buffer[] = [];
  for await (const piece of pieces) all.push(piece as Buffer);
  return Buffer.concat(all)
    .toString("utf8")
    .replace(/^\uFEFF/u, "");
}

/** A file that cannot be read, or is damaged, is a failure, not a wrong use of the command. */
function failed(error: unknown, path: string): unknown {
  const isOurs = MemoryError.isInstance(error);
  const isFile = typeof (error as NodeJS.ErrnoException).syscall === "string" || error instanceof SyntaxError;
  if (!isOurs && !isFile) return error;
  return new MemoryError(
    isOurs ? error.code : "invalid_input",
    isOurs ? error.message : `${path} cannot be read: ${(error as Error).message}.`,
    {
      cause: error,
      details: { exitStatus: 1, ...(isOurs ? error.details : {}) },
    },
  );
}
