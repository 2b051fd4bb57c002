import type { MemoryRecord } from "../domain/memory.ts";
import type { MemoryReference, TurnRow } from "../ports/memory-store.ts";
import { analyze } from "../text/analyze.ts";
import { A_HAIR } from "./fold-chains.ts";
import type { RankedMemory } from "./rank.ts";
import type { QueryUnderstanding } from "./understand-query.ts";

/**
 * Slots that are asked of somebody: where my sister lives does not answer where I live. What one may eat or takes is
 * not among them: for whom it is cooked is seldom said.
 */
const PERSONAL = new Set([
  "residence", "hometown", "address", "birthplace", "employer", "role", "age", "birthday", "birth_date",
  "relationship_status", "school", "studies", "graduated", "manager", "name", "nickname", "phone", "timezone", "car",
]); // prettier-ignore

const NONE: ReadonlySet<MemoryReference> = new Set();

/** Words of a subject that name nobody. */
const NOBODY = new Set(["user", "our", "my"]);

/**
 * Whether the slot that a fact fills is that of whom the question asks after. A slot of somebody else than the speaker
 * answers only a question that names them ("my sister", or what is meant by it), and where one does, the speaker's own
 * slot answers it no more.
 */
export function askedOfSubject(
  rows: readonly TurnRow[],
  query: QueryUnderstanding,
  meant: ReadonlySet<MemoryReference> = NONE,
): (row: TurnRow) => boolean {
  const asked = new Set(query.terms);
  const named = new Map<string, boolean>();
  const isNamed = (subject: string): boolean => {
    let known = named.get(subject);
    if (known === undefined) {
      known =
        query.namedSpeakers.some((name) => name.toLowerCase() === subject) ||
        analyze(subject).some((word) => !NOBODY.has(word) && asked.has(word));
      named.set(subject, known);
    }
    return known;
  };
  const isOfSlot = (row: TurnRow): boolean => fillsPersonalSlot(row, query);
  let isOtherAsked: boolean | undefined;
  return (row) => {
    const subject = row.subject ?? null;
    if (subject === null || !isOfSlot(row) || meant.has(row.memory)) return true;
    if (!isOwn(row, subject)) return isNamed(subject);
    if (isNamed(subject)) return true;
    isOtherAsked ??= rows.some(
      (each) =>
        isOfSlot(each) &&
        typeof each.subject === "string" &&
        !isOwn(each, each.subject) &&
        (meant.has(each.memory) || isNamed(each.subject)),
    );
    return !isOtherAsked;
  };
}

function fillsPersonalSlot({ attribute }: TurnRow, { attributes }: QueryUnderstanding): boolean {
  return attribute !== null && PERSONAL.has(attribute) && attributes.includes(attribute);
}

/** The speaker's own: "user", or their name. */
function isOwn(row: TurnRow, subject: string): boolean {
  return subject === "user" || subject === row.name?.toLowerCase();
}

interface Told {
  readonly entry: RankedMemory;
  readonly stored: { readonly record: Pick<MemoryRecord, "attribute" | "name"> };
}

/**
 * When the best hit fills the slot that is asked for, but somebody else's, the best that fills the asked person's comes
 * first. The scores are dealt out so that the results stay ordered by score.
 */
export function askedSubjectFirst<Hit extends Told>(
  hits: readonly Hit[],
  query: QueryUnderstanding,
  meant?: ReadonlySet<MemoryReference>,
): readonly Hit[] {
  const [best] = hits;
  if (best === undefined || query.attributes.length === 0) return hits;
  const rows = new Map(hits.map((hit) => [hit, slotRowOf(hit)]));
  const isAsked = askedOfSubject([...rows.values()], query, meant);
  const rowOf = (hit: Hit): TurnRow => rows.get(hit) as TurnRow;
  if (!fillsPersonalSlot(rowOf(best), query) || isAsked(rowOf(best))) return hits;
  const answer = hits.find((hit) => fillsPersonalSlot(rowOf(hit), query) && isAsked(rowOf(hit)));
  if (answer === undefined) return hits;
  const first = { ...answer, entry: { ...answer.entry, raw: best.entry.raw * A_HAIR } };
  return [first, ...hits.filter((hit) => hit !== answer)];
}

/** The best words may be the message's; the slot is the fact's that stands for it. */
function slotRowOf({ entry: { row }, stored: { record } }: Told): TurnRow {
  return {
    ...row,
    attribute: record.attribute?.attribute ?? null,
    subject: record.attribute?.subject ?? null,
    name: record.name ?? null,
  };
}
