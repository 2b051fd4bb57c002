import type { Problem } from "../ports/memory-store.ts";
import { analyze } from "../text/analyze.ts";
import { buildPassages } from "./build-passages.ts";
import type { Engine } from "./engine.ts";

export interface VerifyResult {
  /** True when nothing is wrong, or nothing is left wrong after the repair. */
  readonly isSound: boolean;
  readonly problems: readonly Problem[];
}

/**
 * Checks every record against its history and against all that derives from it: index units, words, vectors,
 * sources, entities, relations and counts. `repair` makes anew what is derived; records and histories are never changed.
 */
export async function verifyStore(engine: Engine, { repair }: { readonly repair: boolean }): Promise<VerifyResult> {
  const found = await engine.store.verify({
    repair,
    analyze: (text, language) => analyze(text, language === undefined ? {} : { language }),
    buildPassages: (memories) =>
      buildPassages(
        memories.map(({ record }) => ({
          text: record.text,
          date: record.kind === "message" ? record.saidAt : (record.validFrom ?? record.saidAt),
          language: record.language,
        })),
        engine.embedder,
        { failures: [], signal: engine.shutdown },
      ),
  });
  const { verifyRelations } = await import("./relate-facts.ts");
  const problems = [...found, ...(await verifyRelations(engine, { repair }))];
  return { isSound: problems.every(({ isRepaired }) => isRepaired), problems };
}
