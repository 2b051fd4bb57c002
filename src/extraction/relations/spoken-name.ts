import { relativeWord } from "../rules/languages/kinship.ts";
import { ASSOCIATES, KIN } from "../rules/words.ts";

/** A name as a caller says it, in the words in which roles are kept: "my mom" is "user's mother", "me" is "user". */
export function spokenName(name: string): string {
  const lower = name.trim().toLowerCase().replaceAll("’", "'");
  if (/^(?:i|me|myself)$/u.test(lower)) return "user";
  const relative = relativeWord(lower);
  if (relative !== undefined) return `user's ${relative}`;
  const own = /^(?:my|our) (.+)$/u.exec(lower)?.[1];
  const parts = (own === undefined ? lower : `user's ${own}`).split("'s ");
  if (parts.length < 2) return name;
  const [owner, ...nouns] = parts;
  return [owner, ...nouns.map(roleWord)].join("'s ");
}

/** "older sister" and "sis" are "sister". */
function roleWord(phrase: string): string {
  const last = phrase.split(" ").at(-1) ?? phrase;
  return KIN.get(phrase) ?? ASSOCIATES.get(phrase) ?? KIN.get(last) ?? ASSOCIATES.get(last) ?? phrase;
}
