import { createHash } from "node:crypto";
import { EXPORT_FORMAT, EXPORT_VERSION } from "../../domain/export-format.ts";
import type { ExportedMemory } from "../../domain/export-format.ts";
import { maskSecrets } from "../../text/mask-secrets.ts";
import type { ForeignSource, SkippedRow } from "./foreign-memory.ts";
import { toRecord } from "./to-record.ts";

export interface ImportPlan {
  readonly memories: readonly ExportedMemory[];
  readonly skipped: readonly SkippedRow[];
  readonly notes: readonly string[];
  /** Secrets that were masked. */
  readonly masked: number;
  readonly users: number;
  readonly versions: number;
}

/** What of a source can be stored, in the order in which an export has it: user by user, as it was said. */
export function planImport(
  read: ForeignSource,
  { source, userId, now }: { readonly source: string; readonly userId: string | undefined; readonly now: number },
): ImportPlan {
  const memories: ExportedMemory[] = [];
  const skipped: SkippedRow[] = [...read.skipped];
  const counts = new Map<string, number>();
  const known = new Map(read.memories.map(({ id, createdAt }) => [id, createdAt] as const));
  const stored = new Set<string>();
  let masked = 0;
  for (const [index, foreign] of read.memories.entries()) {
    // An id may be anything: it is printed as it would be stored.
    const row = foreign.id === "" ? `memory ${index + 1}` : maskSecrets(foreign.id.slice(0, 100)).text;
    const result = toRecord(foreign, { source, instance: read.instance, userId, now, known });
    if ("reason" in result) {
      skipped.push({ row, reason: result.reason });
      continue;
    }
    if (stored.has(result.memory.record.id)) {
      skipped.push({ row, reason: "stands in the source twice" });
      continue;
    }
    stored.add(result.memory.record.id);
    memories.push(result.memory);
    masked += result.masked;
    for (const note of result.notes) counts.set(note, (counts.get(note) ?? 0) + 1);
  }
  memories.sort((one, other) => compare(ownerOf(one), ownerOf(other)) || one.record.createdAt - other.record.createdAt);
  return {
    memories,
    skipped,
    notes: [...read.notes, ...[...counts].map(([note, count]) => `${count} memories ${note}.`)],
    masked,
    users: new Set(memories.map(ownerOf)).size,
    versions: memories.reduce((sum, { history }) => sum + history.length, 0),
  };
}

/** The lines of an export that holds the plan's memories: what `memory.import` and the server read. */
export function* linesOf({ memories }: ImportPlan): Generator<string, void, undefined> {
  const digest = createHash("sha256");
  const write = (line: object): string => {
    const text = `${JSON.stringify(line)}\n`;
    digest.update(text);
    return text;
  };
  yield write({
    type: "manifest",
    format: EXPORT_FORMAT,
    version: EXPORT_VERSION,
    createdBy: "recollect",
    scope: { userIds: "all", filter: null, kinds: null, states: null },
  });
  for (const memory of memories) yield write({ type: "memory", ...memory });
  yield `${JSON.stringify({ type: "end", memories: memories.length, purged: 0, sha256: digest.digest("hex") })}\n`;
}

function ownerOf({ record }: ExportedMemory): string {
  return record.scope.userId ?? "";
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
