import type { Draft } from "./draft.ts";
import { readEnglish } from "./english.ts";
import type { Reading } from "./reading.ts";

const FROM_PLACE =
  /(?:^|[.!?]\s+)(?:good (?:morning|afternoon|evening)|hello|hi|hey|greetings)(?: everyone| all| again)?,? from (?:(?:sunny|rainy|beautiful|cold|hot|lovely) )?(\p{Lu}[\p{L}'’-]*(?: \p{Lu}[\p{L}'’-]*)?)\s?[!.,]\s+((?:i|we)(?:'ve| have)?(?: just| finally)? (?:moved|relocated))\b([^.!?]{0,60})[.!?]/iu;

/**
 * "Good morning from Cardiff! I moved last Friday.": the greeting says where to. Only in messages that begin so;
 * a move that names its own place is read by itself.
 */
export function moveWithGreeting(text: string, reading: Reading): Draft[] {
  const match = FROM_PLACE.exec(text.slice(0, 300));
  if (match === null) return [];
  const [whole, place = "", moved = "", rest = ""] = match;
  if (!/^\p{Lu}/u.test(place) || /\b(?:to|into|from|out)\b/iu.test(rest)) return [];
  const start = match.index + (whole.length - whole.trimStart().length);
  const end = match.index + whole.length;
  const sentence = { text: `${moved} to ${place}${rest}.`, start, end, isListItem: false };
  return readEnglish(sentence, reading)
    .filter(({ slot }) => slot?.attribute === "residence")
    .map((draft) => ({ ...draft, start, end }));
}
