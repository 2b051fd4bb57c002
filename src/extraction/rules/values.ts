import type { Token } from "./tokens.ts";
import { isWord, lowerText } from "./tokens.ts";
import { ADVERBS, DAYS, DETERMINERS, MONTHS, PHRASE_STOPS, wordSet } from "./words.ts";

/** Words that judge instead of naming a value: "my day is great" fills no slot. */
const JUDGEMENTS = wordSet(`
  great good nice bad awesome amazing fantastic wonderful lovely beautiful terrible horrible awful perfect fine okay ok cool fun funny exciting excited
  interesting boring tough hard easy difficult delicious tasty yummy cute sweet crazy insane weird strange hilarious happy sad glad proud
  tired exhausted busy ready sure sorry afraid inspiring incredible brilliant stunning gorgeous impressive intense challenging stressful relaxing peaceful calm powerful
  important special unique worth rewarding helpful useful useless annoying frustrating hectic rough better best worse worst true false right
  wrong well alright overwhelming refreshing magical everything nothing something all like what how why where when that priceless super key
  here there back gone up down off out over big small huge tiny long short old young high low growing coming going getting killing making
  driving doing looking working feeling so such too very really quite pretty kind kinda sort always never still a-lot welcome excellent superb
  one mine yours hers theirs ours similar same different due about based thrilled grateful thankful lucky blessed scared nervous worried curious
  smaller bigger larger longer shorter faster slower louder quieter cheaper harder easier stronger weaker sealed
  confused lost correct fascinating eye-opening adorable fabulous smooth slow fast quick messy chaotic quiet loud dead sick asleep awake`);

export function isJudgement(value: string): boolean {
  const words = value.split(" ").filter((word) => !ADVERBS.has(word) && !DETERMINERS.has(word));
  const first = words[0];
  // "One month" counts, "one of the best" judges.
  if (first === "one" && words.length > 1 && words[1] !== "of") return JUDGEMENTS.has(words.at(-1) ?? "");
  return first === undefined || (JUDGEMENTS.has(first) && !/\d/u.test(value)) || JUDGEMENTS.has(words.at(-1) ?? "");
}

/** End of the phrase that starts at `from`: before a stop word, a comma or the clause's end. Commas between capitals belong to a place. */
export function phraseEnd(
  tokens: readonly Token[],
  from: number,
  end: number,
  stops: ReadonlySet<string> = PHRASE_STOPS,
): number {
  let index = from;
  while (index < end) {
    const token = tokens[index] as Token;
    if (token.lower === "," || (stops.has(token.lower) && index > from)) break;
    // "The tattoo a few years ago": a time begins.
    if (
      index > from &&
      token.lower === "a" &&
      /^(?:few|couple|while|week|month|year)$/u.test(tokens[index + 1]?.lower ?? "")
    )
      break;
    if (
      index > from &&
      (token.lower === "in" || token.lower === "on") &&
      isDateWord(tokens[index + 1], tokens[index + 2]) &&
      stops === PHRASE_STOPS
    )
      break;
    if (stops.has(token.lower) && index === from && !DETERMINERS.has(token.lower)) break;
    index += 1;
  }
  while (index > from && (ADVERBS.has((tokens[index - 1] as Token).lower) || !isWord(tokens[index - 1]))) {
    if (/^[%$€£]$/u.test((tokens[index - 1] as Token).lower)) break;
    index -= 1;
  }
  return index;
}

function isDateWord(token: Token | undefined, after: Token | undefined): boolean {
  if (token === undefined) return false;
  const { lower } = token;
  if (/^(?:early|late|mid|the|my|a|an|about|around)$/u.test(lower))
    return (
      after !== undefined &&
      /^(?:\d|spring|summer|autumn|fall|winter|past|\w+ies|twenties|thirties|childhood|january|february|march|april|june|july|august|september|october|november|december|couple|few|week|month)/u.test(
        after.lower,
      )
    );
  return (
    /^\d{1,4}(?:st|nd|rd|th)?$/u.test(lower) ||
    DAYS.has(lower) ||
    MONTHS.has(lower) ||
    /^(?:spring|summer|autumn|fall|winter)$/u.test(lower)
  );
}

const LEADING_SIGNS = /^(?:[=:,~"“(–—-]|->|=>|\s)+/u;
const LEADING_WORDS =
  /^(?:(?:an?|the|my|our|your|his|her|its|their|some|any|about|around|approximately|roughly|just|only|exactly|now|currently|really|actually|called|named|still|to|at|on|in|both|over|almost|nearly|already|also|new(?!\s(?:york|zealand|jersey|orleans|delhi|mexico|hampshire|haven|england|caledonia|guinea|south wales)\b)|own|always|super|very)\s+)+/u;
const TRAILING =
  /(?:[\s,;:.!?"”)]+|\s(?:now|anymore|any more|again|today|currently|these days|nowadays|instead|too|as well|right|so far|please|though|already|lately|actually|at the moment|for now|yet|then|thanks|thank you|from now on|i think|in total|or so|ish|by the way|btw|lol|haha|not|rather|after all|going forward|of course|sadly|unfortunately|finally))+$/u;

/** Lower case, without determiners in front and adverbs behind; "" when nothing is left. */
export function normalizeValue(text: string): string {
  let value = ` ${text.normalize("NFKC").toLowerCase().replaceAll("’", "'").replaceAll(/\s+/gu, " ")} `.trim();
  value = value.replace(LEADING_SIGNS, "").replace(LEADING_WORDS, "");
  value = value.replace(TRAILING, "").replace(LEADING_WORDS, "");
  return value.replaceAll(/["“”]/gu, "").trim();
}

export function valueOf(tokens: readonly Token[], from: number, end: number): string {
  return normalizeValue(lowerText(tokens, from, end));
}

/** The items of "nuts, shellfish and eggs" as token ranges; a single range when it is no plain list. */
export function listItems(tokens: readonly Token[], from: number, end: number): readonly (readonly [number, number])[] {
  const items: [number, number][] = [];
  let start = from;
  for (let index = from; index <= end; index += 1) {
    const word = index === end ? "," : (tokens[index] as Token).lower;
    if (word !== "," && word !== "and" && word !== "or" && word !== "&" && word !== "plus") continue;
    if (index > start) items.push([start, index]);
    start = index + 1;
  }
  const isPlain = items.length > 1 && items.every(([left, right]) => right - left <= 4);
  return isPlain ? items : [[from, end]];
}

const UNIT =
  "%|kg|kgs|kilos?|kilograms?|lbs?|pounds?|stone|g|grams?|mg|milligrams?|ml|l|liters?|litres?|km|kilometers?|kilometres?|miles?|m|meters?|metres?|cm|ft|feet|inches|in|hours?|hrs?|h|minutes?|mins?|seconds?|secs?|s|ms|days?|weeks?|months?|years?|gb|mb|tb|kb|k|m|million|thousand|billion|dollars?|bucks|euros?|eur|usd|gbp|quid|chf|francs?|yen|rupees?|people|persons?|employees|members|users|degrees|points|times|steps|calories|pages|per|a|an|percent|am|pm|a\\.m|p\\.m|o'clock|years old|square";
const NUMERIC = new RegExp(
  `^(?:[$€£¥]\\s?)?[\\d][\\d.,:]*(?:\\s?(?:${UNIT}))*(?:\\s?(?:/|per|a|an)\\s?(?:month|week|year|day|hour|night|person|kg|month))?\\b`,
  "u",
);
const NUMBER_WORD =
  /^(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|half)\b/u;

export function isNumericValue(value: string): boolean {
  return NUMERIC.test(value) || NUMBER_WORD.test(value);
}

const TIME =
  /\b(?:\d{1,2}(?::\d{2})?\s?(?:am|pm|a\.m|p\.m|o'clock)|\d{1,2}:\d{2}|noon|midnight|morning|afternoon|evening|monday|tuesday|wednesday|thursday|friday|saturday|sunday|mondays|tuesdays|wednesdays|thursdays|fridays|saturdays|sundays|january|february|march|april|may|june|july|august|september|october|november|december|tomorrow|tonight|today|next (?:week|month|year|spring|summer|fall|autumn|winter)|\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}|\d{1,2}(?:st|nd|rd|th)|q[1-4]|weekend|eod|end of)\b/u;

export function isTimeValue(value: string): boolean {
  return TIME.test(value);
}

/** "1,200 EUR" and "€1200" are one value. */
export function normalizeAmount(value: string): string {
  return value
    .replaceAll(/(\d),(?=\d{3}\b)/gu, "$1")
    .replaceAll(/(\d)\.(?=\d{3}\b(?!\d))/gu, "$1")
    .replace(/^€\s?(\d[\d.]*)/u, "$1 eur")
    .replace(/^\$\s?(\d[\d.]*k?)/u, "$1 usd")
    .replace(/^£\s?(\d[\d.]*)/u, "$1 gbp")
    .replace(/(\d)\s?(?:euros?|€)/u, "$1 eur")
    .replace(/(\d)\s?(?:dollars?|bucks)\b/u, "$1 usd")
    .replace(/(\d)\s?(?:kilos?|kilograms?|kgs)\b/u, "$1 kg")
    .replace(/(\d)kg\b/u, "$1 kg")
    .replace(/\s?(?:per|a|an|each)\s(?:month|year|week|night|hour)$|\s(?:monthly|yearly|annually)$/u, "")
    .trim();
}
