/** What may stand before a question. */
export const LEAD: string = String.raw`^(?:(?:so|and|hey|ok|okay|hi|remind me|tell me|please|quick question)[,:]?\s+)*`;
const ASKS_STATE = new RegExp(
  String.raw`${LEAD}(?:(?:(?:at|on|in|from|to|for|with|under|by|of) )?(?:who|whose|whom|what|which)|where|when (?:is|are|do|does|am|will)|how (?:much|many|old|often|long (?:is|are|do|does|am)|big|far|tall|heavy|do|does|am|is|are)|is|are|am|do|does|has|have)(?:['’]s)?\b`,
  "iu",
);
const PAST_OR_TIME =
  /\b(?:did|was|were|had|used to|ever|first|last|ago|before|after|while|during|since|previous\w*|former\w*|earlier|original\w*|history|in (?:\p{L}+,? )?\d{4}|yesterday)\b|.\bwhen\b/iu;
/** What a question in the past may still ask for as a state of then: where she lived, not what she did first. */
const STORY_OR_ORDER = /\b(?:ever|first|last|ago|before|after|while|during|since|history|yesterday)\b|.\bwhen\b/iu;
/** Longer questions tell a story of their own, in which more than the state of things is asked for. */
const MOST_WORDS = 14;
const MOST_CHARACTERS = 200;
/** "What motivated her", "who called": what happened. */
const HAPPENED = /^(?:so |and )?(?:who|what|which \p{L}+) \p{L}{2,}ed\b(?! (?:by|with|in|at|on)\b)/iu;

/** True for a short question after how things are: where, what, which, how much, in the present. */
export function asksForPresentState(query: string): boolean {
  return asksForStateIn(query, PAST_OR_TIME);
}

/** The same of a moment that the caller names: "Where did I live?" as of last May asks for the state of May. */
export function asksForStateThen(query: string): boolean {
  return asksForStateIn(query, STORY_OR_ORDER);
}

/** Words that look like many and ask for one thing: a figure, a size, a pair, the days of a pattern. */
const OF_ONE =
  /^(?:so |and |hey |ok )?how (?:much|often|far|big|tall|heavy|old)\b|\b(?:what|which) (?:size|brand|make|model|colou?r|dose|strength|plan)\b|\b(?:glasses|jeans|trousers|shoes|trainers|boots|scissors|headphones|hours|days|pills|lenses|contacts|pronouns|seats|keys|beans|news|sports?)\b/iu;

/** "What address should parcels go to?": the noun that is asked for is in the singular. */
const ONE_NOUN =
  /^(?:so |and |hey |ok )?(?:what|which) (?:\p{L}+ )?(?!\p{L}*[^s\P{L}]s\b|children\b|people\b|kinds?\b)\p{L}+ (?:is|am|do|does|should|will|can|has|have|are)\b/iu;

/** Whether a question in the plural asks for one state all the same: "What are my hours?", "What size jeans …?". */
export function asksForOne(query: string): boolean {
  const text = query.trim();
  return OF_ONE.test(text) || ONE_NOUN.test(text);
}

/** "What has she made", "which cities have they visited": what was done, of which there may be much. */
const DONE =
  /\b(?:has|have|['’]ve) (?:\S+ ){1,3}?(?:\p{L}+ed|done|made|been|gone|seen|read|written|taken|given|won|bought|found|met|had|come|begun|known|shown|told)\b/iu;

function asksForStateIn(query: string, other: RegExp): boolean {
  const text = query.trim();
  return (
    text.length <= MOST_CHARACTERS &&
    ASKS_STATE.test(text) &&
    !other.test(text) &&
    !DONE.test(text) &&
    !HAPPENED.test(text) &&
    text.split(/\s+/u).length <= MOST_WORDS
  );
}

const CHANGE =
  /\b(?:now|nowadays|these days|lately|from (?:here|now|today|this|next|\p{L}+day) ?(?:on|onwards?)?|as of|at this point|no longer|not any ?more|any ?more|no more|instead|rather than|in place of|chang(?:e|es|ed|ing)|switch(?:ed|ing)?|swap(?:ped|ping)?|mov(?:ed|ing)|migrat(?:ed|ing)|transferred|relocat(?:ed|ing)|replac(?:ed|es|ing)|renam(?:ed|ing)|upgrad(?:ed|ing)|downgrad(?:ed|ing)|upped|made it official|got (?:engaged|married|together|back together)|left|quit|stopped|retired|resigned|shut|closed|closing|backed out|stepped down|dropped out|rebranded|converted|reached|landed|gave up|given up|dropped|ditched|dumped|cancell?ed|sold|became|become|turned|started|joined|signed|went (?:up|down|over|with)|raised|lifted|lowered|increased|decreased|reduced|cut|climbed|jumped|risen|bumped|pushed|shifted|slipped|postponed|delayed|brought forward|extended|shortened|promoted|took over|taken over|handed|passed (?:on|to)|finished|done with|over to|on to|onto|settled on|decided|gone (?:for|with|over|back|up|down|off)|put (?:up|down|back|me|us|him|her|them)|back (?:to|on|at|in|with)|took (?:me|us|him|her|them|it) over|got rid|checked (?:in|into|out)|crept|slid|drifted|stretched|grew|grown|shrunk|shrank|fell|fallen|doubled|halved|rose|traded|part-exchanged|ported|fired|hired|(?:didn|couldn|can|won|isn|aren|doesn|don)['’]t (?:get|do|make|go|work|happen|happening|going|come|take|keep)|down to|up to|up at|up from|down from|after all|update|(?:days?|weeks?|month|year) (?:on|onwards?))\b/iu;

/** Whether a statement speaks of something that is otherwise than before. */
export function speaksOfChange(text: string): boolean {
  return CHANGE.test(text);
}

const HAPPENED_SINCE =
  /\b(?:went|got|gone|took|taken|made|put|gave|found|came|lost|won|broke|broken|fell|met|paid|sent|let|hit|built|chose|grew|bought|ran|run out|closed|died|passed|backed|stepped|\p{L}{2,}ed)\b/iu;

/** Whether a statement says how things are, in the present. */
export function saysHowThingsAre(text: string): boolean {
  return /\b(?:is|are|am|will be)\b|\p{L}['’](?:s|m|re)\b/iu.test(text);
}

/** Whether a statement tells what happened, in the past tense. */
export function tellsWhatHappened(text: string): boolean {
  return HAPPENED_SINCE.test(text);
}

const NEGATED =
  /\b(?:not|no|nobody|no one|never|neither|(?:is|are|was|were|do|does|did|can|could|wo|would|has|have)n['’]t|instead of|rather than)\b/iu;

/** Whether a statement denies something: what it names may be over. */
export function deniesSomething(text: string): boolean {
  return NEGATED.test(text);
}

const MOVES =
  /\b(?:moved?|moving|relocat\w+|transferred|gone|went|left|travell?ed|flew|reached|arrived|settled|bought|rented|found|back)\b.{0,40}\b(?:to|in|into|for|from|at|home)\b|\b(?:reached|left) \p{Lu}/iu;

/** Whether a statement tells of somebody who went elsewhere. */
export function movesSomewhere(text: string): boolean {
  return MOVES.test(text);
}

const PLACED =
  /\b(?:put|placed|carried|brought|took|stored|lent|gave|left|hung|tucked|hid|packed|parked|planted|stashed)\b.{1,60}\b(?:in|into|to|on|onto|at|with|under|behind|by|near)\b/iu;

/** Whether a statement tells where somebody put something. */
export function tellsWherePut(text: string): boolean {
  return PLACED.test(text);
}

/** What a text calls new: "phone" of "New phone, it's …", "team captain" of "our new team captain". */
export function newThingsIn(text: string): readonly string[] {
  return [...text.matchAll(/\bnew ((?:[\p{L}\p{N}-]+ ?){1,2})/giu)].map(([, things = ""]) => things.trim());
}

/** More words than this are looked at sentence by sentence. */
const SHORT_TEXT = 30;

const STATE_OF_NOW =
  /\b(?:now|nowadays|these days|from (?:here|now|today|this|next|\p{L}+day) ?(?:\p{L}+ )?(?:on|onwards?)|as of|at this point|no longer|any ?more|no more|instead|rather than|in place of|changed|switched|swapped|moved|migrated|relocated|replaced|renamed|upgraded|back (?:to|on|with)|after all)\b/iu;

/** Whether a statement says outright that something else holds now. */
export function saysWhatHoldsNow(text: string): boolean {
  return STATE_OF_NOW.test(text);
}

/** What stands further behind in a long text is no short statement of how things are. */
export const MOST_READ = 2000;

/** The parts of a text that say something in one breath: a short text whole, a long one by sentences; no questions. */
export function statementsIn(text: string): readonly string[] {
  const sentences = text
    .slice(0, MOST_READ)
    .split(/(?<=[.!?…])\s+/u)
    .filter((sentence) => !sentence.trim().endsWith("?") && sentence.trim() !== "");
  const whole = sentences.join(" ");
  return whole.split(/\s+/u).length <= SHORT_TEXT ? [whole] : sentences;
}

/** What opens a sentence with a capital and is no name. */
export const NO_NAME: RegExp =
  /^(?:the|an?|my|our|your|his|her|its|their|this|that|these|those|we|you|he|she|it|they|there|here|so|and|but|well|oh|ok|okay|hey|hi|yes|no|not|now|new|got|just|still|also|turns|finally|actually|sadly|after|before|since|because|in|on|at|for|from|with|as|by|to|if|when|while|what|who|how|had|have|has|did|was|were|is|are|been|went|\p{L}{2,}ed|\p{L}+ing|\p{L}+ly)$/iu;
/** The names in a text, in lower case: capitalised words that do not open a sentence, and what has figures in it. */
export function namesIn(whole: string): ReadonlySet<string> {
  const text = whole.slice(0, MOST_READ);
  const names = new Set<string>();
  for (const match of text.matchAll(
    /(?<![\p{L}\p{N}])(?:\p{Lu}[\p{L}\p{M}\p{N}]*|[\p{L}\p{N}]*\d[\p{L}\p{N}]*|\p{Ll}+\p{Lu}[\p{L}\p{N}]*)/gu,
  )) {
    if (/^I$/u.test(match[0])) continue;
    const before = text.slice(Math.max(0, match.index - 7), match.index);
    const isOpening = match.index === 0 || /(?<!\b(?:dr|mrs?|ms|prof|st))[.!?…:]\s*["'“”(]*$/iu.test(before);
    if (
      !isOpening ||
      /\d/u.test(match[0]) ||
      (!NO_NAME.test(match[0]) &&
        isNameAtHead(text.slice(match.index + match[0].length, match.index + match[0].length + 20)))
    )
      names.add(match[0].toLowerCase());
  }
  return names;
}

/** "Leo goes to …", "Jerome left …": what opens a sentence is a name where a verb or an 's follows. */
function isNameAtHead(rest: string): boolean {
  return /^(?:['’]s\b|\s+and (?:I|me)\b|\s+(?:is|has|was|goes|left|got|went|moved|retired|lives|works|\p{Ll}+(?:ed|s))\b)/u.test(
    rest,
  );
}

const REQUEST =
  /^(?:(?:please|hey|hi|ok|okay|so|and|well)[,!]? )*(?:can|could|would|will|should|do|does|did|is|are|was|were|what|who|when|where|why|how|which|whose|write|suggest|give|tell|show|explain|summari[sz]e|translate|proofread|recommend|list|find|help|draft|make (?:me|a)|create|name|compare|calculate)\b/iu;

/** A question or a request to the assistant: it says nothing of how things are. */
export function isRequest(text: string): boolean {
  const sentences = text.slice(0, MOST_READ).split(/(?<=[.!?])\s+/u);
  return sentences.every((sentence) => REQUEST.test(sentence.trim()) || sentence.trim().endsWith("?"));
}
