import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createStaticEmbedder } from "../src/adapters/models/static-embedder.ts";
import type { CorpusConversation } from "./corpora/corpus.ts";
import type { RankedTurns, RecallSystem } from "./recall-system.ts";
import { countTokens } from "./metrics.ts";

const LOADER = new URL("mem0/load.mjs", import.meta.url);

interface Mem0Hit {
  readonly memory?: string;
  readonly metadata?: Readonly<Record<string, unknown>>;
}

/** What is used of `mem0ai/oss`. */
interface Mem0 {
  add(messages: unknown, options: unknown): Promise<unknown>;
  search(query: string, options: unknown): Promise<{ readonly results: readonly Mem0Hit[] }>;
}

/**
 * mem0ai 3.3.1 with its own store and fusion, without a language model (`infer: false`) and with our built-in word
 * vectors as its embedder: what it recalls where no key is at hand. With a strong embedder and a model that extracts
 * facts it does better; those figures need a key and are not printed here.
 */
export class Mem0System implements RecallSystem {
  readonly name = "mem0ai, no model";
  readonly #mem0: Mem0;
  readonly #folder: string;
  readonly #topK: number;

  static async create(topK: number): Promise<Mem0System> {
    const folder = await mkdtemp(join(tmpdir(), "recollect-bench-mem0-"));
    // Read when the module loads: no telemetry, nothing outside of the scratch folder.
    process.env["MEM0_TELEMETRY"] = "false";
    process.env["MEM0_DIR"] = folder;
    const { Memory } = (await import(LOADER.href)) as { readonly Memory: new (config: unknown) => Mem0 };
    const embedder = createStaticEmbedder();
    const embed = async (texts: readonly string[], purpose: "document" | "query"): Promise<number[][]> => {
      const vectors = await embedder.embed(texts, { purpose });
      return vectors.map((vector) => Array.from(vector ?? new Float32Array(embedder.space.dimensions)));
    };
    const model = {
      embedQuery: async (text: string) => (await embed([text], "query"))[0],
      embedDocuments: (texts: readonly string[]) => embed(texts, "document"),
    };
    const dimension = embedder.space.dimensions;
    const mem0 = new Memory({
      embedder: { provider: "langchain", config: { model, embeddingDims: dimension } },
      vectorStore: {
        provider: "memory",
        config: { collectionName: "memories", dimension, dbPath: join(folder, "vectors.db") },
      },
      // Made at construction, never called: `infer: false` asks no model.
      llm: { provider: "openai", config: { apiKey: "unused", model: "unused" } },
      historyDbPath: join(folder, "history.db"),
    });
    return new Mem0System(mem0, folder, topK);
  }

  private constructor(mem0: Mem0, folder: string, topK: number) {
    this.#mem0 = mem0;
    this.#folder = folder;
    this.#topK = topK;
  }

  async add(conversation: CorpusConversation, onTurn: () => void): Promise<void> {
    for (const turn of conversation.turns) {
      // It keeps no names with `infer: false`, so the speaker stands in the text.
      const content = turn.name === undefined ? turn.text : `${turn.name}: ${turn.text}`;
      await this.#mem0.add([{ role: turn.role, content }], {
        userId: ownerOf(conversation),
        runId: turn.session,
        metadata: { turn_id: turn.id },
        infer: false,
      });
      onTurn();
    }
  }

  async rank(conversation: CorpusConversation, question: string): Promise<RankedTurns> {
    const hits = await this.#search(conversation, question);
    const ids = new Set(hits.map(({ metadata }) => String(metadata?.["turn_id"])));
    return { turnIds: [...ids], hits: hits.length };
  }

  async context(conversation: CorpusConversation, question: string, tokenBudget: number): Promise<string> {
    let block = "";
    for (const { memory = "" } of await this.#search(conversation, question)) {
      const longer = block === "" ? memory : `${block}\n${memory}`;
      if (countTokens(longer) > tokenBudget) break;
      block = longer;
    }
    return block;
  }

  async close(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #search(conversation: CorpusConversation, question: string): Promise<readonly Mem0Hit[]> {
    const filters = { user_id: ownerOf(conversation) };
    return (await this.#mem0.search(question, { filters, topK: this.#topK, threshold: 0 })).results;
  }
}

/** It refuses white space in ids. */
function ownerOf({ id }: CorpusConversation): string {
  return id.replaceAll(/\s/gu, "_");
}
