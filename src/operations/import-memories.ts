import type { ExportedHistoryRow, ExportLine, NumberedLine } from "../domain/export-format.ts";
import { findBrokenLink, toHex } from "../domain/history-chain.ts";
import type { Digest } from "../domain/history-chain.ts";
import type { MemoryRecord } from "../domain/memory.ts";
import { invalidInput, MemoryError } from "../errors.ts";
import { identityKey } from "../extraction/near-duplicate.ts";
import { allRelations } from "../extraction/relations/relations-of.ts";
import type { ImportEntry, NewPassage } from "../ports/memory-store.ts";
import { buildPassages } from "./build-passages.ts";
import type { Engine } from "./engine.ts";
import { indexingJob, indexLongMessages, splitLongMessages } from "./index-long-messages.ts";

export interface ImportRequest {
  readonly lines: AsyncIterable<NumberedLine>;
  /** The same lines once more, when they can be read twice: then everything is checked before anything is written. */
  readonly rehearsal: AsyncIterable<NumberedLine> | null;
}

export interface ImportResult {
  /** `undo` and `revoke` take back what was imported by it; null when nothing was. */
  readonly batchId: string | null;
  readonly imported: number;
  /** Memories that were stored before, left as they are. */
  readonly skipped: number;
  /** Of the skipped ones: changed since, here or in the file. */
  readonly different: number;
  /** Memories that were purged here and stay so. */
  readonly purged: number;
  readonly warnings: readonly string[];
}

/** Memories and index units of one transaction: more would hold the event loop for too long. */
const CHUNK_MEMORIES = 50;
const CHUNK_PASSAGES = 100;

/**
 * Reads an export line by line: checks its format, its hash and every history, and stores what is not there yet,
 * in short transactions. What is known is skipped, so an import that was cut off is taken up by running it again.
 * @throws MemoryError `invalid_input` with the line, and how many memories were imported before it.
 */
export async function importMemories(engine: Engine, request: ImportRequest): Promise<ImportResult> {
  const run = new ImportRun(engine);
  const checker = new LineChecker(engine);
  try {
    if (request.rehearsal !== null) {
      const rehearsal = new LineChecker(engine);
      for await (const line of request.rehearsal) rehearsal.check(line);
      rehearsal.finish();
    }
    for await (const line of request.lines) {
      checker.check(line);
      await run.take(line);
    }
    await run.flush();
    checker.finish();
  } catch (error) {
    throw describeStop(error, run.counts.imported);
  }
  return { batchId: run.counts.imported === 0 ? null : run.batchId, ...run.counts, warnings: run.warnings() };
}

/** Checks lines one after the other: their order, every history, the counts and the hash. */
class LineChecker {
  readonly #engine: Engine;
  readonly #digest: Digest;
  #memories = 0;
  #purged = 0;
  #hasManifest = false;
  #hasEnd = false;

  constructor(engine: Engine) {
    this.#engine = engine;
    this.#digest = engine.createDigest();
  }

  check({ number, line, raw }: NumberedLine): void {
    if (!this.#hasManifest) {
      if (line.type !== "manifest")
        throw atLine(number, `expects the first line to say what the file is, got a "${line.type}" line`);
      this.#hasManifest = true;
    } else if (line.type === "manifest") throw atLine(number, "begins a second export; import one file at a time");
    if (this.#hasEnd) throw atLine(number, "comes after the closing line");
    if (line.type === "memory") this.#checkMemory(number, line);
    if (line.type === "purged") {
      this.#purged += 1;
      this.#checkHistory(number, line.memoryId, line.history, null);
    }
    if (line.type === "end") this.#checkEnd(number, line);
    else this.#digest.update(raw);
  }

  finish(): void {
    if (!this.#hasManifest) throw invalidInput("The import holds no lines. Pass the lines of an export.");
    if (!this.#hasEnd) {
      throw invalidInput(
        "The import ends without its closing line: the file was cut off. Get the whole file and import it again; what is stored is skipped.",
      );
    }
  }

  #checkMemory(number: number, { record, history }: Extract<ExportLine, { type: "memory" }>): void {
    this.#memories += 1;
    this.#checkHistory(number, record.id, history, record.text);
  }

  #checkHistory(number: number, memoryId: string, history: readonly ExportedHistoryRow[], text: string | null): void {
    const rows = history.map((row) => ({ ...row, memoryId, id: `${memoryId}:${row.version}` }));
    const problem = findBrokenLink(this.#engine.createDigest, rows, text);
    if (problem !== null) throw atLine(number, `was changed after it was exported: of memory ${memoryId}, ${problem}`);
  }

  #checkEnd(number: number, line: Extract<ExportLine, { type: "end" }>): void {
    this.#hasEnd = true;
    if (line.memories !== this.#memories || line.purged !== this.#purged) {
      throw atLine(
        number,
        `counts ${line.memories} memories and ${line.purged} purged ones, the file holds ${this.#memories} and ${this.#purged}: lines were lost or added`,
      );
    }
    const sha256 = toHex(this.#digest.digest());
    if (line.sha256 !== sha256)
      throw atLine(
        number,
        `gives the SHA-256 ${line.sha256}, the lines before it have ${sha256}: the file was changed`,
      );
  }
}

/** Gathers lines and writes them in transactions of a bounded size. */
class ImportRun {
  readonly #engine: Engine;
  #waiting: Exclude<ExportLine, { type: "manifest" | "end" }>[] = [];
  readonly #failures: string[] = [];
  readonly batchId: string;
  readonly counts = { imported: 0, skipped: 0, different: 0, purged: 0 };

  constructor(engine: Engine) {
    this.#engine = engine;
    this.batchId = engine.createId(engine.clock());
  }

  async take({ line }: NumberedLine): Promise<void> {
    if (line.type === "manifest" || line.type === "end") return;
    this.#waiting.push(line);
    if (this.#waiting.length >= CHUNK_MEMORIES) await this.flush();
  }

  async flush(): Promise<void> {
    const lines = this.#waiting;
    this.#waiting = [];
    const memories = lines.filter((line) => line.type === "memory");
    const built = await buildPassages(
      memories.map(({ record }) => ({
        text: record.text,
        date: record.kind === "message" ? record.saidAt : (record.validFrom ?? record.saidAt),
        language: record.language,
      })),
      this.#engine.embedder,
      { failures: this.#failures, signal: this.#engine.shutdown },
    );
    const passages = new Map(memories.map((line, index) => [line, built[index] ?? []] as const));
    let chunk: ImportEntry[] = [];
    let size = 0;
    for (const line of lines) {
      if (line.type !== "memory") {
        chunk.push(line);
        continue;
      }
      const all = passages.get(line) ?? [];
      const { now, later } = splitLongMessages([{ record: line.record, passages: all }]);
      const first = now[0]?.passages ?? [];
      chunk.push({
        ...line,
        identity: line.record.kind === "message" ? line.record.text : identityKey(line.record.text),
        passages: first,
        relations: allRelations(line.record, line.mentions, line.relations),
        ...(later.length === 0 ? {} : { job: indexingJob(this.#engine, line.record) }),
      });
      size += first.length;
      if (size < CHUNK_PASSAGES && later.length === 0) continue;
      await this.#write(chunk, later[0]);
      chunk = [];
      size = 0;
    }
    await this.#write(chunk, undefined);
  }

  async #write(
    entries: readonly ImportEntry[],
    long: { readonly record: MemoryRecord; readonly passages: readonly NewPassage[] } | undefined,
  ): Promise<void> {
    if (entries.length === 0) return;
    const { jobIds, ...counts } = await this.#engine.store.importMemories(entries, {
      id: this.batchId,
      kind: "import",
    });
    for (const name of ["imported", "skipped", "different", "purged"] as const) this.counts[name] += counts[name];
    const job = long === undefined ? undefined : jobIds.get(long.record.id);
    if (long === undefined || job === undefined) return;
    const { version } = await this.#engine.store.readPartition(long.record.scope.userId ?? null);
    await indexLongMessages(this.#engine, [long], { jobIds: [job], version });
  }

  warnings(): string[] {
    const { different, purged } = this.counts;
    return [
      ...this.#failures,
      ...(different === 0
        ? []
        : [`${different} memories are stored with another history than the file has; they were left as they are.`]),
      ...(purged === 0 ? [] : [`${purged} memories were purged from this store and were not brought back.`]),
    ];
  }
}

function atLine(number: number, problem: string): MemoryError {
  return invalidInput(`Line ${number} of the import ${problem}.`, { line: number });
}

/** Says how far the import came; running it again goes on from there. */
function describeStop(error: unknown, imported: number): unknown {
  if (!MemoryError.isInstance(error)) return error;
  const state =
    imported === 0
      ? "Nothing was imported."
      : `${imported} memories were imported before; a run with the right file skips them.`;
  return new MemoryError(error.code, `${error.message} ${state}`, {
    cause: error,
    retryable: error.retryable,
    details: { ...error.details, imported },
  });
}
