import { isOccupation } from "./occupations.ts";
import type { Clause } from "./parse-clause.ts";
import { afterMatch, isFormer, isPerson, phraseAfter, phraseBehind, single, type Slot, type SlotRule } from "./slot.ts";
import { PLACE, residence, moved } from "./slots-home.ts";
import { called, nameValue, namedRelation, wentBy } from "./slots-name.ts";
import { age, maritalStatus } from "./slots-status.ts";
import { studied, languages } from "./slots-study.ts";
import { worked, joined, started, offered, got, heldJob, left, role } from "./slots-work.ts";
import { isCapitalized } from "./tokens.ts";
import { isNumericValue, isTimeValue } from "./values.ts";

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
  have: heldJob,
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
      /\b(?:now|still|these days|currently|since|team|department|division|staff)\b/u.test(clause.lower) &&
      !isTimeValue(value)
    )
      return single("employer", value, { isPast });
  }
  if (
    /^in [a-z]/u.test(rest) &&
    isCapitalized(clause.tokens[clause.restFrom + 1]) &&
    /\b(?:live|home|now|still|permanently|these days)\b/u.test(clause.lower) &&
    !isTimeValue(rest)
  ) {
    return single("residence", phraseAfter(clause, /^in /u), { isPast });
  }
  const job = phraseAfter(clause, /^(?:(?:working|employed) as )?(?:an? |the |their |our )?(?!my )/u);
  if (isPerson(clause) && job !== "" && isOccupation(job)) {
    const slots = single("role", job, { isPast });
    const at = /^[^,]{2,60}? (?:at|with|for) /u.exec(rest);
    const employer = at === null ? "" : phraseBehind(clause, at[0].length);
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
