import { SqliteStore } from "../../src/adapters/stores/sqlite/sqlite-store.ts";
import type { MemoryRecord } from "../../src/domain/memory.ts";
import { identityKey } from "../../src/extraction/near-duplicate.ts";
import { relationsOf } from "../../src/extraction/relations/relations-of.ts";
import { relationFact } from "../../src/extraction/relations/stated-facts.ts";
import { buildPassages } from "../../src/operations/build-passages.ts";
import type { NewMemory } from "../../src/ports/memory-store.ts";

export interface FilledRelation {
  readonly subject: string;
  readonly predicate: string;
  readonly object: string;
}

/** Memories in one change. */
const PER_CHANGE = 1000;

/**
 * Relations as `graph.createRelations` keeps them, each a fact with its words, its names and its history, written
 * through the store's own port: without the look-up of what each new fact may repeat or replace, which is nothing here
 * and takes nearly all of the time.
 */
export async function fillGraph(
  path: string,
  userId: string,
  relations: Iterable<FilledRelation>,
  progress: (count: number) => void,
): Promise<number> {
  const store = new SqliteStore({ path, durability: "relaxed" });
  let waiting: FilledRelation[] = [];
  let count = 0;
  const write = async (): Promise<void> => {
    const at = Date.now();
    const add = await toMemories(waiting, userId, at, count);
    await store.apply({ userId, at, add });
    count += waiting.length;
    waiting = [];
    progress(count);
  };
  await store.open();
  for (const relation of relations) {
    waiting.push(relation);
    if (waiting.length === PER_CHANGE) await write();
  }
  if (waiting.length > 0) await write();
  await store.close();
  return count;
}

async function toMemories(
  relations: readonly FilledRelation[],
  userId: string,
  at: number,
  first: number,
): Promise<NewMemory[]> {
  const facts = relations.map(({ subject, predicate, object }) => relationFact(subject, predicate, object));
  const passages = await buildPassages(
    facts.map(({ text }) => ({ text, date: at })),
    undefined,
  );
  return facts.map((fact, index): NewMemory => {
    const { subject, object } = relations[index] as FilledRelation;
    const record: MemoryRecord = {
      id: idOf(first + index),
      kind: "fact",
      text: fact.text,
      scope: { userId },
      role: "user",
      metadata: {},
      categories: [],
      state: "active",
      isVerified: true,
      isImmutable: false,
      saidAt: at,
      createdAt: at,
      updatedAt: at,
      ...(fact.attribute === undefined ? {} : { attribute: fact.attribute }),
      conflictsWith: [],
      sources: [],
      confidence: 1,
    };
    const mentions = [subject, object].map((name) => ({ name, type: "other" as const }));
    return {
      record,
      identity: identityKey(fact.text),
      isTurn: false,
      passages: passages[index] ?? [],
      mentions,
      relations: relationsOf(record, mentions),
      event: "ADD",
      actor: "user",
      reason: "stated",
    };
  });
}

/** In the form of a UUIDv7, in order. */
function idOf(number: number): string {
  return `01900000-0000-7000-8000-${number.toString(16).padStart(12, "0")}`;
}
