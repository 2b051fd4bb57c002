import { ASSOCIATES, KIN } from "../rules/words.ts";
import { spokenName } from "./spoken-name.ts";

const ROLE =
  /\b(?:(?:my|our|\p{Lu}[\p{L}-]{1,30}['’]s) (?:\p{Ll}+ ){0,2}?\p{Ll}+(?:-in-law)?(?:['’]s \p{Ll}+(?:-in-law)?)?)/gu;
const MOST_ROLES = 4;

/** Whom a question names by what they are to somebody ("my sister", "Bob's wife"), as the graph keeps such names. */
export function spokenRoles(question: string): string[] {
  const roles = new Set<string>();
  for (const [phrase] of question
    .replaceAll(/\bMy\b/gu, "my")
    .replaceAll(/\bOur\b/gu, "our")
    .matchAll(ROLE)) {
    const parts = phrase.toLowerCase().replaceAll("’", "'").split(" ");
    // The phrase may go on behind the word: "my sister live".
    for (let length = parts.length; length > 1; length -= 1) {
      const last = (parts[length - 1] ?? "").replace(/'s$/u, "");
      if (!KIN.has(last) && !ASSOCIATES.has(last)) continue;
      roles.add(spokenName([...parts.slice(0, length - 1), last].join(" ")));
      break;
    }
    if (roles.size >= MOST_ROLES) break;
  }
  return [...roles];
}
