import { createHash, randomFillSync } from "node:crypto";
import pLimit from "p-limit";
import { v7 } from "uuid";
import { resolveEmbedder, resolveLanguageModel, resolveReranker } from "./adapters/models/resolve-models.ts";
import { createBuiltInConcepts } from "./adapters/concepts/built-in-concepts.ts";
import { createStaticEmbedder } from "./adapters/models/static-embedder.ts";
import { locateFile } from "./adapters/stores/sqlite/locate-file.ts";
import { SqliteStore } from "./adapters/stores/sqlite/sqlite-store.ts";
import { parseGuidance } from "./api/parse-guidance.ts";
import { checkedClock, parseConfig } from "./config.ts";
import type { MemoryConfig } from "./config.ts";
import { systemClock } from "./domain/clock.ts";
import { DEFAULT_DECAY } from "./domain/decay.ts";
import type { DecaySettings } from "./domain/decay.ts";
import { createRandomPool } from "./domain/random-pool.ts";
import type { Scope } from "./domain/scope.ts";
import { invalidInput } from "./errors.ts";
import { callModel } from "./operations/call-model.ts";
import type { ModelCallContext } from "./operations/call-model.ts";
import { closeEngine } from "./operations/close-engine.ts";
import type { Engine } from "./operations/engine.ts";
import { AccessRecorder } from "./operations/forgetting/access-recorder.ts";
import { EmbedderSlot, knownSpace } from "./operations/embedder-slot.ts";
import { KeyedLock } from "./operations/keyed-lock.ts";
import { PartitionIndexes } from "./operations/partition-indexes.ts";
import type { AttachmentReader } from "./operations/read-attachments.ts";
import { JobRunner } from "./operations/run-jobs.ts";
import { createModelReranker } from "./retrieval/model-reranker.ts";
import { RECIPES } from "./retrieval/recipes.ts";
import { ANALYZER_VERSION } from "./text/analyze.ts";
import { createLocalTime } from "./text/local-time.ts";
import { RecallGuard } from "./text/recall-guard.ts";
import type { Embedder } from "./ports/embedder.ts";
import type { FactExtractor } from "./ports/fact-extractor.ts";
import type { LanguageModel, LanguageModelAnswer, LanguageModelCall } from "./ports/language-model.ts";
import type { Reranker } from "./ports/reranker.ts";

const takeRandom = createRandomPool(randomFillSync);

/** Joins configuration and adapters; the only place that knows both sides. Opens no file and does no work. */
export function createEngine(config: MemoryConfig = {}): Engine {
  const settings = parseConfig(config);
  const recipe = Object.hasOwn(RECIPES, settings.recipe) ? RECIPES[settings.recipe] : undefined;
  if (recipe === undefined)
    throw invalidInput(`recipe expects one of ${Object.keys(RECIPES).join(", ")}, got "${settings.recipe}".`);
  const embedder = createEmbedder(settings.embedder);
  const space = embedder === undefined ? null : knownSpace(embedder);
  const languageModel = settings.llm === undefined ? undefined : resolveLanguageModel(settings.llm);
  const store = new SqliteStore({
    path: locateFile({ dbPath: settings.dbPath, environment: process.env, workingDirectory: process.cwd() }),
    durability: settings.durability,
    vectorCacheBytes: settings.vectorCacheBytes,
    analyzerVersion: ANALYZER_VERSION,
    ...(space === null ? {} : { space }),
    ...(settings.onWarning === undefined ? {} : { onWarning: settings.onWarning }),
    onOpen: () => {
      jobs.start();
    },
  });
  const decay = readDecay(settings.decay);
  const shutdown = new AbortController();
  const slot = new EmbedderSlot(embedder, { store, shutdown: shutdown.signal, onWarning: settings.onWarning });
  const engine: Engine = {
    store,
    get embedder() {
      return slot.current;
    },
    previousEmbedder: previousOf(settings),
    prepareEmbedder: (patience) => slot.prepare(patience),
    extractor: rules,
    languageModel,
    modelExtractor:
      languageModel === undefined ? undefined : (scope) => createLazyModelExtractor(engine, languageModel, scope),
    modelSlots: pLimit(settings.modelConcurrency),
    attachmentReader: (scope, onUsage) =>
      loadAttachmentReader(engine, { scope, onUsage }, settings.allowPrivateAddresses),
    accesses: decay === null ? undefined : new AccessRecorder(store, settings.onWarning),
    concepts: createBuiltInConcepts(),
    reranker: createReranker(settings.reranker, languageModel, () => engine),
    clock: settings.now === undefined ? systemClock : checkedClock(settings.now),
    localTime: createLocalTime(settings.timeZone),
    createId: (at) => v7({ msecs: at, random: takeRandom(16) }),
    createDigest: () => createHash("sha256"),
    guard: new RecallGuard(),
    locks: new KeyedLock(),
    indexes: new PartitionIndexes(store),
    recipe,
    settings: {
      maxMessageCharacters: settings.maxMessageCharacters,
      maxMessages: settings.maxMessages,
      maxQueryCharacters: 16_384,
      retentionDays: settings.retentionDays,
      maskSecrets: settings.maskSecrets,
      modelTimeoutMs: settings.modelTimeoutMs,
      rerankTimeoutMs: settings.rerankTimeoutMs,
      modelBudget: settings.modelBudget,
      modelPrice: settings.modelPrice,
      extractionDelayMs: settings.extractionDelayMs,
      reviewBelow: settings.reviewBelow,
      decay,
      dreamEveryHours: settings.dreamEveryHours ?? null,
      guidance: parseGuidance({ ...settings }),
    },
    shutdown: shutdown.signal,
    close: () => closeEngine(engine, jobs, shutdown),
  };
  const jobs = new JobRunner(engine, { onWarning: settings.onWarning });
  return engine;
}

/** Off unless it is asked for. */
function readDecay(setting: MemoryConfig["decay"]): DecaySettings | null {
  if (setting === undefined || setting === false) return null;
  return setting === true ? DEFAULT_DECAY : { ...DEFAULT_DECAY, ...setting };
}

function createEmbedder(setting: MemoryConfig["embedder"]): Embedder | undefined {
  if (setting === false) return undefined;
  return setting === undefined ? createStaticEmbedder() : resolveEmbedder(setting);
}

/** Without another word the built-in word vectors: what a file has before an embedder is configured. */
function previousOf({ embedder, previousEmbedder }: MemoryConfig): Embedder | undefined {
  if (previousEmbedder !== undefined) return resolveEmbedder(previousEmbedder);
  return embedder === undefined || embedder === false ? undefined : createStaticEmbedder();
}

/** A language model as a reranker is called within the same budget and ledger as for extraction. */
function createReranker(
  setting: MemoryConfig["reranker"],
  languageModel: LanguageModel | undefined,
  engine: () => Engine,
): Reranker | undefined {
  if (setting === undefined || setting === false) return undefined;
  return resolveReranker(setting, {
    ...(languageModel === undefined ? {} : { languageModel }),
    fromLanguageModel: (model) =>
      createModelReranker({
        name: `${model.provider}/${model.model}`,
        generate: (call) => callModel({ ...engine(), languageModel: model }, call, { scope: {} }),
      }),
  });
}

/** Who never sends an image or a document never loads what reads them. */
async function loadAttachmentReader(
  engine: Engine,
  context: ModelCallContext,
  allowPrivateAddresses: boolean,
): Promise<AttachmentReader> {
  const [{ createContentFetcher }, { createDocumentReaders }] = await Promise.all([
    import("./adapters/fetch/content-fetcher.ts"),
    import("./adapters/documents/document-readers.ts"),
  ]);
  const { canSeeImages } = engine.languageModel ?? {};
  return {
    fetcher: createContentFetcher({ allowPrivateAddresses }),
    readers: createDocumentReaders(),
    ...(engine.languageModel === undefined ? {} : { generate: (call) => callModel(engine, call, context) }),
    ...(canSeeImages === undefined ? {} : { canSeeImages }),
  };
}

/** Its prompts and readers load with the first message that goes to a model. */
function createLazyModelExtractor(engine: Engine, { provider, model }: LanguageModel, scope: Scope): FactExtractor {
  const name = `${provider}/${model}`;
  return {
    name,
    async extract(messages, context) {
      const { createModelExtractor } = await import("./extraction/model/model-extractor.ts");
      const { signal, onUsage } = context;
      const generate = (call: LanguageModelCall): Promise<LanguageModelAnswer> =>
        callModel(engine, call, {
          scope,
          ...(signal === undefined ? {} : { signal }),
          ...(onUsage === undefined ? {} : { onUsage }),
        });
      return createModelExtractor({ name, generate, rules }).extract(messages, context);
    },
  };
}

/**
 * The rules are half of the library's code, and who only searches never needs them: they load with the first add. What
 * is loaded is kept, since each `import()` looks the module up anew.
 */
const rules: FactExtractor = {
  name: "rules",
  async extract(messages, context) {
    loadedRules ??= (await import("./extraction/rules-extractor.ts")).createRulesExtractor();
    return loadedRules.extract(messages, context);
  },
};
let loadedRules: FactExtractor | undefined;
