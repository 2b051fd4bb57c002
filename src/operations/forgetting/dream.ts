import type { DreamedPattern, DreamReport, DreamRequest } from "../../domain/dream.ts";
import type { MemoryRecord } from "../../domain/memory.ts";
import { describePatterns } from "../../extraction/patterns/describe-patterns.ts";
import { identityKey } from "../../extraction/near-duplicate.ts";
import type { MemoryPatch, NewMemory, StoredMemory } from "../../ports/memory-store.ts";
import { buildPassages } from "../build-passages.ts";
import { changeMemories } from "../change-memories.ts";
import type { Engine } from "../engine.ts";
import { memoriesOf } from "../purge-memories.ts";
import { readOccurrences, refuseAborted } from "./read-occurrences.ts";
import type { DatedOccurrence } from "./read-occurrences.ts";
import { findContradictions } from "./review-memories.ts";

/** A pattern that should be there now. */
export interface WantedPattern {
  readonly key: string;
  readonly text: string;
  readonly why: string;
  readonly name: string | null;
  readonly evidence: readonly string[];
  readonly saidAt: number;
  readonly validFrom: number | null;
  readonly validTo: number | null;
  readonly madeBy: "rules" | "model";
}

/** What a model found, and which of its patterns are as they were because nothing new was said. */
interface ModelPart {
  readonly wanted: readonly WantedPattern[];
  readonly kept: readonly string[];
  readonly usage: DreamReport["usage"];
  readonly warnings: readonly string[];
  /** Notes that these facts were looked at; called when the patterns are written. */
  readonly remember: () => Promise<void>;
}

/** Where a pattern's key stands in its metadata: it tells that a later dream found the same. */
export const PATTERN_KEY = "pattern";

/**
 * Looks at all that is remembered of somebody and writes down what comes again: habits and counts by rules, and what a
 * language model finds where one is configured. Every pattern rests on facts and messages; with the same evidence
 * nothing changes, with more the pattern does. All changes are one batch.
 */
export async function dream(engine: Engine, request: DreamRequest): Promise<DreamReport> {
  const occurrences = await readOccurrences(engine, request);
  const byRules = describePatterns(occurrences, engine.clock()).map((found): WantedPattern => {
    const own = found.occurrences as readonly DatedOccurrence[];
    return {
      ...found,
      evidence: [...new Set(own.map(({ evidenceId }) => evidenceId))],
      saidAt: Math.max(...own.map(({ message }) => message.saidAt)),
      madeBy: "rules",
    };
  });
  const known = await readPatterns(engine, request);
  const model = await askModel(engine, request, known);
  const plan = planChanges([...byRules, ...model.wanted], known, new Set(model.kept));
  const report = await writePlan(engine, request, plan);
  if (!request.isDryRun) await model.remember();
  return {
    ...report,
    contradictions: await findContradictions(engine, request.read),
    usage: model.usage,
    warnings: model.warnings,
  };
}

const NO_MODEL: ModelPart = {
  wanted: [],
  kept: [],
  usage: { modelCalls: 0, inputTokens: 0, outputTokens: 0 },
  warnings: [],
  remember: () => Promise.resolve(),
};

async function askModel(engine: Engine, request: DreamRequest, known: readonly KnownPattern[]): Promise<ModelPart> {
  const found = known.filter(({ key }) => key.startsWith("model:"));
  const facts = await engine.store.getMemories([...new Set(found.flatMap(({ evidence }) => evidence))]);
  const standing = new Set(facts.filter(({ record }) => record.state === "active").map(({ record }) => record.id));
  // What a model found stays while none is asked, and while two of its facts hold.
  const own = found.filter(({ evidence }) => evidence.filter((id) => standing.has(id)).length >= 2);
  const kept = own.map(({ key }) => key);
  if (!request.usesModel || engine.languageModel === undefined || request.isDryRun) return { ...NO_MODEL, kept };
  const { findWithModel } = await import("./find-with-model.ts");
  return findWithModel(engine, request, own);
}

export interface KnownPattern {
  readonly key: string;
  readonly stored: StoredMemory;
  readonly evidence: readonly string[];
}

/** Patterns of exactly this scope that a dream has made, in every state. */
async function readPatterns(engine: Engine, { read, scope }: DreamRequest): Promise<KnownPattern[]> {
  const found: StoredMemory[] = [];
  const patterns = { kind: "column", name: "kind" } as const;
  const filter = {
    type: "and" as const,
    filters: [read.filter, { type: "condition" as const, field: patterns, operator: "eq" as const, value: "pattern" }],
  };
  for await (const memory of memoriesOf(engine, { ...read, filter }, undefined)) {
    const { scope: own } = memory.record;
    const isSame = own.userId === scope.userId && own.agentId === scope.agentId && own.appId === scope.appId;
    if (isSame && typeof memory.record.metadata[PATTERN_KEY] === "string") found.push(memory);
  }
  const evidence = await engine.store.provenance.readEvidence(found.map(({ record }) => record.id));
  return found.map((stored) => ({
    key: stored.record.metadata[PATTERN_KEY] as string,
    stored,
    evidence: evidence.get(stored.record.id) ?? [],
  }));
}

interface PlannedPattern extends Omit<DreamedPattern, "id"> {
  readonly record: MemoryRecord | null;
  readonly wanted: WantedPattern | null;
}

function planChanges(
  wanted: readonly WantedPattern[],
  known: readonly KnownPattern[],
  kept: ReadonlySet<string>,
): PlannedPattern[] {
  const byKey = new Map(known.map((pattern) => [pattern.key, pattern]));
  const plan = wanted.map((pattern): PlannedPattern => {
    const old = byKey.get(pattern.key);
    const base = { text: pattern.text, evidence: pattern.evidence, madeBy: pattern.madeBy, wanted: pattern };
    if (old === undefined) return { ...base, event: "ADD", record: null, why: pattern.why };
    const { record } = old.stored;
    if (record.state === "deleted")
      return { ...base, event: "LEFT", record, why: "deleted before, and stays so until it is restored" };
    const isSame =
      record.state === "active" &&
      record.text === pattern.text &&
      (record.validTo ?? null) === pattern.validTo &&
      sameIds(old.evidence, pattern.evidence);
    if (isSame) return { ...base, event: "NONE", record, why: "the same evidence as before" };
    const added = pattern.evidence.filter((id) => !old.evidence.includes(id)).length;
    const lost = old.evidence.filter((id) => !pattern.evidence.includes(id)).length;
    const why =
      [...(added > 0 ? [`${added} more`] : []), ...(lost > 0 ? [`${lost} less`] : [])].join(", ") ||
      (record.state === "active" ? "time has passed" : "it holds again");
    return {
      ...base,
      event: "UPDATE",
      record,
      why: `${why}: ${pattern.why}`,
      ...(record.text === pattern.text ? {} : { previousText: record.text }),
    };
  });
  const found = new Set(wanted.map(({ key }) => key));
  for (const { key, stored, evidence } of known) {
    const { record } = stored;
    if (found.has(key) || record.state !== "active") continue;
    const madeBy = key.startsWith("model:") ? "model" : "rules";
    const base = { text: record.text, evidence, record, wanted: null, madeBy } as const;
    if (kept.has(key)) plan.push({ ...base, event: "NONE", why: "nothing new was said" });
    else plan.push({ ...base, event: "RETIRE", why: "too little of what it rested on is left" });
  }
  return plan;
}

function sameIds(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && new Set([...left, ...right]).size === left.length;
}

async function writePlan(
  engine: Engine,
  { scope, isDryRun, signal }: DreamRequest,
  plan: readonly PlannedPattern[],
): Promise<Pick<DreamReport, "batchId" | "patterns">> {
  const now = engine.clock();
  const changing = plan.filter(({ event }) => event === "ADD" || event === "UPDATE" || event === "RETIRE");
  const ids = new Map(plan.map((each) => [each, each.record?.id ?? (isDryRun ? null : engine.createId(now))]));
  const patterns = plan.map((each): DreamedPattern => {
    const { record: _, wanted: __, ...shown } = each;
    return { id: ids.get(each) ?? null, ...shown };
  });
  if (isDryRun || changing.length === 0) return { batchId: null, patterns };
  refuseAborted(signal);
  await engine.prepareEmbedder(0);
  const passages = await buildPassages(
    changing.map(({ text, wanted }) => ({ text, date: wanted?.validFrom ?? now, language: "en" })),
    engine.embedder,
    { failures: [], signal: engine.shutdown },
  );
  const batch = { id: engine.createId(now), kind: "dream" as const };
  const existing = changing.flatMap(({ record }) => (record === null ? [] : [record.id]));
  await changeMemories(engine, scope.userId ?? null, existing, (fresh) => {
    const there = new Set(fresh.map(({ record }) => record.id));
    const add: NewMemory[] = [];
    const patch: MemoryPatch[] = [];
    for (const [index, each] of changing.entries()) {
      const id = ids.get(each) as string;
      const units = { identity: identityKey(each.text), passages: passages[index] ?? [] };
      if (each.record === null) add.push({ ...toNew(id, each, { scope, now }), ...units });
      else if (there.has(id)) patch.push(toPatch(id, each, units));
    }
    return { add, patch, batch };
  });
  return { batchId: batch.id, patterns };
}

function toNew(
  id: string,
  { wanted, text, why, madeBy }: PlannedPattern,
  { scope, now }: { readonly scope: DreamRequest["scope"]; readonly now: number },
): Omit<NewMemory, "identity" | "passages"> {
  const found = wanted as WantedPattern;
  return {
    record: {
      id,
      kind: "pattern",
      text,
      scope,
      ...(found.name === null ? {} : { name: found.name }),
      metadata: { [PATTERN_KEY]: found.key },
      categories: [],
      state: "active",
      isVerified: true,
      isImmutable: false,
      saidAt: found.saidAt,
      ...(found.validFrom === null ? {} : { validFrom: found.validFrom, granularity: "open" as const }),
      ...(found.validTo === null ? {} : { validTo: found.validTo }),
      createdAt: now,
      updatedAt: now,
      conflictsWith: [],
      sources: [],
      language: "en",
      confidence: madeBy === "rules" ? 0.8 : 0.6,
    },
    isTurn: false,
    mentions: [],
    restsOn: found.evidence,
    event: "ADD",
    actor: `dream:${madeBy}`,
    reason: why,
  };
}

function toPatch(
  id: string,
  { event, record, wanted, text, why, madeBy }: PlannedPattern,
  units: Required<Pick<MemoryPatch, "identity" | "passages">>,
): MemoryPatch {
  const common = { id, actor: `dream:${madeBy}`, reason: why };
  if (event === "RETIRE" || wanted === null)
    return {
      ...common,
      changes: { state: "superseded", validTo: record?.validTo ?? record?.saidAt ?? null },
      event: "SUPERSEDE",
    };
  const changes = {
    state: "active" as const,
    saidAt: wanted.saidAt,
    validFrom: wanted.validFrom,
    validTo: wanted.validTo,
    restsOn: wanted.evidence,
  };
  if (record?.text === text) return { ...common, changes, event: "UPDATE" };
  return { ...common, changes: { ...changes, text }, event: "UPDATE", ...units };
}
