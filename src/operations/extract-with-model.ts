import type { ExtractionGuidance } from "../domain/extraction-guidance.ts";
import { blankOut } from "../domain/hidden-spans.ts";
import { EXTRACT_FACTS } from "../domain/job.ts";
import type { Span } from "../domain/memory.ts";
import type { TokenUsage } from "../domain/model-usage.ts";
import type { AddRequest } from "../domain/requests.ts";
import type { Scope } from "../domain/scope.ts";
import { MemoryError } from "../errors.ts";
import type { ChangeSet, StoredMemory } from "../ports/memory-store.ts";
import { shareInside } from "../text/recalled-spans.ts";
import type { StoredMessage } from "./add-memories.ts";
import { listItems } from "./add-result.ts";
import type { AddedItem } from "./add-result.ts";
import { changeMemories } from "./change-memories.ts";
import { extractFacts, reconcileFacts } from "./derive-facts.ts";
import type { CheckedFact, EvidenceMessage } from "./derive-facts.ts";
import type { Engine } from "./engine.ts";
import { planToChange } from "./plan-to-change.ts";
import { hiddenSpans } from "./visible-text.ts";

/** Messages of one session that go to the model together, at most. */
export const WINDOW_MESSAGES = 40;

/** A fact with this share of its words hidden is what was deleted. */
const MOSTLY_HIDDEN = 0.5;

/** How long after the model's own time limit the process that added has for its part, before another may take over. */
const LEASE_MARGIN_MS = 30_000;

/** How a queued message is to be extracted; kept with it as JSON. */
export interface ExtractionOptions {
  readonly mode: "facts" | "procedure";
  readonly guidance: ExtractionGuidance;
  /** Nobody vouches for the messages. Left out: somebody does. */
  readonly isUntrusted?: boolean;
}

/** What the transaction that stores messages notes, so that the model sees them whatever happens. */
export function queueForModel(
  engine: Engine,
  request: AddRequest,
  messages: readonly StoredMessage[],
  batch: string,
): Pick<ChangeSet, "unextracted" | "requestExtraction" | "jobs"> {
  const userId = request.scope.userId ?? null;
  const options: ExtractionOptions = {
    mode: request.mode,
    guidance: { ...engine.settings.guidance, ...request.guidance },
    ...(request.isUntrusted ? { isUntrusted: true } : {}),
  };
  const unextracted = messages.map(({ record, prepared }) => ({
    memoryId: record.id,
    batch,
    options: JSON.stringify(options),
    recalled: prepared.recalled,
    untrusted: prepared.untrusted,
  }));
  const now = engine.clock();
  if (!request.wait) {
    const runAt = now + engine.settings.extractionDelayMs;
    return { unextracted, requestExtraction: { type: EXTRACT_FACTS, batch, userId, runAt, fullAt: WINDOW_MESSAGES } };
  }
  const leaseUntil = now + engine.settings.modelTimeoutMs + LEASE_MARGIN_MS;
  return { unextracted, jobs: [{ type: EXTRACT_FACTS, payload: { batch, userId }, leaseUntil }] };
}

/** Messages of one session wait together; a whole conversation that is procedural is a batch of its own. */
export function batchOf(request: AddRequest, createId: () => string): string {
  if (request.wait || request.mode === "procedure") return createId();
  const { userId, agentId, appId, runId } = request.scope;
  return JSON.stringify([userId ?? null, agentId ?? null, appId ?? null, runId ?? null]);
}

export interface ModelExtraction {
  readonly scope: Scope;
  readonly messages: readonly (EvidenceMessage & { readonly hasRulesFacts: boolean })[];
  readonly options: ExtractionOptions;
  /** What else the transaction that stores the facts does, told what they are and whether they are the model's. */
  readonly alsoWrite?: (
    outcome: Omit<ModelOutcome, "failure">,
    isExtracted: boolean,
  ) => Pick<ChangeSet, "finishJob" | "idempotency">;
  readonly signal?: AbortSignal;
}

export interface ModelOutcome {
  readonly results: readonly AddedItem[];
  readonly usage: { modelCalls: number; inputTokens: number; outputTokens: number };
  readonly warnings: readonly string[];
  /** Why the model gave no facts; the rules' facts are stored then, and the messages wait for another try. */
  readonly failure: MemoryError | null;
}

/**
 * Asks the language model for the facts of stored messages and commits them. Nothing is locked while it thinks. When it
 * fails, the rules' facts are stored in their place, once.
 */
export async function extractWithModel(engine: Engine, extraction: ModelExtraction): Promise<ModelOutcome> {
  const { scope, options, signal } = extraction;
  const messages = extraction.messages.map((message) => ({ ...message, isForeign: options.isUntrusted === true }));
  const usage = { modelCalls: 0, inputTokens: 0, outputTokens: 0 };
  const warnings: string[] = [];
  const onUsage = (tokens: TokenUsage): void => {
    usage.modelCalls += 1;
    usage.inputTokens += tokens.inputTokens;
    usage.outputTokens += tokens.outputTokens;
  };
  let facts: CheckedFact[];
  let failure: MemoryError | null = null;
  try {
    if (engine.modelExtractor === undefined)
      throw new MemoryError("invalid_input", "No language model is configured: set llm in the configuration.");
    const open = await blankHidden(engine, messages);
    facts = await extractFacts(engine, scope, open, engine.modelExtractor(scope), {
      mode: options.mode,
      guidance: options.guidance,
      onUsage,
      onWarning: (warning) => warnings.push(warning),
      ...(signal === undefined ? {} : { signal }),
    });
  } catch (error) {
    if (!MemoryError.isInstance(error)) throw error;
    failure = error;
    const left = messages.filter(({ hasRulesFacts }) => !hasRulesFacts);
    if (left.length === 0) return { results: [], usage, warnings, failure };
    facts = await extractFacts(engine, scope, await blankHidden(engine, left));
  }
  const results = await commitFacts(engine, extraction, facts, { usage, warnings, failure });
  return { results, usage, warnings, failure };
}

/** What was deleted or purged since the messages were stored goes into no prompt and makes no facts. */
async function blankHidden<Message extends EvidenceMessage>(
  engine: Engine,
  messages: readonly Message[],
): Promise<Message[]> {
  const hidden = await hiddenById(engine, await engine.store.getMemories(messages.map(({ record }) => record.id)));
  return messages.map((message) => {
    const spans = hidden.get(message.record.id);
    if (spans === undefined) return message;
    return { ...message, record: { ...message.record, text: blankOut(message.record.text, spans) } };
  });
}

async function hiddenById(
  engine: Engine,
  messages: readonly StoredMemory[],
): Promise<ReadonlyMap<string, readonly Span[]>> {
  const hidden = await hiddenSpans(engine, messages);
  return new Map(
    messages.flatMap(({ record, reference }) => {
      const spans = hidden.get(reference);
      return spans === undefined ? [] : [[record.id, spans]];
    }),
  );
}

async function commitFacts(
  engine: Engine,
  { scope, messages, alsoWrite }: ModelExtraction,
  facts: readonly CheckedFact[],
  { usage, warnings, failure }: Omit<ModelOutcome, "results">,
): Promise<readonly AddedItem[]> {
  const ids = messages.map(({ record }) => record.id);
  let items: readonly AddedItem[] = [];
  await changeMemories(engine, scope.userId ?? null, ids, async (stored) => {
    // What was deleted, purged or hidden while the model was thinking gives no facts.
    const active = new Set(stored.filter(({ record }) => record.state === "active").map(({ record }) => record.id));
    const hidden = await hiddenById(engine, stored);
    const usable = facts.filter(({ sources }) =>
      sources.every(
        ({ messageId, spans }) =>
          active.has(messageId) && shareInside(spans, hidden.get(messageId) ?? []) < MOSTLY_HIDDEN,
      ),
    );
    const now = engine.clock();
    const plan = await reconcileFacts(engine, scope, usable, now);
    const change = await planToChange(engine, { scope, plan, facts: usable, messages: [], now, isInferred: true });
    items = listItems(change, plan);
    return {
      ...change,
      settled: { messageIds: ids, outcome: failure === null ? "extracted" : "rules-only" },
      ...alsoWrite?.({ results: items, usage, warnings }, failure === null),
    };
  });
  return items;
}
