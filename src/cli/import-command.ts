import { Readable } from "node:stream";
import { parseArgs } from "node:util";
import { invalidInput, MemoryError } from "../errors.ts";
import { Memory } from "../memory.ts";
import { fetchMem0 } from "./import/fetch-mem0.ts";
import { readMem0Path } from "./import/find-source.ts";
import type { ForeignSource } from "./import/foreign-memory.ts";
import { ImportRun } from "./import/plan-import.ts";
import { describeRun, describeSkipped } from "./import/report.ts";

const HELP = `Usage: recollect import --from mem0 <path or address> [options]

Brings memories along: ids, times, owners, metadata, categories and histories. What is there already is left as it is,
so it can be run again. Secrets are masked.

A path: vector_store.db, history.db, a Qdrant folder, a JSON file of memories, or a folder that holds them.
An address: https://api.mem0.ai, Mem0's self-hosted server, or any server with Mem0's API.

  --dry-run            read and count, store nothing
  --to, --db <file>    the store file; left out: the one that new Memory() would open
  --server <address>   store it in a server's project instead, with --key (RECOLLECT_API_KEY: an owner's key)
  --history <file>     Mem0's history, where it lies elsewhere
  --user-id <id>       the owner of memories that name none
  --api-key <key>      of the address (MEM0_API_KEY)
  --filters <json>     Mem0's filters: what of the address; left out: everything
  --with-history       histories of the address too, a request for each memory
  --all-skipped        name every row that is skipped, not the first 20
  --json               one JSON object on standard output, errors too
`;

interface Given {
  readonly [name: string]: string | boolean | undefined;
  readonly from?: string;
  readonly to?: string;
  readonly db?: string;
  readonly server?: string;
  readonly key?: string;
  readonly history?: string;
  readonly filters?: string;
}

type Say = (line: string) => void;

/** Reads all of the source, says what it found, and stores it. */
export async function importCommand(args: readonly string[]): Promise<number> {
  if (!args.includes("--json")) {
    const { status } = await readAndStore(args, (line) => process.stdout.write(`${line}\n`));
    return status;
  }
  const start = performance.now();
  const answer = (body: object): void => {
    const taken = Math.round(performance.now() - start);
    process.stdout.write(`${JSON.stringify({ command: "import", duration_ms: taken, ...body })}\n`);
  };
  try {
    const { status, count, data } = await readAndStore(args, () => undefined);
    if (data === undefined) return status;
    answer({ status: "success", count, data });
    return status;
  } catch (error) {
    const isUsage = (error as { code?: unknown }).code?.toString().startsWith("ERR_PARSE_ARGS") === true;
    if (!MemoryError.isInstance(error) && !isUsage) throw error;
    const code = isUsage ? "invalid_input" : (error as MemoryError).code;
    answer({ status: "error", error: (error as Error).message, code, data: null });
    return isUsage ? 2 : 1;
  }
}

interface Outcome {
  readonly status: number;
  readonly count?: number;
  /** Left out where help was all there was to say. */
  readonly data?: object;
}

async function readAndStore(args: readonly string[], say: Say): Promise<Outcome> {
  const text = { type: "string" } as const;
  const flag = { type: "boolean", default: false } as const;
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      from: text,
      to: text,
      db: text,
      server: text,
      key: text,
      history: text,
      "user-id": text,
      "api-key": text,
      filters: text,
      "with-history": flag,
      "dry-run": flag,
      "all-skipped": flag,
      json: flag,
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return { status: 0 };
  }
  const [place] = positionals;
  if (values.from !== "mem0" || place === undefined || positionals.length > 1) {
    process.stderr.write(HELP);
    return { status: 2 };
  }
  const read = await readSource(place, values, say);
  const owner = values["user-id"] === undefined ? {} : { userId: values["user-id"] };
  const start = (): ImportRun => new ImportRun(read, { source: "mem0", owner, fillsOwner: false, now: Date.now() });
  const run = start();
  for await (const each of run.memories()) void each;
  say([...describeRun(run), ...describeSkipped(run, values["all-skipped"])].join("\n"));
  const { memories, users, versions, masked } = run.counts;
  const { skipped, notes } = run;
  const counted = { memories, users: users.size, versions, masked, skipped, notes };
  if (values["dry-run"]) {
    say("Nothing was stored: this was a dry run.");
    return { status: 0, count: memories, data: { is_dry_run: true, ...counted } };
  }
  const result = memories === 0 ? { imported: 0, skipped: 0 } : await store(start(), values);
  say(`Imported: ${result.imported}. There already: ${result.skipped}.${purgedOf(result)}`);
  const undo = result.imported === 0 ? undefined : (result.batchId ?? undefined);
  if (undo !== undefined) say(`To take it back: recollect import --undo ${undo}`);
  const stored = {
    imported: result.imported,
    there_already: result.skipped,
    purged: result.purged ?? 0,
    ...(undo === undefined ? {} : { batch: undo }),
  };
  return { status: 0, count: result.imported, data: { is_dry_run: false, ...counted, ...stored } };
}

async function readSource(place: string, values: Given, say: Say): Promise<ForeignSource> {
  const isAddress = /^https?:\/\//iu.test(place);
  if (!isAddress) {
    const read = await readMem0Path(place, values.history);
    say(`Source: ${read.what}`);
    return read;
  }
  const apiKey = values["api-key"] ?? process.env["MEM0_API_KEY"];
  if (typeof apiKey !== "string" || apiKey === "")
    throw invalidInput("An address needs a key: --api-key or MEM0_API_KEY.");
  const read = await fetchMem0({
    url: place,
    apiKey,
    filters: parseFilters(values.filters),
    withHistory: values["with-history"] === true,
    onProgress: (fetched, of) => {
      if (process.stderr.isTTY) process.stderr.write(`\r${fetched} of ${of}`);
    },
  });
  say(`Source: ${read.what} at ${read.instance}`);
  return read;
}

function parseFilters(text: string | undefined): object | undefined {
  if (text === undefined) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw invalidInput(`--filters expects JSON: ${(error as Error).message}.`);
  }
  if (typeof value !== "object" || value === null) throw invalidInput("--filters expects a JSON object.");
  return value;
}

interface Stored {
  readonly imported: number;
  readonly skipped: number;
  readonly purged?: number;
  readonly batchId?: string | null;
}

async function store(
  run: ImportRun,
  { to, db, server, key = process.env["RECOLLECT_API_KEY"] }: Given,
): Promise<Stored> {
  if (server !== undefined) return await sendToServer(run, server, key);
  const memory = new Memory((to ?? db) === undefined ? {} : { dbPath: (to ?? db) as string });
  try {
    return await memory.import(run.lines());
  } finally {
    await memory.close();
  }
}

async function sendToServer(run: ImportRun, server: string, key: string | undefined): Promise<Stored> {
  if (key === undefined || key === "") throw invalidInput("--server needs an owner's key: --key or RECOLLECT_API_KEY.");
  let response: Response;
  try {
    response = await fetch(`${server.replace(/\/+$/u, "")}/v1/import/`, {
      method: "POST",
      headers: { Authorization: `Token ${key}`, "Content-Type": "application/x-ndjson" },
      redirect: "error",
      // A stream: an import may be larger than what a text can hold.
      body: Readable.toWeb(Readable.from(run.lines(), { objectMode: false })),
      duplex: "half",
    } as RequestInit);
  } catch (error) {
    const reason = ((error as Error).cause as Error | undefined)?.message ?? (error as Error).message;
    throw new MemoryError("store_failed", `${server} cannot be reached: ${reason}.`, { cause: error });
  }
  const answer = (await response.json()) as Stored & { readonly error?: string };
  if (!response.ok)
    throw new MemoryError("store_failed", `${server} answered ${response.status}: ${answer.error ?? ""}`);
  return answer;
}

function purgedOf({ purged = 0 }: Stored): string {
  return purged === 0 ? "" : ` Purged here before, and left so: ${purged}.`;
}
