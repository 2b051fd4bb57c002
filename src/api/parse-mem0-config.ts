import { invalidInput } from "../errors.ts";
import { describeValue } from "./parse-options.ts";

/** Keys that change nothing here, and why. `llm`, `embedder`, `reranker` and `customInstructions` are ours as well. */
const WITHOUT_EFFECT: Readonly<Record<string, string>> = {
  version: "there is one version of the results",
  historyStore: "the history lies in the store file itself",
  historyDbPath: "the history lies in the store file itself",
  disableHistory: "the history is what restore and verify rest on; it is always kept",
  enableGraph: "entities are always kept",
};
const VECTOR_STORES = ["memory"] as const;

/** Mem0's way to name a model: `{ provider: "openai", config: { model, apiKey, … } }`. */
export interface Mem0Provider {
  readonly provider: string;
  readonly config?: object;
}

/** What Mem0's configuration objects hold, as far as it is looked at here. Our own settings may stand beside it. */
export interface Mem0Config {
  readonly version?: string;
  readonly llm?: Mem0Provider;
  readonly embedder?: Mem0Provider;
  readonly reranker?: Mem0Provider;
  readonly vectorStore?: Mem0Provider;
  readonly historyDbPath?: string;
  readonly historyStore?: object;
  readonly disableHistory?: boolean;
  readonly customInstructions?: string;
  readonly enableGraph?: boolean;
  readonly dbPath?: string;
  readonly onWarning?: (warning: string) => void;
}

interface ReadConfig {
  /** Our settings, not yet checked. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly warnings: readonly string[];
}

/**
 * Our settings out of ours or Mem0's (`{ llm: { provider, config }, vectorStore, … }`). Models are handed on as they
 * are: what reads our settings understands Mem0's form of them.
 * @throws MemoryError `invalid_input` for stores other than the one file.
 */
export function readConfig(input: unknown): ReadConfig {
  if (input === undefined || input === null) return { config: {}, warnings: [] };
  if (typeof input !== "object" || Array.isArray(input))
    throw invalidInput(`Memory expects a configuration object, got ${describeValue(input)}.`);
  const { vectorStore, ...rest } = input as Record<string, unknown>;
  const warnings: string[] = [];
  // No prototype: "__proto__" is a name like any other, and refused as unknown.
  const own: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  for (const [name, value] of Object.entries(rest)) {
    if (value === undefined) continue;
    const reason = Object.hasOwn(WITHOUT_EFFECT, name) ? WITHOUT_EFFECT[name] : undefined;
    if (reason === undefined) own[name] = value;
    else warnings.push(`The setting ${name} has no effect: ${reason}.`);
  }
  if (vectorStore === undefined || vectorStore === null) return { config: own, warnings };
  const { dbPath, collectionName } = readVectorStore(vectorStore);
  if (typeof collectionName === "string" && collectionName !== "memories")
    warnings.push(
      "The setting vectorStore.config.collectionName has no effect: one file is one collection. Give each its own dbPath.",
    );
  return { config: { ...(typeof dbPath === "string" ? { dbPath } : {}), ...own }, warnings };
}

/** @throws MemoryError `invalid_input` with the stores that there are. */
function readVectorStore(input: unknown): Readonly<Record<string, unknown>> {
  const { provider, config } = (typeof input === "object" ? input : {}) as Record<string, unknown>;
  if (!(VECTOR_STORES as readonly unknown[]).includes(provider))
    throw invalidInput(
      `vectorStore.provider ${describeValue(provider)} is not in this version. It has ${VECTOR_STORES.map((name) => `"${name}"`).join(", ")}: one SQLite file, which needs no other service. Remove vectorStore, or set its provider to "memory".`,
    );
  return (typeof config === "object" && config !== null ? config : {}) as Record<string, unknown>;
}
