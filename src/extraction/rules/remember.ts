import type { Discourse, Origin, Subject } from "./discourse.ts";
import type { Clause } from "./parse-clause.ts";
import { subjectText, type Slot } from "./slot.ts";
import type { Speaker } from "./speaker.ts";
import { isCapitalized } from "./tokens.ts";
import { ASSOCIATES, FEMALE_KIN, KIN, MALE_KIN, PETS } from "./words.ts";

/** Keeps what later pronouns may stand for. */
export function remember(
  discourse: Discourse,
  clause: Clause,
  subject: Subject,
  slots: readonly Slot[],
  speaker: Speaker,
  origin: Origin,
): void {
  if (subject.kind === "person" && !subject.isPronoun) {
    discourse.person = { ...subject.person, origin };
    // "My therapist changed, it's Mikael now": "it" is who holds the place.
    const place = clause.subject === "noun" ? /^(?:my|our) ([\p{L}' -]+)$/u.exec(subjectText(clause))?.[1] : undefined;
    if (
      place !== undefined &&
      !clause.tokens
        .slice(clause.subjectFrom, clause.subjectTo)
        .some((token, index) => index > 0 && isCapitalized(token))
    )
      discourse.thing = { phrase: place, owner: speaker.key, isOwned: true, isName: false, origin };
  }
  if (subject.kind === "thing" && !subject.isPronoun)
    discourse.thing = {
      phrase: subject.phrase.replace(/^(?:the|my|our) /u, ""),
      owner: subject.owner,
      isOwned: subject.isOwned,
      isName: subject.isName,
      origin,
    };
  // "Ramen used to be my favourite food, now it's pho": "it" is what the value was said of.
  const predicate = /^(?:now )?(?:my|our) ([\p{L} ]{3,40}?)(?: now| these days| anymore| any more)*$/u.exec(
    clause.rest,
  )?.[1];
  if (clause.subject === "noun" && predicate !== undefined && /^(?:be|become)$/u.test(clause.verb) && slots.length > 0)
    discourse.thing = { phrase: predicate, owner: speaker.key, isOwned: true, isName: false, origin };
  for (const slot of slots) {
    const relation = /^(?:family|pet):(.+)$/u.exec(slot.attribute)?.[1];
    if (relation === undefined || slot.cue === "end") continue;
    const name = slot.value.replaceAll(/(^|[\s-])\p{Ll}/gu, (letter) => letter.toUpperCase());
    const isFemale = /^(?:sister|mother|daughter|grandmother|aunt|niece)/u.test(relation);
    const isMale = /^(?:brother|father|son|grandfather|uncle|nephew)/u.test(relation);
    discourse.relations.set(`${speaker.key} ${relation}`, { name, origin });
    discourse.person = {
      key: slot.value,
      display: name,
      gender: isFemale ? "female" : isMale ? "male" : "unknown",
      origin,
    };
  }
  rememberObject(discourse, clause, slots, speaker, origin);
  if (slots.length === 0 && subject.kind !== "person") rememberRelative(discourse, clause, speaker, origin);
  if (clause.subject === "i" || clause.subject === "we") {
    const match = /\b(?:my|our) ([\p{L}-]+)(?: (\p{L}+))?/u.exec(clause.rest);
    const index =
      match?.[2] === undefined
        ? -1
        : clause.tokens.findIndex((token) => token.lower === match[2] && isCapitalized(token));
    if (match?.[1] !== undefined && index >= 0 && slots.length === 0) {
      const name = clause.tokens[index]?.text ?? "";
      if (
        /^(?:sister|brother|friend|mother|mom|mum|dad|father|wife|husband|boss|manager|son|daughter|cousin|aunt|uncle|partner|girlfriend|boyfriend|colleague|roommate|neighbor|niece|nephew|dog|cat)$/u.test(
          match[1],
        )
      ) {
        const gender = /^(?:sister|mother|mom|mum|wife|daughter|aunt|girlfriend|niece)$/u.test(match[1])
          ? "female"
          : /^(?:brother|dad|father|husband|son|uncle|boyfriend|nephew)$/u.test(match[1])
            ? "male"
            : "unknown";
        discourse.person = { key: name.toLowerCase(), display: name, gender, origin };
      }
    }
  }
}

const RELATIVE =
  /(?:\b(?:my|our)|\b(?:have|got|found|hired|see|seeing) an?) (?:(?:new|best|old|older|younger|little|big|twin|favou?rite) )?([\p{L}-]+)[\s.!,]*$/u;

/** "You should meet my nephew!", "I have a new doctor": whoever ends a sentence, the next one's "his name" is his. */
function rememberRelative(discourse: Discourse, clause: Clause, speaker: Speaker, origin: Origin): void {
  if (clause.isNegated) return;
  const word = RELATIVE.exec(clause.lower)?.[1] ?? "";
  const relation = KIN.get(word) ?? ASSOCIATES.get(word);
  if (relation === undefined) return;
  discourse.person = {
    key: discourse.relations.get(`${speaker.key} ${relation}`)?.name.toLowerCase() ?? `${speaker.key}'s ${relation}`,
    display: `${speaker.label}'s ${word}`,
    gender: FEMALE_KIN.has(word) ? "female" : MALE_KIN.has(word) ? "male" : "unknown",
    origin,
  };
}

const HANDLED =
  /^(?:change|rename|replace|switch|move|update|reset|swap|redo|reschedule|set|cancel|remortgage|sell|buy|book|rebook|paint|fix|adopt|get|renovate|revise|shift|postpone|bring|push|put|name)$/u;

/** "We changed the alarm code, it's 9026 now", "news about the wedding. It's on …": the object, or the topic, is what "it" is. */
function rememberObject(
  discourse: Discourse,
  clause: Clause,
  slots: readonly Slot[],
  speaker: Speaker,
  origin: Origin,
): void {
  const isTopic = clause.verb === "" || !HANDLED.test(clause.verb);
  const found = isTopic
    ? /\b(?:about|regarding|re|concerning|on|with|to|of) (the|my|our) ([\p{L}-]+(?: [\p{L}-]+)?)$/u.exec(clause.lower)
    : /^(?:up |back |forward )?(the|my|our) ([\p{L}-]+(?: (?!to\b|from\b|in\b|on\b|for\b|at\b|yesterday\b|last\b|with\b|again\b|now\b|an?\b|the\b|my\b|two\b|three\b|when\b|because\b|after\b|before\b)[\p{L}-]+)?)/u.exec(
        clause.rest,
      );
  const reported = /^(?:say|think|tell|mention)$/u.test(clause.verb)
    ? /^(?:you )?(?:that )?(?:the|my|our) ([\p{L}'-]+(?: [\p{L}-]+){0,2}?) (?:is|was|were|are) /u.exec(clause.rest)?.[1]
    : undefined;
  if (reported !== undefined)
    discourse.thing = { phrase: reported, owner: speaker.key, isOwned: true, isName: false, origin };
  if (found?.[1] === undefined || found[2] === undefined) return;
  if (
    isTopic &&
    clause.verb !== "" &&
    clause.subject !== "there" &&
    !/^(?:scratch|forget|ignore|remember|about|re|as for)\b/u.test(clause.lower)
  )
    return;
  const head = found[2].split(" ").at(-1) ?? "";
  if (PETS.has(head) || KIN.has(head)) {
    const relation = KIN.get(head) ?? head;
    const known = discourse.relations.get(`${speaker.key} ${relation}`);
    if (slots.length === 0)
      discourse.person = {
        key: PETS.has(head)
          ? `${speaker.key}'s ${head}`
          : (known?.name.toLowerCase() ?? `${speaker.key}'s ${relation}`),
        display: `${speaker.label}'s ${head}`,
        gender: FEMALE_KIN.has(head) ? "female" : MALE_KIN.has(head) ? "male" : "unknown",
        origin,
      };
    return;
  }
  if (clause.subject === "i" || clause.subject === "we" || clause.subject === "they" || isTopic)
    discourse.thing = { phrase: found[2], owner: speaker.key, isOwned: true, isName: false, origin };
}

/** "My gym? That's Fitworks now", "Remember the venue? It's …": a question that only names a thing says what comes next is of. */
export function rememberQuestion(discourse: Discourse, text: string, speaker: Speaker, origin: Origin): void {
  if (text.length > 60) return;
  const name = /^(?:do you (?:know|remember)|remember|you know|have you met|did you meet) (\p{Lu}[\p{L}-]+)\?$/iu.exec(
    text,
  )?.[1];
  if (name !== undefined && /^\p{Lu}/u.test(name))
    discourse.person = { key: name.toLowerCase(), display: name, gender: "unknown", origin };
  const phrase =
    /^(?:remember|you know|and|about|re|as for|what about)?,? ?(?:the|my|our) ([\p{L}'-]+(?: [\p{L}-]+){0,2})\?$/u.exec(
      text.toLowerCase().replaceAll("’", "'"),
    )?.[1];
  if (phrase !== undefined) discourse.thing = { phrase, owner: speaker.key, isOwned: true, isName: false, origin };
}
