import type { Clause } from "./parse-clause.ts";
import type { Speaker } from "./speaker.ts";
import { isGivenName } from "./given-names.ts";
import { isCapitalized, lowerText, type Token } from "./tokens.ts";
import { kindOf } from "./kinds.ts";
import { thingOf } from "./things.ts";
import { readVerb } from "./verbs.ts";
import {
  ADVERBS,
  ASSOCIATES,
  DAYS,
  FEMALE_KIN,
  KIN,
  MALE_KIN,
  MONTHS,
  PETS,
  PREPOSITIONS,
  STOP_WORDS,
} from "./words.ts";

/** A person that a text speaks of. */
export interface Person {
  readonly key: string;
  readonly display: string;
  readonly gender: "female" | "male" | "unknown";
  /** Where the text says who that is. */
  readonly origin?: Origin;
}

/** A place in a message. */
export interface Origin {
  readonly messageId: string;
  readonly start: number;
  readonly end: number;
}

/** What a clause's subject stands for. */
export type Subject =
  | { readonly kind: "speaker"; readonly key: string }
  | { readonly kind: "person"; readonly person: Person; readonly isPronoun: boolean }
  | {
      readonly kind: "thing";
      readonly owner: string;
      readonly phrase: string;
      readonly isOwned: boolean;
      readonly isName: boolean;
      readonly isPronoun: boolean;
      readonly origin?: Origin;
    }
  | { readonly kind: "unknown" };

/** What was last spoken of, carried from sentence to sentence and message to message of one speaker. */
export class Discourse {
  /** speaker key and relation ("user sister") -> the name that was given for it. */
  readonly relations: Map<string, { readonly name: string; readonly origin: Origin }> = new Map();
  readonly speakers: Set<string> = new Set();
  person: Person | undefined;
  thing: { phrase: string; owner: string; isOwned: boolean; isName: boolean; origin: Origin } | undefined;

  /** Call when another speaker takes the floor: his "she" need not be the one before, if it is not whom he was asked about. */
  turn(asked: Person | undefined): void {
    this.person = asked;
    this.thing = undefined;
  }

  resolve(clause: Clause, speaker: Speaker): Subject {
    switch (clause.subject) {
      case "i":
      case "we":
        return { kind: "speaker", key: speaker.key };
      case "he":
      case "she": {
        const { person } = this;
        const gender = clause.subject === "he" ? "male" : "female";
        if (person === undefined || (person.gender !== "unknown" && person.gender !== gender))
          return { kind: "unknown" };
        return { kind: "person", person, isPronoun: true };
      }
      case "they":
        return this.person === undefined || this.person.gender !== "unknown"
          ? { kind: "unknown" }
          : { kind: "person", person: this.person, isPronoun: true };
      case "this":
        // "My gym? That's Fitworks now."
        return this.thing === undefined || !/^that(?:'s| is) .* (?:now|these days)$/u.test(clause.lower)
          ? { kind: "unknown" }
          : { kind: "thing", ...this.thing, isPronoun: true };
      case "it":
        return this.thing === undefined ? { kind: "unknown" } : { kind: "thing", ...this.thing, isPronoun: true };
      case "noun":
        return this.nounSubject(clause, speaker);
      default:
        return { kind: "unknown" };
    }
  }

  private nounSubject(clause: Clause, speaker: Speaker): Subject {
    const { tokens, subjectFrom, subjectTo } = clause;
    const possessive = ownerEnd(tokens, subjectFrom, subjectTo);
    if (possessive > 0) {
      const owner = this.personIn(tokens, subjectFrom, possessive, speaker);
      const phrase = lowerText(tokens, possessive + 1, subjectTo);
      if (owner !== undefined) {
        const ownFirst = (tokens[subjectFrom] as Token).lower;
        if (phrase === "name" && (ownFirst === "my" || ownFirst === "our") && possessive === subjectFrom + 2)
          return {
            kind: "thing",
            owner: speaker.key,
            phrase: `${(tokens[possessive - 1] as Token).lower} name`,
            isOwned: true,
            isName: false,
            isPronoun: false,
          };
        const relative = this.relativeOf(owner, phrase);
        return relative ?? { kind: "thing", owner: owner.key, phrase, isOwned: true, isName: false, isPronoun: false };
      }
      return {
        kind: "thing",
        owner: speaker.key,
        phrase: `${lowerText(tokens, subjectFrom, possessive)} ${phrase}`,
        isOwned: true,
        isName: false,
        isPronoun: false,
      };
    }
    const person = isGivenName(clause)
      ? namesake(tokens[subjectFrom] as Token)
      : this.personIn(tokens, subjectFrom, subjectTo, speaker);
    // "Backups live on S3": a plural, its verb says, is nobody's name.
    const isPlural =
      subjectTo - subjectFrom === 1 &&
      clause.form === "base" &&
      /^(?:live|run|sit|go|sync)$/u.test(clause.verb) &&
      !/^(?:kids|friends|parents|guys|people|girls|boys|neighbou?rs|folks)$/u.test(
        (tokens[subjectFrom] as Token).lower,
      ) &&
      clause.modality === "" &&
      !clause.isPerfect &&
      /[^s]s$/u.test((tokens[subjectFrom] as Token).lower);
    if (person !== undefined && !isPlural) return { kind: "person", person, isPronoun: false };
    const first = (tokens[subjectFrom] as Token).lower;
    const ofThat = lowerText(tokens, subjectFrom + 1, subjectTo).replace(/^(?:or|\/) (?:his|hers?|their) /u, "");
    const isTheirs = first === "his" || first === "her" || (first === "their" && ofThat === "name");
    if (
      isTheirs &&
      this.person !== undefined &&
      (fits(first, this.person.gender) || isEither(tokens[subjectFrom - 1]))
    ) {
      const relation = this.person.key.startsWith(`${speaker.key}'s `)
        ? this.person.key.slice(speaker.key.length + 3)
        : "";
      if (relation !== "" && ofThat === "name")
        return {
          kind: "thing",
          owner: speaker.key,
          phrase: `${relation} name`,
          isOwned: true,
          isName: false,
          isPronoun: false,
        };
      return {
        kind: "thing",
        owner: this.person.key,
        phrase: ofThat,
        isOwned: true,
        isName: false,
        isPronoun: false,
      };
    }
    if (first === "your" && speaker.standing === "assistant")
      return {
        kind: "thing",
        owner: "user",
        phrase: lowerText(tokens, subjectFrom + 1, subjectTo),
        isOwned: true,
        isName: false,
        isPronoun: false,
      };
    // "A train leaves …" is about no train in particular.
    if (/^(?:his|her|their|your|its|an?)$/u.test(first)) return { kind: "unknown" };
    const isOwned = first === "my" || first === "our";
    const isName =
      !isOwned && first !== "the" && isCapitalized(tokens[subjectFrom]) && isNameLike(tokens, subjectFrom, subjectTo);
    return {
      kind: "thing",
      owner: speaker.key,
      phrase: lowerText(tokens, subjectFrom, subjectTo),
      isOwned,
      isName,
      isPronoun: false,
    };
  }

  private relativeOf(owner: Person, phrase: string): Subject | undefined {
    if (!KIN.has(phrase)) return undefined;
    return {
      kind: "person",
      person: {
        key: `${owner.key}'s ${KIN.get(phrase)}`,
        display: `${owner.display}'s ${phrase}`,
        gender: genderOf(phrase),
      },
      isPronoun: false,
    };
  }

  /** "my sister Anna", "our boss", "Anna", "Anna Rossi". */
  private personIn(tokens: readonly Token[], from: number, to: number, speaker: Speaker): Person | undefined {
    const first = tokens[from] as Token;
    if (to - from === 1 && OWN_KIN.test(first.lower))
      return {
        key: `${speaker.key}'s ${KIN.get(first.lower) ?? first.lower}`,
        display: `${speaker.label}'s ${first.lower}`,
        gender: genderOf(first.lower),
      };
    if (first.lower === "my" || first.lower === "our") {
      let index = from + 1;
      while (index < to && !isRelation(tokens[index])) index += 1;
      if (index >= to || index > from + 3) return undefined;
      const relation = (tokens[index] as Token).lower;
      const nameFrom = tokens[index + 1]?.lower === "," ? index + 2 : index + 1;
      const name = nameFrom < to && isCapitalized(tokens[nameFrom]) ? (tokens[nameFrom] as Token).text : undefined;
      if (name === undefined && index + 1 < to) return undefined;
      const remembered = this.relations.get(`${speaker.key} ${KIN.get(relation) ?? relation}`);
      const known = name ?? remembered?.name;
      const display =
        known === undefined
          ? `${speaker.label}'s ${relation}`
          : name === undefined
            ? `${speaker.label}'s ${relation} ${known}`
            : `${speaker.label}'s ${relation} ${name}`;
      const key =
        known?.toLowerCase() ?? `${speaker.key}'s ${KIN.get(relation) ?? ASSOCIATES.get(relation) ?? relation}`;
      return {
        key,
        display,
        gender: genderOf(relation),
        ...(name === undefined && remembered !== undefined ? { origin: remembered.origin } : {}),
      };
    }
    if (!isCapitalized(first) || !isNameLike(tokens, from, to) || to - from > 3) return undefined;
    const text = tokens
      .slice(from, to)
      .map((token) => token.text)
      .join(" ");
    const lower = text.toLowerCase();
    if (kindOf(lower) !== undefined || thingOf(lower)?.isKnown === true) return undefined;
    return { key: lower, display: text, gender: "unknown" };
  }
}

/** Said without "my", they are the speaker's own. */
const OWN_KIN = /^(?:mum|mom|mama|dad|papa|grandma|grandpa|granddad|grandad|granny|nana)$/u;

function isRelation(token: Token | undefined): boolean {
  return token !== undefined && (KIN.has(token.lower) || ASSOCIATES.has(token.lower) || PETS.has(token.lower));
}

/** Index of the possessive "'s" inside a noun subject, else 0. */
function ownerEnd(tokens: readonly Token[], from: number, to: number): number {
  for (let index = to - 2; index > from; index -= 1) if ((tokens[index] as Token).lower === "'s") return index;
  return 0;
}

function isNameLike(tokens: readonly Token[], from: number, to: number): boolean {
  for (let index = from; index < to; index += 1) {
    const token = tokens[index] as Token;
    const { lower } = token;
    if (
      !isCapitalized(token) ||
      DAYS.has(lower) ||
      MONTHS.has(lower) ||
      STOP_WORDS.has(lower) ||
      PREPOSITIONS.has(lower)
    )
      return false;
    if (index === from && (ADVERBS.has(lower) || (readVerb(lower) !== undefined && from === 0))) return false;
  }
  return to > from;
}

function namesake({ text, lower }: Token): Person {
  return { key: lower, display: text, gender: "unknown" };
}

/** "Her or his name is …". */
function isEither(before: Token | undefined): boolean {
  return before?.lower === "or" || before?.lower === "/";
}

/** Whether a possessive may stand for somebody; "their" is anybody's. */
function fits(word: string, gender: Person["gender"]): boolean {
  return gender === "unknown" || word === "their" || (word === "her") === (gender === "female");
}

export function genderOf(relation: string): Person["gender"] {
  if (FEMALE_KIN.has(relation)) return "female";
  return MALE_KIN.has(relation) ? "male" : "unknown";
}
