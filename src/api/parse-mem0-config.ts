import { invalidInput } from "../errors.ts";
import { describeValue } from "./parse-options.ts";

/** Keys that change nothing here, and why. */
const WITHOUT_EFFECT: Readonly<Record<string, string>> = {
  version: "there is one version of the results",
  historyStore: "the history lies in the store file itself",
  historyDbPath: "the history lies in the store file itself",
  disableHistory: "the history is what restore and verify rest on; it is always kept",
  enableGraph: "entities are always kept",
};

/** What Mem0's configuration objects hold, as far as it is looked at here. Our own settings may stand beside it. */
export interface Mem0Config {
  readonly version?: string;
  readonly vectorStore?: { readonly provider: string; readonly config?: object };
  readonly historyDbPath?: string;
  readonly historyStore?: object;
  readonly disableHistory?: boolean;
  readonly customInstructions?: string;
  readonly enableGraph?: boolean;
  /** `{ provider, config }` each: docs/models.md lists the providers. */
  readonly llm?: object;
  readonly embedder?: object;
  readonly reranker?: object;
  readonly dbPath?: string;
  readonly onWarning?: (warning: string) => void;
}

interface ReadConfig {
  /** Our settings, not yet checked. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly warnings: readonly string[];
}

/**
 * Our settings out of ours or Mem0's (`{ llm: { provider, config }, vectorStore, … }`).
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
  const path = vectorStore === undefined || vectorStore === null ? undefined : readVectorStore(vectorStore);
  return { config: { ...(path === undefined ? {} : { dbPath: path }), ...own }, warnings };
}

function readVectorStore(input: unknown): string | undefined {
  const { provider, config } = (typeof input === "object" ? input : {}) as Record<string, unknown>;
  if (provider !== "memory")
    throw invalidInput(
      `vectorStore.provider ${describeValue(provider)} is not in this version. It has "memory": one SQLite file, which needs no other service. Remove vectorStore, or set its provider to "memory".`,
    );
  const path = (typeof config === "object" && config !== null ? config : {}) as Record<string, unknown>;
  return typeof path["dbPath"] === "string" ? path["dbPath"] : undefined;
}
