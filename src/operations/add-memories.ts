import type { MemoryRecord } from "../domain/memory.ts";
import type { AddRequest } from "../domain/requests.ts";
import type { Scope } from "../domain/scope.ts";
import { MemoryError } from "../errors.ts";
import { identityKey } from "../extraction/near-duplicate.ts";
import type { ReconcileDecision, ReconcilePlan } from "../extraction/reconcile-plan.ts";
import type { Job } from "../ports/job-queue.ts";
import type { ChangeSet, NewPassage } from "../ports/memory-store.ts";
import { readsLikeInstruction } from "../text/instruction-like.ts";
import { detectLanguage } from "../text/detect-language.ts";
import { hasReadableParts, prepareWithAttachments } from "./add-attachments.ts";
import type { MessagesWithAttachments } from "./add-attachments.ts";
import { answerAdd } from "./add-result.ts";
import type { AddResult, Timings } from "./add-result.ts";
import { buildPassages, pause } from "./build-passages.ts";
import { extractFacts, lookupScope, reconcileFacts } from "./derive-facts.ts";
import type { EvidenceMessage } from "./derive-facts.ts";
import type { Engine } from "./engine.ts";
import { batchOf, extractWithModel, queueForModel } from "./extract-with-model.ts";
import { findReplays } from "./find-replays.ts";
import { notFound } from "./get-memory.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { indexingJob, indexLongMessages, splitLongMessages } from "./index-long-messages.ts";
import { planToChange } from "./plan-to-change.ts";
import { putOff } from "./run-jobs.ts";
import { waitForTurn } from "./wait-for-turn.ts";
import { prepareMessages } from "./prepare-messages.ts";
import type { PreparedMessage } from "./prepare-messages.ts";

/** How long a first add waits for an embedder that has to load first; its vectors follow otherwise. */
const PREPARE_EMBEDDER_MS = 10_000;

/** How often a change is worked out again because another writer was faster. */
const MAX_ATTEMPTS = 50;

/** What an add came to; `queued` when a language model has still to see its messages. */
interface Added {
  readonly result: AddResult;
  readonly queued?: { readonly job: Job; readonly messages: readonly StoredMessage[] };
}

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
  if (!hasReadableParts(request)) return addPrepared(engine, request, fingerprint, null);
  return engine.locks.run(`attachments ${engine.createId(engine.clock())}`, async () => {
    const answer = await readAnswer(engine, request, fingerprint);
    if (answer !== null) return answer;
    return addPrepared(engine, request, fingerprint, await prepareWithAttachments(engine, request));
  });
}

/** @param given The messages where their attachments were read before; null: they are prepared in turn. */
async function addPrepared(
  engine: Engine,
  request: AddRequest,
  fingerprint: string,
  given: MessagesWithAttachments | null,
): Promise<AddResult> {
  const { result, queued } = await engine.locks.run(`user ${request.scope.userId ?? ""}`, async () => {
    const answer = await readAnswer(engine, request, fingerprint);
    if (answer !== null) return { result: answer };
    await engine.prepareEmbedder(PREPARE_EMBEDDER_MS);
    return addInTurn(engine, request, fingerprint, given);
  });
  if (queued === undefined || !request.wait) return result;
  // The evidence is on disk and the user's lock is free: others may add while the model thinks.
  return engine.locks.run(`extract ${queued.job.id}`, () =>
    awaitModel(engine, request, { result, queued, fingerprint }),
  );
}

/** @throws MemoryError `not_found` for a ground that is no memory of the same user. */
async function requireGrounds({ store }: Engine, { derivedFrom, scope }: AddRequest): Promise<void> {
  const stored = derivedFrom.length === 0 ? [] : await store.getMemories(derivedFrom);
  for (const id of derivedFrom) {
    const record = stored.find((memory) => memory.record.id === id)?.record;
    if (record === undefined || record.state === "deleted" || record.scope.userId !== scope.userId) throw notFound(id);
  }
}

async function addInTurn(
  engine: Engine,
  request: AddRequest,
  fingerprint: string,
  given: MessagesWithAttachments | null,
): Promise<Added> {
  const timings: Timings = given === null ? {} : { attachments: Math.round(given.milliseconds * 1000) / 1000 };
  const stop = startTimer(timings);
  const { scope } = request;
  const failures: string[] = unfollowed(engine, request);

  await requireGrounds(engine, request);

  // 1. Normalise.
  const prepared = given ?? (await prepareMessages(engine, request));
  await stop("normalise");

  // 2. The evidence: what is new becomes message records.
  // Read first: whatever is written after it makes the change below start again.
  let seen = await engine.store.readPartition(scope.userId ?? null);
  const replays = await findReplays(engine, request, prepared.messages);
  const now = engine.clock();
  const fresh = prepared.messages.filter((_message, index) => replays[index] === null);
  const records = fresh.map((message) => messageRecord(engine, request, message, now));
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
  // With a language model, what is stored first is the evidence alone; its facts follow in a transaction of their own.
  const isForModel = request.infer && engine.modelExtractor !== undefined;
  const facts =
    request.infer && !isForModel
      ? await extractFacts(
          engine,
          scope,
          stored.map((each) => toEvidence(each, request)),
        )
      : [];
  await stop("extract");

  const holder = engine.createId(now);
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const isOurTurn = attempt > 0 && (await waitForTurn(engine, scope.userId ?? null, holder, attempt));
    const partition = await engine.store.readPartition(scope.userId ?? null);
    if (partition.version !== seen.version) {
      // Another process wrote meanwhile: perhaps the answer of this very call, or the same messages.
      const known = await readAnswer(engine, request, fingerprint);
      if (known !== null) return { result: known };
      const again = await findReplays(engine, request, prepared.messages);
      if (again.some((id, index) => id !== replays[index])) return addInTurn(engine, request, fingerprint, given);
      seen = partition;
    }
    // 5. Reconcile.
    const plan = request.infer
      ? await reconcileFacts(engine, scope, facts, now)
      : await reconcileImports(engine, scope, stored);
    await stop("reconcile");
    // 6. Embed, 7. commit.
    const { now: direct, later } = splitLongMessages(request.infer ? stored : keepNew(stored, plan));
    const change = await planToChange(engine, {
      scope,
      isInferred: request.infer,
      plan,
      facts,
      messages: direct,
      now,
      derivedFrom: request.derivedFrom,
      failures,
    });
    const forModel =
      isForModel && stored.length > 0
        ? queueForModel(
            engine,
            request,
            stored,
            batchOf(request, () => engine.createId(now)),
          )
        : {};
    await stop("embed");
    const ids = prepared.messages.map(
      (_message, index) =>
        replays[index] ?? (records[fresh.indexOf(prepared.messages[index] as PreparedMessage)] as MemoryRecord).id,
    );
    const answer = answerAdd({
      change,
      plan,
      messageIds: ids,
      warnings: [...request.warnings, ...prepared.warnings, ...failures],
      replayed: replays,
    });
    const usage = given?.usage ?? answer.usage;
    const result = { ...answer, usage, pendingMessages: isForModel ? stored.length : 0 };
    const isEmpty = (change.add?.length ?? 0) === 0 && (change.patch?.length ?? 0) === 0;
    if (isEmpty && request.idempotencyKey === null) return { result: { ...result, timings } };
    const applied = await engine.store.apply({
      ...change,
      ...forModel,
      expectedVersion: partition.version,
      ...(isOurTurn ? { turn: holder } : {}),
      jobs: [...later.map((message) => indexingJob(engine, message.record)), ...(forModel.jobs ?? [])],
      ...(request.idempotencyKey === null
        ? {}
        : { idempotency: { key: request.idempotencyKey, fingerprint, answer: JSON.stringify(result) } }),
    } satisfies ChangeSet);
    await stop("commit");
    if (applied.status === "conflict") continue;
    const delays = await indexLongMessages(engine, later, { jobIds: applied.jobIds, version: applied.version });
    if (later.length > 0) await stop("index");
    const added = { ...result, warnings: [...result.warnings, ...delays], timings };
    const [job] = forModel.jobs ?? [];
    const id = applied.jobIds.at(-1);
    if (job === undefined || id === undefined) return { result: added };
    return {
      result: added,
      queued: { job: { id, type: job.type, payload: job.payload, attempts: 1 }, messages: stored },
    };
  }
  throw new MemoryError(
    "conflict",
    `The memories of this user changed ${MAX_ATTEMPTS} times while this call was reconciled. Try again.`,
    { retryable: true },
  );
}

/** What only a model would do, where there is none: said, so that nobody waits for it. */
function unfollowed(engine: Engine, { guidance, mode }: AddRequest): string[] {
  if (engine.modelExtractor !== undefined) return [];
  const names = Object.keys(guidance);
  if (mode === "procedure") names.push("memoryType");
  return names.map((name) => `${name} needs a configured language model; rules alone do not follow it.`);
}

function toEvidence({ record, prepared }: StoredMessage, { isUntrusted }: AddRequest): EvidenceMessage {
  return { record, recalled: prepared.recalled, untrusted: prepared.untrusted, isForeign: isUntrusted };
}

/** 3. to 7. with a language model: what it says, or what the rules say while it fails. */
async function awaitModel(
  engine: Engine,
  request: AddRequest,
  { result, queued: { job, messages }, fingerprint }: Required<Added> & { readonly fingerprint: string },
): Promise<AddResult> {
  const timings = { ...result.timings };
  const stop = startTimer(timings);
  const { idempotencyKey, mode, scope, signal } = request;
  const { failure, ...found } = await extractWithModel(engine, {
    scope,
    messages: messages.map((message) => ({ ...toEvidence(message, request), hasRulesFacts: false })),
    options: {
      mode,
      guidance: { ...engine.settings.guidance, ...request.guidance },
      ...(request.isUntrusted ? { isUntrusted: true } : {}),
    },
    alsoWrite: (outcome, isExtracted) => {
      const pendingMessages = isExtracted ? 0 : result.pendingMessages;
      const answer = { ...joinAnswers(result, outcome), pendingMessages };
      return {
        ...(isExtracted ? { finishJob: job.id } : {}),
        ...(idempotencyKey === null
          ? {}
          : { idempotency: { key: idempotencyKey, fingerprint, answer: JSON.stringify(answer), isReplacement: true } }),
      };
    },
    ...(signal === null ? {} : { signal }),
  });
  await stop("model");
  const answer = { ...joinAnswers(result, found), timings };
  if (failure === null) return { ...answer, pendingMessages: 0 };
  await putOff(engine, job, failure);
  if (signal?.aborted === true)
    throw new MemoryError(
      "aborted",
      "The add was ended; its messages are stored, and their facts follow by themselves.",
    );
  const why = `The language model found no facts, the rules did; it is asked again later. ${failure.message}`;
  return { ...answer, warnings: [...answer.warnings, why] };
}

/** What storing the messages came to, with what the model found in them. */
function joinAnswers(stored: AddResult, found: Pick<AddResult, "results" | "usage" | "warnings">): AddResult {
  const { usage } = stored;
  return {
    ...stored,
    results: found.results,
    usage: {
      modelCalls: usage.modelCalls + found.usage.modelCalls,
      inputTokens: usage.inputTokens + found.usage.inputTokens,
      outputTokens: usage.outputTokens + found.usage.outputTokens,
    },
    warnings: [...stored.warnings, ...found.warnings],
  };
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

function messageRecord(engine: Engine, request: AddRequest, message: PreparedMessage, now: number): MemoryRecord {
  const language = detectLanguage(message.text);
  return {
    id: engine.createId(now),
    kind: request.infer ? "message" : "fact",
    text: message.text,
    scope: request.scope,
    role: message.role,
    ...(message.name === null ? {} : { name: message.name }),
    metadata: request.metadata,
    categories: [],
    state: "active",
    // What is stored as it is, of a source that nobody vouches for, is no instruction before somebody has said so.
    isVerified: request.infer || !request.isUntrusted || !readsLikeInstruction(message.text),
    isImmutable: request.isImmutable,
    ...(request.isPinned ? { isPinned: true } : {}),
    saidAt: message.saidAt ?? now,
    createdAt: now,
    updatedAt: now,
    ...(request.expirationDate === null ? {} : { expirationDate: request.expirationDate }),
    conflictsWith: [],
    sources: [],
    ...(language === undefined ? {} : { language }),
    confidence: 1,
  };
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
