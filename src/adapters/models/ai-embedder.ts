import type { AiEmbeddingModel } from "./ai-sdk-shapes.ts";
import { embeddingOptions } from "./embedding-models.ts";
import type { LoadedEmbeddingModel } from "./model-embedder.ts";

export interface AiEmbeddingOptions {
  readonly provider: string;
  readonly model: string;
  /** Asked of the provider; left out: the model's own. */
  readonly dimensions?: number;
  readonly maxTexts: number;
  readonly modelProperties?: Readonly<Record<string, unknown>>;
}

/** An embedding model of the AI SDK: one request per call. */
export async function loadAiEmbedder(
  model: AiEmbeddingModel,
  options: AiEmbeddingOptions,
): Promise<LoadedEmbeddingModel> {
  const most = (await model.maxEmbeddingsPerCall) ?? options.maxTexts;
  const { dimensions, modelProperties } = options;
  const name = optionsName(model.provider);
  return {
    maxTexts: Math.max(1, Math.min(most, options.maxTexts)),
    async embed(texts, { purpose, signal }) {
      const known = embeddingOptions(options.provider, options.model, purpose, dimensions);
      const providerOptions =
        modelProperties === undefined ? known : { ...known, [name]: { ...known[name], ...modelProperties } };
      const { embeddings } = await model.doEmbed({
        values: [...texts],
        ...(dimensions === undefined ? {} : { dimensions }),
        ...(signal === undefined ? {} : { abortSignal: signal }),
        providerOptions,
      });
      return embeddings;
    },
  };
}

/** Under which name a provider takes its options: "openai.chat" under "openai", "amazon-bedrock" under "amazonBedrock". */
export function optionsName(provider: string): string {
  if (provider.startsWith("google.vertex")) return "vertex";
  const name = provider.split(".", 1)[0] ?? provider;
  if (name === "amazon-bedrock") return "bedrock";
  return name.replaceAll(/[-_]+(\w)/gu, (_, letter: string) => letter.toUpperCase());
}
