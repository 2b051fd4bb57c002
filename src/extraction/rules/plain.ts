import type { Subject } from "./discourse.ts";
import type { Clause } from "./parse-clause.ts";
import type { Speaker } from "./speaker.ts";
import { wordSet } from "./words.ts";

/** Verbs of thinking, feeling and asking: what is said with them alone is talk, not news. */
const TALK = wordSet(
  "think guess hope wish agree understand know bet mean see hear appreciate thank believe wonder suppose imagine look sound seem apologize ask tell say forget doubt love like enjoy hate let feel",
);
const HELP =
  /\b(?:help me|need (?:some )?(?:help|advice|assistance|guidance)|your (?:help|advice|thoughts|opinion|support|encouragement|kind words)|looking for (?:advice|tips|help|recommendations)|want(?:ed)? to (?:know|ask|see if|check|hear)|would like (?:you|to know)|i'd like (?:you|to know)|wondering|curious|any (?:tips|advice|ideas|suggestions)|asking (?:you|for)|can you|could you|what you)\b/u;
const VAGUE =
  /^(?:so |very |really |just |pretty |quite |too |still |all |super |not )*(?:happy|glad|proud|excited|sorry|sure|good|great|fine|okay|ok|well|here|there|ready|tired|busy|afraid|grateful|thankful|lucky|blessed|down|up|in|on it|impressed|amazed|jealous|with you|rooting|looking forward|thrilled|honored|touched|inspired|stoked|curious|interested to)\b/u;

/** Whether a clause without a slot states something worth keeping about the speaker or a named person. */
export function isPlainFact(clause: Clause, subject: Subject, speaker: Speaker): boolean {
  if (subject.kind === "unknown" || clause.verb === "" || HELP.test(clause.lower)) return false;
  if (
    clause.modality === "would" ||
    clause.modality === "might" ||
    clause.modality === "should" ||
    clause.modality === "can"
  )
    return false;
  if (subject.kind === "thing") {
    if (!subject.isOwned || subject.isPronoun) return false;
    if (clause.verb === "be" && VAGUE.test(clause.rest)) return false;
    return clause.verb !== "be" || clause.rest.split(" ").length >= 4;
  }
  if (clause.verb === "be") return !VAGUE.test(clause.rest) && clause.rest.split(" ").length >= 3;
  if (clause.isNegated && TALK.has(clause.verb)) return false;
  if (/^(?:love|like|enjoy|hate)$/u.test(clause.verb))
    return (
      !/^(?:it|that|this|those|these|your|you|how|when|the (?:way|idea|sound|look))\b/u.test(clause.rest) &&
      (clause.isPast || speaker.isNamed || subject.kind === "person")
    );
  if (clause.verb === "feel" || clause.verb === "think" || clause.verb === "believe") return false;
  if (clause.verb === "see" || clause.verb === "hear" || clause.verb === "tell")
    return (clause.isPast || clause.modality === "will") && !/^(?:you|that|what|how|it|your)\b/u.test(clause.rest);
  if (clause.verb === "want" || clause.verb === "need")
    return !/^(?:you|your|to (?:say|tell|thank|know|see|ask|make sure|understand))\b/u.test(clause.rest);
  if (
    clause.verb === "have" &&
    /^(?:no|a|some|any|one)? ?(?:idea|doubt|question|questions|problem|problems|fun|feeling|point|clue|to (?:say|admit|agree|go))\b/u.test(
      clause.rest,
    )
  )
    return false;
  return !TALK.has(clause.verb);
}
