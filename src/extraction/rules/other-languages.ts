import type { ChangeCue } from "../../domain/extracted-fact.ts";
import { clockTime, dateNotes, eventTime, findDates, isoValue, type EventTime, type ResolvedDate } from "./dates.ts";
import type { Draft } from "./draft.ts";
import type { LanguageTable, SlotPhrase } from "./languages/language-table.ts";
import { readRelative, type NamedRelative } from "./languages/kinship.ts";
import { tableOf } from "./languages/tables.ts";
import { readOrder } from "./other-orders.ts";
import { isCode, isQuote } from "./gate.ts";
import type { Reading } from "./reading.ts";
import { tidy } from "./rewrite.ts";
import { comingWeekday } from "./weekdays.ts";
import type { Sentence } from "./sentences.ts";
import type { Slot } from "./slot.ts";
import { withValues } from "./value-mentions.ts";

/** A clause and its place in the message. */
interface Part {
  readonly text: string;
  readonly lower: string;
  readonly start: number;
}

interface Found {
  readonly phrase: SlotPhrase;
  readonly attribute: string;
  /** Offsets of the value in the clause. */
  readonly from: number;
  readonly to: number;
}

/** The facts of a sentence that is not English, by the phrases of its language; none where there is no table for it. */
export function readOther(sentence: Sentence, language: string, reading: Reading): Draft[] {
  if (reading.speaker.standing !== "peer") return [];
  const table = tableOf(language);
  if (
    table === undefined ||
    /[?？؟]\s*["'”)]*$/u.test(sentence.text) ||
    isCode(sentence.text) ||
    isQuote(sentence.text)
  )
    return [];
  const lower = lowered(sentence.text);
  const lead = table.lead.exec(lower)?.[0].length ?? 0;
  const order = readOrder(sentence, lower, lead, table, reading);
  if (order !== undefined) return [order];
  if (table.question.test(lower) || table.hypothetical.test(lower)) return [];
  const text = sentence.text.slice(lead).replace(/[\s.!。！]+$/u, "");
  const all = { text, lower: lower.slice(lead, lead + text.length), start: sentence.start + lead };
  const relative = readRelative(text, language);
  if (relative?.isWhole === true) return [relativeDraft(relative, all, { language, table, reading })];
  const drafts: Draft[] = [];
  for (const part of partsOf(sentence, lower, lead, table)) drafts.push(...readPart(part, language, table, reading));
  return drafts;
}

/** Lower case of the same length, so that offsets hold in both. */
function lowered(text: string): string {
  const lower = text.toLowerCase().replaceAll("’", "'");
  return lower.length === text.length ? lower : text;
}

function partsOf(sentence: Sentence, lower: string, lead: number, table: LanguageTable): Part[] {
  const parts: Part[] = [];
  let from = lead;
  const push = (to: number): void => {
    const text = sentence.text.slice(from, to).replace(/[\s.!。！،,，]+$/u, "");
    if (text.length > 1)
      parts.push({ text, lower: lower.slice(from, from + text.length), start: sentence.start + from });
  };
  for (const match of lower.slice(lead).matchAll(table.split)) {
    push(lead + match.index);
    from = lead + match.index + match[0].length;
  }
  push(lower.length);
  return parts;
}

function readPart(part: Part, language: string, table: LanguageTable, reading: Reading): Draft[] {
  const relative = readRelative(part.text, language);
  const tied = relative === undefined ? [] : [relativeDraft(relative, part, { language, table, reading })];
  if (relative?.isWhole === true) return tied;
  return [...tied, ...readStatement(part, language, table, reading)];
}

/** "Nutzers Schwester Anna": a relative who is named, in whatever sentence. */
function relativeDraft(
  { attribute, name, from, to }: NamedRelative,
  part: Part,
  { language, table, reading }: { readonly language: string; readonly table: LanguageTable; readonly reading: Reading },
): Draft {
  const said = part.text.slice(from, to);
  const slot: Slot = {
    attribute,
    value: name.toLowerCase(),
    cardinality: /^(?:family:partner|manager)$/u.test(attribute) ? "single" : "multiple",
  };
  const draft = slotDraft(slot, said, part, language, table, reading, []);
  return {
    ...draft,
    cue: table.changed.test(lowered(said)) ? "change" : "none",
    start: part.start + from,
    end: part.start + to,
    mentions: [...draft.mentions, { name, type: "person" }],
  };
}

function readStatement(part: Part, language: string, table: LanguageTable, reading: Reading): Draft[] {
  const found = findSlot(part, table, language, reading.saidAt);
  const dates = datesOf(part, found, language, reading.saidAt);
  if (found === undefined) return isPlain(part, table) ? [plainDraft(part, language, table, reading, dates)] : [];
  const { phrase } = found;
  const value = part.text.slice(found.from, found.to);
  const isList = phrase.cardinality === "multiple" && phrase.value === undefined;
  const items = isList ? itemsOf(value, table) : [value];
  return items.flatMap((item) => {
    const slot = slotFor(found, item, part, table, dates);
    if (slot === undefined) return [];
    const said = items.length === 1 ? part.text : part.text.slice(0, found.from) + item + part.text.slice(found.to);
    return [slotDraft(slot, said, part, language, table, reading, dates)];
  });
}

/** The items of a list up to the first that is no name of a thing: "Tee, Kaffee, aber keine Milch" has two. */
function itemsOf(value: string, table: LanguageTable): string[] {
  const items = value.split(table.list).filter(Boolean);
  const most = table.isSpaced ? 4 : Infinity;
  const isThing = (item: string): boolean =>
    item.split(/\s+/u).length <= most && !table.firstPerson.test(lowered(item)) && !table.opener.test(lowered(item));
  const end = items.findIndex((item) => !isThing(item));
  return end < 0 ? items : items.slice(0, Math.max(1, end));
}

function findSlot(part: Part, table: LanguageTable, language: string, saidAt: number): Found | undefined {
  for (const phrase of table.slots) {
    const match = phrase.pattern.exec(part.lower);
    if (match === null) continue;
    const value = match.groups?.["v"] ?? match[0];
    const thing = bare(match.groups?.["t"] ?? "", table);
    const from = match.index + (value === match[0] ? 0 : match[0].lastIndexOf(value));
    if (phrase.isMeasured === true && !isMeasured(value, language, saidAt)) continue;
    if (phrase.attribute === "{t}" && (thing === "" || thing.split(" ").length > 2)) continue;
    const attribute = phrase.attribute.replace("{t}", table.canonical.get(thing) ?? thing);
    return { phrase, attribute, from, to: from + value.length };
  }
  return undefined;
}

function datesOf(part: Part, found: Found | undefined, language: string, saidAt: number): readonly ResolvedDate[] {
  const dates = findDates(part.text, saidAt, language);
  if (found?.attribute.startsWith("schedule:") !== true || dates.length > 0) return dates;
  const weekday = comingWeekday(part.text, language, saidAt);
  return weekday === undefined ? dates : [weekday];
}

function isMeasured(value: string, language: string, saidAt: number): boolean {
  return (
    /\p{N}/u.test(value) ||
    comingWeekday(value, language, saidAt) !== undefined ||
    findDates(value, saidAt, language).length > 0
  );
}

function slotFor(
  { phrase, attribute }: Found,
  item: string,
  part: Part,
  table: LanguageTable,
  dates: readonly ResolvedDate[],
): Slot | undefined {
  const word = phrase.value ?? bare(lowered(item), table);
  let value = table.canonical.get(word) ?? word;
  if (attribute.startsWith("schedule:")) value = scheduleValue(word, part, dates);
  else if (table.stem !== undefined && !/^(?:name|age|pet:|diet)/u.test(attribute))
    value = value.replaceAll(table.stem, "");
  if (value === "" || value.length > 60) return undefined;
  return {
    attribute: isDenied(attribute, part, table) ? "dislikes" : attribute,
    value,
    cardinality: phrase.cardinality,
    cue: cueOf(phrase, part, table),
    ...(table.former.test(part.lower) && phrase.cue === undefined ? { isPast: true } : {}),
  };
}

/** "I don't like coffee" is a dislike, "I don't like it any more" the end of a taste. */
function isDenied(attribute: string, part: Part, table: LanguageTable): boolean {
  return attribute === "likes" && table.negated.test(part.lower) && !table.ended.test(part.lower);
}

function scheduleValue(word: string, part: Part, dates: readonly ResolvedDate[]): string {
  const time = timeOfDay(part.lower);
  const day = isoValue("", dates);
  if (day !== undefined) return time === undefined ? day : `${day} ${time}`;
  return clockTime(`at ${word}`) ?? word;
}

function timeOfDay(lower: string): string | undefined {
  const clock = /(\d{1,2})(?:[:h时時点點]|\s?uhr|\s?ore)\s?(\d{2})?/u.exec(lower);
  if (clock?.[1] === undefined) return undefined;
  const isAfternoon = /下午|晚上|午後|\bpm\b/u.test(lower) && Number(clock[1]) < 12;
  return `${String(Number(clock[1]) + (isAfternoon ? 12 : 0)).padStart(2, "0")}:${clock[2] ?? "00"}`;
}

function cueOf(phrase: SlotPhrase, { lower }: Part, table: LanguageTable): ChangeCue {
  if (phrase.cue === "end") return "end";
  // The pattern itself may speak of what is no longer eaten: that is the new diet.
  if (phrase.value === undefined && table.ended.test(lower)) return "end";
  if (table.former.test(lower) && phrase.cue === undefined) return "end";
  const isTaste = /^(?:likes|dislikes|allergy)$/u.test(phrase.attribute);
  if (phrase.value === undefined && !isTaste && table.negated.test(lower)) return "end";
  if (table.corrected.test(lower)) return "correction";
  if (phrase.cue !== undefined) return phrase.cue;
  return table.changed.test(lower) || table.ended.test(lower) ? "change" : "none";
}

function bare(value: string, table: LanguageTable): string {
  return value
    .normalize("NFKC")
    .replaceAll(/["“”„«»「」]/gu, "")
    .trim()
    .replaceAll(table.trim, "")
    .trim();
}

function slotDraft(
  slot: Slot,
  said: string,
  part: Part,
  language: string,
  table: LanguageTable,
  reading: Reading,
  dates: readonly ResolvedDate[],
): Draft {
  const isScheduled = slot.attribute.startsWith("schedule:");
  let time: EventTime = {};
  if (!isScheduled) time = eventTime(dates, part.lower, slot.isPast === true ? "past" : "state", reading.saidAt);
  if (slot.cue === "end" && time.validFrom !== undefined && time.validTo === undefined)
    time = { validTo: time.validFrom, granularity: time.granularity ?? "day" };
  return {
    ...draftOf(said, part, language, table, reading, dates),
    slot,
    cue: slot.cue ?? "none",
    time,
    confidence: 0.8,
  };
}

/** A sentence about the speaker that fills no slot. */
function isPlain(part: Part, table: LanguageTable): boolean {
  if (!table.firstPerson.test(part.lower) || table.idle.test(part.lower)) return false;
  const length = table.isSpaced ? part.text.split(/\s+/u).length : [...part.text].length;
  return length >= table.least;
}

function plainDraft(
  part: Part,
  language: string,
  table: LanguageTable,
  reading: Reading,
  dates: readonly ResolvedDate[],
): Draft {
  return {
    ...draftOf(part.text, part, language, table, reading, dates),
    time: dates.length === 0 ? {} : eventTime(dates, part.lower, "event", reading.saidAt),
  };
}

function draftOf(
  said: string,
  part: Part,
  language: string,
  table: LanguageTable,
  reading: Reading,
  dates: readonly ResolvedDate[],
): Draft {
  const { speaker } = reading;
  return {
    text: thirdPerson(annotate(said, dates, language, table.isSpaced), table, speaker.label),
    kind: "fact",
    subject: speaker.key,
    cue: "none",
    time: {},
    start: part.start,
    end: part.start + part.text.length,
    mentions: withValues(speaker.isNamed ? [{ name: speaker.label, type: "person" }] : [], said, dates, language),
    confidence: 0.6,
  };
}

/** The calendar date behind its own words. */
function annotate(text: string, dates: readonly ResolvedDate[], language: string, isSpaced: boolean): string {
  let result = text;
  for (const date of dates) {
    const [note] = dateNotes([date], language);
    if (note !== undefined)
      result = result.replace(date.phrase, (phrase) => `${phrase}${isSpaced ? " " : ""}${note.text}`);
  }
  return result;
}

/** As one says it about the speaker; where the words of the language's table do not reach, his words with his name. */
function thirdPerson(text: string, table: LanguageTable, label: string): string {
  let result = text;
  for (const [pattern, to] of table.rewrites) result = result.replace(pattern, to);
  // "Vivo a Roma": the verb that opened the sentence stands behind the name now.
  result = result.replace(/^\{S\} \p{Lu}(?=\p{Ll})/u, (head) =>
    result.startsWith(text.slice(0, 2), 4) ? head.toLowerCase().replace("{s}", "{S}") : head,
  );
  if (!result.includes("{S}")) return `${label}: ${tidy(text)}`;
  return tidy(result.replaceAll("{S}", () => label));
}
