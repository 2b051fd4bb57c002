import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { detectAt, importerNamed } from "../../src/cli/import/catalogue.ts";
import { Place } from "../../src/cli/import/place.ts";
import { ImportRun } from "../../src/cli/import/plan-import.ts";
import type { Scope } from "../../src/domain/scope.ts";
import type { ExportedMemory } from "../../src/domain/export-format.ts";
import type { Memory } from "../../src/index.ts";

export interface ReadImport {
  readonly system: string;
  readonly memories: readonly ExportedMemory[];
  readonly skipped: readonly { readonly row: string; readonly reason: string }[];
  readonly notes: readonly string[];
  readonly masked: number;
}

export interface ReadOptions {
  readonly from?: string;
  readonly owner?: Scope;
  readonly asInstructions?: boolean;
  readonly map?: object;
  readonly into?: Memory;
}

/** A folder for the fixtures of one file of tests. */
export class ImportPlace {
  readonly folder: string = mkdtempSync(join(tmpdir(), "recollect-importers-"));

  /** Writes a file, with the folders above it; a value becomes JSON. */
  file(name: string, content: unknown): string {
    const path = join(this.folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(
      path,
      typeof content === "string" || content instanceof Uint8Array ? content : JSON.stringify(content),
    );
    return path;
  }

  lines(name: string, rows: readonly unknown[]): string {
    return this.file(name, rows.map((row) => (typeof row === "string" ? row : JSON.stringify(row))).join("\n"));
  }

  /** A database of another system. */
  database(name: string, statements: string, rows: Readonly<Record<string, readonly object[]>> = {}): string {
    const path = join(this.folder, name);
    mkdirSync(dirname(path), { recursive: true });
    const database = new DatabaseSync(path);
    database.exec(statements);
    insertRows(database, rows);
    database.close();
    return path;
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export function insertRows(database: DatabaseSync, rows: Readonly<Record<string, readonly object[]>>): void {
  for (const [table, list] of Object.entries(rows)) {
    for (const row of list) {
      const names = Object.keys(row);
      const sql = `INSERT INTO "${table}"(${names.join(", ")}) VALUES(${names.map(() => "?").join(", ")})`;
      database.prepare(sql).run(...(Object.values(row) as (string | number | null)[]));
    }
  }
}

/** Reads a path as the command does: recognised, or as `from` says; stored where `into` is given. */
export async function readImport(path: string, options: ReadOptions = {}): Promise<ReadImport> {
  const { from, owner = { userId: "ana" }, asInstructions = false, into, map } = options;
  const place = new Place(path);
  try {
    const [hit, ...others] = from === undefined ? detectAt(place) : [];
    if (others.length > 0) throw new Error(`Several: ${others.map(({ importer }) => importer.name).join(", ")}`);
    const importer = from === undefined ? hit?.importer : importerNamed(from);
    if (importer === undefined) throw new Error(`Nothing is recognised in ${path}.`);
    const read = await importer.read(place, { asInstructions, map });
    const start = (): ImportRun =>
      new ImportRun(read, {
        source: importer.name,
        owner,
        fillsOwner: true,
        now: Date.UTC(2026, 0, 1),
      });
    const run = start();
    const memories: ExportedMemory[] = [];
    for await (const memory of run.memories()) memories.push(memory);
    if (into !== undefined) await into.import(start().lines());
    return { system: importer.name, memories, skipped: run.skipped, notes: run.notes, masked: run.counts.masked };
  } finally {
    place.close();
  }
}

/** The texts that a search for a user finds, best first. */
export async function answers(memory: Memory, query: string, userId = "ana"): Promise<string[]> {
  const { results } = await memory.search(query, { filters: { user_id: userId }, topK: 3 });
  return results.map((item) => item.memory);
}

/** How many memories a store holds, of every kind and state. */
export async function countAll(memory: Memory): Promise<number> {
  const { memories } = await memory.stats();
  return Object.values(memories)
    .flatMap((states) => Object.values(states))
    .reduce((sum, count) => sum + count, 0);
}
