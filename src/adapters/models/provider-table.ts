import type { JsonMode } from "./ai-language-model.ts";

/** One provider, as data. What differs between providers and is not here is in load-ai-model.ts. */
export interface ProviderRow {
  readonly name: string;
  /** Other names, Mem0's among them. */
  readonly aliases?: readonly string[];
  /** Its AI SDK package and the function that makes the provider; left out: any server with OpenAI's API. */
  readonly package?: string;
  /** The package's major version that this was written for. */
  readonly major?: number;
  readonly create?: string;
  /** How the package names its chat models, where `languageModel` is another API. */
  readonly languageMethod?: string;
  readonly baseURL?: string;
  /** Environment variables that may hold the key, first the one that is named in errors. */
  readonly keyVariables: readonly string[];
  /** True: works without a key (servers of one's own, or other ways to sign in). */
  readonly isKeyOptional?: boolean;
  /** Default models; left out: the provider has none of this kind. "" where a model must be named. */
  readonly language?: string;
  readonly embedding?: string;
  readonly reranking?: string;
  readonly jsonMode?: JsonMode;
  /** Undefined: depends on the model, tried. */
  readonly canSeeImages?: boolean;
  /** Most texts of one embedding request. */
  readonly maxBatchSize?: number;
  /** Rerankers that the AI SDK does not know: the shape of their HTTP API, its path, and what its scores are. */
  readonly rerankShape?: "jina" | "tei";
  readonly rerankPath?: string;
  readonly rerankScores?: "logits";
  /** Runs in this process; no server, no key. */
  readonly isLocal?: boolean;
}

const OPENAI_SERVER = { keyVariables: [], isKeyOptional: true, language: "", embedding: "" } as const;

export const PROVIDERS: readonly ProviderRow[] = [
  {
    name: "openai",
    aliases: ["openai_structured"],
    package: "@ai-sdk/openai",
    major: 4,
    create: "createOpenAI",
    // The newer API keeps requests at the provider unless told otherwise.
    languageMethod: "chat",
    keyVariables: ["OPENAI_API_KEY"],
    language: "gpt-5-mini",
    embedding: "text-embedding-3-small",
    maxBatchSize: 256,
  },
  {
    name: "anthropic",
    package: "@ai-sdk/anthropic",
    major: 4,
    create: "createAnthropic",
    keyVariables: ["ANTHROPIC_API_KEY"],
    language: "claude-sonnet-4-6",
    canSeeImages: true,
  },
  {
    name: "google",
    aliases: ["gemini"],
    package: "@ai-sdk/google",
    major: 4,
    create: "createGoogle",
    keyVariables: ["GOOGLE_GENERATIVE_AI_API_KEY", "GOOGLE_API_KEY", "GEMINI_API_KEY"],
    language: "gemini-2.0-flash",
    embedding: "gemini-embedding-001",
    canSeeImages: true,
    maxBatchSize: 100,
  },
  {
    name: "google-vertex",
    aliases: ["vertexai", "vertex"],
    package: "@ai-sdk/google-vertex",
    major: 5,
    create: "createGoogleVertex",
    keyVariables: ["GOOGLE_VERTEX_API_KEY"],
    isKeyOptional: true,
    language: "gemini-2.0-flash",
    embedding: "gemini-embedding-001",
    canSeeImages: true,
    maxBatchSize: 100,
  },
  {
    name: "azure",
    aliases: ["azure_openai", "azure_openai_structured"],
    package: "@ai-sdk/azure",
    major: 4,
    create: "createAzure",
    languageMethod: "chat",
    keyVariables: ["AZURE_API_KEY", "AZURE_OPENAI_API_KEY"],
    language: "gpt-5-mini",
    embedding: "text-embedding-3-small",
    maxBatchSize: 256,
  },
  {
    name: "amazon-bedrock",
    aliases: ["aws_bedrock", "bedrock"],
    package: "@ai-sdk/amazon-bedrock",
    major: 5,
    create: "createAmazonBedrock",
    keyVariables: ["AWS_BEARER_TOKEN_BEDROCK"],
    isKeyOptional: true,
    language: "anthropic.claude-3-5-sonnet-20240620-v1:0",
    embedding: "amazon.titan-embed-text-v2:0",
    reranking: "cohere.rerank-v3-5:0",
    maxBatchSize: 32,
  },
  {
    name: "groq",
    package: "@ai-sdk/groq",
    major: 4,
    create: "createGroq",
    keyVariables: ["GROQ_API_KEY"],
    language: "llama3-70b-8192",
    jsonMode: "object",
  },
  {
    name: "mistral",
    package: "@ai-sdk/mistral",
    major: 4,
    create: "createMistral",
    keyVariables: ["MISTRAL_API_KEY"],
    language: "mistral-tiny-latest",
    embedding: "mistral-embed",
    maxBatchSize: 32,
  },
  {
    name: "xai",
    package: "@ai-sdk/xai",
    major: 5,
    create: "createXai",
    keyVariables: ["XAI_API_KEY"],
    language: "grok-4.3",
  },
  {
    name: "deepseek",
    package: "@ai-sdk/deepseek",
    major: 3,
    create: "createDeepSeek",
    keyVariables: ["DEEPSEEK_API_KEY"],
    language: "deepseek-chat",
    jsonMode: "object",
    canSeeImages: false,
  },
  {
    name: "together",
    aliases: ["togetherai"],
    package: "@ai-sdk/togetherai",
    major: 3,
    create: "createTogetherAI",
    keyVariables: ["TOGETHER_API_KEY", "TOGETHER_AI_API_KEY"],
    language: "MiniMaxAI/MiniMax-M3",
    jsonMode: "object",
    embedding: "intfloat/multilingual-e5-large-instruct",
    reranking: "Salesforce/Llama-Rank-v1",
  },
  {
    name: "cohere",
    package: "@ai-sdk/cohere",
    major: 4,
    create: "createCohere",
    keyVariables: ["COHERE_API_KEY"],
    language: "command-a-03-2025",
    embedding: "embed-v4.0",
    reranking: "rerank-v3.5",
    maxBatchSize: 96,
  },
  {
    name: "voyage",
    package: "@ai-sdk/voyage",
    major: 1,
    create: "createVoyage",
    keyVariables: ["VOYAGE_API_KEY"],
    embedding: "voyage-3.5",
    reranking: "rerank-2.5",
    maxBatchSize: 128,
  },
  {
    name: "ollama",
    ...OPENAI_SERVER,
    baseURL: "http://localhost:11434/v1",
    language: "llama3.1:8b",
    embedding: "nomic-embed-text",
  },
  { name: "lmstudio", ...OPENAI_SERVER, baseURL: "http://localhost:1234/v1" },
  {
    name: "vllm",
    ...OPENAI_SERVER,
    keyVariables: ["VLLM_API_KEY"],
    baseURL: "http://localhost:8000/v1",
    language: "Qwen/Qwen2.5-32B-Instruct",
    reranking: "",
    rerankShape: "jina",
  },
  {
    name: "litellm",
    ...OPENAI_SERVER,
    keyVariables: ["LITELLM_API_KEY"],
    baseURL: "http://localhost:4000/v1",
    reranking: "",
    rerankShape: "jina",
  },
  {
    name: "llamacpp",
    aliases: ["llama.cpp"],
    ...OPENAI_SERVER,
    baseURL: "http://localhost:8080/v1",
    language: "default",
    embedding: "default",
    reranking: "default",
    rerankShape: "jina",
    rerankScores: "logits",
  },
  {
    name: "minimax",
    baseURL: "https://api.minimax.io/v1",
    keyVariables: ["MINIMAX_API_KEY"],
    language: "MiniMax-M2.7",
    jsonMode: "prompt",
  },
  {
    name: "sarvam",
    baseURL: "https://api.sarvam.ai/v1",
    keyVariables: ["SARVAM_API_KEY"],
    language: "sarvam-m",
    jsonMode: "prompt",
    canSeeImages: false,
  },
  {
    name: "huggingface",
    aliases: ["tei"],
    baseURL: "http://localhost:8080/v1",
    keyVariables: ["HF_TOKEN", "HUGGINGFACE_API_KEY"],
    isKeyOptional: true,
    embedding: "default",
    reranking: "default",
    rerankShape: "tei",
    maxBatchSize: 32,
  },
  {
    name: "jina",
    baseURL: "https://api.jina.ai/v1",
    keyVariables: ["JINA_API_KEY"],
    embedding: "jina-embeddings-v3",
    reranking: "jina-reranker-v2-base-multilingual",
    rerankShape: "jina",
  },
  {
    name: "zeroentropy",
    aliases: ["zero_entropy"],
    baseURL: "https://api.zeroentropy.dev/v1",
    keyVariables: ["ZEROENTROPY_API_KEY", "ZERO_ENTROPY_API_KEY"],
    reranking: "zerank-1",
    rerankShape: "jina",
    rerankPath: "models/rerank",
  },
  {
    name: "transformers",
    aliases: ["transformers.js", "sentence_transformer", "sentence_transformers"],
    isLocal: true,
    keyVariables: [],
    embedding: "Xenova/all-MiniLM-L6-v2",
    reranking: "Xenova/ms-marco-MiniLM-L-6-v2",
  },
  {
    name: "node-llama-cpp",
    aliases: ["gguf"],
    isLocal: true,
    keyVariables: [],
    language: "",
    embedding: "",
  },
  { name: "openai-compatible", aliases: ["openai_compatible"], ...OPENAI_SERVER, reranking: "", rerankShape: "jina" },
];

/** Names of Mem0's that are no provider here, and what to use in their place. */
export const REPLACED: Readonly<Record<string, string>> = {
  langchain:
    'pass the model object itself: llm: new ChatOpenAI(…), or { provider: "langchain", config: { model: new ChatOpenAI(…) } }',
  fastembed:
    'use "transformers/<model>", for example "transformers/Xenova/all-MiniLM-L6-v2": it runs the same ONNX models in this process (npm install @huggingface/transformers)',
};
