import { collectPieces } from "./analyze.ts";
import type { Piece } from "./chunk-terms.ts";
import { voteLatinLanguage } from "./language-votes.ts";

/** Enough of a text to tell its language. */
const SAMPLE = 2000;

const SCRIPTS: readonly (readonly [RegExp, string])[] = [
  [/[\p{sc=Hiragana}\p{sc=Katakana}]/gu, "ja"],
  [/\p{sc=Hangul}/gu, "ko"],
  [/\p{sc=Han}/gu, "zh"],
  [/\p{sc=Cyrillic}/gu, "ru"],
  [/\p{sc=Arabic}/gu, "ar"],
  [/\p{sc=Greek}/gu, "el"],
  [/\p{sc=Hebrew}/gu, "he"],
  [/\p{sc=Thai}/gu, "th"],
  [/\p{sc=Devanagari}/gu, "hi"],
  [/\p{sc=Bengali}/gu, "bn"],
  [/\p{sc=Tamil}/gu, "ta"],
  [/\p{sc=Telugu}/gu, "te"],
  [/\p{sc=Georgian}/gu, "ka"],
  [/\p{sc=Armenian}/gu, "hy"],
  [/\p{sc=Lao}/gu, "lo"],
  [/\p{sc=Khmer}/gu, "km"],
  [/\p{sc=Myanmar}/gu, "my"],
];

/**
 * The ISO 639-1 code of a text's main language: by script, among Latin languages by function words (de, en, es, fr,
 * it, nl, pt, sv). Undefined where too little is there to tell ("ok", "Haus").
 */
export function detectLanguage(text: string): string | undefined {
  const sample = text.length > SAMPLE ? text.slice(0, SAMPLE) : text;
  return (/[^\0-\u024f]/u.test(sample) ? detectByScript(sample) : undefined) ?? detectLatin(sample);
}

function detectByScript(sample: string): string | undefined {
  const latin = (sample.match(/\p{sc=Latin}+/gu) ?? []).length;
  const counts = new Map<string, number>();
  for (const [pattern, language] of SCRIPTS) {
    const count = (sample.match(pattern) ?? []).length;
    if (count > 0) counts.set(language, count);
  }
  const kana = counts.get("ja") ?? 0;
  const han = counts.get("zh") ?? 0;
  // Japanese mixes in Han characters; a text with more than a stray kana is Japanese.
  if (kana > 0 && kana * 10 >= han) {
    counts.set("ja", kana + han);
    counts.delete("zh");
  }
  let best: string | undefined;
  let most = latin;
  for (const [language, count] of counts) {
    if (count <= most) continue;
    best = language;
    most = count;
  }
  if (best === "ru" && /[іїєґ]/iu.test(sample)) return "uk";
  if (best === "ar" && /[پچژگ]/u.test(sample)) return /[ٹڈڑے]/u.test(sample) ? "ur" : "fa";
  return best;
}

function detectLatin(sample: string): string | undefined {
  const pieces: Piece[] = [];
  collectPieces(sample, 0, sample.length, pieces);
  return voteLatinLanguage(pieces);
}
