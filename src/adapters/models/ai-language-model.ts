import type { TokenPrice } from "../../domain/model-usage.ts";
import { invalidInput, MemoryError } from "../../errors.ts";
import type { LanguageModel, LanguageModelAnswer, LanguageModelCall } from "../../ports/language-model.ts";
import { optionsName } from "./ai-embedder.ts";
import { warningText } from "./ai-sdk-shapes.ts";
import type { AiGenerateResult, AiLanguageModel } from "./ai-sdk-shapes.ts";
import { describeSchema, isStrictSchema } from "./output-schema.ts";
import { endedError, providerError } from "./provider-error.ts";

/** How an answer in JSON is asked for: by a schema, as JSON of any shape with the schema in the prompt, or in the prompt alone. */
export type JsonMode = "schema" | "object" | "prompt";

export interface AiLanguageModelOptions {
  readonly provider: string;
  readonly model: string;
  /** Called once, at the first request. */
  readonly load: () => Promise<AiLanguageModel>;
  readonly jsonMode: JsonMode;
  /** Its key and the like: never in an error. */
  readonly secrets: readonly (string | undefined)[];
  readonly canSeeImages?: boolean;
  readonly price?: TokenPrice;
  readonly temperature?: number;
  readonly topP?: number;
  readonly maxOutputTokens?: number;
  /** Options of the provider in the words of its AI SDK package. */
  readonly modelProperties?: Readonly<Record<string, unknown>>;
}

/** Most providers cache what stays the same by themselves; Anthropic has to be told where it ends. */
const CACHED = { anthropic: { cacheControl: { type: "ephemeral" } } } as const;

/** A language model over a model object of the AI SDK; one request per call, nothing parsed, nothing printed. */
export function createAiLanguageModel(options: AiLanguageModelOptions): LanguageModel {
  const { provider, model, canSeeImages, price } = options;
  let loading: Promise<AiLanguageModel> | undefined;
  let jsonMode = options.jsonMode;
  return {
    provider,
    model,
    ...(canSeeImages === undefined ? {} : { canSeeImages }),
    ...(price === undefined ? {} : { price }),
    async generate(call) {
      const name = `${provider}/${model}`;
      if (call.signal?.aborted === true) throw endedError(name, call.signal);
      if (canSeeImages === false && (call.images?.length ?? 0) > 0)
        throw invalidInput(`${name} cannot see images. Configure a model that can, or leave the images out.`);
      loading ??= options.load();
      // A missing package may be installed, and a key set, before the next call.
      loading.catch(() => (loading = undefined));
      const loaded = await loading;
      const usedMode = jsonMode;
      try {
        return answerOf(await loaded.doGenerate(requestOf(call, loaded, usedMode, options)));
      } catch (error) {
        if (call.output !== undefined && usedMode !== "prompt" && refusesFormat(error)) {
          jsonMode = "prompt";
          throw new MemoryError(
            "provider_failed",
            `${name} does not take an output format of this kind. From now on the schema is put into the prompt.`,
            { retryable: true, details: { status: 400, retryAfterMs: 0 } },
          );
        }
        const texts = [call.prompt, call.instructions];
        throw providerError(error, { name, secrets: options.secrets, texts, signal: call.signal });
      }
    },
  };
}

function requestOf(
  call: LanguageModelCall,
  model: AiLanguageModel,
  jsonMode: JsonMode,
  options: AiLanguageModelOptions,
): Record<string, unknown> {
  const { output } = call;
  const isNew = model.specificationVersion === "v4";
  const images = (call.images ?? []).map(({ data, mediaType }) => ({
    type: "file",
    mediaType,
    data: isNew ? { type: "data", data } : data,
  }));
  // The schema stays where providers cache: behind what never changes.
  const instructions =
    output !== undefined && jsonMode !== "schema"
      ? `${call.instructions}\n\n${describeSchema(output.schema)}`
      : call.instructions;
  const schema = jsonMode === "schema" ? output?.schema : undefined;
  const strict = schema === undefined ? undefined : { strictJsonSchema: isStrictSchema(schema) };
  const maxOutputTokens = call.maxOutputTokens ?? options.maxOutputTokens;
  const temperature = options.temperature ?? call.temperature;
  return {
    prompt: [
      { role: "system", content: instructions, providerOptions: CACHED },
      { role: "user", content: [...images, { type: "text", text: call.prompt }] },
    ],
    ...(output === undefined || jsonMode === "prompt"
      ? {}
      : { responseFormat: { type: "json", ...(schema === undefined ? {} : { schema, name: output.name }) } }),
    ...(maxOutputTokens === undefined ? {} : { maxOutputTokens }),
    ...(temperature === undefined ? {} : { temperature }),
    ...(options.topP === undefined ? {} : { topP: options.topP }),
    ...(call.signal === undefined ? {} : { abortSignal: call.signal }),
    providerOptions: { [optionsName(model.provider)]: { ...strict, ...options.modelProperties } },
  };
}

function answerOf(result: AiGenerateResult): LanguageModelAnswer {
  const { content, usage, finishReason, warnings = [] } = result;
  const written = content.filter(({ type }) => type === "text").map(({ text }) => text ?? "");
  const { inputTokens, outputTokens } = usage;
  const cached = typeof inputTokens === "object" ? inputTokens.cacheRead : usage.cachedInputTokens;
  return {
    text: result.structuredOutputText ?? written.join(""),
    usage: { inputTokens: total(inputTokens), outputTokens: total(outputTokens), cachedInputTokens: cached ?? 0 },
    finishReason: finishOf(typeof finishReason === "string" ? finishReason : finishReason.unified),
    warnings: warnings.map(warningText),
  };
}

function total(tokens: number | { readonly total?: number | undefined } | undefined): number {
  return (typeof tokens === "object" ? tokens.total : tokens) ?? 0;
}

function finishOf(reason: string): LanguageModelAnswer["finishReason"] {
  if (reason === "content-filter") return "refusal";
  return reason === "stop" || reason === "length" ? reason : "other";
}

function refusesFormat(error: unknown): boolean {
  const { statusCode, responseBody } = (error ?? {}) as { statusCode?: unknown; responseBody?: unknown };
  return (
    (statusCode === 400 || statusCode === 422) &&
    typeof responseBody === "string" &&
    /response_format|json_schema|json mode|structured.?output|output_config/iu.test(responseBody)
  );
}
