import { isPleasantry } from "../../text/pleasantries.ts";

/** A longer prompt holds a log or a file; what is asked stands at its beginning or at its end. */
const PROMPT_END = 1_000;

/** What a prompt is searched with; undefined for one that asks about nothing: "go on", a command of the agent's own. */
export function queryOf(prompt: string): string | undefined {
  const text = prompt.trim();
  if (text === "" || /^[/!#]\S/u.test(text) || isPleasantry(text)) return undefined;
  if (text.length <= 2 * PROMPT_END) return text;
  return `${text.slice(0, PROMPT_END)}\n${text.slice(-PROMPT_END)}`.toWellFormed();
}
