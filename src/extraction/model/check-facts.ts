import { alignFact, type Ground } from "./align-fact.ts";
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
    const count = (counts.get(carrier.speech) ?? 0) + 1;
    counts.set(carrier.speech, count);
    if (count > MAX_PER_MESSAGE) continue;
    facts.push({
      fact,
      grounds: grounds as [Ground, ...Ground[]],
      text: nameSpeaker(fact.text, grounds, speeches),
      kind: fact.kind === "instruction" && mayInstruct(carrier.speech) ? "instruction" : "fact",
    });
  }
  return { facts, left: proposals.length - facts.length };
}

/** Only users say how the assistant is to behave: what comes from tools, pages and assistants never does. */
function mayInstruct({ speaker, message }: Speech): boolean {
  return speaker.standing === "peer" && message.role === "user";
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
  const others = new Set(
    speeches.map(({ speaker: { label } }) => label).filter((label) => label !== "" && label !== speaker.label),
  );
  const wrong = [...others].find((label) => text.startsWith(`${label} `) || text.startsWith(`${label}'s `));
  return wrong === undefined || said.includes(wrong) ? text : speaker.label + text.slice(wrong.length);
}
