import { pickOf, randomOf } from "./random.ts";

const SYLLABLES = "ba ce di fo gu ha je ki lo mu na pe qui ro su ta ve wi xo yu za bre cla dro fli gra".split(" ");
const WORDS = 30_000;
/** How steep the frequencies of words fall: 1 is Zipf's law. */
const EXPONENT = 1;

const words = Array.from({ length: WORDS }, (_, rank) => wordAt(rank));
const cumulated = cumulate();

/** Words of invented syllables; frequent ones are short, as in a language. */
function wordAt(rank: number): string {
  let rest = rank;
  let word = "";
  do {
    word += SYLLABLES[rest % SYLLABLES.length] ?? "";
    rest = Math.floor(rest / SYLLABLES.length);
  } while (rest > 0);
  return `${word}n`;
}

function cumulate(): Float64Array {
  const sums = new Float64Array(WORDS);
  let total = 0;
  for (let rank = 0; rank < WORDS; rank += 1) {
    total += 1 / (rank + 1) ** EXPONENT;
    sums[rank] = total;
  }
  return sums.map((sum) => sum / total);
}

function rankOf(share: number): number {
  let low = 0;
  let high = WORDS - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((cumulated[middle] ?? 1) < share) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The same memory for the same number: 14 to 26 words whose frequencies fall as in a language. */
export function memoryText(number: number): string {
  const random = randomOf(number * 7 + 3);
  const length = 14 + Math.floor(random() * 13);
  return Array.from({ length }, () => words[rankOf(random())]).join(" ");
}

/** Six words of the memory of that number, none of the 60 commonest where it has as many: a question about it. */
export function queryText(number: number): string {
  const common = new Set(words.slice(0, 60));
  const rare = [...new Set(memoryText(number).split(" "))].filter((word) => !common.has(word));
  return rare.slice(0, 6).join(" ");
}

/** Invented names, so that chat lines of a large store differ as those of many people do. */
function namesFrom(first: number, count: number): string[] {
  return Array.from({ length: count }, (_, at) => {
    const word = wordAt(first + at * 7);
    return word.charAt(0).toUpperCase() + word.slice(1, -1);
  });
}

function combine(adjectives: string, nouns: string): string[] {
  return adjectives.split(" ").flatMap((adjective) => nouns.split(",").map((noun) => `${adjective} ${noun}`));
}

const NAMES = namesFrom(900, 500);
const CITIES = namesFrom(5000, 500);
const FIRMS = namesFrom(9000, 300).map((name, at) => `${name} ${["Labs", "Works", "Foods", "Media"][at % 4]}`);
const THINGS = combine(
  "red blue old new second-hand folding wooden small large Danish Italian Swiss light heavy vintage cheap",
  "kayak,cello,telescope,scooter,camera,road bike,drone,easel,piano,tent,desk,lamp,sofa,printer,violin,oven",
);
const FOODS = combine(
  "smoked fresh dried raw pickled grilled salted sweet",
  "peanuts,shellfish,oats,rye bread,mangoes,dumplings,goat cheese,lentils,tofu,herring,plums,walnuts,figs,squid",
);
const SPORTS = "climbing,rowing,salsa,judo,trail running,badminton,surfing,fencing,archery,handball".split(",");
const MONTHS = "January,February,March,April,May,June,September,October".split(",");

type Pick = (items: readonly string[]) => string;

/** Lines of a chat that say something worth a fact. */
const TELLING: readonly ((pick: Pick) => string)[] = [
  (pick) => `I moved to ${pick(CITIES)} last ${pick(MONTHS)} and I really like it here.`,
  (pick) => `My sister ${pick(NAMES)} works at ${pick(FIRMS)} now.`,
  (pick) => `I'm allergic to ${pick(FOODS)}, so please keep that in mind.`,
  (pick) => `We adopted a dog two weeks ago, his name is ${pick(NAMES)}.`,
  (pick) => `I started ${pick(SPORTS)} with ${pick(NAMES)} every Tuesday evening.`,
  (pick) => `I bought a ${pick(THINGS)} yesterday, it cost more than I planned.`,
  (pick) => `My favourite food is ${pick(FOODS)} these days.`,
  (pick) => `${pick(NAMES)} and I are going to ${pick(CITIES)} in ${pick(MONTHS)} for a week.`,
  (pick) => `I have a dentist appointment on Friday at 3 pm, and my brother ${pick(NAMES)} drives me.`,
  (pick) => `I used to work at ${pick(FIRMS)}, but I quit and joined ${pick(FIRMS)} this spring.`,
];

/** Lines of a chat that say nothing lasting. */
const EMPTY: readonly ((pick: Pick) => string)[] = [
  () => "Ha, that sounds great!",
  (pick) => `Did you hear back from ${pick(NAMES)}?`,
  () => "Thanks, talk to you later.",
  (pick) => `What is the weather like in ${pick(CITIES)}?`,
];

/** A line that makes at least one fact by rules; another for every number. */
export function tellingLine(number: number): string {
  return lineOf(TELLING, number);
}

/** A line that makes none; only its names change. */
export function emptyLine(number: number): string {
  return lineOf(EMPTY, number);
}

function lineOf(templates: readonly ((pick: Pick) => string)[], number: number): string {
  const random = randomOf(number * 31 + 5);
  return pickOf(templates, random)((items) => pickOf(items, random));
}
