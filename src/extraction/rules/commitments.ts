/** An assistant's words that change the world or bind him: "I booked …", "I've set the timezone to CET", "Your table is booked". */
const DONE =
  /^(?:(?:done|all set|ok|okay|sure|great|perfect|got it|certainly|confirmed|noted|good news)[,!.:–—-]*\s*)*(?:i(?:'ve| have)?(?: just| now| also| already| successfully| gone ahead and)*|we(?:'ve| have)?(?: just| now| also)*) (?:booked|reserved|scheduled|rescheduled|set|created|sent|updated|added|ordered|cancell?ed|confirmed|moved|changed|saved|submitted|registered|enabled|disabled|installed|deployed|configured|renewed|bought|purchased|paid|arranged|signed|switched|renamed|deleted|removed|merged|published|filed|emailed|subscribed|unsubscribed|upgraded|downgraded|assigned|invited|migrated|pushed|opened|closed|turned|put|shared|requested|transferred|placed|made)\b/u;
const CONFIRMED =
  /^(?:(?:done|all set|ok|okay|sure|great|perfect|got it|certainly|good news)[,!.:–—-]*\s*)*(?:your|the) [\p{L}\p{N}' -]{2,50}? (?:is|are|has been|have been|was|were|is now|are now) (?:now |been |all )?(?:booked|confirmed|scheduled|rescheduled|set|reserved|cancell?ed|moved|updated|changed|ordered|shipped|registered|renewed|enabled|disabled|deployed|live)\b/u;
const PROMISE =
  /^(?:(?:done|ok|okay|sure|great|perfect|got it|certainly|absolutely|noted)[,!.:–—-]*\s*)*i(?:'ll| will) (?:remind|book|send|call|schedule|order|email|notify|check in|follow up|reserve|renew|deliver|ping)\b.*\b(?:on|at|by|tomorrow|tonight|next|every|in \d|before|monday|tuesday|wednesday|thursday|friday|saturday|sunday|daily|weekly)\b/u;
/** Talk about the answer itself: "I've added comments to the code below", "I have updated the script". */
const ANSWER_TALK =
  /\b(?:below|above|the (?:code|script|function|example|snippet|outline|draft|list|table|text|section|essay|paragraph|answer|response|query|plan|document|file|class|component|steps?|explanation)|comments?|as requested|you can|for you to|hope this|some (?:code|examples))\b/u;

export function isCommitment(lower: string): boolean {
  if (!DONE.test(lower) && !CONFIRMED.test(lower) && !PROMISE.test(lower)) return false;
  return !ANSWER_TALK.test(lower);
}
