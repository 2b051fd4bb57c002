import type { ContextRequest } from "../domain/requests.ts";
import type { ContextBlock, SearchHit } from "../domain/search-result.ts";
import { packLines } from "../retrieval/pack.ts";
import { fenceRecall } from "../text/recall-fence.ts";
import { countTokens } from "../text/token-count.ts";
import { contextLines, scopeLines } from "./context-lines.ts";
import type { Engine } from "./engine.ts";
import { presentHit } from "./present-hit.ts";
import { hideDeleted } from "./hide-deleted.ts";
import { findHits, noteUse } from "./search-memories.ts";

/** Most hits that are read before packing: more than a budget of some thousand tokens takes. */
const CONTEXT_HITS = 200;
/** Evidence of this many budgets is read, so that packing has a choice. */
const BUDGETS_READ = 2;

/**
 * Packs what matters for a query into a token budget: the whole scope in order when it fits, else the best
 * evidence, grouped by session and date, oldest first, superseded values marked, standing instructions on top.
 */
export async function buildContext(engine: Engine, request: ContextRequest): Promise<ContextBlock> {
  const fenceTokens = countTokens(fenceRecall(""));
  const whole = await scopeLines(engine, request, request.tokenBudget);
  if (whole !== null) {
    const packed = packLines({ lines: whole.lines, tokenBudget: request.tokenBudget, fenceTokens, keepAll: true });
    if (packed !== null) return finish(engine, packed.text, [], true, [...request.warnings]);
  }
  const found = await findHits(engine, request, { tokens: request.tokenBudget * BUDGETS_READ, atMost: CONTEXT_HITS });
  const { hits, recipe, warnings } = found;
  const { lines, instructions } = await contextLines(engine, request, found);
  const packed = packLines({ lines, instructions, tokenBudget: request.tokenBudget, fenceTokens, keepAll: false });
  const used = new Set(packed?.used ?? []);
  const shown = await hideDeleted(
    engine,
    hits.filter(({ stored }) => used.has(stored.record.id)),
  );
  noteUse(engine, shown);
  const presented = shown.map((hit) => presentHit(hit, recipe, false));
  return finish(engine, packed?.text ?? "", presented, false, [...request.warnings, ...warnings]);
}

function finish(
  engine: Engine,
  body: string,
  hits: readonly SearchHit[],
  isComplete: boolean,
  warnings: readonly string[],
): ContextBlock {
  if (body === "") return { text: "", hits, tokens: 0, isComplete, warnings };
  const text = fenceRecall(body);
  engine.guard.remember(text);
  return { text, hits, tokens: countTokens(text), isComplete, warnings };
}
