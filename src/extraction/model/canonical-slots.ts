import type { ExtractedFact, ExtractionMessage } from "../../domain/extracted-fact.ts";
import type { FactExtractor } from "../../ports/fact-extractor.ts";
import type { Ground } from "./align-fact.ts";
import type { Speaker } from "../rules/speaker.ts";
import type { ModelFact } from "./model-fact.ts";
import type { Turn } from "./turn.ts";

/**
 * Sentences that make the rules fill a slot with a value that a model names, by the model's name of the slot, and what
 * the fact itself must say for that in English. Names are none of them: the words themselves must give one.
 */
const TEMPLATES: readonly (readonly [name: RegExp, sentence: string, words: RegExp])[] = [
  [
    /^(?:residence|home|city|location|lives? in|living in|place of residence)$/u,
    "I live in {v}.",
    /\b(?:liv|resid|home|mov|relocat|settl|based|stay)/iu,
  ],
  [
    /^(?:employer|company|workplace|works? (?:at|for)|place of work)$/u,
    "I work at {v}.",
    /\b(?:work|job|employ|join|hire)/iu,
  ],
  [
    /^(?:job|role|occupation|profession|job title|position|works? as)$/u,
    "I work as a {v}.",
    /\b(?:work|job|role|position|profession|occupation|is an?|became|promot)\b/iu,
  ],
  [/^age$/u, "I am {v} years old.", /\b(?:years? old|age|turn)/iu],
  [/^(?:birthday|birth date|date of birth)$/u, "My birthday is {v}.", /\b(?:birth|born)/iu],
  [/^(?:allerg(?:y|ies)|allergic to)$/u, "I am allergic to {v}.", /\ballerg/iu],
  [/^(?:diet|dietary preference)$/u, "I am {v}.", /\b(?:is|became|went|diet|turned)\b/iu],
  [/^(?:likes?|loves?|enjoys?)$/u, "I like {v}.", /\b(?:lik|lov|enjoy|fond|fan of|ador)/iu],
  [/^(?:dislikes?|hates?)$/u, "I don't like {v}.", /\b(?:dislik|hat|not like|n't like|can't stand)/iu],
  [/^(?:relationship status|marital status)$/u, "I am {v}.", /\b(?:is|got|became|marri|divorc|engag|single)/iu],
  [/^(?:school|university|college|studies at)$/u, "I study at {v}.", /\b(?:stud|attend|school|universit|college)/iu],
  [/^pet:\s?(?<t>[\p{L} ]+)$/u, "I have a {t} named {v}.", /\b(?:named|called|name|adopt|has|have)\b/iu],
  [/^(?:owns?|has)$/u, "I own a {v}.", /\b(?:own|has|have|bought|got|purchas)/iu],
  [/^(?:speaks?|languages?)$/u, "I speak {v}.", /\b(?:speak|fluent|native)/iu],
];
const NAMES = /^(?:(?:full |first |last |user ?|preferred )?name|nickname|alias)$/u;

/** What the rules read out of one model's fact: a slot as they fill it. */
export interface CanonicalSlot {
  readonly attribute: NonNullable<ExtractedFact["attribute"]>;
  readonly cue: ExtractedFact["cue"];
}

/**
 * The slots of facts that a model found, as the rules fill them: each fact is said again in its speaker's words and
 * read by the rules, so that "User resides in Berlin" fills the slot that "I live in Berlin" does.
 */
export async function canonicalSlots(
  facts: readonly { readonly fact: ModelFact; readonly ground: Ground }[],
  rules: FactExtractor,
  signal: AbortSignal | undefined,
  turn: Turn,
): Promise<readonly (CanonicalSlot | undefined)[]> {
  const messages = facts.flatMap(({ fact, ground }, index) => {
    const { speaker, message, language } = ground.speech;
    return sentencesFor(fact, speaker, language).map((text, variant): ExtractionMessage => ({
      id: `${index} ${variant}`,
      role: "user",
      ...(speaker.isNamed ? { name: speaker.label } : {}),
      text,
      saidAt: message.saidAt,
      language: "en",
    }));
  });
  const found = new Map<number, CanonicalSlot[]>();
  for (const message of messages) {
    // One at a time: what one fact speaks of is nothing to the next one's pronouns.
    const read = await rules.extract([message], { before: [], ...(signal === undefined ? {} : { signal }) });
    const index = Number.parseInt(message.id, 10);
    const slots = read.flatMap(({ attribute, cue, kind }) =>
      attribute === undefined || kind !== "fact" ? [] : [{ attribute, cue }],
    );
    found.set(index, [...(found.get(index) ?? []), ...slots]);
    await turn.rest();
  }
  return facts.map(({ fact, ground }, index) => choose(found.get(index) ?? [], fact, ground));
}

/** Slots that a sentence fills of itself; others only where the model names the value too. */
const PLAIN = /^(?:[^:]+|(?:pet|family|favorite|price):.+)$/u;

/** The slot that holds the value that the model names; without one, a plain slot of its sentence. Its value was said. */
function choose(
  slots: readonly CanonicalSlot[],
  { value, text }: ModelFact,
  { sentence }: Ground,
): CanonicalSlot | undefined {
  const said = `${text} ${sentence.text}`.toLowerCase();
  const usable = slots.filter((slot) => isSaid(slot.attribute.value, said));
  const wanted = value?.toLowerCase();
  if (wanted === undefined) return usable.find((slot) => PLAIN.test(slot.attribute.attribute));
  return usable.find(({ attribute }) => wanted.includes(attribute.value) || attribute.value.includes(wanted));
}

/** Normalised values (dates, sums) have words of their own; their numbers are there all the same. */
function isSaid(value: string, said: string): boolean {
  const words = value.match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.some((word) => said.includes(word));
}

function sentencesFor({ text, attribute, value, subject }: ModelFact, { label }: Speaker, language: string): string[] {
  const own = firstPerson(text, label);
  const sentences = own === undefined ? [] : [own];
  const isOwn = subject === undefined || subject.toLowerCase() === label.toLowerCase() || /^user$/iu.test(subject);
  if (attribute === undefined || value === undefined || !isOwn) return sentences;
  const name = attribute.toLowerCase().replaceAll(/[_-]+/gu, " ").trim();
  if (NAMES.test(name) || !text.toLowerCase().includes(value.toLowerCase())) return sentences;
  const template = TEMPLATES.find(([known]) => known.test(name));
  if (template !== undefined) {
    const [pattern, sentence, words] = template;
    const thing = pattern.exec(name)?.groups?.["t"] ?? "";
    if (language === "en" && !words.test(text)) return sentences;
    return [...sentences, sentence.replace("{t}", () => thing).replace("{v}", () => value)];
  }
  // A property of any other name must be called by it.
  const isCalled = /^[\p{L} ]{3,30}$/u.test(name) && text.toLowerCase().includes(name);
  return isCalled ? [...sentences, `My ${name} is ${value}.`] : sentences;
}

/** "User lives in Berlin" as "I live in Berlin"; a sentence about somebody else stays as it is. */
export function firstPerson(text: string, label: string): string | undefined {
  const labels = [label, "User", "The user"].filter((each) => each !== "");
  const opening = labels.find(
    (each) => text.startsWith(`${each} `) || text.startsWith(`${each}'s `) || text.startsWith(`${each}’s `),
  );
  if (opening === undefined) return /^[A-Z]/u.test(text) ? text : undefined;
  const rest = text.slice(opening.length).replaceAll(/\b(?:his|her|their) (?:own )?/gu, "my ");
  if (/^['’]s /u.test(rest)) return `My ${rest.slice(3)}`;
  const [, lead = "", verb = "", tail = ""] =
    /^ ((?:no longer |never |also |now |still |currently |always |usually |recently )*)(\S+)([\s\S]*)$/u.exec(rest) ??
    [];
  return `I ${lead}${baseForm(verb)}${tail}`;
}

const IRREGULAR: ReadonlyMap<string, string> = new Map([
  ["is", "am"],
  ["has", "have"],
  ["does", "do"],
  ["goes", "go"],
  ["doesn't", "don't"],
  ["isn't", "am not"],
  ["hasn't", "haven't"],
  ["was", "was"],
]);

function baseForm(verb: string): string {
  const irregular = IRREGULAR.get(verb);
  if (irregular !== undefined) return irregular;
  if (/(?:ss|sh|ch|x|zz)es$/u.test(verb)) return verb.slice(0, -2);
  if (/[^aeiou]ies$/u.test(verb)) return `${verb.slice(0, -3)}y`;
  return /[^s']s$/u.test(verb) ? verb.slice(0, -1) : verb;
}
