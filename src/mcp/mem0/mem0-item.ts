import type { MemoryItem } from "../../domain/search-result.ts";
import { countTokens } from "../../text/token-count.ts";
import type { ToolAnswer } from "../define-tool.ts";
import { DATA_NOTICE, showMemory } from "../show-memories.ts";

/** Most tokens of an answer; what does not fit is said to be missing. */
const TOKEN_BUDGET = 4_000;
const FRAME_TOKENS = 60;
/** Most of a memory's metadata that an answer shows. */
const METADATA_TOKENS = 1_000;

/** A memory with the fields that Mem0's answers have. */
export function mem0Item(
  item: MemoryItem & { readonly score?: number },
  mostCharacters?: number,
): Record<string, unknown> {
  const { memory, isCut } = showMemory(item, mostCharacters);
  const { id, user_id, agent_id, app_id, run_id, metadata, categories, createdAt, updatedAt, score } = item;
  const isMetadataLong = countTokens(JSON.stringify(metadata)) > METADATA_TOKENS;
  const given = {
    user_id,
    agent_id,
    app_id,
    run_id,
    score,
    is_cut: isCut,
    is_metadata_left_out: isMetadataLong || undefined,
  };
  return {
    id,
    memory,
    metadata: isMetadataLong ? {} : metadata,
    categories,
    created_at: createdAt,
    updated_at: updatedAt,
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
  };
}

/** Mem0's clients read JSON in the text; it says of itself that it is data. */
export function jsonAnswer(data: Record<string, unknown>): ToolAnswer {
  return { text: JSON.stringify(data), data };
}

/** As many of the items as the budget takes. */
export function listAnswer(items: readonly Record<string, unknown>[], more: Record<string, unknown> = {}): ToolAnswer {
  let tokens = FRAME_TOKENS;
  const results: Record<string, unknown>[] = [];
  for (const item of items) {
    tokens += countTokens(JSON.stringify(item)) + 1;
    if (tokens > TOKEN_BUDGET) break;
    results.push(item);
  }
  return jsonAnswer({ notice: DATA_NOTICE, results, ...more, left_out: items.length - results.length });
}
