import type { ReadRequest, ViewRequest } from "../../domain/requests.ts";
import type { Scope } from "../../domain/scope.ts";
import type { MemoryItem } from "../../domain/search-result.ts";
import { MemoryError } from "../../errors.ts";
import { maskSecrets } from "../../text/mask-secrets.ts";
import type { Engine } from "../engine.ts";
import { listMemories } from "../list-memories.ts";
import { madeOnce } from "./view-cache.ts";
import type { ViewQuestion } from "./view-model.ts";

export interface ViewItems {
  /** Newest said first. */
  readonly items: readonly MemoryItem[];
  /** In the scope, also those that were not read. */
  readonly total: number;
}

/** The newest memories of a scope. */
export async function readItems(engine: Engine, read: ReadRequest, atMost: number): Promise<ViewItems> {
  const { results, total } = await listMemories(engine, {
    ...read,
    limit: atMost,
    offset: 0,
    cursor: null,
    withTotal: true,
  });
  return { items: results, total: total ?? results.length };
}

export interface Made<Value> {
  readonly value: Value;
  readonly madeBy: "rules" | "model";
  readonly warnings: readonly string[];
}

/** What a view is made of, and by whom. */
export interface Recipe<Value> {
  /** Its own name and settings, of JSON: with the memories they say what is made. */
  readonly key: readonly unknown[];
  readonly items: readonly MemoryItem[];
  readonly request: ViewRequest;
  readonly scope: Scope;
  readonly byRules: () => Value | Promise<Value>;
  readonly byModel: (question: ViewQuestion) => Promise<Value>;
}

/** By the model where one is configured and wanted; by rules without one and, with a warning, when it fails. */
export async function makeView<Value>(
  engine: Engine,
  { key, items, request, scope, byRules, byModel }: Recipe<Value>,
): Promise<Made<Value>> {
  const { instructions: asked, useModel } = request;
  if (!useModel || engine.languageModel === undefined) {
    const warnings =
      asked === null ? [] : ["instructions are followed by language models; this was made by rules, without them."];
    return { value: await byRules(), madeBy: "rules", warnings };
  }
  if (items.length === 0) return { value: await byRules(), madeBy: "rules", warnings: [] };
  const instructions = asked !== null && engine.settings.maskSecrets ? maskSecrets(asked).text : asked;
  const versions = items.map(({ id, updatedAt, hash }) => [id, updatedAt, hash]);
  try {
    const made = await madeOnce(engine, [...key, instructions, versions], async () => {
      const warnings: string[] = [];
      const onWarning = (warning: string): void => {
        warnings.push(warning);
      };
      return { value: await byModel({ items, instructions, scope, onWarning }), warnings };
    });
    return { ...made, madeBy: "model" };
  } catch (error) {
    if (!MemoryError.isInstance(error)) throw error;
    const warning = `The language model did not make this (${error.code}: ${error.message}) It was made by rules.`;
    return { value: await byRules(), madeBy: "rules", warnings: [warning] };
  }
}

/** For the ledger: the ids that the read names one of. */
export function scopeOfRead({ scope: { bindings } }: ReadRequest): Scope {
  const [binding] = bindings;
  if (bindings.length !== 1 || binding === undefined) return {};
  const ids = Object.entries(binding).flatMap(([key, values]) => {
    const [only, ...others] = typeof values === "string" ? [] : [...(values as Iterable<string>)];
    return only === undefined || others.length > 0 ? [] : [[key, only] as const];
  });
  return Object.fromEntries(ids);
}
