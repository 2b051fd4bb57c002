import { normalizeEntityName } from "../../domain/entity.ts";
import type { EntityType, Mention } from "../../domain/entity.ts";
import type { MemoryRecord } from "../../domain/memory.ts";
import type { RelationEnd, RelationStatement } from "../../domain/relation.ts";
import { ENDED_PREFIX } from "../slot.ts";
import { slotRelation } from "./slot-relations.ts";

/**
 * The relations that follow from a memory alone: from the slot that it fills. A function of the record and its
 * mentions, so that an import and a repair make the same ones again.
 */
export function relationsOf(
  { kind, text, attribute }: Pick<MemoryRecord, "kind" | "text" | "attribute">,
  mentions: readonly Mention[],
): RelationStatement[] {
  if (kind === "message" || attribute === undefined) return [];
  const { subject, value } = attribute;
  // That something is over names no two things: the relation that it ends has its end already.
  if (value === "" || value.startsWith(ENDED_PREFIX)) return [];
  const found = slotRelation(attribute.attribute);
  // A text that was changed by hand may not say any more what its slot holds; a date is written otherwise there.
  if (found === undefined || (found.objectType !== "date" && !text.toLowerCase().includes(value))) return [];
  const of = found.isOfQualifier === true ? attribute.attribute.slice(attribute.attribute.indexOf(":") + 1) : subject;
  const ends = { text, mentions };
  const from = endOf(of, found.subjectType, ends);
  const to = endOf(value, found.objectType, ends);
  if (normalizeEntityName(from.name) === normalizeEntityName(to.name)) return [];
  return [{ subject: from, predicate: found.predicate, object: to, origin: "slot" }];
}

/** The spelling and type of a slot's lower-case name: a mention's, else those of the memory's own words. */
function endOf(
  key: string,
  type: EntityType,
  { text, mentions }: { readonly text: string; readonly mentions: readonly Mention[] },
): RelationEnd {
  const mention = mentions.find(({ name }) => normalizeEntityName(name) === key);
  if (mention !== undefined) return { name: mention.name, type: mention.type === "other" ? type : mention.type };
  const lower = text.toLowerCase();
  // Offsets of the lower case are those of the text only where their lengths are equal.
  const at = lower.length === text.length ? lower.indexOf(key) : -1;
  if (at !== -1) return { name: text.slice(at, at + key.length), type };
  // "user's mother" where the text has "User's mom".
  const owner = /^(.+?)'s /u.exec(key)?.[1] ?? key;
  const from = lower.length === text.length ? lower.indexOf(owner) : -1;
  return { name: from === -1 ? key : text.slice(from, from + owner.length) + key.slice(owner.length), type };
}

/** What a memory relates: what follows from it, and what a model says besides. */
export function allRelations(
  record: Pick<MemoryRecord, "kind" | "text" | "attribute">,
  mentions: readonly Mention[],
  byModel: readonly RelationStatement[] = [],
): RelationStatement[] {
  const own = relationsOf(record, mentions);
  const known = new Set(own.map(endsOf));
  // The slot says it in the word that conversations without a model use too.
  return [...own, ...byModel.filter((relation) => !known.has(endsOf(relation)))];
}

function endsOf({ subject, object }: RelationStatement): string {
  return `${normalizeEntityName(subject.name)}\n${normalizeEntityName(object.name)}`;
}
