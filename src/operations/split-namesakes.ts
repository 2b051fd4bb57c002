import type { Mention } from "../domain/entity.ts";
import { normalizeEntityName, spansOfName } from "../domain/entity.ts";
import type { AttributeValue, MemoryRecord } from "../domain/memory.ts";
import type { EntityName } from "../domain/relation.ts";
import type { Scope } from "../domain/scope.ts";
import { invalidInput, MemoryError } from "../errors.ts";
import { identityKey } from "../extraction/near-duplicate.ts";
import { relationsOf } from "../extraction/relations/relations-of.ts";
import type { MemoryPatch, StoredMemory } from "../ports/memory-store.ts";
import { buildPassages } from "./build-passages.ts";
import { changeMemories } from "./change-memories.ts";
import type { Engine } from "./engine.ts";
import { isInScope, notFound } from "./get-memory.ts";

/** Whom the facts are of, and what that one is called from now on. */
interface Namesake {
  readonly key: string;
  readonly alias: string;
}

/**
 * Gives facts that name one of two namesakes the other one's name, in their text, slot and relations; their histories
 * keep the words before. A value that only the mix-up had replaced is current again.
 */
export async function renameInFacts(
  engine: Engine,
  entity: EntityName,
  { alias, memoryIds, scope }: { readonly alias: string; readonly memoryIds: readonly string[]; readonly scope: Scope },
): Promise<void> {
  const namesake = { key: normalizeEntityName(entity.name), alias };
  if (normalizeEntityName(alias) === namesake.key)
    throw invalidInput(`The other ${entity.name} needs a name of their own as alias, such as "${entity.name} Smith".`);
  const named = await requireFacts(engine, memoryIds, scope);
  const chains = await engine.store.findChains(named.map(({ reference }) => reference));
  const others = [...chains.values()].flat().map(({ reference }) => reference);
  const ids = [...named, ...(await engine.store.hydrate(others))].map(({ record }) => record.id);
  await changeMemories(engine, scope.userId ?? null, [...new Set(ids)], async (memories) => {
    const moving = new Set(memoryIds);
    const mentions = await engine.store.graph.readMentions(memoryIds);
    const patch: MemoryPatch[] = [];
    for (const [index, id] of memoryIds.entries()) {
      const memory = memories.find(({ record }) => record.id === id);
      if (memory === undefined || memory.record.state === "deleted") throw notFound(id);
      patch.push(await renamed(engine, memory.record, mentions[index] ?? [], namesake));
    }
    patch.push(...memories.flatMap(({ record }) => apart(record, moving)));
    return { patch };
  });
}

async function requireFacts(engine: Engine, ids: readonly string[], scope: Scope): Promise<readonly StoredMemory[]> {
  const stored = await engine.store.getMemories(ids);
  for (const id of ids) {
    const memory = stored.find(({ record }) => record.id === id);
    if (memory === undefined || !isInScope(memory, scope) || memory.record.state === "deleted") throw notFound(id);
    if (memory.record.kind === "message")
      throw invalidInput(`Memory ${id} is a message, kept as it was said. Name the facts that rest on it.`);
    if (memory.record.isImmutable) throw new MemoryError("conflict", `Memory ${id} is immutable.`);
  }
  return stored;
}

async function renamed(
  engine: Engine,
  record: MemoryRecord,
  mentions: readonly Mention[],
  { key, alias }: Namesake,
): Promise<MemoryPatch> {
  const spans = spansOfName(record.text, key).filter(
    ({ start }) => !record.text.slice(start).toLowerCase().startsWith(alias.toLowerCase()),
  );
  const attribute = record.attribute === undefined ? undefined : withName(record.attribute, key, alias);
  const isNamed = mentions.some(({ name }) => normalizeEntityName(name) === key) || attribute !== record.attribute;
  if (!isNamed || spans.length === 0)
    throw invalidInput(`Memory ${record.id} does not name "${key}": "${record.text.slice(0, 100)}".`);
  const text = spans.reduceRight((all, { start, end }) => all.slice(0, start) + alias + all.slice(end), record.text);
  const own = mentions.map((mention) =>
    normalizeEntityName(mention.name) === key ? { ...mention, name: alias } : mention,
  );
  const [passages = []] = await buildPassages(
    [{ text, date: record.validFrom ?? record.saidAt, language: record.language }],
    engine.embedder,
    { failures: [], signal: engine.shutdown },
  );
  const changed = { ...record, text, ...(attribute === undefined ? {} : { attribute }) };
  return {
    id: record.id,
    changes: { text, ...(attribute === undefined ? {} : { attribute }) },
    identity: identityKey(text),
    passages,
    mentions: own,
    relations: relationsOf(changed, own),
    event: "UPDATE",
    actor: "user",
    reason: `says it of a namesake: ${alias}`,
  };
}

function withName(attribute: AttributeValue, key: string, alias: string): AttributeValue {
  const to = normalizeEntityName(alias);
  const rename = (name: string): string =>
    name === key ? to : name.startsWith(`${key}'s `) ? to + name.slice(key.length) : name;
  const [subject, value] = [rename(attribute.subject), rename(attribute.value)];
  return subject === attribute.subject && value === attribute.value ? attribute : { ...attribute, subject, value };
}

/** What one namesake's value had replaced of the other's is current again. */
function apart({ id, state, replacedBy }: MemoryRecord, moving: ReadonlySet<string>): MemoryPatch[] {
  if (state !== "superseded" || replacedBy === undefined || moving.has(id) === moving.has(replacedBy)) return [];
  return [
    {
      id,
      changes: { state: "active", replacedBy: null, retractedAt: null, validTo: null },
      event: "RESTORE",
      actor: "user",
      reason: "what replaced it is said of a namesake",
    },
  ];
}
