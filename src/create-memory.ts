import { createHash } from "node:crypto";
import { v7 } from "uuid";
import { createStaticEmbedder } from "./adapters/models/static-embedder.ts";
import { locateFile } from "./adapters/stores/sqlite/locate-file.ts";
import { SqliteStore } from "./adapters/stores/sqlite/sqlite-store.ts";
import { checkedClock, parseConfig } from "./config.ts";
import type { MemoryConfig } from "./config.ts";
import { systemClock } from "./domain/clock.ts";
import { invalidInput } from "./errors.ts";
import { closeEngine } from "./operations/close-engine.ts";
import type { Engine } from "./operations/engine.ts";
import { KeyedLock } from "./operations/keyed-lock.ts";
import { PartitionIndexes } from "./operations/partition-indexes.ts";
import { JobRunner } from "./operations/run-jobs.ts";
import { RECIPES } from "./retrieval/recipes.ts";
import { ANALYZER_VERSION } from "./text/analyze.ts";
import { RecallGuard } from "./text/recall-guard.ts";
import type { FactExtractor } from "./ports/fact-extractor.ts";

/** Joins configuration and adapters; the only place that knows both sides. Opens no file and does no work. */
export function createEngine(config: MemoryConfig = {}): Engine {
  const settings = parseConfig(config);
  const recipe = Object.hasOwn(RECIPES, settings.recipe) ? RECIPES[settings.recipe] : undefined;
  if (recipe === undefined)
    throw invalidInput(`recipe expects one of ${Object.keys(RECIPES).join(", ")}, got "${settings.recipe}".`);
  const embedder = settings.embedder === false ? undefined : (settings.embedder ?? createStaticEmbedder());
  const store = new SqliteStore({
    path: locateFile({ dbPath: settings.dbPath, environment: process.env, workingDirectory: process.cwd() }),
    durability: settings.durability,
    vectorCacheBytes: settings.vectorCacheBytes,
    analyzerVersion: ANALYZER_VERSION,
    ...(embedder === undefined ? {} : { space: embedder.space }),
    ...(settings.onWarning === undefined ? {} : { onWarning: settings.onWarning }),
    onOpen: () => {
      jobs.start();
    },
  });
  const shutdown = new AbortController();
  const engine: Engine = {
    store,
    embedder,
    extractor: createLazyExtractor(),
    clock: settings.now === undefined ? systemClock : checkedClock(settings.now),
    createId: (at) => v7({ msecs: at }),
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
    },
    shutdown: shutdown.signal,
    close: () => closeEngine(engine, jobs, shutdown),
  };
  const jobs = new JobRunner(engine, { onWarning: settings.onWarning });
  return engine;
}

/** The rules are half of the library's code, and who only searches never needs them: they load with the first add. */
function createLazyExtractor(): FactExtractor {
  return {
    name: "rules",
    async extract(messages, context) {
      const { createRulesExtractor } = await import("./extraction/rules-extractor.ts");
      return createRulesExtractor().extract(messages, context);
    },
  };
}
