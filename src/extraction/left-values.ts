import type { AttributeValue } from "../domain/memory.ts";
import type { IncomingFact, ReconcileInput } from "./reconcile-plan.ts";
import { ASSOCIATES, KIN } from "./rules/words.ts";
import { slotOf } from "./slot.ts";

/** What says, in front of a value or behind it, that it is left for another. */
const BEFORE =
  /\b(?:from|instead of|no longer|rather than|used to (?:be|use|go to|work at|live in)|(?:left|leave|leaving|swapped?|swapping|dropp?(?:ed|ing)|dump(?:ed|ing)|ditch(?:ed|ing)|quit|replac(?:ed|es|ing)|traded?(?: in)?|sold|retired|cancell?ed|outgrown|outgrew|gave up|given up|giving up|done with|finished(?: with)?|no more|goodbye to|moved? (?:off|away from|out of|on from)|moving (?:off|away from)|got rid of|stopped (?:\p{L}+ing)?|parted ways with|split (?:up )?(?:from|with)|came off|come off|off))(?: (?:the|my|our|her|his|their|a|an|at|with|using|to|of|in|doing|playing|old))*\s*$/u;
const BEHIND =
  /^(?:'s| is| has| was| are| have)?(?: (?:just|now|finally|recently|since))? (?:out\b|gone\b|history\b|left\b|no more\b|retired\b|moved (?:on|out|away)\b|stepped (?:down|back|aside)\b|closed (?:down)?\b|shut down\b|quit\b|went\b|replaced by\b|handed (?:it )?over\b|is over\b|cleared up\b|healed\b|passed away\b|for good\b)/u;
const LEAST_LENGTH = 3;
/** The slot of a thing of which nobody said what it is to the speaker. */
const UNNAMED = "uses";

/**
 * "We swapped Trello for Basecamp", "Dana stepped down, we have Omar": a fact that names a value in force, and says that
 * it is left, is about that slot, whatever it is called. Its own value takes the place; without one, it is the end.
 */
export function withLeftValues(
  incoming: readonly IncomingFact[],
  existing: ReconcileInput["existing"],
): readonly IncomingFact[] {
  const known = new Set(
    existing.flatMap(({ attribute }) => (attribute?.cardinality === "single" ? [nameOf(attribute)] : [])),
  );
  return incoming.map((fact) => {
    if (fact.kind !== "fact" || fact.isVerified === false) return fact;
    if (fact.cue === "end") return endOf(fact, existing);
    if (fact.attribute !== undefined && known.has(nameOf(fact.attribute))) return fact;
    const left = leftBy(fact, existing);
    if (left === undefined || incoming.some((other) => other !== fact && isAbout(other, left))) return fact;
    const { attribute } = fact;
    if (attribute !== undefined && nameOf(attribute) === nameOf(left)) return fact;
    if (attribute === undefined || left.cardinality === "multiple") return { ...fact, attribute: left, cue: "end" };
    if (attribute.value === left.value) return fact;
    return { ...fact, cue: "change", attribute: { ...left, value: attribute.value } };
  });
}

/** "I've given up the violin" after "I play the violin": the end of the one thing that has this value. */
function endOf(fact: IncomingFact, existing: ReconcileInput["existing"]): IncomingFact {
  const { attribute } = fact;
  if (attribute?.attribute !== UNNAMED) return fact;
  const holders = new Map<string, AttributeValue>();
  for (const { state, isVerified, attribute: held } of existing) {
    if (state !== "active" || !isVerified || held === undefined) continue;
    if (held.subject === attribute.subject && held.value === attribute.value) holders.set(nameOf(held), held);
  }
  const [only] = holders.values();
  return holders.size !== 1 || only === undefined ? fact : { ...fact, attribute: only };
}

/** The only value in force that the fact's words leave. */
function leftBy(fact: IncomingFact, existing: ReconcileInput["existing"]): AttributeValue | undefined {
  const text = fact.text.toLowerCase().replaceAll("’", "'");
  const found = new Map<string, AttributeValue>();
  for (const { state, isVerified, attribute: held, saidAt } of existing) {
    if (state !== "active" || !isVerified || held === undefined || saidAt >= fact.saidAt) continue;
    if (held.value.length < LEAST_LENGTH || slotOf(held).isEnd || /^\d/u.test(held.value)) continue;
    if (fact.attribute !== undefined && fact.attribute.subject !== held.subject) continue;
    if (held.subject === "user" && isOfPerson(text, held.value)) continue;
    if (isLeft(text, held.value)) found.set(`${nameOf(held)}\n${held.value}`, held);
  }
  const [only] = found.values();
  return found.size === 1 ? only : undefined;
}

/** "User's roommate dropped physics": what somebody else leaves is not left by the speaker. */
function isOfPerson(text: string, value: string): boolean {
  const who = /^user's (?:\p{L}+ )??(\p{L}+) (?=\p{L})/u.exec(text);
  const word = who?.[1] ?? "";
  return (KIN.has(word) || ASSOCIATES.has(word)) && text.indexOf(value) > (who?.[0].length ?? 0);
}

function isLeft(text: string, value: string): boolean {
  for (let at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + 1)) {
    const end = at + value.length;
    if (/[\p{L}\p{N}]/u.test(text.charAt(at - 1)) || /[\p{L}\p{N}]/u.test(text.charAt(end))) continue;
    if (BEFORE.test(text.slice(Math.max(0, at - 60), at)) || BEHIND.test(text.slice(end, end + 40))) return true;
  }
  return false;
}

function isAbout({ attribute }: IncomingFact, held: AttributeValue): boolean {
  return attribute !== undefined && nameOf(attribute) === nameOf(held);
}

function nameOf({ subject, attribute }: AttributeValue): string {
  return `${subject}\n${attribute}`;
}
