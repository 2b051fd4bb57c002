/** What a sentence ends with that is no part of its statement: requests, questions, chatter. */

const REQUEST =
  /(?:,| -| –|\.\.\.)? so (?:please |pls )?(?:keep|plan|give|put|send|make|use|remember|don't|bear|take|adjust|cc|check|write|update|fix|redo|tell|suggest|show|help|skip|no|build|draft|add|include|let me know)\b.*$|, (?:please |pls )?(?:build|give|tell|show|send|write|make|suggest|help|cc|remind) (?:me|us|them|it)\b.*$|,? (?:can|could|would) you [^,]*$|,? (?:can|could|would|will) you (?:please )?(?:help|show|give|explain|tell|suggest|provide|review|walk|check|write|guide|recommend)\b.*$|, here(?:'s| is| are) .*$|,? so (?:how|what|where|which|when) (?:can|do|should|would|could|might) (?:i|we)\b.*$/u;
const CHATTER =
  /(?:[\s,]+(?:lol|lmao|haha+|btw|by the way|fyi|tho|though|pls|please|thanks|thx|(?:[\u2190-\u2bff\u{1f000}-\u{1faff}]\ufe0f?)+))+[.!\s]*$/u;
const QUESTION =
  /^(.{10,}?)(?:,| -| –|;|\.\.\.) (?:so |and |but )?(?:can|could|would|will|do|does|did|is|are|should|any|what|what's|how|how's|which|where|when|who|why|got any|have you|right|ok|okay|you)\b[^,]*\?\s*$/u;
const STATES =
  /^(?:(?:and|but|so|well|oh|hey|hi|yeah|also|now|actually)[, ]+)*(?:i|i'm|i've|i'd|i'll|my|we|we're|we've|our)\b/u;

/** The statement in front of a question: "I'm vegetarian now, any ideas for dinner?"; undefined when there is none. */
export function statementBeforeQuestion(text: string): string | undefined {
  if (text.length > 300) return undefined;
  const lower = text.toLowerCase().replaceAll("’", "'");
  if (!STATES.test(lower)) return undefined;
  const head = QUESTION.exec(lower)?.[1];
  return head === undefined ? undefined : text.slice(0, head.length);
}

/** How long the sentence is without the request and the chatter behind its statement. */
export function statementLength(lower: string): number {
  if (lower.length > 400) return lower.length;
  const request = /,| so | you /u.test(lower) ? REQUEST.exec(lower) : null;
  let length = request !== null && request.index >= 8 ? request.index : lower.length;
  const chatter = CHATTER.exec(lower.slice(0, length));
  if (chatter !== null && chatter.index >= 8) length = chatter.index;
  return length;
}
