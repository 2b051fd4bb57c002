import { spansOfName } from "../domain/entity.ts";
import type { EntityMention, MentionsRequest, MentionsResult, NamedSpan } from "../domain/graph-requests.ts";
import type { Span } from "../domain/memory.ts";
import type { EntityName } from "../domain/relation.ts";
import { dateName } from "../extraction/rules/value-mentions.ts";
import { spokenName } from "../extraction/relations/spoken-name.ts";
import type { StoredMemory } from "../ports/memory-store.ts";
import { findDates } from "../text/resolve-dates.ts";
import type { Engine } from "./engine.ts";
import { withEvidenceInScope } from "./evidence-in-scope.ts";
import { graphScope } from "./read-graph.ts";
import { scopeFilter } from "./seed-entities.ts";
import { withoutHiddenWords } from "./visible-text.ts";

/** What is looked for in the texts of one memory. */
interface Wanted {
  readonly entity: EntityName;
  /** Names and roles, the longer first: "Anna Schmidt" before "Anna". */
  readonly names: readonly string[];
}

/** Where memories of a scope, and the messages that they rest on, name an entity. */
export async function listMentions(engine: Engine, request: MentionsRequest): Promise<MentionsResult> {
  const { graph } = engine.store;
  const scope = graphScope(request.scope, request.knownAt);
  const now = engine.clock();
  const [entity = null] = await graph.resolve(scope, [spokenName(request.entity)], now);
  if (entity === null) return { entity, results: [] };
  const [ids = []] = await graph.findMemories({
    scope,
    entityIds: [entity.id],
    isUnrelated: false,
    now,
    limit: request.limit,
  });
  const names = (await graph.readNames({ scope, entityId: entity.id, now })).flatMap(inWords);
  const wanted = { entity, names: names.toSorted((left, right) => right.length - left.length) };
  const filter = scopeFilter(request.scope);
  const order = new Map(ids.map((id, place) => [id, place]));
  const stored = (await engine.store.getMemories(ids)).map((memory) => withEvidenceInScope(memory, filter));
  const visible = await withoutHiddenWords(engine, stored);
  return {
    entity,
    results: visible
      .toSorted((left, right) => (order.get(left.record.id) ?? 0) - (order.get(right.record.id) ?? 0))
      .map((memory) => toMention(engine, memory, wanted)),
  };
}

/** A role in the words in which the speaker has it too: "User's sister" is "my sister". */
function inWords(name: string): string[] {
  const role = /^user's (.+)$/iu.exec(name)?.[1];
  return role === undefined ? [name] : [name, `my ${role}`, `our ${role}`];
}

function toMention(engine: Engine, { record, evidence }: StoredMemory, wanted: Wanted): EntityMention {
  const find = (text: string, saidAt: number): NamedSpan[] =>
    spansIn(text, wanted, { saidAt: engine.localTime(saidAt), language: record.language });
  return {
    memoryId: record.id,
    memory: record.text,
    kind: record.kind,
    saidAt: new Date(record.saidAt).toISOString(),
    spans: find(record.text, record.saidAt),
    sources: evidence.map(({ messageId, text, saidAt, spans }) => ({
      messageId,
      spans: find(text, saidAt).filter((span) => spans.length === 0 || spans.some((part) => isWithin(span, part))),
    })),
  };
}

function isWithin({ start, end }: Span, part: Span): boolean {
  return start >= part.start && end <= part.end;
}

/** Stands before a day and is not of its name. */
const LEAD = /^(?:(?:on|in|at|by|since|until|till|from|the|of|am|im|seit|le|en|el|il|em|op|в|с|до)\s+)+/iu;

function spansIn(
  text: string,
  { entity, names }: Wanted,
  { saidAt, language }: { readonly saidAt: number; readonly language: string | undefined },
): NamedSpan[] {
  const found: Span[] = [];
  for (const name of names)
    for (const span of spansOfName(text, name))
      if (!found.some(({ start, end }) => span.start < end && start < span.end)) found.push(span);
  // A day has one name, however it is written.
  if (entity.type === "date")
    for (const date of findDates(text, saidAt, language))
      if (
        names.includes(dateName(date, language ?? "en")) &&
        !found.some(({ start, end }) => date.start < end && start < date.end)
      )
        found.push({ start: date.start + (LEAD.exec(date.phrase)?.[0].length ?? 0), end: date.end });
  return found
    .toSorted((left, right) => left.start - right.start)
    .map(({ start, end }) => ({ start, end, text: text.slice(start, end) }));
}
