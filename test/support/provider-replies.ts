/** Answers in the words of the providers' own APIs, all saying the same. */
export const REPLIES: Readonly<Record<string, (text: string) => object>> = {
  anthropic: (text) => ({
    id: "msg_1",
    type: "message",
    role: "assistant",
    model: "claude",
    content: [{ type: "text", text }],
    stop_reason: "end_turn",
    usage: { input_tokens: 20, output_tokens: 30, cache_read_input_tokens: 100, cache_creation_input_tokens: 0 },
  }),
  google: (text) => ({
    candidates: [{ content: { role: "model", parts: [{ text }] }, finishReason: "STOP", index: 0 }],
    usageMetadata: {
      promptTokenCount: 120,
      candidatesTokenCount: 30,
      totalTokenCount: 150,
      cachedContentTokenCount: 100,
    },
  }),
  bedrock: (text) => ({
    output: { message: { role: "assistant", content: [{ text }] } },
    stopReason: "end_turn",
    usage: { inputTokens: 20, outputTokens: 30, totalTokens: 150, cacheReadInputTokens: 100 },
    metrics: { latencyMs: 5 },
  }),
  cohere: (text) => ({
    id: "c1",
    finish_reason: "COMPLETE",
    message: { role: "assistant", content: [{ type: "text", text }] },
    usage: { billed_units: { input_tokens: 120, output_tokens: 30 }, tokens: { input_tokens: 120, output_tokens: 30 } },
  }),
  responses: (text) => ({
    id: "resp_1",
    object: "response",
    created_at: 1_700_000_000,
    model: "grok",
    status: "completed",
    output: [
      {
        type: "message",
        id: "m1",
        role: "assistant",
        status: "completed",
        content: [{ type: "output_text", text, annotations: [] }],
      },
    ],
    usage: {
      input_tokens: 120,
      input_tokens_details: { cached_tokens: 100 },
      output_tokens: 30,
      output_tokens_details: { reasoning_tokens: 0 },
      total_tokens: 150,
    },
  }),
};

/** One vector per text that a request carries, however its API calls them. */
export const EMBEDDING_REPLIES: Readonly<Record<string, (vectors: readonly (readonly number[])[]) => object>> = {
  openai: (vectors) => ({
    object: "list",
    model: "m",
    data: vectors.map((embedding, index) => ({ object: "embedding", index, embedding })),
    usage: { prompt_tokens: 8, total_tokens: 8 },
  }),
  google: (vectors) =>
    vectors.length === 1
      ? { embedding: { values: vectors[0] } }
      : { embeddings: vectors.map((values) => ({ values })) },
  vertex: (vectors) => ({
    embedding: { values: vectors[0] },
    predictions: vectors.map((values) => ({
      embeddings: { values, statistics: { token_count: 4, truncated: false } },
    })),
  }),
  cohere: (vectors) => ({ embeddings: { float: vectors }, meta: { billed_units: { input_tokens: 8 } } }),
  titan: (vectors) => ({ embedding: vectors[0], inputTextTokenCount: 4 }),
};
