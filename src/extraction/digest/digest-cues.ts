import type { DigestSection } from "../../domain/digest.ts";

// Verbs of finished work; "read" and "set" read the same in the present and are left out.
const FINISHED =
  "added|adopted|applied|arranged|booked|bought|built|called|cancelled|canceled|changed|cleaned|closed|committed|completed|configured|confirmed|converted|copied|created|debugged|deleted|deployed|documented|drafted|emailed|enabled|disabled|extracted|filed|filled|finished|fixed|generated|implemented|improved|increased|installed|integrated|investigated|launched|mailed|measured|merged|migrated|moved|opened|ordered|organized|organised|packed|paid|planted|posted|prepared|published|pushed|reduced|refactored|registered|released|removed|renamed|repaired|replaced|reproduced|resolved|restarted|reverted|reviewed|rewrote|rotated|scheduled|sent|shipped|signed|solved|sorted|started|stopped|submitted|switched|tested|tidied|traced|translated|tuned|updated|upgraded|uploaded|verified|wired|wrote";

// Past forms, and words that end like one, that tell of no work.
const NO_WORK =
  "agreed|asked|assumed|believed|bored|breed|confused|excited|exceed|expected|failed|feed|feared|freed|hated|hoped|indeed|interested|learned|liked|lived|looked|loved|married|missed|need|needed|noticed|owed|owned|planned|preferred|proceed|scared|seemed|seed|speed|stayed|succeed|supposed|surprised|talked|thanked|tired|tried|turned|used|wanted|watched|wished|wondered|worked|worried";

const DECIDED: readonly RegExp[] = [
  /\b(?:i|we|you|they|he|she|\p{Lu}\p{L}{1,30})(?:['’]ve| have| has)?(?: (?:both|all|finally|just|also|then|now)){0,2} (?:decided|agreed|chose|chosen|settled on|picked|opted|concluded|went with|ruled out)\b/iu,
  /\blet['’]?s (?:go with|use|stick (?:with|to)|keep|drop|skip|not|do|call it|make it|stay with|take)\b/iu,
  /\b(?:i|we)(?:['’]ll| will| shall)(?: (?:just|then|rather|now))? (?:use|go with|keep|stick (?:with|to)|switch to|drop|adopt|skip|stay with|take the|avoid)\b/iu,
  /\b(?:i['’]m|we['’]re|i am|we are) (?:going with|sticking (?:with|to)|dropping|keeping|not going to)\b/iu,
  /^\W{0,4}(?:decision|decided|agreed|agreement|conclusion|verdict|resolved|we decided)\W{0,3}(?:[:：—–-]|that\b|to\b|on\b)/iu,
  /\bthe (?:decision|plan|conclusion|verdict) (?:is|was)\b/iu,
];

const OPEN: readonly RegExp[] = [
  /^\W{0,6}(?:todo|to-do|to do|fixme|follow[- ]?ups?|next steps?|next|action items?|open (?:questions?|issues?|points?|tasks?)|still open|remaining|outstanding|blocked|blocker|pending|left)\W{0,3}[:：—–-]/iu,
  /\b(?:todo|fixme)\b/iu,
  /\bstill (?:needs?|have to|has to|to (?:do|be|go|fix|test|write|check|decide)|missing|open|broken|failing|fails|outstanding|waiting|unclear|unsolved|unresolved|pending|not|can['’]?t|cannot|doesn['’]?t|don['’]?t|isn['’]?t|haven['’]?t|hasn['’]?t)\b/iu,
  /\b(?:i|we|you)(?: (?:also|still|really|just))?(?: need to| have to| must|['’]ve got to| ought to| should (?:still|also|probably))\b/iu,
  /\b(?:haven['’]?t|hasn['’]?t|isn['’]?t|aren['’]?t|not)\b[^.!?]{0,80}\byet\b/iu,
  /\byet to (?:be|do|decide|fix|test|write|hear)\b/iu,
  /\b(?:remind me|don['’]?t forget|remember) to\b/iu,
  /\b(?:remains?|left) (?:to be \p{L}+|to do|open|unsolved|unresolved)\b/iu,
  /\b(?:is|are|am|['’]s|['’]re|['’]m) (?:blocked|stuck|waiting) (?:on|by|for|with)\b/iu,
  /\b(?:tomorrow|next time|later(?: today| this week)?|next week|next month|on (?:mon|tues|wednes|thurs|fri|satur|sun)day),? (?:i|we)(?:['’]ll| will| need| should| have to| must)\b/iu,
  /\b(?:i|we)(?:['’]ll| will) [^.!?]{1,100}\b(?:tomorrow|next time|later|next week|next month|on (?:mon|tues|wednes|thurs|fri|satur|sun)day)\b/iu,
  /^\W{0,4}(?:next|then|after that),? (?:i|we)(?:['’]ll| will| need| should| have to| must)\b/iu,
];

const DONE: readonly RegExp[] = [
  new RegExp(
    `\\b(?:i|we)(?:['’]ve| have)?(?: (?:just|already|also|now|finally|then|both|all|successfully)){0,2} (?!(?:${NO_WORK})\\b)\\p{L}{2,20}ed\\b`,
    "iu",
  ),
  new RegExp(
    `\\b(?:i|we|you)(?:['’]ve| have)?(?: (?:just|already|also|now|finally|then|both|all|successfully)){0,2} (?:${FINISHED})\\b`,
    "iu",
  ),
  new RegExp(`^\\W{0,6}(?:${FINISHED})\\b(?! (?:by|in the|yet)\\b)`, "iu"),
  /^\W{0,6}(?:done|all done|finished|fixed|works now|it works)\W{0,3}(?:$|[:：—–.!-])/iu,
  new RegExp(
    `\\b(?:is|are|was|were|has been|have been)(?: (?:now|already|finally|all)){0,2} (?:done|live|working|green|passing|${FINISHED})\\b`,
    "iu",
  ),
  /\b(?:all|the|every|both) (?:\p{L}+ ){0,2}(?:tests?|checks?|builds?|suites?) (?:now )?(?:pass|passes|passed|are green|is green)\b/iu,
  /^\W{0,3}(?:✅|☑|✔)/u,
];

// What is said to be hoped, asked or imagined is not done, decided or open.
const HYPOTHETICAL =
  /^\W{0,4}(?:if|would|could|should|can|do|does|did|have|has|is|are|what|when|where|why|how|who|which|maybe|perhaps|suppose|imagine)\b/iu;

/**
 * What one sentence says about a piece of work, or null. Questions say nothing: whether they were answered is told by
 * what follows. Every pattern is bounded, and sentences are at most 700 characters long.
 */
export function sectionOf(sentence: string): Exclude<DigestSection, "asked" | "learned"> | null {
  const isQuestion = /[?？؟][^\p{L}\p{N}]{0,3}$/u.test(sentence);
  if (isQuestion || HYPOTHETICAL.test(sentence)) return null;
  if (OPEN.some((cue) => cue.test(sentence))) return "open";
  if (DECIDED.some((cue) => cue.test(sentence))) return "decided";
  return DONE.some((cue) => cue.test(sentence)) ? "done" : null;
}

/** What stands before a list item: a box that is ticked or empty says more than the words. */
export function sectionOfBox(text: string, start: number): "done" | "open" | null {
  const box = /\[([ xX])\]\s{0,3}$/u.exec(text.slice(Math.max(0, start - 8), start))?.[1];
  if (box === undefined) return null;
  return box === " " ? "open" : "done";
}
