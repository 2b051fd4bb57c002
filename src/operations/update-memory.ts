import type { MemoryRecord } from "../domain/memory.ts";
import type { UpdateRequest } from "../domain/requests.ts";
import { invalidInput, MemoryError } from "../errors.ts";
import { correctedAttribute } from "../extraction/corrected-attribute.ts";
import { identityKey } from "../extraction/near-duplicate.ts";
import { relationsOf } from "../extraction/relations/relations-of.ts";
import type { MemoryPatch } from "../ports/memory-store.ts";
import { maskSecrets } from "../text/mask-secrets.ts";
import { dropPrivateSpans } from "../text/private-spans.ts";
import { buildPassages } from "./build-passages.ts";
import { changeMemories } from "./change-memories.ts";
import type { Engine } from "./engine.ts";
import { notFound, requireMemory } from "./get-memory.ts";

/**
 * Changes a memory's text, metadata (merged into what is there), expiry or time; the history keeps what it said before.
 * @throws MemoryError `not_found`; `conflict` for an immutable memory; `invalid_input` for text and time of a message,
 * which stays as it was said.
 */
export async function updateMemory(engine: Engine, request: UpdateRequest): Promise<void> {
  const { id, scope } = request;
  const stored = await requireMemory(engine, id, scope);
  const text = request.text === undefined ? undefined : cleanText(engine, request.text);
  await changeMemories(engine, stored.record.scope.userId ?? null, [stored.record.id], async ([memory]) => {
    if (memory === undefined || memory.record.state === "deleted") throw notFound(id);
    refuse(memory.record, text, request.saidAt);
    return { patch: [await toPatch(engine, memory.record, { ...request, ...(text === undefined ? {} : { text }) })] };
  });
}

function cleanText({ settings }: Engine, given: string): string {
  const open = dropPrivateSpans(given.toWellFormed().replaceAll("\u0000", "\u{FFFD}")).text;
  if (open.length > settings.maxMessageCharacters) {
    throw invalidInput(
      `text has ${open.length} characters, at most ${settings.maxMessageCharacters} are stored. Make it shorter.`,
    );
  }
  const text = settings.maskSecrets ? maskSecrets(open).text : open;
  if (text.trim() === "") throw invalidInput("text cannot be empty. Use delete(id) to remove a memory.");
  return text;
}

function refuse(record: MemoryRecord, text: string | undefined, saidAt: number | undefined): void {
  if (record.isImmutable)
    throw new MemoryError(
      "conflict",
      `Memory ${record.id} is immutable: it was added with { immutable: true }. Delete it and add another.`,
    );
  if (text !== undefined && text !== record.text && record.kind === "message")
    throw invalidInput(
      `Memory ${record.id} is a message, kept as it was said: its text cannot be changed, metadata and expirationDate can. ` +
        "Change the facts that rest on it, or delete it and add what should stand there.",
    );
  if (saidAt !== undefined && saidAt !== record.saidAt && record.kind === "message")
    throw invalidInput(`Memory ${record.id} is a message, kept as it was said: its timestamp cannot be changed.`);
}

async function toPatch(engine: Engine, record: MemoryRecord, request: UpdateRequest): Promise<MemoryPatch> {
  const { metadata, expirationDate, isPinned, saidAt = record.saidAt } = request;
  const text = request.text ?? record.text;
  const isMoved = saidAt !== record.saidAt;
  const changes = {
    ...(metadata === undefined ? {} : { metadata: { ...record.metadata, ...metadata } }),
    ...(expirationDate === undefined ? {} : { expirationDate }),
    ...(isPinned === undefined ? {} : { isPinned }),
    ...(isMoved ? { saidAt } : {}),
  };
  const common = { id: record.id, event: "UPDATE" as const, actor: "user" };
  if (text === record.text && !isMoved) return { ...common, changes, reason: "changed by call" };
  const [passages = []] = await buildPassages(
    [{ text, date: record.validFrom ?? saidAt, language: record.language }],
    engine.embedder,
    { failures: [], signal: engine.shutdown },
  );
  // Words of its date stand among those of its text.
  if (text === record.text) return { ...common, changes, passages, reason: "time changed by call" };
  const attribute = correctedAttribute(record, text);
  const { attribute: _, ...rest } = record;
  return {
    ...common,
    changes: { ...changes, text, ...(record.attribute === undefined ? {} : { attribute }) },
    identity: identityKey(text),
    passages,
    // Names that the new text no longer holds are no longer mentioned.
    mentions: [],
    relations: relationsOf({ ...rest, text, ...(attribute === null ? {} : { attribute }) }, []),
    reason: "text changed by call",
  };
}
