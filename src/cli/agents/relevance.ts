import { analyze, analyzeQuery } from "../../text/analyze.ts";

/** A memory with this score is about the prompt where they share one word that tells something. */
const CERTAIN_SCORE = 0.55;
/** With this one where they share two. */
export const LIKELY_SCORE = 0.38;

/**
 * What people say to a coding agent about anything: it tells what is wanted, and nothing of what it is about. Two texts
 * that share "test" and "file" are not about the same.
 */
const COMMON_WORDS = new Set(
  analyze(
    "add build change check clean code commit continue convert copy count create debug describe do draw edit explain file find fix folder function generate give go help how implement improve last let line list look make mean merge move name need new next open parse please print problem project pull push read refactor remove rename repo run save script see set show simplify sort split start step stop suggest summarise test thing time today tomorrow translate try undo update use version want why work write wrong yesterday day week month year first second old other same good bad better fast slow large small long short",
    { language: "en" },
  ),
);

/**
 * Whether a found memory is worth the agent's attention. The score alone lets through what shares one everyday word
 * with the prompt; nothing at all is better than that. Chosen on one set of prompts and measured on another: bench/agents.
 */
export function relevanceTo(prompt: string): (memory: { readonly text: string; readonly score: number }) => boolean {
  const words = new Set(analyzeQuery(prompt).filter((term) => !COMMON_WORDS.has(term)));
  return ({ text, score }) => {
    if (score < LIKELY_SCORE) return false;
    const shared = [...new Set(analyze(text))].filter((term) => words.has(term)).length;
    return shared >= 2 || (shared === 1 && score >= CERTAIN_SCORE);
  };
}
