import type { MemoryConfig } from "../config.ts";
import { invalidInput } from "../errors.ts";
import { Memory } from "../memory.ts";

/** Names of the providers that models can be of, by what they are for. */
export interface ProviderNames {
  readonly llm: readonly string[];
  readonly embedder: readonly string[];
  readonly reranker: readonly string[];
}

/** Settings of memories that can be changed while the server runs: what is stored stays as it is. */
const CHANGEABLE = [
  "llm",
  "reranker",
  "modelTimeoutMs",
  "rerankTimeoutMs",
  "modelConcurrency",
  "modelBudget",
  "modelPrice",
  "extractionDelayMs",
  "customInstructions",
  "agentCustomInstructions",
  "customCategories",
  "includes",
  "excludes",
  "maskSecrets",
  "retentionDays",
] as const satisfies readonly (keyof MemoryConfig)[];
type Changeable = (typeof CHANGEABLE)[number];

/** Fields of Mem0's configuration that mean nothing here. */
const WITHOUT_EFFECT: Readonly<Record<string, string>> = {
  version: "there is one version of the results",
  historyDbPath: "the history lies in the project's file",
  enableGraph: "entities are always kept",
};

/** The settings of every project's memory, as they are now: those of the start, and what was changed since. */
export class RuntimeSettings {
  readonly providers: ProviderNames;
  readonly #started: MemoryConfig;
  #changes: MemoryConfig = {};

  constructor(started: MemoryConfig, providers: ProviderNames) {
    this.#started = started;
    this.providers = providers;
  }

  get memory(): MemoryConfig {
    return { ...this.#started, ...this.#changes };
  }

  get changed(): readonly string[] {
    return Object.keys(this.#changes).map((name) => snake(name));
  }

  get changeable(): readonly string[] {
    return CHANGEABLE.map((name) => snake(name));
  }

  /**
   * Takes changes under our names or Mem0's (snake_case); null takes back what was changed. Kept until the process ends:
   * keys of providers are never written to disk.
   * @returns what has no effect, and why.
   * @throws MemoryError `invalid_input` for what cannot be changed, or has a wrong value; then nothing is changed.
   */
  change(given: Readonly<Record<string, unknown>>): readonly string[] {
    const warnings: string[] = [];
    const changes: Record<string, unknown> = { ...this.#changes };
    for (const [name, value] of Object.entries(given)) {
      const own = camel(name);
      const reason = Object.hasOwn(WITHOUT_EFFECT, own) ? WITHOUT_EFFECT[own] : undefined;
      if (reason !== undefined) warnings.push(`${name} has no effect: ${reason}.`);
      else if (!isChangeable(own)) throw this.#refusal(name, own);
      else if (value === null) delete changes[own];
      else changes[own] = value;
    }
    // A memory that is made and left opens nothing; what it would not start with is refused.
    Memory.fromConfig({ ...this.#started, ...(changes as MemoryConfig) });
    this.#changes = changes as MemoryConfig;
    return warnings;
  }

  #refusal(name: string, own: string): Error {
    if (own === "embedder" || own === "vectorStore" || own === "dbPath" || own === "durability")
      return invalidInput(
        `${name} cannot be changed while the server runs: stored memories depend on it. Set it in the configuration and start the server anew.`,
      );
    return invalidInput(`There is no setting ${name} to change. Settings: ${this.changeable.join(", ")}.`);
  }
}

function isChangeable(name: string): name is Changeable {
  return (CHANGEABLE as readonly string[]).includes(name);
}

export function snake(name: string): string {
  return name.replaceAll(/[A-Z]/gu, (letter) => `_${letter.toLowerCase()}`);
}

function camel(name: string): string {
  return name.replaceAll(/_(\w)/gu, (_whole, letter: string) => letter.toUpperCase());
}
