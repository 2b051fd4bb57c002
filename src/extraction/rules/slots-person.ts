import { kindOf } from "./kinds.ts";
import { isOccupation } from "./occupations.ts";
import { stance } from "./slots-preference.ts";
import type { Clause } from "./parse-clause.ts";
import { afterMatch, isFormer, isPerson, multiple, phraseAfter, single, type Slot, type SlotRule } from "./slot.ts";
import { thingOf } from "./things.ts";
import { isCapitalized, lowerText } from "./tokens.ts";
import { isJudgement, isNumericValue, isTimeValue, normalizeValue, phraseEnd, valueOf } from "./values.ts";

/** Who a person is: home, work, name, age, relationship, studies. Keyed by the lemma of the verb. */
export const PERSON_RULES: Readonly<Record<string, SlotRule>> = {
  live: (clause) => residence(clause, PLACE, isFormer(clause)),
  reside: (clause) => residence(clause, PLACE, isFormer(clause)),
  dwell: (clause) => residence(clause, PLACE, isFormer(clause)),
  base: (clause) => (clause.isPassive ? residence(clause, PLACE, clause.isPast) : undefined),
  locate: (clause) => (clause.isPassive ? residence(clause, PLACE, clause.isPast) : undefined),
  settle: (clause) => residence(clause, /^(?:down )?(?:in|at|near) /u, false, "change"),
  relocate: moved,
  move: moved,
  immigrate: moved,
  emigrate: moved,
  transfer: (clause) =>
    /\bto\b/u.test(clause.rest) ? (moved(clause) ?? joined(clause, /^(?:over )?to /u)) : undefined,
  call: called,
  work: worked,
  join: (clause) => joined(clause, /^/u),
  start: started,
  begin: started,
  employ: (clause) => (clause.isPassive ? joined(clause, /^(?:by|at|with) /u, isFormer(clause)) : undefined),
  hire: (clause) => (clause.isPassive ? joined(clause, /^(?:by|at) /u, false, "change") : undefined),
  accept: offered,
  take: offered,
  land: offered,
  get: got,
  leave: left,
  quit: left,
  resign: left,
  promote: (clause) => (clause.isPassive ? role(clause, /^to /u, "change") : undefined),
  become: (clause) => role(clause, /^/u, "change") ?? maritalStatus(clause, clause.rest, "change"),
  name: (clause) => (clause.isPassive ? nameValue(clause, /^/u, false) : namedRelation(clause)),
  turn: (clause) => age(clause, /^(?:a )?(\d{1,3})\b/u, "change"),
  marry: (clause) =>
    single("relationship_status", "married", {
      cue: clause.isPassive && !/\bgot\b/u.test(clause.lower) ? "none" : "change",
    }),
  engage: (clause) =>
    clause.isPassive && !clause.rest.startsWith("in ")
      ? single("relationship_status", "engaged", { cue: "none" })
      : undefined,
  divorce: () => single("relationship_status", "divorced", { cue: "none" }),
  separate: (clause) =>
    clause.subject === "i" || clause.subject === "we"
      ? single("relationship_status", "separated", { cue: "none" })
      : undefined,
  date: (clause) =>
    clause.isProgressive
      ? [
          ...single("relationship_status", "in a relationship"),
          ...(isCapitalized(clause.tokens[clause.restFrom]) && !clause.isNegated
            ? single("family:partner", phraseAfter(clause, /^/u), {
                text: `{S}'s partner is ${clause.tokens[clause.restFrom]?.text ?? ""}`,
              })
            : []),
        ]
      : undefined,
  break: (clause) =>
    /^up\b/u.test(clause.rest) ? single("relationship_status", "single", { cue: "change" }) : undefined,
  split: (clause) =>
    /^up\b/u.test(clause.rest) ? single("relationship_status", "single", { cue: "change" }) : undefined,
  study: studied,
  major: (clause) => single("studies", phraseAfter(clause, /^in /u), { isPast: isFormer(clause) }),
  graduate: (clause) => single("graduated", phraseAfter(clause, /^(?:from|in) /u)),
  attend: (clause) =>
    /\b(?:university|college|school|institute|academy|kindergarten|tu|eth)\b/u.test(clause.rest)
      ? single("school", phraseAfter(clause, /^/u), { isPast: isFormer(clause) })
      : undefined,
  bear: () => undefined,
  report: (clause) => single("manager", phraseAfter(clause, /^to /u), { isPast: isFormer(clause) }),
  speak: (clause) => languages(clause),
  grow: (clause) =>
    /^up (?:in|near|on) /u.test(clause.rest)
      ? single("hometown", phraseAfter(clause, /^up (?:in|near|on) /u))
      : undefined,
  come: (clause) =>
    /^(?:originally )?from /u.test(clause.rest) && !clause.isPast
      ? single("hometown", phraseAfter(clause, /^(?:originally )?from /u))
      : undefined,
  go: wentBy,
  retire: (clause) => single("role", "retired", { cue: clause.isPassive ? "none" : "change" }),
};

const PLACE =
  /^(?:(?:out|over|up|down|back|just|right|now|with (?:my|his|her|their) \w+|alone|together|outside|here)\s)*(?:in|at|on|near|outside|around|by|of|out of) /u;

function residence(clause: Clause, pattern: RegExp, isPast: boolean, cue?: Slot["cue"]): Slot[] | undefined {
  if (!isPerson(clause)) return undefined;
  const from = afterMatch(clause, pattern);
  if (from < 0) return undefined;
  const value = placeValue(clause, from);
  if (value === "" || /^(?:moment|present|office|same|morning|evening|peace|fear|future|past|end|edge)$/u.test(value))
    return undefined;
  return single("residence", value, { isPast, ...(cue === undefined ? {} : { cue }) });
}

/** "a flat in Kreuzberg, Berlin": the named place, else the words. */
function placeValue(clause: Clause, from: number): string {
  const end = phraseEnd(clause.tokens, from, clause.end);
  let start = from;
  for (let index = from; index < end; index += 1) {
    if (/^(?:in|near|at|of)$/u.test(clause.tokens[index]?.lower ?? "") && isCapitalized(clause.tokens[index + 1]))
      start = index + 1;
  }
  // "the city of X": the name alone; "a small town near the sea": the words.
  return valueOf(clause.tokens, start, phraseEnd(clause.tokens, start, end));
}

function moved(clause: Clause): Slot[] | undefined {
  if (!isPerson(clause) || clause.isNegated) return undefined;
  const last = /^(?:.*?\s)?(?:to|into|in)\s(?!with\b)/u.exec(clause.rest);
  const direct =
    /^(?:(?:back|out|over|down|up|away|again|here|abroad|house|in|from [^,]{2,40}?|with (?:my|his|her|their) \w+|the family|everything|our family|my family|we|all)\s)*?(?:to|into)\s/u.exec(
      clause.rest,
    );
  const match = direct ?? (last !== null && last[0].length < 8 ? last : null);
  if (match === null) return /^back home\b/u.test(clause.rest) ? undefined : undefined;
  const from = afterMatch(clause, new RegExp(`^${match[0].replaceAll(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`)}`, "u"));
  const value = placeValue(clause, from);
  if (
    /\b(?:job|company|role|team|department|position|firm|startup|bank)\b/u.test(value) ||
    /\bas an? \w+/u.test(clause.rest)
  ) {
    return isOccupation(value)
      ? single("role", value, { cue: "change" })
      : single("employer", value, { cue: "change" });
  }
  // A move to a tool or a habit is none of the home's business.
  if (value === "" || kindOf(value) !== undefined || isJudgement(value) || isTimeValue(value) || isNumericValue(value))
    return undefined;
  if (
    !startsCapitalized(clause, from) &&
    !/\b(?:city|town|village|countryside|suburbs?|house|apartment|flat|studio|place|coast|country|farm|island|district|condo|dorm|abroad)\b/u.test(
      value,
    )
  )
    return undefined;
  return single("residence", value, { cue: "change" });
}

function startsCapitalized(clause: Clause, from: number): boolean {
  for (let index = from; index < Math.min(clause.end, from + 4); index += 1)
    if (isCapitalized(clause.tokens[index])) return true;
  return false;
}

/** "I call Berlin home", "call me Max", "people call me Max", "I'm called Max". */
function called(clause: Clause): Slot[] | undefined {
  const home = /^(.{2,40}?) (?:my |our )?(?:new )?home\b/u.exec(clause.rest);
  if (home?.[1] !== undefined && !clause.isPast) return single("residence", home[1]);
  const me = afterMatch(clause, /^me /u);
  if (me >= 0) return nameValue(clause, /^me (?:by )?/u, true);
  return clause.isPassive ? nameValue(clause, /^/u, false) : undefined;
}

function nameValue(clause: Clause, pattern: RegExp, isNickname: boolean): Slot[] | undefined {
  const from = afterMatch(clause, pattern);
  const first = clause.tokens[from];
  if (first === undefined || !isCapitalized(first)) return undefined;
  let end = from;
  while (
    end < clause.end &&
    (isCapitalized(clause.tokens[end]) ||
      /^(?:von|van|de|der|da|del|bin|al)$/u.test(clause.tokens[end]?.lower ?? "")) &&
    end < from + 4
  )
    end += 1;
  return single(isNickname ? "nickname" : "name", lowerText(clause.tokens, from, end));
}

/** "We named our dog Ziggy". */
function namedRelation(clause: Clause): Slot[] | undefined {
  const match = /^(?:my|our|the) (?:new )?([a-z]+) /u.exec(clause.rest);
  const thing = match?.[1] === undefined ? undefined : thingOf(match[1]);
  if (match === null || thing?.isKnown !== true || !/^(?:pet|family):/u.test(thing.attribute)) return undefined;
  const from = afterMatch(clause, /^(?:my|our|the) (?:new )?[a-z]+ /u);
  return isCapitalized(clause.tokens[from])
    ? multiple(thing.attribute, phraseAfter(clause, /^(?:my|our|the) (?:new )?[a-z]+ /u))
    : undefined;
}

function worked(clause: Clause): Slot[] | undefined {
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
    const value = phraseAfter(clause, new RegExp(`^.{${employer[0].length}}`, "u"));
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
  if (value === "" || isTimeValue(value) || isNumericValue(value) || isJudgement(value)) return false;
  return (
    !/^(?:home|work|night|nights|myself|me|him|her|them|us|you|kids|children|people|weeks|years|months|hours|days|living|free|it|that|this|least|weekends?)$|\b(?:clients|customers|patients|students|dogs|animals)$/u.test(
      value,
    ) || startsCapitalized(clause, clause.restFrom)
  );
}

function joined(clause: Clause, pattern: RegExp, isPast = false, cue: Slot["cue"] = "change"): Slot[] | undefined {
  if (!isPerson(clause)) return undefined;
  const from = afterMatch(clause, pattern);
  const value = phraseAfter(clause, pattern);
  if (from < 0 || value === "" || !isEmployerLike(clause, value)) return undefined;
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
  const as = /\sas (?:an?|the|their)? ?(.{2,50}?)(?= (?:at|for|with|in|since|from|and|now|on|last|this)\b|$|,)/u.exec(
    clause.rest,
  );
  if (as?.[1] !== undefined && isOccupation(normalizeValue(as[1])))
    slots.push(...single("role", as[1], { isPast, cue }));
  return slots;
}

const JOB =
  /^(?:(?:my|a|an|the|as|new|our)\s)*(?:\w+\s){0,2}?(?:job|position|role|gig|work|career|internship|contract)\s(?:as [^,]{2,40} )?(?:at|with|for)\s/u;

function started(clause: Clause): Slot[] | undefined {
  if (JOB.test(clause.rest)) return joined(clause, JOB);
  if (/^(?:at|with|for) /u.test(clause.rest)) return joined(clause, /^(?:at|with|for) /u);
  if (clause.rest.startsWith("as "))
    return [
      ...(role(clause, /^as (?:an? |the )?/u, "change") ?? []),
      ...(joined(clause, /^as .{2,40}? (?:at|for|with) /u) ?? []),
    ];
  return undefined;
}

/** "accepted an offer from X", "took a job at X", "landed a role with X". */
function offered(clause: Clause): Slot[] | undefined {
  const offer = /^(?:an?|the|their)? ?(?:job |new |great )*offer (?:from|at|by) /u;
  if (offer.test(clause.rest)) return joined(clause, offer);
  if (JOB.test(clause.rest)) return joined(clause, JOB);
  const as = /^(?:on |over )?(?:a|an|the)? ?(?:new )?(?:role|position|job) (?:as|of) (?:an? |the )?/u;
  return as.test(clause.rest) ? role(clause, as, "change") : undefined;
}

function got(clause: Clause): Slot[] | undefined {
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

function left(clause: Clause): Slot[] | undefined {
  if (!isPerson(clause)) return undefined;
  const forOther = / (?:for|to join|to work (?:at|for)|and joined) (.+)$/u.exec(clause.rest);
  const job = /^(?:from )?(?:my|the|his|her|their|a) (?:\w+ )?(?:job|position|role|post) (?:at|with) /u;
  const isJob = job.test(clause.rest);
  if (forOther?.[1] !== undefined && (isJob || isCapitalized(clause.tokens[clause.restFrom]))) {
    const from = clause.rest.length - forOther[1].length;
    const value = phraseAfter(clause, new RegExp(`^.{${from}}`, "u"));
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

function role(clause: Clause, pattern: RegExp, cue?: Slot["cue"]): Slot[] | undefined {
  const value = phraseAfter(clause, pattern);
  if (!isOccupation(value)) return undefined;
  return single("role", value, cue === undefined ? {} : { cue });
}

function age(clause: Clause, pattern: RegExp, cue?: Slot["cue"]): Slot[] | undefined {
  const match = pattern.exec(clause.rest);
  if (match?.[1] === undefined || !isPerson(clause)) return undefined;
  return single("age", match[1], cue === undefined ? {} : { cue });
}

export function maritalStatus(clause: Clause, rest: string, cue?: Slot["cue"]): Slot[] | undefined {
  const match =
    /^(?:(?:happily|newly|recently|officially|back|now|still|legally) )*(single|married|engaged|divorced|separated|widowed|a widow|a widower|in a relationship|taken)(?: to \w+| with \w+)?(?: now| again| anymore| these days| at the moment| right now| for now| currently| since .{2,20}| for .{2,20})?$/u.exec(
      rest,
    );
  return match?.[1] === undefined || !isPerson(clause)
    ? undefined
    : single(
        "relationship_status",
        match[1] === "taken" ? "in a relationship" : match[1],
        cue === undefined ? {} : { cue },
      );
}

function studied(clause: Clause): Slot[] | undefined {
  const isPast = isFormer(clause);
  const slots: Slot[] = [];
  const subject = phraseAfter(clause, /^(?!at |in |for |hard|abroad)/u);
  if (subject !== "" && !isTimeValue(subject)) slots.push(...single("studies", subject, { isPast }));
  const at = /^(?:.{0,50}? )?at /u.exec(clause.rest);
  if (at !== null)
    slots.push(...single("school", phraseAfter(clause, new RegExp(`^.{${at[0].length}}`, "u")), { isPast }));
  return slots;
}

const LANGUAGES =
  /\b(?:english|german|french|spanish|italian|portuguese|dutch|russian|polish|turkish|arabic|hebrew|hindi|urdu|bengali|chinese|mandarin|cantonese|japanese|korean|vietnamese|thai|swedish|norwegian|danish|finnish|greek|czech|hungarian|romanian|ukrainian|farsi|persian|tamil|swahili|latin|catalan|indonesian|tagalog|croatian|serbian|bulgarian|welsh|irish|sign language)\b/gu;

export function languages(clause: Clause): Slot[] | undefined {
  const found = [...clause.rest.matchAll(LANGUAGES)].map((match) => match[0]);
  if (found.length === 0 || !isPerson(clause)) return undefined;
  const attribute = clause.verb === "learn" ? "learning" : "speaks";
  const items = (stance(clause, attribute, clause.restFrom) ?? []).filter(({ value }) =>
    found.some((language) => value.includes(language)),
  );
  if (items.length === found.length) return items.map((slot, index) => ({ ...slot, value: found[index] as string }));
  return found.flatMap((language) => multiple(attribute, language, { isPast: clause.modality === "used" }));
}

/** "I go by Max", "goes to Lincoln High". */
function wentBy(clause: Clause): Slot[] | undefined {
  if (clause.rest.startsWith("by ")) return nameValue(clause, /^by /u, true);
  if (
    /^to .*\b(?:university|college|school|academy|kindergarten)\b/u.test(clause.rest) &&
    !clause.isPast &&
    isCapitalized(clause.tokens[clause.restFrom + 1])
  ) {
    return single("school", phraseAfter(clause, /^to /u));
  }
  return undefined;
}

/** What "I'm …" says about a person. */
export function personIs(clause: Clause): Slot[] | undefined {
  const rest = clause.rest;
  const isPast = isFormer(clause);
  const old =
    /^(?:(?:almost|nearly|about|turning) )?(\d{1,3})(?: years? old| years? of age|yo| now|$|(?= and\b)|,)/u.exec(rest);
  if (old?.[1] !== undefined && Number(old[1]) < 120 && isPerson(clause)) return single("age", old[1], { isPast });
  const marital = maritalStatus(clause, rest);
  if (marital !== undefined) return marital.map((slot) => Object.assign(slot, isPast ? { isPast } : {}));
  if (/^born (?:and raised )?in /u.test(rest))
    return single("birthplace", phraseAfter(clause, /^born (?:and raised )?in /u));
  if (/^(?:originally |born )?from /u.test(rest)) {
    const value = phraseAfter(clause, /^(?:originally )?from /u);
    return isCapitalized(clause.tokens[clause.end - 1]) || /^[a-z]/u.test(value)
      ? single("hometown", value)
      : undefined;
  }
  if (/^(?:living|based|located) (?:in|near|at|out of) /u.test(rest))
    return single("residence", phraseAfter(clause, /^\w+ (?:in|near|at|out of) /u), { isPast });
  if (
    /^(?:with|at|over at) /u.test(rest) &&
    isCapitalized(clause.tokens[afterMatch(clause, /^(?:over )?(?:with|at) /u)]) &&
    clause.subject !== "noun"
  ) {
    const value = phraseAfter(clause, /^(?:over )?(?:with|at) /u);
    if (
      /\b(?:now|these days|currently|since|team|department|division|staff)\b/u.test(clause.lower) &&
      !isTimeValue(value)
    )
      return single("employer", value, { isPast });
  }
  if (
    /^in [a-z]/u.test(rest) &&
    isCapitalized(clause.tokens[clause.restFrom + 1]) &&
    /\b(?:live|home|now|permanently|these days)\b/u.test(clause.lower) &&
    !isTimeValue(rest)
  ) {
    return single("residence", phraseAfter(clause, /^in /u), { isPast });
  }
  const job = phraseAfter(clause, /^(?:(?:working|employed) as )?(?:an? |the |their |our )?(?!my )/u);
  if (isPerson(clause) && job !== "" && isOccupation(job)) {
    const slots = single("role", job, { isPast });
    const at = /^[^,]{2,60}? (?:at|with|for) /u.exec(rest);
    const employer = at === null ? "" : phraseAfter(clause, new RegExp(`^.{${at[0].length}}`, "u"));
    if (employer !== "" && !isNumericValue(employer) && !isTimeValue(employer))
      slots.push(...single("employer", employer, { isPast }));
    return slots;
  }
  const self = clause.tokens[clause.restFrom];
  const isIntroduction =
    clause.subject === "i" && !isPast && self !== undefined && isCapitalized(self) && !clause.isNegated;
  if (
    isIntroduction &&
    clause.end - clause.restFrom <= 3 &&
    self.text !== self.text.toUpperCase() &&
    !/^(?:german|french|american|british|italian|spanish|muslim|christian|jewish|catholic|buddhist|hindu|indian|chinese|japanese|canadian|australian|irish|dutch|polish|russian|turkish)$/u.test(
      self.lower,
    )
  ) {
    return nameValue(clause, /^/u, false);
  }
  if (isIntroduction && clause.tokens[clause.restFrom + 1]?.lower === "," && clause.end - clause.restFrom > 3)
    return nameValue(clause, /^/u, false);
  return undefined;
}
