import type { ExtractedFact, ExtractionMessage } from "../domain/extracted-fact.ts";
import type { MemoryRecord, Span } from "../domain/memory.ts";
import type { Scope } from "../domain/scope.ts";
import { identityKey } from "../extraction/near-duplicate.ts";
import { reconcile } from "../extraction/reconcile.ts";
import type { IncomingFact, ReconcilePlan } from "../extraction/reconcile-plan.ts";
import { relatedAttributes } from "../extraction/slot.ts";
import { checkSupport } from "../extraction/support-check.ts";
import type { ExtractionContext, FactExtractor } from "../ports/fact-extractor.ts";
import type { ReconcileLookup } from "../ports/memory-store.ts";
import { analyze } from "../text/analyze.ts";
import { readsLikeInstruction } from "../text/instruction-like.ts";
import { shareInside } from "../text/recalled-spans.ts";
import type { Engine } from "./engine.ts";
import { joinSources, splitEvidence } from "./split-evidence.ts";
import type { EvidencePart } from "./split-evidence.ts";

/** A stored message to draw facts from. */
export interface EvidenceMessage {
  readonly record: MemoryRecord;
  /** Parts that repeat what was recalled: no facts come of them. */
  readonly recalled: readonly Span[];
  /** Parts that nobody said, what attachments say: facts may come of them, instructions never. */
  readonly untrusted: readonly Span[];
  /** True: nobody vouches for any of it, so that whatever is drawn from it waits for review. Default false. */
  readonly isForeign?: boolean;
}

export interface CheckedFact extends IncomingFact {
  readonly isVerified: boolean;
  /** The message it rests on: its metadata, expiry and immutability are the fact's too. */
  readonly origin: MemoryRecord;
  /** Name of the extractor that found it. */
  readonly extractor: string;
}

/** How many messages before an add an extractor may look at. */
const CONTEXT_MESSAGES = 4;

/** A fact more than this share of whose words was recalled is none. */
const MOSTLY_RECALLED = 0.5;

/** Most confidence in what only an attachment says: below what replaces a known value, so it stands beside it. */
const MOST_OF_ATTACHMENTS = 0.45;

/** Facts of stored messages of one session, each checked for whether its words are in what it cites. */
export async function extractFacts(
  engine: Engine,
  scope: Scope,
  messages: readonly EvidenceMessage[],
  extractor: FactExtractor = engine.extractor,
  context: Omit<ExtractionContext, "before" | "scope"> = {},
): Promise<CheckedFact[]> {
  // Recalled text that comes back is kept as evidence and makes no facts.
  const recalled = new Map(messages.map(({ record, recalled: spans }) => [record.id, spans]));
  const split = messages
    .flatMap(({ record, untrusted }) => splitEvidence(record, untrusted))
    .map((part) => ({ ...part, message: inLocalTime(engine, part.message) }))
    .filter(({ record, start, message: { text } }) => {
      const spans = recalled.get(record.id) ?? [];
      return shareInside([{ start, end: start + text.length }], spans) < 1;
    });
  const [first] = split;
  if (first === undefined) return [];
  const foreign = new Set(messages.filter(({ isForeign }) => isForeign === true).map(({ record }) => record.id));
  const parts = new Map(split.map((part) => [part.message.id, part]));
  const usable = split.map(({ message }) => message);
  const tail = await engine.store.readSessionTail(scope, first.record.saidAt, CONTEXT_MESSAGES);
  const before = tail.map((message) => inLocalTime(engine, message));
  const extracted = await extractor.extract(usable, { ...context, before, scope });
  return extracted.flatMap((found): CheckedFact[] => {
    const { fact, isHeld: isDoubtful } = limitTrust(found, parts, usable, engine.settings.reviewBelow);
    const part = parts.get(fact.sources[0]?.messageId ?? first.message.id);
    if (part === undefined) return [];
    // "I moved to Rome" in a page is not said by the user, whose words it would be taken for.
    const isHeld = isDoubtful || foreign.has(part.record.id);
    const sources = joinSources(fact.sources, parts);
    const [own] = sources;
    const origin = part.record;
    const spans = recalled.get(origin.id) ?? [];
    if (own !== undefined && spans.length > 0 && shareInside(own.spans, spans) >= MOSTLY_RECALLED) return [];
    return [
      {
        ...withSaidTime(fact, part),
        sources,
        id: engine.createId(engine.clock()),
        saidAt: origin.saidAt,
        storedAt: origin.createdAt,
        isHeld,
        isVerified: !isHeld && checkSupport(fact, usable),
        origin,
        extractor: extractor.name,
      },
    ];
  });
}

/** "Yesterday" is the day before the speaker's own. */
function inLocalTime(engine: Engine, message: ExtractionMessage): ExtractionMessage {
  return { ...message, saidAt: engine.localTime(message.saidAt) };
}

/** Days are those of the speaker's calendar; what began or ended as it was said did so at that very moment. */
function withSaidTime(fact: ExtractedFact, { message, record }: EvidencePart): ExtractedFact {
  return {
    ...fact,
    ...(fact.validFrom === message.saidAt ? { validFrom: record.saidAt } : {}),
    ...(fact.validTo === message.saidAt ? { validTo: record.saidAt } : {}),
  };
}

/**
 * A fact as far as it may go. An instruction that does not rest on what somebody said alone is held for review, and so
 * is what reads like one, or is little sure, in what nobody said.
 */
function limitTrust(
  fact: ExtractedFact,
  parts: ReadonlyMap<string, EvidencePart>,
  messages: readonly ExtractionMessage[],
  least: number,
): { readonly fact: ExtractedFact; readonly isHeld: boolean } {
  const isSaid = ({ messageId }: { readonly messageId: string }): boolean => parts.get(messageId)?.isUntrusted !== true;
  const [own] = fact.sources;
  if (fact.kind === "instruction") {
    const said = { ...fact, sources: fact.sources.filter(isSaid) };
    if (said.sources.length === fact.sources.length) return { fact, isHeld: false };
    if (own !== undefined && isSaid(own) && checkSupport(said, messages)) return { fact: said, isHeld: false };
    return { fact: { ...fact, confidence: Math.min(fact.confidence, MOST_OF_ATTACHMENTS) }, isHeld: true };
  }
  if (own === undefined || isSaid(own)) return { fact, isHeld: false };
  const confidence = Math.min(fact.confidence, MOST_OF_ATTACHMENTS);
  return { fact: { ...fact, confidence }, isHeld: confidence < least || readsLikeInstruction(fact.text) };
}

/** What becomes of facts beside what is known of the same user, agent and app. */
export async function reconcileFacts(
  engine: Engine,
  scope: Scope,
  facts: readonly CheckedFact[],
  now: number,
): Promise<ReconcilePlan> {
  if (facts.length === 0) return { decisions: [] };
  const existing = await engine.store.findReconcileCandidates({
    ...lookupScope(scope),
    identities: facts.map((fact) => identityKey(fact.text)),
    attributes: facts.flatMap(({ attribute }) =>
      attribute === undefined
        ? []
        : relatedAttributes(attribute.attribute).map((name) => ({ subject: attribute.subject, attribute: name })),
    ),
    terms: facts.map((fact) => analyze(fact.text)),
  });
  return reconcile({
    incoming: facts,
    existing: existing.map(({ record, statedAt }) => ({ ...record, statedAt })),
    now,
  });
}

/** Reconcile works within user, agent and app; the run counts only when it is the sole id (design decision 3). */
export function lookupScope(scope: Scope): Pick<ReconcileLookup, "userId" | "agentId" | "appId" | "runId"> {
  const isRunOnly = scope.userId === undefined && scope.agentId === undefined && scope.appId === undefined;
  return {
    userId: scope.userId ?? null,
    ...(scope.agentId === undefined ? {} : { agentId: scope.agentId }),
    ...(scope.appId === undefined ? {} : { appId: scope.appId }),
    ...(isRunOnly && scope.runId !== undefined ? { runId: scope.runId } : {}),
  };
}
