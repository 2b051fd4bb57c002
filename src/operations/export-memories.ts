import { EXPORT_FORMAT, EXPORT_VERSION } from "../domain/export-format.ts";
import type { ExportLine, ExportScope } from "../domain/export-format.ts";
import { toHex } from "../domain/history-chain.ts";
import type { Engine } from "./engine.ts";

/** What is exported; see `ExportScope`. */
export interface ExportRequest {
  readonly scope: ExportScope;
}

/**
 * The lines of an export, each with its line feed: what it is, then every memory with its history and evidence, last
 * the counts and the SHA-256 of all lines before. Nothing in it depends on when or where it is made, so that the
 * same memories give the same bytes. Jobs, index units and vectors are not in it: an import makes them anew.
 */
export async function* exportMemories(engine: Engine, { scope }: ExportRequest): AsyncGenerator<string> {
  const digest = engine.createDigest();
  const counts = { memories: 0, purged: 0 };
  const write = (line: ExportLine): string => {
    const text = `${JSON.stringify(line)}\n`;
    digest.update(text);
    return text;
  };
  yield write({ type: "manifest", format: EXPORT_FORMAT, version: EXPORT_VERSION, createdBy: "recollect", scope });
  const entries = engine.store.exportMemories({
    userIds: scope.userIds,
    ...(scope.filter === null ? {} : { filter: scope.filter }),
    ...(scope.kinds === null ? {} : { kinds: scope.kinds }),
    ...(scope.states === null ? {} : { states: scope.states }),
  });
  for await (const entry of entries) {
    if (entry.type === "memory") counts.memories += 1;
    if (entry.type === "purged") counts.purged += 1;
    yield write(entry);
  }
  yield `${JSON.stringify({ type: "end", ...counts, sha256: toHex(digest.digest()) } satisfies ExportLine)}\n`;
}
