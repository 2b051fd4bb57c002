import type { ChangeCue, ExtractedFact, ExtractionMessage } from "../../domain/extracted-fact.ts";
import type { ExtractionContext, FactExtractor } from "../../ports/fact-extractor.ts";
import { isAgentScope } from "../../prompts/extract-facts.ts";
import { categorize } from "../rules/categories.ts";
import { cueOf as cueOfWords, endsValue } from "../rules/cues.ts";
import { checkSupport } from "../support-check.ts";
import { sourcesOf, type Ground } from "./align-fact.ts";
import { canonicalSlots, type CanonicalSlot } from "./canonical-slots.ts";
import type { GroundedFact } from "./check-facts.ts";
import { checkTime } from "./check-time.ts";
import { covers, twinOf } from "./find-twin.ts";
import type { ModelFact } from "./model-fact.ts";
import type { Turn } from "./turn.ts";
import { filedUnder, mentionsOf, relationsIn } from "./label-fact.ts";

export interface Combination {
  readonly proposed: readonly GroundedFact[];
  readonly byRules: readonly ExtractedFact[];
  readonly messages: readonly ExtractionMessage[];
  readonly context: ExtractionContext;
  readonly rules: FactExtractor;
  readonly turn: Turn;
}

const DEFAULT_CONFIDENCE = 0.85;

/**
 * The model's facts and the rules' as one list in the order of the messages. Where both speak of the same words the
 * model's sentence stays, with the rules' slot; what fills a slot or is an instruction and the model did not mention
 * stays as the rules have it.
 */
export async function combineFacts(combination: Combination): Promise<readonly ExtractedFact[]> {
  const { proposed, byRules, messages, context, rules, turn } = combination;
  const taken = new Set<ExtractedFact>();
  const twins: (ExtractedFact | undefined)[] = [];
  for (const fact of proposed) {
    twins.push(twinOf(fact, byRules, taken));
    await turn.rest();
  }
  const alone = proposed.filter((fact, index) => isOpen(fact, twins[index]));
  const slots = await canonicalSlots(
    alone.map(({ fact, text, grounds }) => ({ fact: { ...fact, text }, ground: grounds[0] })),
    rules,
    context.signal,
    turn,
  );
  const slotOf = new Map(alone.map((fact, index) => [fact, slots[index]]));
  const facts: ExtractedFact[] = [];
  for (const [index, fact] of proposed.entries()) {
    const twin = twins[index];
    const made = toFact(fact, twin, slotOf.get(fact), context);
    // What the rules are sure of does not give way to what nobody said so; and nobody is told to do that.
    if (isSound(made, messages)) facts.push(made);
    else facts.push(twin === undefined ? { ...made, kind: "fact" } : refile(twin, context));
    await turn.rest();
  }
  const kept = byRules.filter((fact) => isMissed(fact, proposed, taken) && isAskedFor(fact, context));
  const order = new Map(messages.map(({ id }, index) => [id, index]));
  const positionOf = ({ sources: [first] }: ExtractedFact): number =>
    (order.get(first?.messageId ?? "") ?? 0) * 1e7 + (first?.spans[0]?.start ?? 0);
  const filed = kept.map((fact) => refile(fact, context));
  return [...facts, ...filed].toSorted((left, right) => positionOf(left) - positionOf(right));
}

/**
 * An application that says what is to be stored is not answered with what the rules find besides; an agent's own
 * memory takes of it what users want of the agent.
 */
function isAskedFor({ kind }: ExtractedFact, { guidance, scope }: ExtractionContext): boolean {
  if (isAgentScope(scope)) return kind === "instruction";
  const asked = [guidance?.customInstructions, guidance?.includes, guidance?.excludes];
  return !asked.some((each) => (each ?? "").trim() !== "");
}

/**
 * Whether the rules are asked for a slot once more, in the model's words: not where they have read the same statement
 * and the model names no value. An assistant's claims about a person fill none of the person's slots.
 */
function isOpen({ fact, kind, grounds: [carrier] }: GroundedFact, twin: ExtractedFact | undefined): boolean {
  if (kind !== "fact" || carrier.speech.speaker.standing !== "peer") return false;
  return twin === undefined || (twin.attribute === undefined && fact.value !== undefined);
}

/** A rules' fact that no model's fact stands for and that must not get lost. */
function isMissed(fact: ExtractedFact, proposed: readonly GroundedFact[], taken: ReadonlySet<ExtractedFact>): boolean {
  if (taken.has(fact)) return false;
  if (fact.attribute !== undefined) return true;
  return fact.kind === "instruction" && !proposed.some((other) => other.kind === "instruction" && covers(other, fact));
}

function refile(fact: ExtractedFact, context: ExtractionContext): ExtractedFact {
  return { ...fact, categories: filedUnder(fact.categories, context) ?? fact.categories };
}

/** Its words are in its sources, and it is told of its speaker, not by him. */
function isSound(fact: ExtractedFact, messages: readonly ExtractionMessage[]): boolean {
  return checkSupport(fact, messages) && !FIRST_PERSON.test(fact.text);
}

const FIRST_PERSON = /^(?:I|I['’](?:m|ve|ll|d)|My|We|We['’]\p{L}+|Our) /u;

/** Where the rules give no sign of a change, the model's is one; in English they would see that a value was wrong or is over. */
function cueOf({ cue }: ModelFact, slot: CanonicalSlot, { speech, sentence }: Ground): ChangeCue {
  if (slot.cue !== "none" || cue === "none" || speech.language !== "en") return slot.cue === "none" ? cue : slot.cue;
  const lower = sentence.text.toLowerCase();
  if (cue === "end") return endsValue(lower) ? "end" : "none";
  return cue === "correction" && cueOfWords(lower) !== "correction" ? "change" : cue;
}

function toFact(
  { fact, grounds, text, kind }: GroundedFact,
  twin: ExtractedFact | undefined,
  found: CanonicalSlot | undefined,
  context: ExtractionContext,
): ExtractedFact {
  const { speech } = grounds[0];
  const slot = twin?.attribute === undefined ? found : { attribute: twin.attribute, cue: twin.cue };
  const isTimed = twin?.attribute !== undefined || twin?.validFrom !== undefined || twin?.validTo !== undefined;
  const time = isTimed ? twin : checkTime(fact, grounds, slot !== undefined);
  const isInstruction = kind === "instruction" || twin?.kind === "instruction";
  const mentions = mentionsOf(fact, text, twin);
  const relations = relationsIn(fact, text, mentions);
  return {
    text,
    kind: isInstruction ? "instruction" : "fact",
    ...(slot === undefined ? {} : { attribute: slot.attribute }),
    cue: slot === undefined ? "none" : cueOf(fact, slot, grounds[0]),
    ...(time.validFrom === undefined ? {} : { validFrom: time.validFrom }),
    ...(time.validTo === undefined ? {} : { validTo: time.validTo }),
    ...(time.granularity === undefined ? {} : { granularity: time.granularity }),
    categories:
      filedUnder(fact.categories, context) ?? categorize(text.toLowerCase(), slot?.attribute.attribute, isInstruction),
    mentions,
    ...(relations.length === 0 ? {} : { relations }),
    sources: sourcesOf(grounds),
    confidence: Math.round(Math.min(fact.confidence ?? DEFAULT_CONFIDENCE, 0.95) * 100) / 100,
    attributedTo: speech.message.role,
    ...(speech.speaker.isNamed ? { name: speech.speaker.label } : {}),
    language: speech.language,
  };
}
