/** What is known of an embedding model by its name, wherever it is served. */
export interface EmbeddingModelRow {
  /** Stands in the model's name; the first row that fits counts. */
  readonly match: RegExp;
  readonly dimensions?: number;
  readonly documentPrefix?: string;
  readonly queryPrefix?: string;
  /** Texts are cut here: such models read 512 tokens, and some servers refuse longer ones. UTF-16 units. */
  readonly maxCharacters?: number;
}

const SHORT = { maxCharacters: 1800 } as const;
const PASSAGES = "Represent this sentence for searching relevant passages: ";
const E5 = { documentPrefix: "passage: ", queryPrefix: "query: ", ...SHORT } as const;
const INSTRUCTED = "Instruct: Given a question, retrieve passages that answer it\nQuery: ";

/** Prefixes as the model cards give them. */
export const EMBEDDING_MODELS: readonly EmbeddingModelRow[] = [
  { match: /text-embedding-3-small/u, dimensions: 1536 },
  { match: /text-embedding-3-large/u, dimensions: 3072 },
  { match: /text-embedding-ada-002/u, dimensions: 1536 },
  { match: /gemini-embedding-001/u, dimensions: 3072 },
  {
    // From the second on, the task is told in the text.
    match: /gemini-embedding-2/u,
    dimensions: 3072,
    documentPrefix: "title: none | text: ",
    queryPrefix: "task: search result | query: ",
  },
  {
    match: /embedding-?gemma/u,
    dimensions: 768,
    documentPrefix: "title: none | text: ",
    queryPrefix: "task: search result | query: ",
  },
  { match: /^text-(?:multilingual-)?embedding-00\d/u, dimensions: 768 },
  { match: /mistral-embed/u, dimensions: 1024 },
  { match: /codestral-embed/u, dimensions: 1536 },
  { match: /titan-embed-text-v2/u, dimensions: 1024 },
  { match: /titan-embed-text-v1/u, dimensions: 1536 },
  { match: /embed-v-?4/u, dimensions: 1536 },
  { match: /embed-(?:english|multilingual)-light-v3/u, dimensions: 384 },
  { match: /embed-(?:english|multilingual)-v3/u, dimensions: 1024 },
  { match: /voyage-3-lite/u, dimensions: 512 },
  { match: /voyage-(?:3|4|code-3|law-2|finance-2)/u, dimensions: 1024 },
  { match: /jina-embeddings-v3/u, dimensions: 1024 },
  { match: /nomic-embed-text/u, dimensions: 768, documentPrefix: "search_document: ", queryPrefix: "search_query: " },
  { match: /e5-.*instruct/u, dimensions: 1024, queryPrefix: INSTRUCTED, ...SHORT },
  { match: /\be5-small/u, dimensions: 384, ...E5 },
  { match: /\be5-base/u, dimensions: 768, ...E5 },
  { match: /\be5-large/u, dimensions: 1024, ...E5 },
  { match: /arctic-embed-?(?:l|m)-v2|arctic-embed2/u, queryPrefix: "query: " },
  { match: /arctic-embed-?(?:xs|s)\b/u, dimensions: 384, queryPrefix: PASSAGES, ...SHORT },
  { match: /arctic-embed-?m-long/u, dimensions: 768, queryPrefix: PASSAGES },
  { match: /arctic-embed-?m\b/u, dimensions: 768, queryPrefix: PASSAGES, ...SHORT },
  { match: /arctic-embed/u, dimensions: 1024, queryPrefix: PASSAGES, ...SHORT },
  { match: /bge-m3/u, dimensions: 1024 },
  { match: /bge-small-en/u, dimensions: 384, queryPrefix: PASSAGES, ...SHORT },
  { match: /bge-base-en/u, dimensions: 768, queryPrefix: PASSAGES, ...SHORT },
  { match: /bge-large/u, dimensions: 1024, queryPrefix: PASSAGES, ...SHORT },
  { match: /mxbai-embed-large/u, dimensions: 1024, queryPrefix: PASSAGES, ...SHORT },
  { match: /qwen3-embedding.*0\.6b/u, dimensions: 1024, queryPrefix: INSTRUCTED },
  { match: /qwen3-embedding.*4b/u, dimensions: 2560, queryPrefix: INSTRUCTED },
  { match: /qwen3-embedding.*8b/u, dimensions: 4096, queryPrefix: INSTRUCTED },
  { match: /qwen3-embedding/u, queryPrefix: INSTRUCTED },
  { match: /all-minilm/u, dimensions: 384, ...SHORT },
];

export function knownEmbeddingModel(model: string): Omit<EmbeddingModelRow, "match"> {
  const name = model.toLowerCase();
  return EMBEDDING_MODELS.find(({ match }) => match.test(name)) ?? {};
}

/** Options by which providers tell documents from queries, and are asked for fewer dimensions, in the AI SDK's words. */
export function embeddingOptions(
  provider: string,
  model: string,
  purpose: "document" | "query",
  dimensions: number | undefined,
): Readonly<Record<string, Readonly<Record<string, unknown>>>> {
  const isDocument = purpose === "document";
  if (provider === "azure" && dimensions !== undefined) return { azure: { dimensions }, openai: { dimensions } };
  if (provider === "cohere")
    return {
      cohere: {
        inputType: isDocument ? "search_document" : "search_query",
        ...(dimensions === undefined ? {} : { outputDimension: dimensions }),
      },
    };
  if (provider === "voyage")
    return {
      voyage: { inputType: purpose, ...(dimensions === undefined ? {} : { outputDimension: dimensions }) },
    };
  if (provider === "amazon-bedrock") {
    const isCohere = /cohere/u.test(model);
    const isNova = /amazon\.nova/u.test(model);
    const sizeName = isCohere ? "outputDimension" : isNova ? "embeddingDimension" : "dimensions";
    return {
      bedrock: {
        ...(isCohere ? { inputType: isDocument ? "search_document" : "search_query" } : {}),
        ...(isNova ? { embeddingPurpose: isDocument ? "GENERIC_INDEX" : "TEXT_RETRIEVAL" } : {}),
        ...(dimensions === undefined ? {} : { [sizeName]: dimensions }),
      },
    };
  }
  if ((provider === "google" || provider === "google-vertex") && !/gemini-embedding-2/u.test(model))
    return {
      [provider === "google" ? "google" : "vertex"]: {
        taskType: isDocument ? "RETRIEVAL_DOCUMENT" : "RETRIEVAL_QUERY",
        ...(dimensions === undefined ? {} : { outputDimensionality: dimensions }),
      },
    };
  return {};
}
