import { pickOf, randomOf } from "../speed/random.ts";

/** A short story of one user, and what has to follow from it. */
export interface AliasCase {
  readonly kind: string;
  /** The phrasing was written before it was tried on any rule. */
  readonly isBlind: boolean;
  readonly said: readonly { readonly text: string; readonly at: string }[];
  /** Each name must stand for the entity, at a moment where one is given. */
  readonly names: readonly { readonly name: string; readonly is: string }[];
  /** Relations of a name, and the one object they must have. */
  readonly facts: readonly {
    readonly of: string;
    readonly predicate: string;
    readonly object: string;
    readonly asOf?: string;
  }[];
  /** The best answer to the question must hold the word. */
  readonly question?: { readonly text: string; readonly word: string };
}

const NAMES =
  "Anna Bea Clara Dora Ella Fay Greta Hanna Ines Jana Karla Lena Mina Nadia Olga Paula Rita Sara Tilda Uma Vera Wanda Yara Zoe".split(
    " ",
  );
const MEN =
  "Adam Boris Carl David Emil Felix Georg Hugo Ivan Jonas Kurt Leo Milo Nils Oskar Paul Rolf Simon Tom Udo Victor Willem Yannick Zeno".split(
    " ",
  );
const PLACES =
  "Berlin Oslo Lisbon Madrid Vienna Dublin Prague Athens Leeds Zurich Helsinki Porto Krakow Utrecht Bergen Malmo".split(
    " ",
  );
const SHORT = [["Elizabeth", "Liz"], ["Robert", "Bob"], ["Katherine", "Kate"], ["William", "Bill"], ["Margaret", "Maggie"], ["Alexander", "Alex"], ["Jennifer", "Jen"], ["Theodore", "Theo"]] as const; // prettier-ignore
const WOMEN_KIN = ["sister", "mother", "wife", "aunt", "cousin", "daughter", "grandmother", "niece"] as const;
const MEN_KIN = ["brother", "father", "husband", "uncle", "nephew", "son", "grandfather"] as const;
const OTHERS = ["manager", "doctor", "landlord", "lawyer", "neighbor", "roommate", "dentist", "therapist"] as const;

type Phrase = (word: string, name: string) => string;

/** Phrasings that the rules are written for. */
const NAMING: readonly Phrase[] = [
  (word, name) => `My ${word} is ${name}.`,
  (word, name) => `${name} is my ${word}.`,
  (word, name) => `My ${word}'s name is ${name}.`,
  (word, name) => `My ${word} is called ${name}.`,
  (word, name) => `${name}, my ${word}, came over for dinner.`,
];

/** Phrasings that were blind once; the rules of today were written after they had been read. */
const NAMING_READ: readonly Phrase[] = [
  (word, name) => `Let me introduce you to ${name}, my ${word}.`,
  (word, name) => `I met up with my ${word} ${name} today.`,
  (word, name) => `By the way, the name of my ${word} is ${name}.`,
  (word, name) => `You should meet my ${word}! Her or his name is ${name}.`,
  (word, name) => `${name} has been my ${word} for ages.`,
  (word, name) => `I went hiking with ${name}, who is my ${word}.`,
];

/** Phrasings written down before any of them was tried. */
const NAMING_BLIND: readonly Phrase[] = [
  (word, name) => `My ${word}, whose name is ${name}, is visiting this week.`,
  (word, name) => `I went to the cinema with my ${word}. She or he is called ${name}.`,
  (word, name) => `${name} (my ${word}) says hi.`,
  (word, name) => `Did I mention that ${name} is my ${word}?`,
  (word, name) => `I have a ${word} named ${name}.`,
  (word, name) => `That was ${name}, my ${word}, on the phone.`,
  (word, name) => `My ${word} - ${name} - sent us a card.`,
  (word, name) => `Someone asked about my ${word}: that is ${name}.`,
];

const SHORTENING: readonly Phrase[] = [
  (full, short) => `Everyone calls ${full} ${short}.`,
  (full, short) => `${short} is short for ${full}.`,
  (full, short) => `${full} is also known as ${short}.`,
  (full, short) => `${full}'s nickname is ${short}.`,
];

const SHORTENING_READ: readonly Phrase[] = [
  (full, short) => `${full} prefers to be called ${short}.`,
  (full, short) => `We all just say ${short} to ${full}.`,
  (full, short) => `${full}, whom everybody knows as ${short}, came by.`,
  (full, short) => `${short} and ${full} are the same person.`,
];

const SHORTENING_BLIND: readonly Phrase[] = [
  (full, short) => `${full} introduced herself or himself as ${short}.`,
  (full, short) => `To friends, ${full} is just ${short}.`,
  (full, short) => `${short} - that is ${full} - has a new bike.`,
  (full, short) => `Most of us shorten ${full} to ${short}.`,
  (full, short) => `On the phone ${full} is ${short} to everyone.`,
  (full, short) => `${short}, whose full name is ${full}, came by.`,
];

const CHANGING: readonly Phrase[] = [
  (word, name) => `My ${word} is ${name} now.`,
  (word, name) => `${name} is my new ${word}.`,
  (word, name) => `My new ${word} is ${name}.`,
];

const CHANGING_READ: readonly Phrase[] = [
  (word, name) => `${name} took over as my ${word}.`,
  (word, name) => `I have a new ${word}, ${name}.`,
  (word, name) => `From now on my ${word} is ${name}.`,
];

const CHANGING_BLIND: readonly Phrase[] = [
  (word, name) => `${name} replaced my old ${word}.`,
  (word, name) => `I switched to a different ${word}: ${name}.`,
  (word, name) => `My ${word} changed, it is ${name} these days.`,
  (word, name) => `Since this week ${name} is my ${word}.`,
];

/** 200 cases, the same every time; every third has a phrasing of the second kind. */
export function aliasCases(): AliasCase[] {
  const random = randomOf(7);
  const pick = <Item>(list: readonly Item[]): Item => pickOf(list, random);
  const cases: AliasCase[] = [];
  const add = (count: number, make: (isBlind: boolean) => AliasCase): void => {
    for (let index = 0; index < count; index += 1) cases.push(make(index % 3 === 2));
  };
  const person = (): { word: string; name: string } => {
    const group = pick([0, 1, 2]);
    if (group === 0) return { word: pick(WOMEN_KIN), name: pick(NAMES) };
    if (group === 1) return { word: pick(MEN_KIN), name: pick(MEN) };
    return { word: pick(OTHERS), name: pick([...NAMES, ...MEN]) };
  };
  const naming = (isBlind: boolean, word: string, name: string): string =>
    pick(isBlind ? NAMING_BLIND : [...NAMING, ...NAMING_READ])(word, name);

  add(50, (isBlind) => {
    const { word, name } = person();
    const place = pick(PLACES);
    return {
      kind: "named first",
      isBlind,
      said: [
        { text: naming(isBlind, word, name), at: "2025-01-10" },
        { text: `${name} lives in ${place}.`, at: "2025-02-10" },
        { text: `I live in ${pick(PLACES.filter((other) => other !== place))}.`, at: "2025-02-11" },
      ],
      names: [{ name: `my ${word}`, is: name }],
      facts: [{ of: `my ${word}`, predicate: "lives_in", object: place }],
      question: { text: `Where does my ${word} live?`, word: place },
    };
  });
  add(50, (isBlind) => {
    const { word, name } = person();
    const place = pick(PLACES);
    return {
      kind: "named later",
      isBlind,
      said: [
        { text: `My ${word} lives in ${place}.`, at: "2025-01-10" },
        { text: naming(isBlind, word, name), at: "2025-02-10" },
        { text: `I live in ${pick(PLACES.filter((other) => other !== place))}.`, at: "2025-02-11" },
      ],
      names: [
        { name, is: name },
        { name: `my ${word}`, is: name },
      ],
      facts: [{ of: name, predicate: "lives_in", object: place }],
      question: { text: `Where does ${name} live?`, word: place },
    };
  });
  add(20, (isBlind) => {
    const { word, name } = person();
    const place = pick(PLACES);
    return {
      kind: "case and possessive",
      isBlind,
      said: [
        { text: naming(isBlind, word, name), at: "2025-01-10" },
        { text: `${name} lives in ${place}.`, at: "2025-02-10" },
      ],
      names: [name.toUpperCase(), name.toLowerCase(), `${name}'s`, `  ${name} `].map((spelled) => ({
        name: spelled,
        is: name,
      })),
      facts: [],
    };
  });
  add(40, (isBlind) => {
    const [full, short] = pick(SHORT);
    const [home, place] = [pick(PLACES), pick(PLACES)];
    return {
      kind: "short name",
      isBlind,
      said: [
        { text: `${full} lives in ${place}.`, at: "2025-01-10" },
        { text: pick(isBlind ? SHORTENING_BLIND : [...SHORTENING, ...SHORTENING_READ])(full, short), at: "2025-02-10" },
        { text: `${short} works at Initech.`, at: "2025-02-12" },
        { text: `I live in ${home}.`, at: "2025-02-13" },
      ],
      names: [
        { name: short, is: full },
        { name: full, is: full },
      ],
      facts: [
        { of: short, predicate: "lives_in", object: place },
        { of: full, predicate: "works_at", object: "Initech" },
      ],
      question: { text: `Where does ${short} live?`, word: place },
    };
  });
  add(20, (isBlind) => {
    const word = pick(["manager", "landlord", "doctor", "therapist", "dentist"]);
    const [before, after] = [pick(NAMES), pick(MEN)];
    const first = pick(PLACES);
    // Said again of the same place it would be one fact, of the first.
    const second = pick(PLACES.filter((place) => place !== first));
    return {
      kind: "changes hands",
      isBlind,
      said: [
        { text: `My ${word} is ${before}.`, at: "2024-01-10" },
        { text: `My ${word} lives in ${first}.`, at: "2024-02-10" },
        { text: pick(isBlind ? CHANGING_BLIND : [...CHANGING, ...CHANGING_READ])(word, after), at: "2025-01-10" },
        { text: `My ${word} lives in ${second}.`, at: "2025-02-10" },
      ],
      names: [{ name: `my ${word}`, is: after }],
      facts: [
        { of: "me", predicate: word, object: after },
        { of: "me", predicate: word, object: before, asOf: "2024-06-01" },
        { of: after, predicate: "lives_in", object: second },
      ],
    };
  });
  add(20, (isBlind) => {
    const [friend, name, place] = [pick(MEN), pick(NAMES), pick(PLACES)];
    const word = pick(["wife", "sister", "daughter", "mother"]);
    const named = isBlind
      ? pick([
          `${friend} and his ${word} ${name} came for dinner.`,
          `The ${word} of ${friend} is ${name}.`,
          `${friend} has a ${word}, ${name}.`,
          `Do you know ${name}? She is ${friend}'s ${word}.`,
        ])
      : pick([
          `I finally met ${name}, ${friend}'s ${word}.`,
          `${friend} brought along his ${word} ${name}.`,
          `${friend}'s ${word} is ${name}.`,
          `${name} is ${friend}'s ${word}.`,
          `${friend}'s ${word} ${name} sings in a choir.`,
        ]);
    return {
      kind: "of somebody else",
      isBlind,
      said: [
        { text: named, at: "2025-01-10" },
        { text: `${name} lives in ${place}.`, at: "2025-02-10" },
        { text: `${friend} lives in ${pick(PLACES.filter((other) => other !== place))}.`, at: "2025-02-11" },
      ],
      names: [{ name: `${friend}'s ${word}`, is: name }],
      facts: [{ of: `${friend}'s ${word}`, predicate: "lives_in", object: place }],
      question: { text: `Where does ${friend}'s ${word} live?`, word: place },
    };
  });
  return cases;
}
