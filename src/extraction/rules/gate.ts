import { isInjection } from "../../text/injection.ts";
import type { Token } from "./tokens.ts";
import { isWord } from "./tokens.ts";
import { LEAD_IN } from "./lead-ins.ts";
import { AUXILIARIES } from "./words.ts";

/** Why a sentence makes no fact, or "statement". */
export type SentenceForm = "statement" | "question" | "hypothetical" | "quote" | "chatter" | "code" | "injection";

const WH = /^(?:what|where|when|why|who|whom|whose|which|how|any)$/u;
const HYPOTHETICAL =
  /^(?:(?:and|but|so|well|just|okay|ok),? )*(?:imagine|suppose|supposing|pretend|assume|assuming|let's (?:say|pretend|assume|imagine)|say|what if|hypothetically|in theory|theoretically|if only|in a (?:perfect|parallel) world|picture this|for example|e\.g)\b|\bi wish\b|\bif i (?:was|were|had|lived|could|ever|would|won)\b|\bif we (?:were|had|lived|could|ever|would)\b|\b(?:would|could|might) have\b|\bhypothetically\b|\bas if\b|\bi dreamt|\bi dreamed\b|\bin my dream\b|\bcharacter\b.*\bsays\b|\bi'd (?:be|have been)\b|\brole-?play|\bonce upon a time\b/u;
const JOKE =
  /\b(?:just kidding|only kidding|kidding|just joking|only joking|jk|j\/k|as a joke|\/s)\b|^(?:lol|haha+|lmao|rofl)\b.{0,12}$/u;
const REPORTED =
  /^(?:(?:and|but|so|then|well),? )*(?:he|she|they|someone|somebody|people|everyone|the (?:article|book|page|website|email|letter|news|author|ad|text|document|character|guy|man|woman|movie|song|lyrics)|it) (?:also |just |always )?(?:says?|said|tells?|told|claims?|claimed|writes?|wrote|states?|stated|asks?|asked|replied|argues?|thinks?|reads?|mentions?|mentioned)\b|\baccording to\b|\bquote\b.*\bunquote\b/u;
const CHATTER =
  /^(?:(?:oh|wow|aw+|haha+|lol|yeah|yes|yep|ok|okay|and|so|well|hey|hi|hello|no)[,!. ]*)*(?:thanks?|thank you|thx|cheers|congrat\w*|good (?:morning|evening|night|luck|to see|to hear|job)|nice (?:to|one|job|work)|great (?:to|job|work|idea)|that(?:'s| is| was| sounds?| must| looks?| makes?| would)|sounds? |looks? |glad |happy to (?:hear|help)|sorry to hear|no (?:problem|worries)|you(?:'re| are) welcome|see you|talk (?:to you )?(?:soon|later)|bye|take care|have (?:a|fun)|way to go|you got this|keep (?:it up|up)|can't wait to (?:see|hear)|let me know|long time no|good for you|i (?:totally |completely |really |absolutely |definitely |fully |do |so )*(?:agree|hear you|understand|see(?! (?:my|our|an?) )|know what you mean|know|get it|appreciate|bet|guess|hope so|think so|feel you)\b|i hope (?:you|your|that|it|this|so)|i'm (?:so |really |very |super )*(?:happy|glad|proud|excited|sorry|thrilled|here) (?:for|to hear|you|that you|of you)|fingers crossed|you know what|guess what|what a |how |here(?:'s| is| are)\b|look at|check (?:this|it|out)|tell me|let's|let us|cool|awesome|amazing|nice|great|perfect|sure|of course|exactly|absolutely|definitely|totally)\b/u;

/** Characters to skip at the head of a sentence: chatter and lead-ins before the statement. */
export function leadLength(lower: string): number {
  let length = 0;
  for (let round = 0; round < 3; round += 1) {
    const rest = lower.slice(length);
    const match = LEAD_IN.exec(rest) ?? CHATTER_LEAD.exec(rest);
    if (match === null || match[0].length >= rest.length - 2) break;
    length += match[0].length;
  }
  return length;
}

const CHATTER_LEAD =
  /^(?:(?:oh|wow|aw+|haha+|lol|yeah|yes|yep|yup|nope|no|ok|okay|well|hey|hi|hello|thanks(?: a lot| so much| again)?|thank you(?: so much)?|sure|cool|great|nice|awesome|perfect|absolutely|definitely|totally|exactly|of course|right|good (?:morning|evening|question|point)|same here|me too|fun fact|long story short|to be honest|honestly|tbh|anyway|anyways)(?:,? (?!i\b|my\b|we\b|our\b|the\b)\p{L}+)?\s?(?:,|-|–|—|:|!|\.\.\.)\s*)+/u;

export function sentenceForm(text: string, lower: string, tokens: readonly Token[]): SentenceForm {
  if (isInjection(lower)) return "injection";
  if (/[?？؟]\s*["'”)]*$/u.test(text)) return "question";
  if (isCode(text)) return "code";
  if (isQuote(text) || REPORTED.test(lower)) return "quote";
  if (JOKE.test(lower)) return "chatter";
  if (HYPOTHETICAL.test(lower)) return "hypothetical";
  if (isQuestionOrder(tokens)) return "question";
  return "statement";
}

export function isChatter(lower: string): boolean {
  return CHATTER.test(lower);
}

export function isJoke(lower: string): boolean {
  return JOKE.test(lower);
}

export function isQuote(text: string): boolean {
  if (/^["“«‘„「『]/u.test(text)) return true;
  const quoted = text.match(/["“„«][^"”“«»]{12,}["”»]/gu);
  if (quoted === null) return false;
  const length = quoted.reduce((sum, part) => sum + part.length, 0);
  return length > text.length * 0.5;
}

/** Half or more of it is not words: code, logs, paths, key=value dumps. */
export function isCode(text: string): boolean {
  if (
    /^\s*(?:\$ |> |npm |git |cd |sudo |curl |docker |#include|SELECT |INSERT |UPDATE \w+ SET|Traceback|Error:|\w+Error:|\[\d{4}-|\d{4}-\d{2}-\d{2}[T ]\d{2}:)/u.test(
      text,
    )
  )
    return true;
  if (/[;{}]\s*$|=>\s*\{|\(\)\s*[;{]|<\/\w+>|::\w+|&&\s|\|\||\s\|\s|==|!=|\w\(\w*\)\.\w+\(/u.test(text)) return true;
  const signs = text.match(/[{}[\]<>\\|=_;$#@*~^`]/gu)?.length ?? 0;
  return signs > 4 && signs > text.length / 16;
}

function isQuestionOrder(tokens: readonly Token[]): boolean {
  let index = 0;
  while (index < tokens.length && /^(?:and|but|so|,|well|or|hey|ok|okay|then)$/u.test((tokens[index] as Token).lower))
    index += 1;
  const first = tokens[index]?.lower ?? "";
  const second = tokens[index + 1]?.lower ?? "";
  if (first === "when" || first === "any" || first === "which")
    return first !== "when" && /^(?:of|plans|idea|news|tips|advice|suggestions?|recommendations?)$/u.test(second);
  // "How I met…", "What I like is…" are statements; "what time is it", "how about" are not.
  if (WH.test(first))
    return (
      AUXILIARIES.has(second) || /^(?:about|many|much|long|old|kind|time|do|did|type|come|often|far)$/u.test(second)
    );
  const isAuxiliary =
    AUXILIARIES.has(first) &&
    !first.startsWith("'") &&
    first !== "never" &&
    first !== "not" &&
    first !== "been" &&
    first !== "being";
  return (
    isAuxiliary &&
    /^(?:you|i|we|he|she|they|it|this|that|there|anyone|your|my|the|n't|u)$/u.test(second) &&
    !(
      second === "n't" &&
      tokens[index + 2] !== undefined &&
      !/^(?:you|i|we|he|she|they|it|that|this)$/u.test((tokens[index + 2] as Token).lower)
    )
  );
}

/** Words that carry content, each counted once. */
export function contentCount(
  tokens: readonly Token[],
  from: number,
  to: number,
  stopWords: ReadonlySet<string>,
): number {
  const seen = new Set<string>();
  for (let index = from; index < to; index += 1) {
    const token = tokens[index] as Token;
    if (isWord(token) && token.lower.length > 1 && !stopWords.has(token.lower)) seen.add(token.lower);
  }
  return seen.size;
}
