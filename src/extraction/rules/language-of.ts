import type { ExtractionMessage } from "../../domain/extracted-fact.ts";
import { detectLanguage } from "../../text/detect-language.ts";

/** Enough of a message to tell its language. */
const SAMPLE = 400;

/**
 * Words of the first person and of everyday commands that no other language of the list uses: they tell the language
 * of "Ich mag keinen Kaffee", where statistics have too little to go by.
 */
const MARKS: ReadonlyMap<string, readonly string[]> = index({
  en: "i i'm i've i'd i'll my the are have and with you for this that our been of now please always never don't doesn't to at it's from what how can your was were not is in on a an as by or if he she they we me us so no do did get got has had will would could just yes dog color favorite",
  de: "in so was an es dass dir ich mein meine meinen meinem meiner nicht kein keine keinen immer niemals bitte und der bin auf mich mir nenn ist im habe",
  fr: "a me on je j ai mon ma mes nous suis ne pas est toujours jamais et les des une habite vous que réponds le du au dans",
  es: "a no he me yo soy vivo tengo mi mis estoy siempre nunca y el los una llamo trabajo mudé usa recuerda llámame gusta gustan encanta las del en mes ahora sugieras frases",
  it: "in a no io sono mio mia ho abito lavoro non sempre mai il che di per piace chiamo è rispondi mi della vivo del",
  pt: "a no as eu moro sou tenho meu minha não sempre nunca uma trabalho estou gosto vendi comprei responda já chamo-me me mudei para em mês um do da na agora",
  nl: "in we was me so ik mijn ben heb niet geen altijd nooit woon werk het een van en noem mij stel vanaf is op om",
  sv: "jag och är inte mitt min",
  pl: "nie jest mieszkam mam się",
});

function index(words: Readonly<Record<string, string>>): Map<string, string[]> {
  const map = new Map<string, string[]>();
  for (const [language, list] of Object.entries(words)) {
    for (const word of list.split(" ")) map.set(word, [...(map.get(word) ?? []), language]);
  }
  return map;
}

/** Words that languages share, told apart by what follows. */
const PAIRS: readonly (readonly [RegExp, string])[] = [
  [/\bvivo (?:a|in) /u, "it"],
  [/\bvivo en /u, "es"],
  [/\bvivo em /u, "pt"],
];

const OTHER_SCRIPT = /[^\0-\u024f\u2000-\u206f]/u;

/** The languages that the marks tell apart. */
const LANGUAGES: ReadonlySet<string> = new Set(["en", "de", "fr", "es", "it", "pt", "nl", "sv", "pl"]);

/** The language that the message is read in; English where nothing speaks against it. */
export function languageOf(message: ExtractionMessage): string {
  const given = message.language?.slice(0, 2).toLowerCase() ?? "";
  const sample = message.text.slice(0, SAMPLE);
  const detected = OTHER_SCRIPT.test(sample) ? detectLanguage(sample) : undefined;
  if (given !== "" && (detected !== undefined || !LANGUAGES.has(given))) return given;
  if (detected !== undefined) return detected;
  const counts = countMarks(sample.toLowerCase().replaceAll("’", "'"));
  const english = counts.get("en") ?? 0;
  const most = Math.max(0, ...counts.values());
  // What was detected before stands unless the words speak clearly against it.
  if (given !== "" && (counts.get(given) ?? 0) === most) return given;
  if (english === most) return "en";
  const best = [...counts].filter(([, count]) => count === most).map(([language]) => language);
  if (best.length === 1) return best[0] as string;
  const guess = detectLanguage(sample);
  return guess !== undefined && best.includes(guess) ? guess : (best[0] as string);
}

function countMarks(lower: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const [word] of lower.matchAll(/[\p{L}'-]+/gu)) {
    for (const part of word.includes("'") ? [word, ...word.split("'")] : [word]) {
      for (const language of MARKS.get(part) ?? []) counts.set(language, (counts.get(language) ?? 0) + 1);
    }
  }
  for (const [pattern, language] of PAIRS) {
    if (counts.has(language) && pattern.test(lower)) counts.set(language, (counts.get(language) ?? 0) + 1);
  }
  return counts;
}
