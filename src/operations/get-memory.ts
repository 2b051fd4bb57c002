import type { Scope } from "../domain/scope.ts";
import { SCOPE_KEYS } from "../domain/scope.ts";
import type { MemoryItem } from "../domain/search-result.ts";
import { MemoryError } from "../errors.ts";
import type { StoredMemory } from "../ports/memory-store.ts";
import type { Engine } from "./engine.ts";
import { withEvidenceInScope } from "./evidence-in-scope.ts";
import { withEvidence } from "./forgetting/with-evidence.ts";
import { asKnownAt, withEvidenceUntil } from "./known-view.ts";
import type { Moment } from "./known-view.ts";
import { presentMemory } from "./present-memory.ts";
import { withoutHiddenWords } from "./visible-text.ts";
import { isTrueThen } from "./visibility.ts";

/**
 * One memory by its id, deleted ones left out; null when there is none, or when it is not in the given scope, was not
 * true at `asOf` or not known at `knownAt`.
 */
export async function getMemory(engine: Engine, id: string, scope: Scope, moment: Moment): Promise<MemoryItem | null> {
  const stored = await findMemory(engine, id, scope);
  if (stored === null || stored.record.state === "deleted") return null;
  const [known] = await asKnownAt(engine, [stored], moment.knownAt);
  if (known === undefined || !isTrueThen(known.record, moment.asOf)) return null;
  const cited = withEvidenceUntil(withEvidenceOfRun(known, scope.runId), moment.asOf);
  const [visible] = await withoutHiddenWords(engine, [cited]);
  if (visible === undefined) return null;
  const [item] = await withEvidence(engine, [presentMemory(visible)]);
  return item ?? null;
}

/** Who names a run sees the lines of that run alone. */
function withEvidenceOfRun(stored: StoredMemory, runId: string | undefined): StoredMemory {
  if (runId === undefined) return stored;
  return withEvidenceInScope(stored, {
    type: "condition",
    field: { kind: "scope", key: "runId" },
    operator: "eq",
    value: runId,
  });
}

/** A memory in any state, by its own id or by the one that it was imported under. */
export async function findMemory(engine: Engine, id: string, scope: Scope): Promise<StoredMemory | null> {
  const [stored] = await engine.store.getMemories([id]);
  if (stored === undefined || !isInScope(stored, scope)) return null;
  return stored;
}

/** @throws MemoryError `not_found`, in Mem0's words. */
export async function requireMemory(engine: Engine, id: string, scope: Scope): Promise<StoredMemory> {
  const stored = await findMemory(engine, id, scope);
  if (stored === null) throw notFound(id);
  return stored;
}

export function notFound(id: string): MemoryError {
  return new MemoryError("not_found", `Memory with ID ${id.slice(0, 200)} not found`, { details: { id } });
}

export function isInScope({ record }: StoredMemory, scope: Scope): boolean {
  return SCOPE_KEYS.every((key) => scope[key] === undefined || record.scope[key] === scope[key]);
}
