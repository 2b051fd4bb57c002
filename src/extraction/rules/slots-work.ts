import { isOccupation } from "./occupations.ts";
import type { Clause } from "./parse-clause.ts";
import { afterMatch, isFormer, isPerson, multiple, phraseAfter, phraseBehind, single, type Slot } from "./slot.ts";
import { startsCapitalized } from "./slots-home.ts";
import { isCapitalized } from "./tokens.ts";
import { isJudgement, isNumericValue, isTimeValue, normalizeValue } from "./values.ts";

export function worked(clause: Clause): Slot[] | undefined {
  if (!isPerson(clause)) return undefined;
  const isPast = isFormer(clause);
  const slots: Slot[] = [];
  const as =
    /(?:^|\s)as (?:an?|the|their|its)? ?(.{2,50}?)(?= (?:at|for|with|in|since|from|and|now|on|these|instead|rather)\b|$|,)/u.exec(
      clause.rest,
    );
  if (as?.[1] !== undefined && isOccupation(normalizeValue(as[1]))) slots.push(...single("role", as[1], { isPast }));
  const employer = /^(?:.{0,40}?\s)??(?:at|for|with) /u.exec(clause.rest);
  if (
    employer !== null &&
    employer[0].length < 60 &&
    !/^(?:on|hard|out|towards?|together|from home|well|through|around|late|overtime)\b/u.test(clause.rest)
  ) {
    const value = phraseBehind(clause, employer[0].length);
    if (isEmployerLike(clause, value)) slots.push(...single("employer", value, { isPast }));
  } else if (/^(?:in|from) /u.test(clause.rest) && slots.length === 0) {
    const place = phraseAfter(clause, /^(?:in|from) (?:the )?/u);
    if (/^(?:home|remote|remotely)$/u.test(place)) return single("work location", place, { isPast });
    if (clause.rest.startsWith("in ") && !isCapitalized(clause.tokens[clause.restFrom + 1]))
      return single("field of work", place, { isPast });
  }
  return slots.length === 0 ? undefined : slots;
}

function isEmployerLike(clause: Clause, value: string): boolean {
  if (value === "" || isTimeValue(value) || isNumericValue(value)) return false;
  if (isJudgement(value) && !/\S high$/u.test(value)) return false;
  return (
    !/^(?:home|work|night|nights|myself|me|him|her|them|us|you|kids|children|people|weeks|years|months|hours|days|living|free|it|that|this|least|weekends?)$|\b(?:clients|customers|patients|students|dogs|animals)$/u.test(
      value,
    ) || startsCapitalized(clause, clause.restFrom)
  );
}

const LEARNING =
  /\b(?:(?:high|primary|secondary|middle|elementary|grammar|boarding|music|language|night|drama|law|medical|business|art) school|school|university|college|academy|kindergarten|sixth form)\b|\bhigh$/u;
const TRAINING =
  /\b(?:gym|fitness|crossfit|pilates|yoga|health club|sports club|swimming pool|climbing|bouldering|dojo|martial arts)\b|gym$/u;

export function joined(
  clause: Clause,
  pattern: RegExp,
  isPast = false,
  cue: Slot["cue"] = "change",
): Slot[] | undefined {
  if (!isPerson(clause)) return undefined;
  const from = afterMatch(clause, pattern);
  const value = phraseAfter(clause, pattern);
  if (from < 0 || value === "" || !isEmployerLike(clause, value)) return undefined;
  const as = /\sas (?:an?|the|their)? ?(.{2,50}?)(?= (?:at|for|with|in|since|from|and|now|on|last|this)\b|$|,)/u.exec(
    clause.rest,
  );
  const isJob = as?.[1] !== undefined && isOccupation(normalizeValue(as[1]));
  // "I joined Fitworks, a gym near my home", "I started at Lincoln High School": members and pupils have no employer there.
  const wider = `${value}${/^,? (?:an?|the|my|our) [\p{L} -]{2,40}/u.exec(clause.rest.slice(clause.rest.indexOf(value) + value.length))?.[0] ?? ""}`;
  if (!isJob && LEARNING.test(value) && clause.verb !== "hire" && clause.verb !== "employ" && !JOB.test(clause.rest))
    return single("school", value, { isPast, ...(isPast ? {} : { cue }) });
  if (!isJob && TRAINING.test(wider) && !JOB.test(clause.rest)) return multiple("member of", value);
  const isNamed =
    startsCapitalized(clause, from) &&
    !/gym|fit\b|crossfit|\b(?:club|group|class|choir|band|team|league|church|course|program|meeting|call|gang)\b/u.test(
      value,
    );
  if (
    !isNamed &&
    !/\b(?:company|startup|firm|bank|hospital|agency|university|school|studio|bakery|restaurant|clinic|lab|corporation|foundation)\b/u.test(
      value,
    )
  ) {
    const group = /\b(?:club|gym|group|choir|band|team|league|church|orchestra|class)\b/u.test(value);
    return group && clause.verb === "join" ? multiple("member of", value) : undefined;
  }
  const slots = single("employer", value, { isPast, ...(isPast ? {} : { cue }) });
  if (isJob) slots.push(...single("role", as[1] ?? "", { isPast, cue }));
  return slots;
}

/** Words between a verb and the employer. */
const JOB =
  /^(?:(?:my|a|an|the|as|new|our)\s)*(?:[\w-]+\s){0,2}?(?:job|position|role|gig|work|career|internship|contract)\s(?:as [^,]{2,40} )?(?:at|with|for)\s/u;

export function started(clause: Clause): Slot[] | undefined {
  if (JOB.test(clause.rest)) return joined(clause, JOB);
  if (/^(?:at|with|for) /u.test(clause.rest)) return joined(clause, /^(?:at|with|for) /u);
  if (clause.rest.startsWith("as "))
    return [
      ...(role(clause, /^as (?:an? |the )?/u, "change") ?? []),
      ...(joined(clause, /^as .{2,40}? (?:at|for|with) /u) ?? []),
    ];
  return undefined;
}

/** "I have a job at X". A gig or a contract that one has may be one evening's. */
const HELD_JOB =
  /^(?:(?:my|a|an|the|new|great|steady|permanent|full-time|part-time|summer|weekend) )*(?:job|position|role|post|internship)(?: as [^,]{2,40})? (?:at|with) /u;

export function heldJob(clause: Clause): Slot[] | undefined {
  return HELD_JOB.test(clause.rest) ? joined(clause, HELD_JOB, clause.isPast && !clause.isPerfect, "none") : undefined;
}

/** "accepted an offer from X", "took a job at X", "landed a role with X". */
export function offered(clause: Clause): Slot[] | undefined {
  const offer = /^(?:an?|the|their)? ?(?:job |new |great )*offer (?:from|at|by) /u;
  if (offer.test(clause.rest)) return joined(clause, offer);
  if (JOB.test(clause.rest)) return joined(clause, JOB);
  const as = /^(?:on |over )?(?:a|an|the)? ?(?:new )?(?:role|position|job) (?:as|of) (?:an? |the )?/u;
  return as.test(clause.rest) ? role(clause, as, "change") : undefined;
}

export function got(clause: Clause): Slot[] | undefined {
  const rest = clause.rest;
  if (/^(?:a |my )?(?:promoted|promotion) to /u.test(rest))
    return role(clause, /^(?:a |my )?(?:promoted|promotion) to (?:be )?/u, "change");
  if (/^hired (?:by|at) /u.test(rest)) return joined(clause, /^hired (?:by|at) /u);
  if (/^(?:married|engaged|divorced|separated)\b/u.test(rest) && isPerson(clause)) {
    return single("relationship_status", /^\w+/u.exec(rest)?.[0] ?? "", { cue: "change" });
  }
  if (/^back together\b/u.test(rest)) return single("relationship_status", "in a relationship", { cue: "change" });
  return offered(clause);
}

export function left(clause: Clause): Slot[] | undefined {
  if (!isPerson(clause)) return undefined;
  const forOther = / (?:for|to join|to work (?:at|for)|and joined) (.+)$/u.exec(clause.rest);
  const job = /^(?:from )?(?:my|the|his|her|their|a) (?:\w+ )?(?:job|position|role|post) (?:at|with) /u;
  const isJob = job.test(clause.rest);
  if (forOther?.[1] !== undefined && (isJob || isCapitalized(clause.tokens[clause.restFrom]))) {
    const from = clause.rest.length - forOther[1].length;
    const value = phraseBehind(clause, from);
    if (isEmployerLike(clause, value)) return single("employer", value, { cue: "change" });
  }
  if (isJob) return single("employer", phraseAfter(clause, job), { cue: "end" });
  if (clause.verb === "resign" && clause.rest.startsWith("from "))
    return single("employer", phraseAfter(clause, /^from /u), { cue: "end" });
  const name = phraseAfter(clause, /^/u);
  const isName =
    isCapitalized(clause.tokens[clause.restFrom]) &&
    clause.isPast &&
    !/\b(?:on|at|this|yesterday)\b/u.test(clause.rest.slice(name.length));
  return isName && clause.verb !== "resign" ? single("employer", name, { cue: "end" }) : undefined;
}

export function role(clause: Clause, pattern: RegExp, cue?: Slot["cue"]): Slot[] | undefined {
  const value = phraseAfter(clause, pattern);
  if (!isOccupation(value)) return undefined;
  return single("role", value, cue === undefined ? {} : { cue });
}
