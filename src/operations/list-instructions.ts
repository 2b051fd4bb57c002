import type { InstructionsRequest } from "../domain/requests.ts";
import type { MemoryItem } from "../domain/search-result.ts";
import { countTokens } from "../text/token-count.ts";
import type { Engine } from "./engine.ts";
import { mostImportant } from "./views/importance.ts";
import { readItems } from "./views/read-view.ts";
import { oneLine } from "./views/view-line.ts";

export interface Instructions {
  /** One line each, ready for a prompt. Never above the budget; empty when there are none. */
  readonly text: string;
  /** Estimated tokens of `text`. */
  readonly tokens: number;
  /** The memories behind the lines, in their order. */
  readonly results: readonly MemoryItem[];
  /** True when all standing instructions of the scope are there. */
  readonly isComplete: boolean;
  readonly warnings: readonly string[];
}

const MAX_READ = 500;

/** The standing rules of a user or an agent, word for word, the most important first. */
export async function listInstructions(engine: Engine, request: InstructionsRequest): Promise<Instructions> {
  const { items, total } = await readItems(engine, { ...request.read, kinds: ["instruction"] }, MAX_READ);
  const lines = new Set<string>();
  const results: MemoryItem[] = [];
  for (const item of mostImportant(items, MAX_READ, engine.clock())) {
    const line = `- ${oneLine(item.memory)}`;
    const text = [...lines, line].join("\n");
    if (!lines.has(line) && countTokens(text) > request.tokenBudget) continue;
    lines.add(line);
    results.push(item);
  }
  const text = [...lines].join("\n");
  return {
    text,
    tokens: countTokens(text),
    results,
    isComplete: results.length === total,
    warnings: request.read.warnings,
  };
}
