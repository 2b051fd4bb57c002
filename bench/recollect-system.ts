import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Memory } from "../src/index.ts";
import type { MemoryConfig } from "../src/index.ts";
import type { CorpusConversation } from "./corpora/corpus.ts";
import type { RankedTurns, RecallSystem } from "./recall-system.ts";

export interface RecollectSystemOptions {
  /** Named retrieval recipe, passed through to reads. Default: the library's own choice. */
  readonly strategy?: string;
  /** Hits asked for. Default 50. */
  readonly topK?: number;
  /** The library's setting `embedder`; `false` for words alone. Default the built-in word vectors. */
  readonly embedder?: MemoryConfig["embedder"];
}

/** Recollect through its public surface, all conversations in one store, one `add` per turn. */
export class RecollectSystem implements RecallSystem {
  readonly name = "Recollect";
  readonly #memory: Memory;
  readonly #folder: string;
  readonly #topK: number;
  readonly #strategy: { readonly strategy?: string };

  static async create(options: RecollectSystemOptions = {}): Promise<RecollectSystem> {
    return new RecollectSystem(await mkdtemp(join(tmpdir(), "recollect-bench-")), options);
  }

  private constructor(folder: string, { strategy, topK = 50, embedder }: RecollectSystemOptions) {
    this.#folder = folder;
    this.#topK = topK;
    this.#strategy = strategy === undefined ? {} : { strategy };
    this.#memory = new Memory({ dbPath: join(folder, "memory.db"), ...(embedder === undefined ? {} : { embedder }) });
  }

  async add(conversation: CorpusConversation, onTurn: () => void): Promise<void> {
    for (const turn of conversation.turns) {
      const message = { role: turn.role, content: turn.text };
      await this.#memory.add([turn.name === undefined ? message : { ...message, name: turn.name }], {
        userId: conversation.id,
        runId: turn.session,
        timestamp: turn.timestamp,
        metadata: { turn_id: turn.id },
      });
      onTurn();
    }
  }

  async rank(conversation: CorpusConversation, question: string): Promise<RankedTurns> {
    const { results } = await this.#memory.search(question, {
      filters: { user_id: conversation.id },
      topK: this.#topK,
      ...this.#strategy,
    });
    const turnIds = new Set<string>();
    for (const hit of results) {
      const evidence = hit.sources.length > 0 ? hit.sources : [hit];
      for (const { metadata } of evidence) {
        const id = metadata?.["turn_id"];
        if (typeof id === "string") turnIds.add(id);
      }
    }
    return { turnIds: [...turnIds], hits: results.length };
  }

  async context(conversation: CorpusConversation, question: string, tokenBudget: number): Promise<string> {
    const options = { userId: conversation.id, tokenBudget, ...this.#strategy };
    const { text } = await this.#memory.context(question, options);
    return text;
  }

  async close(): Promise<void> {
    await this.#memory.close();
    await rm(this.#folder, { recursive: true, force: true });
  }
}
