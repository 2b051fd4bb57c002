import { parseAdd } from "./api/parse-add.ts";
import { parseExport, parseImport } from "./api/parse-export.ts";
import type { ExportOptions } from "./api/parse-export.ts";
import { parseContext, parseSearch } from "./api/parse-read.ts";
import type { MemoryConfig } from "./config.ts";
import { createEngine } from "./create-memory.ts";
import type { ContextBlock, SearchResult } from "./domain/search-result.ts";
import { addMemories } from "./operations/add-memories.ts";
import type { AddResult } from "./operations/add-result.ts";
import { buildContext } from "./operations/build-context.ts";
import type { Engine } from "./operations/engine.ts";
import { exportMemories } from "./operations/export-memories.ts";
import { importMemories } from "./operations/import-memories.ts";
import type { ImportResult } from "./operations/import-memories.ts";
import { searchMemories } from "./operations/search-memories.ts";

export class Memory {
  readonly #engine: Engine;

  constructor(config: MemoryConfig = {}) {
    this.#engine = createEngine(config);
  }

  async add(messages: unknown, options?: unknown): Promise<AddResult> {
    return addMemories(this.#engine, parseAdd(messages, options, this.#engine.settings));
  }

  async search(query: string, options?: unknown): Promise<SearchResult> {
    return searchMemories(this.#engine, parseSearch(query, options));
  }

  async context(query: string, options?: unknown): Promise<ContextBlock> {
    return buildContext(this.#engine, parseContext(query, options));
  }

  /** Lines of JSON, each with its line feed: the whole store, or a scope. See docs/export-format.md. */
  async *export(options: ExportOptions = {}): AsyncGenerator<string, void, undefined> {
    yield* exportMemories(this.#engine, parseExport(options));
  }

  /** Stores the lines of an export, from a text, an iterable or a stream; what is known is skipped. */
  async import(source: unknown): Promise<ImportResult> {
    return importMemories(this.#engine, parseImport(source));
  }

  async close(): Promise<void> {
    await this.#engine.close();
  }
}
