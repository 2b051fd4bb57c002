import { invalidInput } from "../../errors.ts";
import type { Embedder } from "../../ports/embedder.ts";
import type { LanguageModel } from "../../ports/language-model.ts";
import { checkEmbedder } from "./check-embedder.ts";

export function resolveLanguageModel(setting: unknown): LanguageModel {
  if (typeof setting === "object" && setting !== null && "generate" in setting) return setting as LanguageModel;
  throw invalidInput("Invalid configuration: llm must be a LanguageModel with a function generate.");
}

export function resolveEmbedder(setting: unknown): Embedder {
  if (typeof setting === "object" && setting !== null) return checkEmbedder(setting);
  throw invalidInput("Invalid configuration: embedder must be an Embedder, or false.");
}
