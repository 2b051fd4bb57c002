import { stemmer as arabic } from "@orama/stemmers/arabic";
import { stemmer as dutch } from "@orama/stemmers/dutch";
import { stemmer as french } from "@orama/stemmers/french";
import { stemmer as german } from "@orama/stemmers/german";
import { stemmer as greek } from "@orama/stemmers/greek";
import { stemmer as italian } from "@orama/stemmers/italian";
import { stemmer as portuguese } from "@orama/stemmers/portuguese";
import { stemmer as russian } from "@orama/stemmers/russian";
import { stemmer as spanish } from "@orama/stemmers/spanish";
import { stemmer as swedish } from "@orama/stemmers/swedish";
import { stemPorter2 } from "./porter2.ts";

export type Stemmer = (word: string) => string;

/** Stemmers for Latin languages, applied to folded lower-case words. */
const LATIN: ReadonlyMap<string, Stemmer> = new Map<string, Stemmer>([
  ["de", german],
  ["fr", french],
  ["es", spanish],
  ["it", italian],
  // The stemmer expects accents, which folding took away: the one plural that it would miss.
  ["pt", (word) => portuguese(word.replace(/(?:oes|aes)$/u, "ao"))],
  ["nl", dutch],
  ["sv", swedish],
]);

export function latinStemmer(language: string | undefined): Stemmer | undefined {
  return language === undefined ? undefined : LATIN.get(language);
}

export const stemEnglish: Stemmer = stemPorter2;

/** The stem of a word whose script alone decides how it is stemmed; other scripts come back unchanged. */
export function stemByScript(word: string): string {
  const code = word.charCodeAt(0);
  if (code >= 0x0400 && code <= 0x04ff) return russian(word);
  if (code >= 0x0600 && code <= 0x06ff) return stemArabic(word);
  if (code >= 0x0370 && code <= 0x03ff) return greek(word).toLowerCase().replaceAll("ς", "σ");
  return word;
}

/** The library leaves "and the", "with the" and the like in place. */
function stemArabic(word: string): string {
  const bare = word.replace(/^(?:وال|بال|كال|فال|لل)(?=.{2,})/u, "").replace(/^ال(?=.{2,})/u, "");
  return arabic(bare.replace(/ه$/u, "ة")).replace(/[ةه]$/u, "");
}
