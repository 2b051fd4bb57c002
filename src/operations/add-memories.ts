import type { ExtractionMessage } from "../domain/extracted-fact.ts";
import type { MemoryRecord } from "../domain/memory.ts";
import type { AddRequest } from "../domain/requests.ts";
import type { Scope } from "../domain/scope.ts";
import { MemoryError } from "../errors.ts";
import { identityKey } from "../extraction/near-duplicate.ts";
import { reconcile } from "../extraction/reconcile.ts";
import type { IncomingFact, ReconcileDecision, ReconcilePlan } from "../extraction/reconcile-plan.ts";
import { relatedAttributes } from "../extraction/slot.ts";
import { checkSupport } from "../extraction/support-check.ts";
import type { ChangeSet, NewPassage } from "../ports/memory-store.ts";
import { analyze } from "../text/analyze.ts";
import { detectLanguage } from "../text/detect-language.ts";
import { shareInside } from "../text/recalled-spans.ts";
import { answerAdd } from "./add-result.ts";
import type { AddResult, Timings } from "./add-result.ts";
import { buildPassages, pause } from "./build-passages.ts";
import type { Engine } from "./engine.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { indexingJob, indexLongMessages, splitLongMessages } from "./index-long-messages.ts";
import { planToChange } from "./plan-to-change.ts";
import { waitForTurn } from "./wait-for-turn.ts";
import { prepareMessages } from "./prepare-messages.ts";
import type { PreparedMessage } from "./prepare-messages.ts";

/** How often a change is worked out again because another writer was faster. */
const MAX_ATTEMPTS = 50;

/** A message that is stored with this call, and its record. */
export interface StoredMessage {
  readonly prepared: PreparedMessage;
  readonly record: MemoryRecord;
  readonly passages: readonly NewPassage[];
}

/**
 * Adds messages: 1. normalise, 2. keep the evidence, 3. extract facts, 4. check their support, 5. reconcile them
 * with what is known, 6. embed what is new, 7. commit everything in one transaction. Calls for one user run one
 * after the other; another process that was faster makes this one reconcile again.
 */
export async function addMemories(engine: Engine, request: AddRequest): Promise<AddResult> {
  const fingerprint = request.idempotencyKey === null ? "" : fingerprintOf(request, engine.createDigest);
  // In line at once, without an await before it: `close` waits for whatever was called before.
  return engine.locks.run(`user ${request.scope.userId ?? ""}`, async () => {
    const answer = await readAnswer(engine, request, fingerprint);
    if (answer !== null) return answer;
    return addInTurn(engine, request, fingerprint);
  });
}

async function addInTurn(engine: Engine, request: AddRequest, fingerprint: string): Promise<AddResult> {
  const timings: Timings = {};
  const stop = startTimer(timings);
  const { scope } = request;
  const failures: string[] = [];

  // 1. Normalise.
  const prepared = await prepareMessages(engine, request);
  await stop("normalise");

  // 2. The evidence: what is new becomes message records.
  // Read first: whatever is written after it makes the change below start again.
  let seen = await engine.store.readPartition(scope.userId ?? null);
  const findReplays = (): Promise<readonly (string | null)[]> =>
    engine.store.findReplay(
      scope,
      prepared.messages.map((message) => ({
        role: message.role,
        name: message.name,
        text: message.text,
        saidAt: request.saidAt,
        // Asked for only where a stretch of messages could repeat an import.
        get identity() {
          return identityKey(message.text);
        },
      })),
    );
  const replays = await findReplays();
  const now = engine.clock();
  const saidAt = request.saidAt ?? now;
  const fresh = prepared.messages.filter((_message, index) => replays[index] === null);
  const records = fresh.map((message) => messageRecord(engine, request, message, { now, saidAt }));
  const passages = await buildPassages(
    records.map((record) => ({ text: record.text, date: record.saidAt, language: record.language })),
    engine.embedder,
    { failures, signal: engine.shutdown },
  );
  const stored = records.map((record, index) => ({
    prepared: fresh[index] as PreparedMessage,
    record,
    passages: passages[index] ?? [],
  }));
  await stop("evidence");

  // 3. and 4. Facts, and whether their words are in what they cite.
  const facts = request.infer ? await extractFacts(engine, scope, stored) : [];
  await stop("extract");

  const holder = engine.createId(now);
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const isOurTurn = attempt > 0 && (await waitForTurn(engine, scope.userId ?? null, holder, attempt));
    const partition = await engine.store.readPartition(scope.userId ?? null);
    if (partition.version !== seen.version) {
      // Another process wrote meanwhile: perhaps the answer of this very call, or the same messages.
      const answer = await readAnswer(engine, request, fingerprint);
      if (answer !== null) return answer;
      const again = await findReplays();
      if (again.some((id, index) => id !== replays[index])) return addInTurn(engine, request, fingerprint);
      seen = partition;
    }
    // 5. Reconcile.
    const plan = request.infer
      ? await reconcileFacts(engine, scope, facts, now)
      : await reconcileImports(engine, scope, stored);
    await stop("reconcile");
    // 6. Embed, 7. commit.
    const { now: direct, later } = splitLongMessages(request.infer ? stored : keepNew(stored, plan));
    const change = await planToChange(engine, { request, plan, facts, messages: direct, now, failures });
    await stop("embed");
    const ids = prepared.messages.map(
      (_message, index) =>
        replays[index] ?? (records[fresh.indexOf(prepared.messages[index] as PreparedMessage)] as MemoryRecord).id,
    );
    const result = answerAdd({
      change,
      plan,
      messageIds: ids,
      warnings: [...request.warnings, ...prepared.warnings, ...failures],
      replayed: replays,
    });
    const isEmpty = (change.add?.length ?? 0) === 0 && (change.patch?.length ?? 0) === 0;
    if (isEmpty && request.idempotencyKey === null) return { ...result, timings };
    const applied = await engine.store.apply({
      ...change,
      expectedVersion: partition.version,
      ...(isOurTurn ? { turn: holder } : {}),
      jobs: later.map((message) => indexingJob(engine, message.record)),
      ...(request.idempotencyKey === null
        ? {}
        : { idempotency: { key: request.idempotencyKey, fingerprint, answer: JSON.stringify(result) } }),
    } satisfies ChangeSet);
    await stop("commit");
    if (applied.status === "conflict") continue;
    const delays = await indexLongMessages(engine, later, { jobIds: applied.jobIds, version: applied.version });
    if (later.length > 0) await stop("index");
    return { ...result, warnings: [...result.warnings, ...delays], timings };
  }
  throw new MemoryError(
    "conflict",
    `The memories of this user changed ${MAX_ATTEMPTS} times while this call was reconciled. Try again.`,
    { retryable: true },
  );
}

/** A step that took longer than this is followed by a turn for the event loop, so that steps do not add up to a block. */
const LONG_STEP_MS = 8;

function startTimer(timings: Timings): (step: string) => Promise<void> {
  let last = performance.now();
  return async (step) => {
    const now = performance.now();
    timings[step] = Math.round(((timings[step] ?? 0) + now - last) * 1000) / 1000;
    last = now;
    if ((timings[step] ?? 0) > LONG_STEP_MS) await pause();
  };
}

async function readAnswer(engine: Engine, request: AddRequest, fingerprint: string): Promise<AddResult | null> {
  if (request.idempotencyKey === null) return null;
  const known = await engine.store.readIdempotent(request.idempotencyKey);
  if (known === null) return null;
  if (known.fingerprint !== fingerprint) {
    throw new MemoryError(
      "conflict",
      `The idempotency key "${request.idempotencyKey}" was used for another add. Use a new key for new content.`,
    );
  }
  return JSON.parse(known.answer) as AddResult;
}

function messageRecord(
  engine: Engine,
  request: AddRequest,
  message: PreparedMessage,
  at: { now: number; saidAt: number },
): MemoryRecord {
  const language = detectLanguage(message.text);
  return {
    id: engine.createId(at.now),
    kind: request.infer ? "message" : "fact",
    text: message.text,
    scope: request.scope,
    role: message.role,
    ...(message.name === null ? {} : { name: message.name }),
    metadata: request.metadata,
    categories: [],
    state: "active",
    isVerified: true,
    isImmutable: request.isImmutable,
    saidAt: at.saidAt,
    createdAt: at.now,
    updatedAt: at.now,
    ...(request.expirationDate === null ? {} : { expirationDate: request.expirationDate }),
    conflictsWith: [],
    sources: [],
    ...(language === undefined ? {} : { language }),
    confidence: 1,
  };
}

export interface CheckedFact extends IncomingFact {
  readonly isVerified: boolean;
}

/** How many messages before an add an extractor may look at. */
const CONTEXT_MESSAGES = 4;

/** A fact more than this share of whose words was recalled is none. */
const MOSTLY_RECALLED = 0.5;

async function extractFacts(engine: Engine, scope: Scope, stored: readonly StoredMessage[]): Promise<CheckedFact[]> {
  // Recalled text that comes back is kept as evidence and makes no facts.
  const recalled = new Map(stored.map(({ record, prepared }) => [record.id, prepared.recalled]));
  const usable = stored
    .filter(({ record, prepared }) => shareInside([{ start: 0, end: record.text.length }], prepared.recalled) < 1)
    .map(({ record }) => toExtractionMessage(record));
  const [first] = usable;
  if (first === undefined) return [];
  const before = await engine.store.readSessionTail(scope, first.saidAt, CONTEXT_MESSAGES);
  const extracted = await engine.extractor.extract(usable, { before });
  const facts = extracted.filter(({ sources }) => {
    const [own] = sources;
    const spans = recalled.get(own?.messageId ?? "") ?? [];
    return spans.length === 0 || own === undefined || shareInside(own.spans, spans) < MOSTLY_RECALLED;
  });
  const saidAt = new Map(usable.map((message) => [message.id, message.saidAt]));
  return facts.map((fact) => ({
    ...fact,
    id: engine.createId(engine.clock()),
    saidAt: saidAt.get(fact.sources[0]?.messageId ?? "") ?? first.saidAt,
    isVerified: checkSupport(fact, usable),
  }));
}

function toExtractionMessage(record: MemoryRecord): ExtractionMessage {
  return {
    id: record.id,
    role: record.role ?? "user",
    ...(record.name === undefined ? {} : { name: record.name }),
    text: record.text,
    saidAt: record.saidAt,
    ...(record.language === undefined ? {} : { language: record.language }),
  };
}

async function reconcileFacts(
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

/** Direct imports: only exact duplicates of what is active in the scope are left out. */
async function reconcileImports(
  engine: Engine,
  scope: Scope,
  stored: readonly StoredMessage[],
): Promise<ReconcilePlan> {
  if (stored.length === 0) return { decisions: [] };
  const existing = await engine.store.findReconcileCandidates({
    ...lookupScope(scope),
    identities: stored.map(({ record }) => identityKey(record.text)),
    attributes: [],
    terms: [],
  });
  const known = new Map(
    existing
      .filter(({ record }) => record.state === "active")
      .map(({ record }) => [identityKey(record.text), record.id]),
  );
  const decisions = stored.map(({ record }): ReconcileDecision => {
    const key = identityKey(record.text);
    const twin = known.get(key);
    if (twin !== undefined)
      return {
        action: "NONE",
        reason: "stored before, word for word",
        factId: record.id,
        targetIds: [twin],
        patches: [],
      };
    known.set(key, record.id);
    return {
      action: "ADD",
      reason: "imported as given",
      factId: record.id,
      targetIds: [],
      memory: { state: "active", conflictsWith: [] },
      patches: [],
    };
  });
  return { decisions };
}

function keepNew(stored: readonly StoredMessage[], plan: ReconcilePlan): StoredMessage[] {
  const added = new Set(plan.decisions.filter(({ action }) => action !== "NONE").map(({ factId }) => factId));
  return stored.filter(({ record }) => added.has(record.id));
}

/** Reconcile works within user, agent and app; the run counts only when it is the sole id (design decision 3). */
function lookupScope(scope: Scope): { userId: string | null; agentId?: string; appId?: string; runId?: string } {
  const isRunOnly = scope.userId === undefined && scope.agentId === undefined && scope.appId === undefined;
  return {
    userId: scope.userId ?? null,
    ...(scope.agentId === undefined ? {} : { agentId: scope.agentId }),
    ...(scope.appId === undefined ? {} : { appId: scope.appId }),
    ...(isRunOnly && scope.runId !== undefined ? { runId: scope.runId } : {}),
  };
}
