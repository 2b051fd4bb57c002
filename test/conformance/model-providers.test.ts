import { afterEach, describe, expect, test } from "vitest";
import { resolveEmbedder, resolveLanguageModel, resolveReranker } from "../../src/adapters/models/resolve-models.ts";
import { PROVIDERS } from "../../src/adapters/models/provider-table.ts";
import { MemoryError } from "../../src/errors.ts";
import type { LanguageModelCall } from "../../src/ports/language-model.ts";
import { read } from "../support/project-files.ts";
import { EMBEDDING_REPLIES, REPLIES } from "../support/provider-replies.ts";
import { chatReply, startProviderServer } from "../support/provider-server.ts";
import type { ProviderServer, RecordedRequest } from "../support/provider-server.ts";

const KEY = "the-secret-key-0123456789";
const ANSWER = '{"facts":["Ana lives in Lisbon."]}';
const SCHEMA = {
  type: "object",
  properties: { facts: { type: "array", items: { type: "string" } } },
  required: ["facts"],
  additionalProperties: false,
};
const CALL: LanguageModelCall = {
  purpose: "extraction",
  instructions: "Find the facts, with care.",
  prompt: "Ana: I moved to Lisbon.",
  output: { name: "facts", schema: SCHEMA },
  images: [{ mediaType: "image/png", data: new Uint8Array([1, 2, 3, 250]) }],
  maxOutputTokens: 777,
  temperature: 0,
};
const IMAGE = Buffer.from([1, 2, 3, 250]).toString("base64");
const BEARER = ["authorization", `Bearer ${KEY}`] as const;

function fromLanguageModel(): never {
  throw new Error("not a language model");
}

interface LanguageCase {
  readonly provider: string;
  /** Behind the server's address. */
  readonly base?: string;
  readonly model: string;
  readonly more?: object;
  readonly path: string;
  readonly header: readonly [string, string];
  readonly reply: (text: string) => object;
  /** What has to stand in the body where a schema is asked for by the API's own means. */
  readonly format: RegExp;
  readonly isBlind?: boolean;
  /** The API reports no cached tokens. */
  readonly countsNoCache?: boolean;
}

const chat = (text: string): object => chatReply(text).body;
const CHAT = { base: "/v1", path: "/v1/chat/completions", header: BEARER, reply: chat } as const;
const JSON_SCHEMA = /"response_format":\{"type":"json_schema","json_schema":\{.*"additionalProperties":false/u;
const JSON_OBJECT = /"response_format":\{"type":"json_object"\}/u;
const OWN_SERVERS = ["ollama", "lmstudio", "vllm", "litellm", "llamacpp", "openai-compatible"];

const LANGUAGE: readonly LanguageCase[] = [
  { provider: "openai", model: "gpt-4.1-mini", ...CHAT, format: JSON_SCHEMA },
  {
    provider: "anthropic",
    base: "/v1",
    model: "claude-sonnet-4-6",
    path: "/v1/messages",
    header: ["x-api-key", KEY],
    reply: REPLIES["anthropic"] as LanguageCase["reply"],
    format: /"output_config":\{.*"json_schema"|"output_format"|"tools":/u,
  },
  {
    provider: "google",
    base: "/v1beta",
    model: "gemini-2.5-flash",
    path: "/v1beta/models/gemini-2.5-flash:generateContent",
    header: ["x-goog-api-key", KEY],
    reply: REPLIES["google"] as LanguageCase["reply"],
    format: /"responseMimeType":"application\/json".*"responseSchema"|"responseJsonSchema"/u,
  },
  {
    provider: "google-vertex",
    base: "/v1",
    model: "gemini-2.5-flash",
    path: "/v1/models/gemini-2.5-flash:generateContent",
    header: ["x-goog-api-key", KEY],
    reply: REPLIES["google"] as LanguageCase["reply"],
    format: /"responseMimeType":"application\/json"/u,
  },
  {
    provider: "azure",
    base: "/openai/v1",
    model: "my-deployment",
    path: "/openai/v1/chat/completions",
    header: ["api-key", KEY],
    reply: chat,
    format: JSON_SCHEMA,
  },
  {
    provider: "amazon-bedrock",
    model: "anthropic.claude-3-5-sonnet-20240620-v1:0",
    more: { region: "eu-west-1" },
    path: "/model/anthropic.claude-3-5-sonnet-20240620-v1%3A0/converse",
    header: BEARER,
    reply: REPLIES["bedrock"] as LanguageCase["reply"],
    format: /"toolConfig":|"outputConfig":/u,
  },
  {
    provider: "groq",
    model: "llama-3.3-70b-versatile",
    ...CHAT,
    format: JSON_OBJECT,
  },
  {
    provider: "mistral",
    model: "mistral-small-latest",
    ...CHAT,
    format: /"response_format":\{"type":"json_schema"/u,
    countsNoCache: true,
  },
  {
    provider: "xai",
    base: "/v1",
    model: "grok-4.3",
    path: "/v1/responses",
    header: BEARER,
    reply: REPLIES["responses"] as LanguageCase["reply"],
    format: /"text":\{"format":\{"type":"json_schema"/u,
  },
  {
    provider: "deepseek",
    model: "deepseek-chat",
    ...CHAT,
    base: "",
    path: "/chat/completions",
    format: JSON_OBJECT,
    isBlind: true,
    countsNoCache: true,
  },
  { provider: "together", model: "MiniMaxAI/MiniMax-M3", ...CHAT, format: JSON_OBJECT },
  {
    provider: "cohere",
    base: "/v2",
    model: "command-a-03-2025",
    path: "/v2/chat",
    header: BEARER,
    reply: REPLIES["cohere"] as LanguageCase["reply"],
    format: /"response_format":\{"type":"json_object","json_schema"/u,
    countsNoCache: true,
  },
  ...OWN_SERVERS.map((provider) => ({ provider, model: "some-model", ...CHAT, format: JSON_SCHEMA })),
  { provider: "minimax", model: "MiniMax-M2.7", ...CHAT, format: /JSON Schema/u },
  { provider: "sarvam", model: "sarvam-m", ...CHAT, format: /JSON Schema/u, isBlind: true },
];

let server: ProviderServer;

afterEach(() => server.close());

async function failureOf(work: Promise<unknown>): Promise<MemoryError> {
  const error: unknown = await work.catch((cause: unknown) => cause);
  if (MemoryError.isInstance(error)) return error;
  throw new Error(`Expected a MemoryError, got ${String(error)}.`);
}

function firstRequest(): RecordedRequest & { readonly text: string } {
  const request = server.requests[0] as RecordedRequest;
  return { ...request, text: JSON.stringify(request.body) };
}

describe.each(LANGUAGE)("language models of $provider", (row) => {
  const { provider, model, base = "", more = {} } = row;

  test("ask in its protocol, and its answer is read", async () => {
    server = await startProviderServer({ body: row.reply(ANSWER) });
    const { images, ...blind } = CALL;
    const languageModel = resolveLanguageModel({ provider, model, apiKey: KEY, baseURL: server.url + base, ...more });
    const answer = await languageModel.generate(row.isBlind === true ? blind : CALL);
    expect(server.requests).toHaveLength(1);
    const { path, headers, text, method } = firstRequest();
    expect({ method, path }).toEqual({ method: "POST", path: row.path });
    expect(headers[row.header[0]]).toBe(row.header[1]);
    expect(text).toMatch(row.format);
    // Where the API takes no schema, the model reads it.
    expect(text.includes("JSON Schema")).toBe(row.format === JSON_OBJECT || row.format.source === "JSON Schema");
    expect(text).toContain("Find the facts, with care.");
    expect(text).toContain("I moved to Lisbon.");
    expect(text).toContain("777");
    expect(text.includes('"cache_control":{"type":"ephemeral"}')).toBe(provider === "anthropic");
    expect(text.includes(IMAGE)).toBe(row.isBlind !== true);
    const cachedInputTokens = row.countsNoCache === true ? answer.usage.cachedInputTokens : 100;
    expect(answer).toMatchObject({
      text: ANSWER,
      finishReason: "stop",
      usage: { inputTokens: 120, outputTokens: 30, cachedInputTokens },
    });
    expect(images).toHaveLength(1);
  });

  test("say when to ask again, and never the key", async () => {
    server = await startProviderServer({
      status: 429,
      headers: { "retry-after": "3" },
      body: {
        error: { message: `Slow down, ${KEY}`, code: 429, status: "X", type: "rate", param: null },
        message: "Slow down",
      },
    });
    const languageModel = resolveLanguageModel({ provider, model, apiKey: KEY, baseURL: server.url + base, ...more });
    const { images: _, ...blind } = CALL;
    const error = await failureOf(languageModel.generate(blind));
    expect(error).toMatchObject({
      code: "provider_failed",
      retryable: true,
      details: { status: 429, retryAfterMs: 3000 },
    });
    expect(error.message).toContain(`${languageModel.provider}/${model}`);
    expect(`${error.message}${String(error.cause)}${JSON.stringify(error.details)}`).not.toContain(KEY);
    expect(server.requests).toHaveLength(1);
  });
});

test("docs/models.md has each provider, its install line, its keys, and a configuration of it", () => {
  const page = read("docs/models.md");
  const missing = PROVIDERS.flatMap(({ name, package: packageName, major, keyVariables, language, embedding }) => {
    const row = page.split("\n").find((line) => line.startsWith(`| \`${name}\` |`)) ?? "";
    const setting = language === undefined && embedding === undefined ? "reranker" : "(?:llm|embedder)";
    return [
      row.includes(name),
      packageName === undefined || row.includes(`npm install ${packageName}@${String(major)}`),
      keyVariables.length === 0 || row.includes(keyVariables[0] as string),
      new RegExp(`\\b${setting}: (?:"${name}/|\\{\\s*provider: "${name}")`, "u").test(page),
    ].every(Boolean)
      ? []
      : [name];
  });
  expect(missing).toEqual([]);
});

interface EmbeddingCase {
  readonly provider: string;
  readonly base?: string;
  readonly model: string;
  readonly more?: object;
  readonly path: string;
  readonly header: readonly [string, string];
  readonly reply: keyof typeof EMBEDDING_REPLIES;
  /** In the body of a document's request and of a query's. */
  readonly document: RegExp;
  readonly query: RegExp;
  /** Texts of one request, where it is one. */
  readonly isSingle?: boolean;
  /** The asked-for dimensions in the body. */
  readonly size?: RegExp;
  /** Default 4. */
  readonly dimensions?: number;
}

const EMBEDDINGS = { base: "/v1", path: "/v1/embeddings", header: BEARER, reply: "openai" } as const;
const PLAIN = { document: /"input":\["alpha","beta"\]/u, query: /"input":\["alpha"\]/u } as const;

const EMBEDDING: readonly EmbeddingCase[] = [
  { provider: "openai", model: "text-embedding-3-small", ...EMBEDDINGS, ...PLAIN, size: /"dimensions":4/u },
  {
    provider: "azure",
    model: "text-embedding-3-small",
    ...EMBEDDINGS,
    base: "/openai/v1",
    path: "/openai/v1/embeddings",
    header: ["api-key", KEY],
    ...PLAIN,
    size: /"dimensions":4/u,
  },
  {
    provider: "google",
    base: "/v1beta",
    model: "gemini-embedding-001",
    path: "/v1beta/models/gemini-embedding-001:batchEmbedContents",
    header: ["x-goog-api-key", KEY],
    reply: "google",
    document: /RETRIEVAL_DOCUMENT/u,
    query: /RETRIEVAL_QUERY/u,
    size: /"outputDimensionality":4/u,
  },
  {
    provider: "google-vertex",
    base: "/v1",
    model: "text-embedding-005",
    path: "/v1/models/text-embedding-005:predict",
    header: ["x-goog-api-key", KEY],
    reply: "vertex",
    document: /RETRIEVAL_DOCUMENT/u,
    query: /RETRIEVAL_QUERY/u,
    size: /"outputDimensionality":4/u,
  },
  {
    provider: "amazon-bedrock",
    model: "amazon.titan-embed-text-v2:0",
    more: { region: "eu-west-1" },
    path: "/model/amazon.titan-embed-text-v2%3A0/invoke",
    header: BEARER,
    reply: "titan",
    document: /"inputText":"(?:alpha|beta)"/u,
    query: /"inputText":"alpha"/u,
    isSingle: true,
    dimensions: 256,
    size: /"dimensions":256/u,
  },
  { provider: "mistral", model: "mistral-embed", ...EMBEDDINGS, ...PLAIN, size: /"output_dimension":4/u },
  {
    provider: "together",
    model: "BAAI/bge-base-en-v1.5",
    ...EMBEDDINGS,
    ...PLAIN,
    query: /"Represent this sentence for searching relevant passages: alpha"/u,
  },
  {
    provider: "cohere",
    base: "/v2",
    model: "embed-v4.0",
    path: "/v2/embed",
    header: BEARER,
    reply: "cohere",
    document: /"input_type":"search_document"/u,
    query: /"input_type":"search_query"/u,
    dimensions: 256,
    size: /"output_dimension":256/u,
  },
  {
    provider: "voyage",
    base: "/v1",
    model: "voyage-3.5",
    path: "/v1/embeddings",
    header: BEARER,
    reply: "openai",
    document: /"input_type":"document"/u,
    query: /"input_type":"query"/u,
    dimensions: 256,
    size: /"output_dimension":256/u,
  },
  {
    provider: "ollama",
    model: "nomic-embed-text",
    ...EMBEDDINGS,
    document: /"search_document: alpha","search_document: beta"/u,
    query: /"search_query: alpha"/u,
  },
  { provider: "lmstudio", model: "some", ...EMBEDDINGS, ...PLAIN },
  {
    provider: "vllm",
    model: "intfloat/multilingual-e5-small",
    ...EMBEDDINGS,
    document: /"passage: alpha"/u,
    query: /"query: alpha"/u,
  },
  { provider: "litellm", model: "some", ...EMBEDDINGS, ...PLAIN },
  { provider: "llamacpp", model: "some", ...EMBEDDINGS, ...PLAIN },
  {
    provider: "huggingface",
    model: "Snowflake/snowflake-arctic-embed-l-v2.0",
    ...EMBEDDINGS,
    document: /"alpha","beta"/u,
    query: /"query: alpha"/u,
  },
  { provider: "jina", model: "jina-embeddings-v3", ...EMBEDDINGS, ...PLAIN },
  { provider: "openai-compatible", model: "some", ...EMBEDDINGS, ...PLAIN },
];

describe.each(EMBEDDING)("embedders of $provider", (row) => {
  const { provider, model, base = "", more = {} } = row;
  const { dimensions = 4 } = row;
  const padded = (vector: number[]) => [...vector, ...Array.from({ length: dimensions - vector.length }, () => 0)];
  const reply = (vectors: number[][]) => ({ body: EMBEDDING_REPLIES[row.reply]?.(vectors.map(padded)) });

  test("tell documents from queries, and give unit vectors of the dimensions asked for", async () => {
    const both = [
      [3, 0, 4, 0],
      [0, 2, 0, 0],
    ];
    let answered = 0;
    // Requests of one text each go out at a time: what is answered depends on the text.
    server = await startProviderServer(({ body }) => {
      answered += 1;
      if (row.isSingle === true) return reply([JSON.stringify(body).includes("beta") ? [0, 2, 0, 0] : [3, 0, 4, 0]]);
      return reply(answered === 1 ? both : [[3, 0, 4, 0]]);
    });
    const embedder = resolveEmbedder({
      provider,
      model,
      apiKey: KEY,
      baseURL: server.url + base,
      dimensions,
      ...more,
    });
    const vectors = await embedder.embed(["alpha", "  ", "beta"], { purpose: "document" });
    const rounded = vectors.map(
      (vector) => vector && Array.from(vector.slice(0, 4), (each) => Math.round(each * 100) / 100),
    );
    expect(rounded).toEqual([[0.6, 0, 0.8, 0], null, [0, 1, 0, 0]]);
    const first = firstRequest();
    expect(first.path).toBe(row.path);
    expect(first.headers[row.header[0]]).toBe(row.header[1]);
    expect(first.text).toMatch(row.document);
    expect(first.text).toMatch(row.size ?? /./u);
    const [query] = await embedder.embed(["alpha"], { purpose: "query" });
    expect(query?.length).toBe(dimensions);
    expect(query?.slice(0, 4)).toEqual(Float32Array.of(0.6, 0, 0.8, 0));
    expect(JSON.stringify(server.requests.at(-1)?.body)).toMatch(row.query);
    expect(embedder.space.key).toMatch(new RegExp(`^${embedder.space.provider}/${model}/${dimensions}`, "u"));
  });

  test("fail with the status, and never the key", async () => {
    server = await startProviderServer({
      status: 401,
      body: { error: { message: `No ${KEY}` }, message: `No ${KEY}` },
    });
    const embedder = resolveEmbedder({
      provider,
      model,
      apiKey: KEY,
      baseURL: server.url + base,
      dimensions,
      ...more,
    });
    const error = await failureOf(embedder.embed(["alpha"], { purpose: "document" }));
    expect(error).toMatchObject({ code: "provider_failed", retryable: false, details: { status: 401 } });
    expect(error.message).not.toContain(KEY);
  });
});

const cohereStyle = {
  results: [
    { index: 1, relevance_score: 0.9 },
    { index: 0, relevance_score: 0.2 },
  ],
};
const logits = {
  results: [
    { index: 1, relevance_score: 4.2 },
    { index: 0, relevance_score: -6 },
  ],
};

describe.each([
  { provider: "cohere", base: "/v2", path: "/v2/rerank", body: { ...cohereStyle, id: "r", meta: {} } },
  {
    provider: "voyage",
    base: "/v1",
    path: "/v1/rerank",
    body: { object: "list", model: "m", data: cohereStyle.results, usage: { total_tokens: 4 } },
  },
  {
    provider: "together",
    base: "/v1",
    path: "/v1/rerank",
    body: { ...cohereStyle, usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 } },
  },
  {
    provider: "amazon-bedrock",
    base: "",
    path: "/rerank",
    body: {
      results: [
        { index: 1, relevanceScore: 0.9 },
        { index: 0, relevanceScore: 0.2 },
      ],
    },
  },
  { provider: "jina", base: "/v1", path: "/v1/rerank", body: cohereStyle },
  { provider: "vllm", base: "/v1", path: "/v1/rerank", body: cohereStyle },
  { provider: "litellm", base: "/v1", path: "/v1/rerank", body: cohereStyle },
  { provider: "llamacpp", base: "/v1", path: "/v1/rerank", body: logits },
  { provider: "openai-compatible", base: "/v1", path: "/v1/rerank", body: logits },
  { provider: "zero_entropy", base: "/v1", path: "/v1/models/rerank", body: cohereStyle },
  {
    provider: "tei",
    base: "",
    path: "/rerank",
    body: [
      { index: 1, score: 0.9 },
      { index: 0, score: 0.2 },
    ],
  },
])("the reranker of $provider", ({ provider, base, path, body }) => {
  const setting = () => ({
    provider,
    model: "m",
    apiKey: KEY,
    baseURL: server.url + base,
    ...(provider === "amazon-bedrock" ? { region: "eu-west-1" } : {}),
  });
  test("sends query and documents, and maps scores to 0..1", async () => {
    server = await startProviderServer({ body });
    const reranker = resolveReranker(setting(), { fromLanguageModel });
    const ranking = await reranker.rerank("where does Ana live", ["Ben likes tea", "Ana lives in Lisbon"]);
    expect(ranking.map(({ index }) => index)).toEqual([1, 0]);
    const [best, worst] = ranking.map(({ score }) => score) as [number, number];
    expect(best).toBeGreaterThan(0.89);
    expect(best).toBeLessThanOrEqual(1);
    expect(worst).toBeGreaterThanOrEqual(0);
    expect(worst).toBeLessThan(0.21);
    const request = firstRequest();
    expect(request.path).toBe(path);
    expect(request.headers["authorization"]).toBe(`Bearer ${KEY}`);
    expect(request.text).toContain("where does Ana live");
    expect(request.text).toContain("Ana lives in Lisbon");
  });

  test("fails with the status", async () => {
    server = await startProviderServer({
      status: 503,
      body: { message: "busy", error: { message: "busy" }, detail: "busy" },
    });
    const error = await failureOf(resolveReranker(setting(), { fromLanguageModel }).rerank("query", ["one", "two"]));
    expect(error).toMatchObject({ code: "provider_failed", retryable: true, details: { status: 503 } });
  });
});
