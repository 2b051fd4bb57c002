import type { MemoryRecord } from "./memory.ts";

/** What is needed to tell when a record is true. */
export type DatedRecord = Pick<MemoryRecord, "saidAt" | "validFrom" | "validTo" | "state" | "attribute">;

/**
 * Families whose dates are those of the event, not of the statement: "the dentist is on 5 June" holds from the
 * moment it is said, and stays the last word after 5 June.
 */
const EVENT_FAMILIES: ReadonlySet<string> = new Set([
  "scheduled",
  "schedule",
  "appointment",
  "deadline",
  "due",
  "event",
  "meeting",
  "birthday",
  "anniversary",
]);

/** The family of an attribute key: "price" of "price:rent". */
export function attributeFamily(attribute: string): string {
  const colon = attribute.indexOf(":");
  return colon === -1 ? attribute : attribute.slice(0, colon);
}

function isEventDated(record: Pick<MemoryRecord, "attribute">): boolean {
  return record.attribute !== undefined && EVENT_FAMILIES.has(attributeFamily(record.attribute.attribute));
}

/** A plan that fills no slot ("I fly to Toronto in two weeks") is there from when it is told. */
function isPlan({ attribute, saidAt, validFrom }: Pick<MemoryRecord, "saidAt" | "validFrom" | "attribute">): boolean {
  return attribute === undefined && validFrom !== undefined && validFrom > saidAt;
}

/** First moment at which the record holds: when it began to be true, else when it was said. */
export function trueFrom(record: Pick<MemoryRecord, "saidAt" | "validFrom" | "attribute">): number {
  return isEventDated(record) || isPlan(record) ? record.saidAt : (record.validFrom ?? record.saidAt);
}

/** What has happened stays so: "I went to Rome in May" is as true in June. An end alone ends something that goes on. */
function isEvent({ attribute, validFrom }: Pick<MemoryRecord, "validFrom" | "attribute">): boolean {
  return attribute === undefined && validFrom !== undefined;
}

/** The moment from which it no longer holds; infinity while open. */
export function trueUntil(record: Pick<MemoryRecord, "validFrom" | "validTo" | "state" | "attribute">): number {
  if (record.state !== "superseded" && (isEventDated(record) || isEvent(record))) return Number.POSITIVE_INFINITY;
  return record.validTo ?? Number.POSITIVE_INFINITY;
}
