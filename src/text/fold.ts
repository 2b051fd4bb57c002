const APOSTROPHES = /[’‘ʼ＇`´ʹ′]/gu;
const SIGNS_THAT_SPELL_LETTERS = /[™©®℠℗]/gu;
/** Marks on Latin and Greek letters are accents; on other scripts most of them belong to the spelling. */
const LATIN_AND_GREEK_ACCENTS = /(?<=[\p{sc=Latin}\p{sc=Greek}])[\u0300-\u036f]+/gu;
/** Stress marks, and the dots of ё, which Russians mostly leave out. й, ї and ў keep theirs. */
const CYRILLIC_ACCENTS = /(?<=[\u0400-\u04ff])[\u0300\u0301]+|(?<=[Ее])\u0308/gu;
/** Vowel points, hamza above or below a carrier, tatweel; Hebrew points. */
const ARABIC_AND_HEBREW_POINTS =
  /[\u0610-\u061a\u064b-\u065f\u0670\u0640\u06d6-\u06ed\u0591-\u05bd\u05bf\u05c1-\u05c7]/gu;
const OTHER_INVISIBLE = /[\u200b-\u200f\u2060-\u2064\ufeff\u00ad]|[\ufe00-\ufe0f]|\u20e3/gu;
const LETTERS_WITHOUT_DECOMPOSITION = /[ßẞæÆœŒøØđĐłŁıþÞðÐىیکةۀ٠-٩۰-۹०-९ς]/gu;

const REPLACEMENTS: ReadonlyMap<string, string> = new Map([
  ["ß", "ss"],
  ["ẞ", "SS"],
  ["æ", "ae"],
  ["Æ", "AE"],
  ["œ", "oe"],
  ["Œ", "OE"],
  ["ø", "o"],
  ["Ø", "O"],
  ["đ", "d"],
  ["Đ", "D"],
  ["ł", "l"],
  ["Ł", "L"],
  ["ı", "i"],
  ["þ", "th"],
  ["Þ", "Th"],
  ["ð", "d"],
  ["Ð", "D"],
  ["ى", "ي"],
  ["ی", "ي"],
  ["ک", "ك"],
  ["ة", "ه"],
  ["ۀ", "ه"],
  ["ς", "σ"],
]);

/**
 * Compatibility forms unified and accents dropped where a reader would leave them out, case kept. Devanagari and
 * Thai vowel signs, Hangul and voiced kana come through whole.
 */
export function foldAccents(text: string): string {
  return text
    .replaceAll(APOSTROPHES, "'")
    .replaceAll(SIGNS_THAT_SPELL_LETTERS, " ")
    .replaceAll(OTHER_INVISIBLE, "")
    .normalize("NFKD")
    .replaceAll(LATIN_AND_GREEK_ACCENTS, "")
    .replaceAll(CYRILLIC_ACCENTS, "")
    .replaceAll(ARABIC_AND_HEBREW_POINTS, "")
    .normalize("NFC")
    .replaceAll(LETTERS_WITHOUT_DECOMPOSITION, (letter) => REPLACEMENTS.get(letter) ?? foldDigit(letter));
}

function foldDigit(digit: string): string {
  const code = digit.charCodeAt(0);
  const zero = code >= 0x0966 ? 0x0966 : code >= 0x06f0 ? 0x06f0 : 0x0660;
  return String(code - zero);
}

export function foldWord(word: string): string {
  return foldAccents(word).toLowerCase();
}
