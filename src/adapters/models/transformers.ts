import { existsSync } from "node:fs";
import { isAbsolute, resolve } from "node:path";
import { MemoryError } from "../../errors.ts";
import type { Reranker } from "../../ports/reranker.ts";
import { importOptional } from "./import-optional.ts";
import type { LoadedEmbeddingModel } from "./model-embedder.ts";
import type { ModelSettings } from "./model-setting.ts";
import { endedError } from "./provider-error.ts";
import { checkedRanking } from "./rerank-scores.ts";

const PACKAGE = "@huggingface/transformers";
/** Texts of one run: more fill the processor's caches and make nothing faster. */
const MAX_TEXTS = 16;

interface Tensor {
  readonly data: ArrayLike<number>;
  readonly dims: readonly number[];
}

interface Library {
  pipeline(
    task: string,
    model: string,
    options: object,
  ): Promise<(texts: string[], options: object) => Promise<Tensor>>;
  readonly AutoTokenizer: { from_pretrained(model: string, options: object): Promise<Tokenizer> };
  readonly AutoModelForSequenceClassification: {
    from_pretrained(model: string, options: object): Promise<(inputs: unknown) => Promise<{ logits: Tensor }>>;
  };
}

type Tokenizer = (
  texts: string[],
  options: { readonly text_pair: string[]; readonly padding: boolean; readonly truncation: boolean },
) => unknown;

/** Sentence encoders of transformers.js in this process: a hub id is downloaded, a folder read as it is. */
export async function loadTransformersEmbedder(model: string, settings: ModelSettings): Promise<LoadedEmbeddingModel> {
  const { pipeline } = await loadLibrary();
  const extract = await loaded(model, () =>
    pipeline("feature-extraction", pathOf(model), loadOptions(model, settings)),
  );
  const pooling = settings.rest["pooling"] ?? poolingOf(model);
  return {
    maxTexts: MAX_TEXTS,
    async embed(texts, { signal }) {
      if (signal?.aborted === true) throw endedError(`transformers/${model}`, signal);
      const { data, dims } = await extract([...texts], { pooling, normalize: true });
      const width = dims.at(-1) ?? 0;
      const numbers = Array.from(data);
      return texts.map((_, index) => numbers.slice(index * width, (index + 1) * width));
    },
  };
}

/** Cross-encoders of transformers.js: query and document are read together. */
export function createTransformersReranker(model: string, settings: ModelSettings): Reranker {
  const name = `transformers/${model}`;
  // Their heads are linear: what comes out are logits.
  const read = checkedRanking(name, settings.scores ?? "logits");
  let loading: Promise<(query: string, documents: readonly string[]) => Promise<number[]>> | undefined;
  return {
    name,
    maxDocuments: settings.maxBatchSize ?? 100,
    async rerank(query, documents, { topN, signal } = {}) {
      if (documents.length === 0) return [];
      loading ??= loadCrossEncoder(model, settings);
      loading.catch(() => (loading = undefined));
      const score = await loading;
      const scores: number[] = [];
      for (let start = 0; start < documents.length; start += MAX_TEXTS) {
        if (signal?.aborted === true) throw endedError(name, signal);
        scores.push(...(await score(query, documents.slice(start, start + MAX_TEXTS))));
      }
      const entries = scores.map((each, index) => ({ index, score: each }));
      return read(entries, documents.length, topN);
    },
  };
}

async function loadCrossEncoder(
  model: string,
  settings: ModelSettings,
): Promise<(query: string, documents: readonly string[]) => Promise<number[]>> {
  const { AutoTokenizer, AutoModelForSequenceClassification } = await loadLibrary();
  const options = loadOptions(model, settings);
  const tokenize = await loaded(model, () => AutoTokenizer.from_pretrained(pathOf(model), options));
  const classify = await loaded(model, () =>
    AutoModelForSequenceClassification.from_pretrained(pathOf(model), options),
  );
  return async (query, documents) => {
    const inputs = tokenize(
      documents.map(() => query),
      { text_pair: [...documents], padding: true, truncation: true },
    );
    const { logits } = await classify(inputs);
    const width = logits.dims.at(-1) ?? 1;
    // Of several labels the last is "relevant".
    return documents.map((_, index) => logits.data[index * width + width - 1] ?? Number.NaN);
  };
}

async function loadLibrary(): Promise<Library> {
  return (await importOptional(PACKAGE, 4, "The provider transformers")) as unknown as Library;
}

async function loaded<Result>(model: string, load: () => Promise<Result>): Promise<Result> {
  try {
    return await load();
  } catch (cause) {
    const place = isFolder(model) ? `the folder ${model}` : `the hub's model "${model}"`;
    throw new MemoryError(
      "provider_failed",
      `transformers.js could not load ${place}. A folder needs config.json, tokenizer.json and onnx/model*.onnx; a hub id needs the network once.`,
      { cause, details: { model } },
    );
  }
}

function loadOptions(model: string, { rest, cacheDirectory, onProgress }: ModelSettings): object {
  const { dtype, device } = rest;
  return {
    // A folder is all there is: nothing is looked for on the network.
    local_files_only: isFolder(model),
    ...(dtype === undefined ? {} : { dtype }),
    ...(device === undefined ? {} : { device }),
    ...(cacheDirectory === undefined ? {} : { cache_dir: cacheDirectory }),
    ...(onProgress === undefined
      ? {}
      : {
          progress_callback: ({ status, file, loaded: bytes, total }: Readonly<Record<string, unknown>>) => {
            if (status === "progress") onProgress({ file: String(file), loaded: Number(bytes), total: Number(total) });
          },
        }),
  };
}

/** BGE, arctic and mxbai put the meaning into the first token; most others spread it over all. */
function poolingOf(model: string): "cls" | "mean" {
  return /bge-|arctic-embed|mxbai-embed/iu.test(model) ? "cls" : "mean";
}

function isFolder(model: string): boolean {
  return isAbsolute(model) || model.startsWith(".") || existsSync(model);
}

function pathOf(model: string): string {
  return isFolder(model) ? resolve(model) : model;
}
