import type { Mention, EntityType } from "../../domain/entity.ts";
import type { ExtractedFact, ExtractionMessage } from "../../domain/extracted-fact.ts";
import type { ExtractionContext, FactExtractor } from "../../ports/fact-extractor.ts";
import { isAgentScope } from "../../prompts/extract-facts.ts";
import { categorize } from "../rules/categories.ts";
import { checkSupport } from "../support-check.ts";
import { sourcesOf } from "./align-fact.ts";
import { canonicalSlots, type CanonicalSlot } from "./canonical-slots.ts";
import type { GroundedFact } from "./check-facts.ts";
import { checkTime } from "./check-time.ts";

export interface Combination {
  readonly proposed: readonly GroundedFact[];
  readonly byRules: readonly ExtractedFact[];
  readonly messages: readonly ExtractionMessage[];
  readonly context: ExtractionContext;
  readonly rules: FactExtractor;
}

/** Share of a rules' fact's span that a model's fact must rest on to stand for it. */
const COVERED = 0.5;
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

/** The rules' fact from the same words that says the same: of several the one whose value the model's text has. */
function twinOf(
  fact: GroundedFact,
  byRules: readonly ExtractedFact[],
  taken: Set<ExtractedFact>,
): ExtractedFact | undefined {
  const near = byRules.filter((other) => !taken.has(other) && covers(fact, other));
  const lower = fact.text.toLowerCase();
  const filling = near.filter(({ attribute }) => attribute !== undefined && holdsValue(lower, attribute.value));
  const value = fact.fact.value?.toLowerCase();
  const twin =
    filling.find(({ attribute }) => value !== undefined && isSameValue(attribute?.value ?? "", value)) ??
    filling[0] ??
    near.find(({ attribute }) => attribute === undefined);
  if (twin !== undefined) taken.add(twin);
  return twin;
}

function isSameValue(left: string, right: string): boolean {
  return left.includes(right) || right.includes(left);
}

function holdsValue(lower: string, value: string): boolean {
  const words = value.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== "");
  return words.length > 0 && words.filter((word) => lower.includes(word)).length * 2 > words.length;
}

function covers({ grounds }: GroundedFact, { sources: [first] }: ExtractedFact): boolean {
  if (first === undefined) return false;
  const own = grounds.filter(({ speech }) => speech.message.id === first.messageId);
  return first.spans.every(({ start, end }) => {
    const shared = own.reduce(
      (sum, { sentence }) => sum + Math.max(0, Math.min(end, sentence.end) - Math.max(start, sentence.start)),
      0,
    );
    return shared >= (end - start) * COVERED;
  });
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

/** With the application's own categories, those of them that are named; without, `undefined`. */
function filedUnder(named: readonly string[], { guidance }: ExtractionContext): string[] | undefined {
  const custom = Object.keys(guidance?.customCategories ?? {});
  if (custom.length === 0) return undefined;
  const wanted = new Set(named.map((name) => name.trim().toLowerCase()));
  return custom.filter((name) => wanted.has(name.trim().toLowerCase()));
}

const TYPES: ReadonlySet<string> = new Set([
  "person",
  "place",
  "organization",
  "product",
  "project",
  "concept",
  "date",
  "identifier",
  "quote",
]);
const TYPE_NAMES: ReadonlyMap<string, EntityType> = new Map<string, EntityType>([
  ["location", "place"],
  ["city", "place"],
  ["country", "place"],
  ["company", "organization"],
  ["organisation", "organization"],
  ["people", "person"],
  ["animal", "other"],
]);

/** Names of the model that stand in the fact, and those of the rules. */
function mentionsOf(
  { entities, relations }: GroundedFact["fact"],
  text: string,
  twin: ExtractedFact | undefined,
): Mention[] {
  const found = new Map<string, Mention>();
  const named = [
    ...entities,
    ...relations.flatMap(({ subject, object }) => [
      { name: subject, type: "other" },
      { name: object, type: "other" },
    ]),
  ];
  for (const { name, type } of named) {
    const key = name.toLowerCase();
    if (/^(?:user|assistant|the user|the assistant)$/u.test(key) || !text.toLowerCase().includes(key) || found.has(key))
      continue;
    found.set(key, { name, type: TYPES.has(type) ? (type as EntityType) : (TYPE_NAMES.get(type) ?? "other") });
  }
  for (const mention of twin?.mentions ?? []) {
    const key = mention.name.toLowerCase();
    if (!found.has(key) && text.toLowerCase().includes(key)) found.set(key, mention);
  }
  return [...found.values()].slice(0, 12);
}
