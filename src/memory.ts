import { parseAdd } from "./api/parse-add.ts";
import { parseContext, parseSearch } from "./api/parse-read.ts";
import type { MemoryConfig } from "./config.ts";
import { createEngine } from "./create-memory.ts";
import type { ContextBlock, SearchResult } from "./domain/search-result.ts";
import { addMemories } from "./operations/add-memories.ts";
import type { AddResult } from "./operations/add-result.ts";
import { buildContext } from "./operations/build-context.ts";
import type { Engine } from "./operations/engine.ts";
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

  async close(): Promise<void> {
    await this.#engine.locks.idle();
    await this.#engine.store.close();
  }
}
