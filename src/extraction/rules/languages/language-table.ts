import type { ChangeCue } from "../../../domain/extracted-fact.ts";

/** How a language says something about a slot. */
export interface SlotPhrase {
  readonly attribute: string;
  /** On the lower-cased clause. Group `v` is the value, group `t` the thing whose slot it is (`schedule:{t}`). */
  readonly pattern: RegExp;
  readonly cardinality: "single" | "multiple";
  readonly cue?: ChangeCue;
  /** Replaces the words of the value: "kein Fleisch" is the diet "vegetarian". */
  readonly value?: string;
  /** The value has to be a number or a time. */
  readonly isMeasured?: boolean;
}

/** What the rules know of one language. Patterns run on lower case. */
export interface LanguageTable {
  /** Marks a sentence about the speaker. */
  readonly firstPerson: RegExp;
  readonly question: RegExp;
  /** Wishes, conditions and reports: no fact at all. */
  readonly hypothetical: RegExp;
  /** Greetings, thanks, opinions and requests: no plain fact. */
  readonly idle: RegExp;
  /** Skipped at the head of a sentence: "by the way", "remember that". */
  readonly lead: RegExp;
  /** What stands between two clauses; the second one begins behind the match. */
  readonly split: RegExp;
  readonly list: RegExp;
  /** Opens another thought behind a comma: "but", "because". */
  readonly opener: RegExp;
  readonly negated: RegExp;
  readonly ended: RegExp;
  readonly former: RegExp;
  readonly changed: RegExp;
  readonly corrected: RegExp;
  readonly slots: readonly SlotPhrase[];
  /** First person to third, in order. `{S}` stands for the speaker. */
  readonly rewrites: readonly (readonly [pattern: RegExp, to: string])[];
  /** Cut from both ends of a value: articles, adverbs. */
  readonly trim: RegExp;
  /** Brings the cases of a name together, where the language has them. */
  readonly stem?: RegExp;
  /** Canonical words: diets, kinds of pets, names of languages. */
  readonly canonical: ReadonlyMap<string, string>;
  readonly orders: Orders;
  /** Least length of a plain fact: words, or characters where words are not spaced. */
  readonly least: number;
  readonly isSpaced: boolean;
}

export interface Orders {
  /** "always", "never", "from now on". */
  readonly standing: RegExp;
  /** A command to the assistant: "answer", "use", "suggest". */
  readonly act: RegExp;
  /** Commands that with a language are standing ones: "answer", "speak". */
  readonly reply: RegExp;
  /** "in French": group `v` names the language. */
  readonly language: RegExp;
  /** "call me": what follows is the name. */
  readonly callMe: RegExp;
  /** "{S} bittet: {o}". */
  readonly text: string;
}

interface Options {
  /** Words at which a value ends, as alternatives. */
  readonly stops: string;
  /** Words between the items of a list, as alternatives: a list does not end there. */
  readonly and: string;
  readonly isSpaced?: boolean;
}

export interface Compiler {
  /** Whole words anywhere. */
  readonly words: (source: string) => RegExp;
  /** Whole words at the head. */
  readonly head: (source: string) => RegExp;
  /** One slot from several phrasings. */
  readonly slot: (
    attribute: string,
    cardinality: SlotPhrase["cardinality"],
    sources: readonly string[],
    extra?: Partial<SlotPhrase>,
  ) => SlotPhrase[];
  /** Rewrites of whole words, written "from > to", one a line. */
  readonly rewrites: (lines: string) => (readonly [RegExp, string])[];
}

// Signs instead of letter classes: those cost tens of milliseconds to compile for a table.
const BEFORE = String.raw`(?<=^|[\s,;:.!?()"'“„«¿¡،؛*-])`;
const AFTER = String.raw`(?=$|[\s,;:.!?()"'”“»،؛؟*-])`;

/**
 * Makes patterns of a language's phrases. In a phrase `{v}` is a value up to the next stop word or sign, `{t}` a thing
 * of one to three words, `{x}` up to four words between; a space is any run of spaces.
 */
export function compiler({ stops, and, isSpaced = true }: Options): Compiler {
  const before = isSpaced ? BEFORE : "";
  const after = isSpaced ? AFTER : "";
  const glue = isSpaced ? String.raw`\s` : "";
  const endOf = (list: string): string =>
    `(?=\\s*(?:[;:.!?()。！；]|$)|\\s*[,，、](?!\\s*\\p{L})|${glue}(?:${list})${after})`;
  const ends = {
    single: `(?<v>[^,;:.!?()，。！、；]{1,60}?)(?=\\s*(?:[,;:.!?()，。！、；]|$)|${glue}(?:${and}|${stops})${after})`,
    multiple: `(?<v>[^;:.!?()。！；]{1,80}?)${endOf(stops)}`,
  };
  const fill = (source: string, cardinality: SlotPhrase["cardinality"] = "single"): string =>
    source
      .replaceAll("{x}", String.raw`(?:\s+[^\s,;.!?]+){0,4}?`)
      .replaceAll(
        "{t}",
        isSpaced ? String.raw`(?<t>[^\s,;:.!?]+(?:\s[^\s,;:.!?]+){0,3}?)` : String.raw`(?<t>[\p{L}]{1,12}?)`,
      )
      .replaceAll("{v}", ends[cardinality])
      .replaceAll(" ", String.raw`\s+`);
  const words = (source: string): RegExp => new RegExp(`${before}(?:${fill(source)})${after}`, "u");
  return {
    words,
    head: (source) => new RegExp(`^(?:${fill(source)})${after}`, "u"),
    slot: (attribute, cardinality, sources, extra = {}) =>
      sources.map((source) => ({
        attribute,
        cardinality,
        pattern: new RegExp(`${before}(?:${fill(source, cardinality)})`, "u"),
        ...extra,
      })),
    rewrites: (lines) =>
      lines
        .trim()
        .split("\n")
        .map((line) => {
          const [from = "", to = ""] = line.split(" > ").map((part) => part.trim());
          return [
            new RegExp(
              `${before}(?:${from.replaceAll("{S}", String.raw`\{S\}`).replaceAll(" ", String.raw`\s+`)})${after}`,
              "giu",
            ),
            to,
          ] as const;
        }),
  };
}

/** "a=b c=d" as a map; underscores are spaces. */
export function pairs(list: string): ReadonlyMap<string, string> {
  return new Map(
    list
      .trim()
      .split(/\s+/u)
      .map((entry) => entry.replaceAll("_", " ").split("=") as [string, string]),
  );
}
