import type { ModelBudget } from "../domain/model-usage.ts";
import type { StoreStatistics } from "../ports/memory-store.ts";
import { reachedCap, readSpent } from "./call-model.ts";
import type { SpentBudget } from "./call-model.ts";
import type { Engine } from "./engine.ts";

/** What the store holds, what is pending or failed, and what models used. */
export interface MemoryStatistics extends StoreStatistics {
  readonly models: {
    /** "provider/model", or null without one. */
    readonly languageModel: string | null;
    /** Since 00:00 UTC of the day, and of the month's first day: tokens in and out, US dollars where prices are known. */
    readonly today: SpentBudget["day"];
    readonly month: SpentBudget["month"];
    readonly budget: ModelBudget;
    /** The cap that has stopped the model until `until` (ISO), or null. */
    readonly stoppedBy: { readonly cap: keyof ModelBudget; readonly until: string } | null;
  };
}

export async function readStats(engine: Engine): Promise<MemoryStatistics> {
  const statistics = await engine.store.statistics();
  const spent = await readSpent(engine);
  const { modelBudget } = engine.settings;
  const reached = reachedCap(modelBudget, spent);
  const { languageModel } = engine;
  return {
    ...statistics,
    models: {
      languageModel: languageModel === undefined ? null : `${languageModel.provider}/${languageModel.model}`,
      today: spent.day,
      month: spent.month,
      budget: modelBudget,
      stoppedBy: reached === null ? null : { cap: reached.name, until: new Date(reached.retryAt).toISOString() },
    },
  };
}
