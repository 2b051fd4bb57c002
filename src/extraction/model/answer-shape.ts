import type { Citation, ModelFact, ModelRelation } from "./model-fact.ts";

/** Names under which models put the sentence, the likeliest first. Written without signs and in lower case. */
const TEXT_KEYS = [
  "text",
  "fact",
  "memory",
  "sentence",
  "statement",
  "content",
  "summary",
  "description",
  "note",
  "data",
];
const LIST_KEYS = ["facts", "memories", "memory", "results", "items", "extractedfacts", "newfacts", "data", "output"];
const MAX_TEXT = 2_000;
const MAX_ITEMS = 12;

/** A record with its keys as they are compared: "attributed_to", "attributedTo" and "Attributed to" are one. */
export type Fields = ReadonlyMap<string, unknown>;

export function fieldsOf(value: unknown): Fields | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  return new Map(Object.entries(value).map(([key, held]) => [key.toLowerCase().replaceAll(/[^\p{L}]/gu, ""), held]));
}

export interface FoundFacts {
  readonly facts: readonly ModelFact[];
  /** Entries that held no sentence, or were cut off. */
  readonly dropped: number;
}

/** The facts in a value, whatever wraps them; `undefined` where it is no answer at all. An empty list is one. */
export function factsIn(value: unknown, isCut: (item: object) => boolean, depth = 0): FoundFacts | undefined {
  if (depth > 4) return undefined;
  if (Array.isArray(value)) return listedFacts(value, isCut, depth);
  const fields = fieldsOf(value);
  if (fields === undefined) return undefined;
  const single = textOf(fields);
  if (single !== undefined) {
    if (isCut(value as object)) return { facts: [], dropped: 1 };
    return { facts: [factOf(fields, single)], dropped: 0 };
  }
  for (const key of LIST_KEYS) {
    const held = fields.get(key);
    if (Array.isArray(held)) return listedFacts(held, isCut, depth);
    // {"facts": {"0": {…}, "1": {…}}} and {"data": {"facts": […]}}.
    if (typeof held === "object" && held !== null)
      return isNumbered(held) ? listedFacts(Object.values(held), isCut, depth) : factsIn(held, isCut, depth + 1);
  }
  for (const held of fields.values()) {
    if (typeof held !== "object" || held === null) continue;
    const found = factsIn(held, isCut, depth + 1);
    if (found !== undefined && found.facts.length > 0) return found;
  }
  return undefined;
}

function isNumbered(value: object): boolean {
  const keys = Object.keys(value);
  return keys.length > 0 && keys.every((key) => /^\d+$/u.test(key));
}

function listedFacts(
  list: readonly unknown[],
  isCut: (item: object) => boolean,
  depth: number,
): FoundFacts | undefined {
  if (list.length === 0) return { facts: [], dropped: 0 };
  const facts: ModelFact[] = [];
  let dropped = 0;
  for (const item of list) {
    if (typeof item === "string") {
      const text = item.trim();
      if (isSentence(text)) facts.push(factOf(new Map(), text));
      else dropped += 1;
      continue;
    }
    const inner = factsIn(item, isCut, depth + 1);
    facts.push(...(inner?.facts ?? []));
    dropped += inner?.dropped ?? 1;
  }
  return facts.length === 0 && dropped === 0 ? undefined : { facts, dropped };
}

function textOf(fields: Fields): string | undefined {
  for (const key of TEXT_KEYS) {
    const held = fields.get(key);
    if (typeof held !== "string") continue;
    const text = held.trim().slice(0, MAX_TEXT);
    // An answer inside an answer is read by whoever called.
    if (isSentence(text) && !/^[[{]/u.test(text)) return text;
  }
  return undefined;
}

/** Something with a letter and more than one word, or written without spaces between words. */
function isSentence(text: string): boolean {
  return /\p{L}/u.test(text) && (/\s/u.test(text) || /[\u2e80-\u9fff\uac00-\ud7af\u0e00-\u0eff]{3}/u.test(text));
}

function factOf(fields: Fields, text: string): ModelFact {
  const optional = (key: string, ...names: string[]): Record<string, string> => {
    const held = shortText(fields, ...names);
    return held === undefined ? {} : { [key]: held };
  };
  const confidence = Number(fields.get("confidence") ?? Number.NaN);
  return {
    text,
    kind: /^instruct/iu.test(shortText(fields, "kind", "type") ?? "") ? "instruction" : "fact",
    ...optional("speaker", "speaker", "attribution", "attributedto", "saidby"),
    ...optional("subject", "subject"),
    ...optional("attribute", "attribute", "property", "slot"),
    ...optional("value", "value"),
    cue: cueOf(shortText(fields, "change", "cue") ?? ""),
    ...optional("from", "from", "validfrom", "eventfrom", "date", "eventdate", "eventtime"),
    ...optional("to", "to", "validto", "eventto"),
    ...eventOf(fields.get("event") ?? fields.get("time") ?? fields.get("eventtime")),
    entities: entitiesOf(fields.get("entities")),
    relations: relationsOf(fields.get("relations")),
    categories: stringsOf(fields.get("categories") ?? fields.get("category")),
    ...(Number.isFinite(confidence) ? { confidence: Math.min(1, Math.max(0, confidence)) } : {}),
    citations: citationsOf(fields),
  };
}

function eventOf(value: unknown): { from?: string; to?: string } {
  const fields = fieldsOf(value);
  if (fields === undefined) return {};
  const from = shortText(fields, "from", "start");
  const to = shortText(fields, "to", "end");
  return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
}

function cueOf(change: string): ModelFact["cue"] {
  return change === "change" || change === "correction" || change === "end" ? change : "none";
}

function shortText(fields: Fields, ...names: string[]): string | undefined {
  for (const name of names) {
    const held = fields.get(name);
    if (typeof held !== "string" && typeof held !== "number") continue;
    const text = String(held).trim().slice(0, 200);
    if (text !== "" && !/^(?:null|none|n\/a|unknown)$/iu.test(text)) return text;
  }
  return undefined;
}

function stringsOf(value: unknown): string[] {
  const list = Array.isArray(value) ? (value as unknown[]) : [value];
  return list
    .filter((item): item is string => typeof item === "string" && item.trim() !== "")
    .slice(0, MAX_ITEMS)
    .map((item) => item.trim().slice(0, 100));
}

function entitiesOf(value: unknown): { name: string; type: string }[] {
  if (!Array.isArray(value)) return [];
  return (value as unknown[]).slice(0, MAX_ITEMS).flatMap((item) => {
    if (typeof item === "string") return item.trim() === "" ? [] : [{ name: item.trim().slice(0, 200), type: "other" }];
    const fields = fieldsOf(item);
    const name = fields === undefined ? undefined : shortText(fields, "name", "entity", "text");
    if (fields === undefined || name === undefined) return [];
    return [{ name, type: (shortText(fields, "type", "entitytype", "kind") ?? "other").toLowerCase() }];
  });
}

function relationsOf(value: unknown): ModelRelation[] {
  if (!Array.isArray(value)) return [];
  return (value as unknown[]).slice(0, MAX_ITEMS).flatMap((item) => {
    const fields = Array.isArray(item)
      ? new Map<string, unknown>([
          ["subject", item[0]],
          ["predicate", item[1]],
          ["object", item[2]],
        ])
      : fieldsOf(item);
    if (fields === undefined) return [];
    const subject = shortText(fields, "subject", "source", "from");
    const predicate = shortText(fields, "predicate", "relation", "relationship", "type");
    const object = shortText(fields, "object", "target", "destination", "to");
    return subject === undefined || predicate === undefined || object === undefined
      ? []
      : [{ subject, predicate, object }];
  });
}

function citationsOf(fields: Fields): Citation[] {
  const held =
    fields.get("sources") ??
    fields.get("source") ??
    fields.get("messages") ??
    fields.get("messagenumbers") ??
    fields.get("messageids") ??
    fields.get("message") ??
    fields.get("evidence") ??
    [];
  const list = Array.isArray(held) ? (held as unknown[]) : [held];
  const citations = list.slice(0, MAX_ITEMS).flatMap((item) => citationOf(item));
  const quotes = stringsOf(fields.get("quotes") ?? fields.get("quote")).map((quote) => quote.slice(0, 400));
  if (quotes.length === 0) return citations;
  if (citations.length === quotes.length && citations.every(({ quote }) => quote === undefined))
    return citations.map((citation, index) => ({ ...citation, quote: quotes[index] as string }));
  return [...citations, ...quotes.map((quote) => ({ ...citations[0], quote }))];
}

function citationOf(item: unknown): Citation[] {
  const message = numberOf(item);
  if (message !== undefined) return [{ message }];
  if (typeof item === "string") return item.trim() === "" ? [] : [{ quote: item.trim().slice(0, 400) }];
  const fields = fieldsOf(item);
  if (fields === undefined) return [];
  const number = numberOf(
    fields.get("message") ??
      fields.get("messagenumber") ??
      fields.get("messageid") ??
      fields.get("number") ??
      fields.get("id"),
  );
  const quote = shortText(fields, "quote", "text", "span");
  if (number === undefined && quote === undefined) return [];
  return [{ ...(number === undefined ? {} : { message: number }), ...(quote === undefined ? {} : { quote }) }];
}

/** 3, "3", "[3]", "#3", "message 3". */
function numberOf(value: unknown): number | undefined {
  if (typeof value === "number") return Number.isInteger(value) ? value : undefined;
  if (typeof value !== "string") return undefined;
  const digits = /^\s*(?:message|msg|m)?\s*[[#(]?\s*(\d{1,6})\s*[\])]?\s*$/iu.exec(value)?.[1];
  return digits === undefined ? undefined : Number(digits);
}
