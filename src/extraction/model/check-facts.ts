import { normalizeForIdentity } from "../../domain/memory.ts";
import { isCommitment } from "../rules/commitments.ts";
import { USER_LABELS } from "../rules/speaker.ts";
import { alignFact, type Ground } from "./align-fact.ts";
import { speaksOfTheUser } from "./forged-text.ts";
import type { ModelFact } from "./model-fact.ts";
import type { Speech } from "./read-speech.ts";
import type { Turn } from "./turn.ts";

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
/** Most of one answer. */
const MAX_FACTS = 400;

/** What of a model's proposals rests on something that was said, each once and with its true speaker. */
export async function checkFacts(
  proposals: readonly ModelFact[],
  speeches: readonly Speech[],
  { isAgents, turn }: { readonly isAgents: boolean; readonly turn: Turn },
): Promise<{ readonly facts: readonly GroundedFact[]; readonly left: number }> {
  const facts = new Map<string, GroundedFact>();
  const counts = new Map<Speech, number>();
  let left = Math.max(0, proposals.length - MAX_FACTS);
  for (const proposal of proposals.slice(0, MAX_FACTS)) {
    await turn.rest();
    const fact = checkFact(proposal, speeches, isAgents);
    const key = fact === undefined ? "" : normalizeForIdentity(fact.text);
    if (fact !== undefined && facts.has(key)) continue;
    const speech = fact?.grounds[0].speech;
    const count = speech === undefined ? 0 : (counts.get(speech) ?? 0) + 1;
    if (fact === undefined || speech === undefined || count > MAX_PER_MESSAGE) {
      left += 1;
      continue;
    }
    counts.set(speech, count);
    facts.set(key, fact);
  }
  return { facts: [...facts.values()], left };
}

function checkFact(fact: ModelFact, speeches: readonly Speech[], isAgents: boolean): GroundedFact | undefined {
  const grounds = ofOneSide(alignFact(fact, speeches), isAgents);
  const [carrier, ...others] = grounds;
  if (carrier === undefined || carrier.sentence.form === "question") return undefined;
  if (!isOwnToTell(fact.text, carrier, speeches)) return undefined;
  const text = nameSpeaker(fact.text, grounds, speeches);
  const isInstruction = fact.kind === "instruction" && mayInstruct(text, carrier, speeches);
  return { fact, grounds: [carrier, ...others], text, kind: isInstruction ? "instruction" : "fact" };
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

/**
 * The text with its speaker's name in front: not "the user" where he has one, and not another's, where it is his own
 * sentence about himself.
 */
function nameSpeaker(text: string, grounds: readonly Ground[], speeches: readonly Speech[]): string {
  const [carrier] = grounds;
  if (carrier === undefined || carrier.speech.speaker.standing !== "peer") return text;
  const { speaker } = carrier.speech;
  const label = USER_LABEL.exec(text)?.[0];
  if (label !== undefined && (speaker.isNamed || /^the /iu.test(label)))
    return speaker.label + text.slice(label.length);
  const said = grounds.map(({ sentence }) => sentence.text).join(" ");
  if (!/\b(?:I|I'm|I’m|my|we|our|me)\b/u.test(said) || /\b(?:you|your)\b/iu.test(said)) return text;
  const wrong = openingLabel(text, speeches, carrier.speech);
  return wrong === undefined || said.includes(wrong) ? text : speaker.label + text.slice(wrong.length);
}
