import { isCommitment } from "../rules/commitments.ts";
import { USER_LABELS } from "../rules/speaker.ts";
import { alignFact, type Ground } from "./align-fact.ts";
import { speaksOfTheUser } from "./forged-text.ts";
import type { ModelFact } from "./model-fact.ts";
import type { Speech } from "./read-speech.ts";

/** A model's fact with what it rests on. */
export interface GroundedFact {
  readonly fact: ModelFact;
  /** The sentence that carries it first: its speaker is the fact's. */
  readonly grounds: readonly [Ground, ...Ground[]];
  readonly text: string;
  readonly kind: "fact" | "instruction";
}

/** Most facts of one message: more is a document's. */
const MAX_PER_MESSAGE = 20;

/** What of a model's proposals rests on something that was said, each with its true speaker. */
export function checkFacts(
  proposals: readonly ModelFact[],
  speeches: readonly Speech[],
  isAgents: boolean,
): { readonly facts: readonly GroundedFact[]; readonly left: number } {
  const facts: GroundedFact[] = [];
  const counts = new Map<Speech, number>();
  for (const fact of proposals) {
    const grounds = ofOneSide(alignFact(fact, speeches), isAgents);
    const [carrier] = grounds;
    if (carrier === undefined || carrier.sentence.form === "question") continue;
    if (!isOwnToTell(fact.text, carrier, speeches)) continue;
    const count = (counts.get(carrier.speech) ?? 0) + 1;
    counts.set(carrier.speech, count);
    if (count > MAX_PER_MESSAGE) continue;
    const text = nameSpeaker(fact.text, grounds, speeches);
    const isInstruction = fact.kind === "instruction" && mayInstruct(text, carrier, speeches);
    facts.push({ fact, grounds: [carrier, ...grounds.slice(1)], text, kind: isInstruction ? "instruction" : "fact" });
  }
  return { facts, left: proposals.length - facts.length };
}

/** Only users say how the assistant is to behave, each for himself: what assistants and others say never does. */
function mayInstruct(text: string, { speech, sentence }: Ground, speeches: readonly Speech[]): boolean {
  const { speaker, message, language } = speech;
  if (speaker.standing !== "peer" || message.role !== "user") return false;
  if (openingLabel(text, speeches, speech) !== undefined) return false;
  return language !== "en" || WISH.test(sentence.text);
}

/** What a sentence has that says how another is to behave. */
const WISH =
  /\b(?:always|never|from now on|going forward|in (?:the )?future|every time|whenever|by default|please|don['’]?t|do not|stop|avoid|keep|use|answer|reply|respond|write|call me|speak|talk|instead of|make sure|be sure|remember to|you (?:should|must|can|have to|need to|are to)|(?:want|like|love|need|expect|prefer|rather) (?:it if )?you|i(?:['’]d)? prefer|no more)\b/iu;

/**
 * An assistant tells what he did and said himself; what he says of a user is an echo, or a claim that a page made him
 * repeat, but for what he confirms to have done. Nobody speaks of himself as "the user".
 */
function isOwnToTell(text: string, { speech, sentence }: Ground, speeches: readonly Speech[]): boolean {
  const isOfUser = USER_LABEL.test(text);
  if (speech.speaker.standing !== "assistant") return !isOfUser || !speaksOfTheUser(sentence.text);
  if (isCommitment(sentence.text.toLowerCase())) return true;
  return !isOfUser && openingLabel(text, speeches, speech) === undefined;
}

const USER_LABEL = new RegExp(
  `^(?:the )?(?:user|${Object.values(USER_LABELS).join("|")})(?![\\p{sc=Latin}\\p{sc=Cyrillic}\\p{N}])`,
  "iu",
);

/** The name of another speaker with which a fact opens. */
function openingLabel(text: string, speeches: readonly Speech[], own: Speech): string | undefined {
  return speeches
    .map(({ speaker }) => speaker.label)
    .find((label) => label !== "" && label !== own.speaker.label && opensWith(text, label));
}

function opensWith(text: string, label: string): boolean {
  return text.startsWith(label) && !/^[\p{L}\p{N}]/u.test(text.slice(label.length));
}

/**
 * What a person says and what an assistant says are not one statement: an assistant's words do not carry what is told
 * of a person, nor the other way round. His questions may stand beside the answer.
 */
function ofOneSide(grounds: readonly Ground[], isAgents: boolean): readonly Ground[] {
  const [carrier] = grounds;
  if (carrier === undefined || isAgents) return grounds;
  const side = carrier.speech.speaker.standing;
  return grounds.filter(
    ({ speech, sentence }) => speech.speaker.standing === side || (side === "peer" && sentence.form === "question"),
  );
}

/** A fact that opens with another's name than that of the one who says it of himself gets his. */
function nameSpeaker(text: string, grounds: readonly Ground[], speeches: readonly Speech[]): string {
  const [carrier] = grounds;
  if (carrier === undefined) return text;
  const { speaker } = carrier.speech;
  const said = grounds.map(({ sentence }) => sentence.text).join(" ");
  if (!/\b(?:I|I'm|I’m|my|we|our|me)\b/u.test(said) || /\b(?:you|your)\b/iu.test(said)) return text;
  const wrong = openingLabel(text, speeches, carrier.speech);
  return wrong === undefined || said.includes(wrong) ? text : speaker.label + text.slice(wrong.length);
}
