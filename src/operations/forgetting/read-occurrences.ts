import type { DreamRequest } from "../../domain/dream.ts";
import type { Role } from "../../domain/memory.ts";
import { MemoryError } from "../../errors.ts";
import { findActivities } from "../../extraction/patterns/find-activities.ts";
import type { Occurrence, PatternMessage } from "../../extraction/patterns/find-activities.ts";
import { findInLanguage } from "../../extraction/patterns/find-in-language.ts";
import { findMentions } from "../../extraction/patterns/find-mentions.ts";
import type { MemoryReference, StoredMemory } from "../../ports/memory-store.ts";
import { pause } from "../build-passages.ts";
import type { Engine } from "../engine.ts";
import { withoutHiddenWords } from "../visible-text.ts";
import { utcDay } from "../visibility.ts";

/** An occurrence with the memory that it is evidence by: the fact drawn from its sentence, else the message. */
export interface DatedOccurrence extends Occurrence {
  readonly evidenceId: string;
}

const PAGE = 200;

/** All that the messages of a scope tell of what somebody did and spoke of, oldest first. Hidden words tell nothing. */
export async function readOccurrences(engine: Engine, { read, signal }: DreamRequest): Promise<DatedOccurrence[]> {
  const found: DatedOccurrence[] = [];
  let cursor: string | null = null;
  do {
    refuseAborted(signal);
    const page: Awaited<ReturnType<typeof engine.store.listMemories>> = await engine.store.listMemories({
      userIds: read.userIds,
      filter: read.filter,
      kinds: ["message"],
      states: ["active"],
      isVerified: true,
      today: utcDay(engine.clock()),
      order: "said-ascending",
      limit: PAGE,
      ...(cursor === null ? {} : { cursor }),
    });
    const visible = await withoutHiddenWords(engine, page.memories);
    found.push(...(await occurrencesOf(engine, visible.filter(isSpoken))));
    cursor = page.next;
    await pause();
  } while (cursor !== null);
  return found;
}

/** What somebody says of himself: of assistants only in talks between people, where they have names. */
function isSpoken({ record }: StoredMemory): boolean {
  const roles: readonly (Role | undefined)[] = ["user", undefined];
  return roles.includes(record.role) || (record.role === "assistant" && record.name !== undefined);
}

async function occurrencesOf(engine: Engine, messages: readonly StoredMemory[]): Promise<DatedOccurrence[]> {
  const found: { occurrence: Occurrence; reference: MemoryReference }[] = [];
  let start = performance.now();
  const main = mainLanguage(messages);
  for (const { record, reference } of messages) {
    const message = {
      id: record.id,
      text: record.text,
      name: record.name ?? null,
      saidAt: record.saidAt,
      language: record.language,
    };
    for (const occurrence of toldBy(message, main)) found.push({ occurrence, reference });
    if (performance.now() - start < STEP_MS) continue;
    await pause();
    start = performance.now();
  }
  const facts = await factsOf(engine, [...new Set(found.map(({ reference }) => reference))]);
  return found.map(({ occurrence, reference }) => {
    const fact = facts.get(reference)?.find(({ spans }) => spans.some((span) => overlaps(span, occurrence.span)));
    return { ...occurrence, evidenceId: fact?.id ?? occurrence.message.id };
  });
}

const STEP_MS = 15;

/** Of a language that is not told apart, as those of short messages are not, English is tried, then that of most messages. */
function toldBy(message: PatternMessage, main: string | undefined): Occurrence[] {
  if (message.language !== undefined && message.language !== "en") return findInLanguage(message);
  const told = [...findActivities(message), ...findMentions(message)];
  const isUntold = told.length === 0 && message.language === undefined && main !== undefined;
  return isUntold ? findInLanguage({ ...message, language: main }) : told;
}

function mainLanguage(messages: readonly StoredMemory[]): string | undefined {
  const counts = new Map<string, number>();
  for (const { record } of messages)
    if (record.language !== undefined) counts.set(record.language, (counts.get(record.language) ?? 0) + 1);
  return [...counts].toSorted((left, right) => right[1] - left[1])[0]?.[0];
}

function overlaps(left: { start: number; end: number }, right: { start: number; end: number }): boolean {
  return left.start < right.end && right.start < left.end;
}

/** The facts that stand for parts of messages, those that hold and are served. */
async function factsOf(
  engine: Engine,
  messages: readonly MemoryReference[],
): Promise<Map<MemoryReference, { id: string; spans: readonly { start: number; end: number }[] }[]>> {
  const stands = (await engine.store.findStands(messages)).filter(
    ({ memory, state, isVerified }) => memory !== null && state === "active" && isVerified,
  );
  const stored = await engine.store.hydrate([...new Set(stands.map(({ memory }) => memory as MemoryReference))]);
  const ids = new Map(stored.map(({ reference, record }) => [reference, record.id]));
  const found = new Map<MemoryReference, { id: string; spans: readonly { start: number; end: number }[] }[]>();
  for (const { message, memory, spans } of stands) {
    const id = ids.get(memory as MemoryReference);
    if (id === undefined) continue;
    const known = found.get(message);
    if (known === undefined) found.set(message, [{ id, spans }]);
    else known.push({ id, spans });
  }
  return found;
}

/** @throws MemoryError `aborted`. */
export function refuseAborted(signal: AbortSignal | null): void {
  if (signal?.aborted === true) throw new MemoryError("aborted", "The dream was ended; nothing was changed.");
}
