import type { ExtractedFact, ExtractionMessage } from "../../domain/extracted-fact.ts";
import type { ExtractionContext, FactExtractor } from "../../ports/fact-extractor.ts";
import { isAgentScope } from "../../prompts/extract-facts.ts";
import { categorize } from "../rules/categories.ts";
import { checkSupport } from "../support-check.ts";
import { sourcesOf } from "./align-fact.ts";
import { canonicalSlots, type CanonicalSlot } from "./canonical-slots.ts";
import type { GroundedFact } from "./check-facts.ts";
import { checkTime } from "./check-time.ts";
import { covers, twinOf } from "./find-twin.ts";
import { filedUnder, mentionsOf } from "./label-fact.ts";

export interface Combination {
  readonly proposed: readonly GroundedFact[];
  readonly byRules: readonly ExtractedFact[];
  readonly messages: readonly ExtractionMessage[];
  readonly context: ExtractionContext;
  readonly rules: FactExtractor;
}

const DEFAULT_CONFIDENCE = 0.85;

/**
 * The model's facts and the rules' as one list in the order of the messages. Where both speak of the same words the
 * model's sentence stays, with the rules' slot; what fills a slot or is an instruction and the model did not mention
 * stays as the rules have it.
 */
export async function combineFacts(combination: Combination): Promise<readonly ExtractedFact[]> {
  const { proposed, byRules, messages, context, rules } = combination;
  const taken = new Set<ExtractedFact>();
  const twins = proposed.map((fact) => twinOf(fact, byRules, taken));
  const alone = proposed.filter((fact, index) => isOpen(fact, twins[index]));
  const slots = await canonicalSlots(
    alone.map(({ fact, text, grounds }) => ({ fact: { ...fact, text }, ground: grounds[0] })),
    rules,
    context.signal,
  );
  const slotOf = new Map(alone.map((fact, index) => [fact, slots[index]]));
  const facts = proposed
    .map((fact, index) => toFact(fact, twins[index], slotOf.get(fact), context))
    // Nobody is told to do what nobody is sure was asked.
    .map((fact) =>
      fact.kind === "instruction" && !checkSupport(fact, messages) ? { ...fact, kind: "fact" as const } : fact,
    );
  const kept = byRules.filter((fact) => isMissed(fact, proposed, taken) && isAskedFor(fact, context));
  const order = new Map(messages.map(({ id }, index) => [id, index]));
  const positionOf = ({ sources: [first] }: ExtractedFact): number =>
    (order.get(first?.messageId ?? "") ?? 0) * 1e7 + (first?.spans[0]?.start ?? 0);
  const filed = kept.map((fact) => ({ ...fact, categories: filedUnder(fact.categories, context) ?? fact.categories }));
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
  return {
    text,
    kind: isInstruction ? "instruction" : "fact",
    ...(slot === undefined ? {} : { attribute: slot.attribute }),
    cue: slot === undefined ? "none" : slot.cue === "none" ? fact.cue : slot.cue,
    ...(time.validFrom === undefined ? {} : { validFrom: time.validFrom }),
    ...(time.validTo === undefined ? {} : { validTo: time.validTo }),
    ...(time.granularity === undefined ? {} : { granularity: time.granularity }),
    categories:
      filedUnder(fact.categories, context) ?? categorize(text.toLowerCase(), slot?.attribute.attribute, isInstruction),
    mentions: mentionsOf(fact, text, twin),
    sources: sourcesOf(grounds),
    confidence: Math.round(Math.min(fact.confidence ?? DEFAULT_CONFIDENCE, 0.95) * 100) / 100,
    attributedTo: speech.message.role,
    ...(speech.speaker.isNamed ? { name: speech.speaker.label } : {}),
    language: speech.language,
  };
}
