/**
 * What a statement says that is not so: a wish, a plan, a guess, a story, what was so once or only for a day. None of it
 * takes the place of how things are.
 */
const WISHED =
  /\b(?:thinking (?:about|of)|think(?:ing)? I might|consider(?:ing)?|tempted|toying|might|maybe|perhaps|(?:['’]d|would) (?:love|like|rather|prefer)|wish(?:es|ed)?|dream(?:s|ing)? of|hop(?:e|ing) to|plan(?:s|ning)? (?:to|on)|try(?:ing)? to|aiming (?:to|for)|want(?:s|ed)? to|wanna|should (?:I|we)|applied (?:for|to)|applying|interview\w*|looking (?:at|into)|eyeing|one day|some day|someday|what if|if (?:I|we|my|the|they|it)|unless|suggest(?:s|ed)|recommend(?:s|ed)|offered|asked (?:me |us )?(?:if|whether|to)|whether)\b/iu;
const MISSED =
  /\b(?:almost|nearly|chickened out|decided against|thought better|said no\b|turned (?:it|them|him|her|that) down|declined|stayed (?:where|with|put)|stuck with|fell through|called (?:it|that) off|backed out of|didn['’]t (?:switch|change|move|swap|go through|happen|buy|take)|did not (?:switch|change|move|swap))\b/iu;
const ONCE =
  /\b(?:used to|as a (?:kid|child|teenager|student|boy|girl)|when (?:I|we) (?:was|were)|back in|back when|before that|formerly|previously|in the past|years ago|at (?:school|uni) I|(?:boss|manager|job|flat|house|car|one) before)\b/iu;
const TOLD =
  /\b(?:let['’]s (?:pretend|say|imagine)|pretend\w*|imagin(?:e|ing)|suppos(?:e|ing)|hypothetical\w*|in my (?:novel|book|story|dream|game)|in the (?:novel|book|story|film|movie|game|show)|the (?:hero|heroine|protagonist|villain)|role-?play)\b/iu;
const FOR_A_WHILE =
  /\b(?:on (?:holiday|vacation|a (?:business )?trip|leave)|for (?:a|the|my|our) (?:day|week|weekend|night|while|trade fair|fair|conference|wedding|meeting|trip|visit|holiday|vacation)|(?<!\b(?:as of|from|since) )this week(?:end)?|for (?:two|three|a few|a couple of) (?:days|weeks|nights)|visit(?:ed|ing)|rented|borrow(?:ed|ing)|helped out|filled in|stood in|covered for|just (?:this|that) once|only (?:had|today)|for today)\b/iu;
const ON_A_DAY =
  /\b(?:yesterday|today|tonight|last night|this (?:morning|afternoon|evening)|the other day|on (?:mon|tues|wednes|thurs|fri|satur|sun)day (?:I|we) )/iu;
const HOLDS_NOW =
  /\b(?:now|nowadays|these days|no longer|any ?more|from (?:now|today|here|this|next) |instead|is my|are my|['’]s my|are our|is our|settled on|decided on|for good|permanent(?:ly)?|full-time|official(?:ly)?)\b/iu;

/** A wish, a plan, a near miss, a story. */
export function isNotSo(text: string, isOfPlans: boolean): boolean {
  if (TOLD.test(text) || MISSED.test(text)) return true;
  if (ONCE.test(text) && !HOLDS_NOW.test(text)) return true;
  return !isOfPlans && WISHED.test(text) && !HOLDS_NOW.test(text);
}

/** Only for a time, or what happened on one day. */
export function isPassing(text: string): boolean {
  return FOR_A_WHILE.test(text);
}

export function isOfOneDay(text: string): boolean {
  return ON_A_DAY.test(text) && !HOLDS_NOW.test(text);
}
