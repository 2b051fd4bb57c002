export { Memory } from "./memory.ts";
export { MemoryError } from "./errors.ts";
export type { MemoryErrorCode } from "./errors.ts";
export type { MemoryConfig } from "./config.ts";
export type { Embedder, EmbeddingSpace, EmbedOptions } from "./ports/embedder.ts";
