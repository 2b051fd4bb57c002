import type { SummaryRequest } from "../domain/requests.ts";
import type { Engine } from "./engine.ts";
import { makeView, readItems, scopeOfRead } from "./views/read-view.ts";
import { packSummary, summaryLines } from "./views/summary-lines.ts";
import type { ViewLine } from "./views/view-line.ts";

export interface SummaryLine {
  readonly category: string;
  readonly text: string;
  /** At least one. */
  readonly memoryIds: readonly string[];
  /** When the newest of them was said, ISO 8601. */
  readonly createdAt: string;
}

export interface Summary {
  /** The lines under their categories, each with the ids that it rests on. */
  readonly text: string;
  readonly lines: readonly SummaryLine[];
  /** Memories that its lines rest on, and those of the filters. */
  readonly memoriesUsed: number;
  readonly memories: number;
  readonly isComplete: boolean;
  readonly madeBy: "rules" | "model";
  readonly warnings: readonly string[];
}

/** Memories that a summary chooses from, the newest said. */
const MAX_READ = 1_000;

/** What matters most of the memories that filters name, by category, within bounds. */
export async function makeSummary(engine: Engine, request: SummaryRequest): Promise<Summary> {
  const { items, total } = await readItems(engine, request.read, MAX_READ);
  const { maxMemories, maxCharacters } = request;
  const { value, madeBy, warnings } = await makeView<readonly ViewLine[]>(engine, {
    key: ["summary", maxMemories, maxCharacters],
    items,
    request,
    scope: scopeOfRead(request.read),
    byRules: () => summaryLines(items, maxMemories, engine.clock()),
    byModel: async (question) => {
      const { modelSummaryLines } = await import("./views/view-model.ts");
      return modelSummaryLines(engine, question, request);
    },
  });
  const { text, lines } = packSummary(value, request);
  const memoriesUsed = new Set(lines.flatMap(({ memoryIds }) => memoryIds)).size;
  return {
    text,
    lines: lines.map(({ heading, ...line }) => ({ category: heading, ...line })),
    memoriesUsed,
    memories: total,
    isComplete: memoriesUsed === total,
    madeBy,
    warnings: [...request.read.warnings, ...warnings],
  };
}
