import type { Mention } from "../domain/entity.ts";
import type { AttributeValue, MemoryRecord, Metadata } from "../domain/memory.ts";
import type { Scope } from "../domain/scope.ts";
import { maskSecrets } from "../text/mask-secrets.ts";
import { pause } from "./build-passages.ts";
import { changeMemories } from "./change-memories.ts";
import { reconcileFacts } from "./derive-facts.ts";
import type { CheckedFact } from "./derive-facts.ts";
import type { Engine } from "./engine.ts";
import { planToChange } from "./plan-to-change.ts";

/** A fact that a caller states, with no message to rest on. */
export interface Statement {
  readonly text: string;
  readonly mentions: readonly Mention[];
  readonly attribute?: AttributeValue;
  /** True when it takes the place of another value of the same slot. */
  readonly isChange?: boolean;
  readonly validFrom?: number;
  readonly validTo?: number;
}

/**
 * Keeps statements as facts, reconciled with what is known as facts of messages are: what is known already is not
 * kept twice, a new value of a slot takes the place of the old one.
 * @returns for each statement the memory that says so.
 */
export async function addStatements(
  engine: Engine,
  scope: Scope,
  statements: readonly Statement[],
  metadata: Metadata = {},
): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let start = 0; start < statements.length; start += STATEMENTS_PER_STEP) {
    if (start > 0) await pause();
    ids.push(...(await addSome(engine, scope, statements.slice(start, start + STATEMENTS_PER_STEP), metadata)));
  }
  return ids;
}

/** So many are one transaction: more would hold the event loop. */
const STATEMENTS_PER_STEP = 40;

async function addSome(
  engine: Engine,
  scope: Scope,
  statements: readonly Statement[],
  metadata: Metadata,
): Promise<readonly string[]> {
  const now = engine.clock();
  const facts = statements.map((statement) => toFact(engine, { scope, metadata, now }, statement));
  let ids: readonly string[] = [];
  await changeMemories(engine, scope.userId ?? null, [], async () => {
    const plan = await reconcileFacts(engine, scope, facts, now);
    const change = await planToChange(engine, { scope, isInferred: true, plan, facts, messages: [], now });
    const decisions = new Map(plan.decisions.map((decision) => [decision.factId, decision]));
    const added = new Set(change.add?.map(({ record }) => record.id));
    ids = facts.map(({ id }) => (added.has(id) ? id : (decisions.get(id)?.targetIds[0] ?? id)));
    return {
      ...(change.add === undefined ? {} : { add: change.add.map((memory) => ({ ...memory, actor: "user" })) }),
      ...(change.patch === undefined ? {} : { patch: change.patch }),
    };
  });
  return ids;
}

function toFact(
  engine: Engine,
  { scope, metadata, now }: { scope: Scope; metadata: Metadata; now: number },
  statement: Statement,
): CheckedFact {
  const text = engine.settings.maskSecrets ? maskSecrets(statement.text).text : statement.text;
  const origin: MemoryRecord = {
    id: "",
    kind: "message",
    text,
    scope,
    metadata,
    categories: [],
    state: "active",
    isVerified: true,
    isImmutable: false,
    saidAt: now,
    createdAt: now,
    updatedAt: now,
    conflictsWith: [],
    sources: [],
    confidence: 1,
  };
  const { attribute, validFrom, validTo, mentions, isChange } = statement;
  return {
    id: engine.createId(now),
    text,
    kind: "fact",
    ...(attribute === undefined ? {} : { attribute }),
    cue: isChange === true ? "change" : "none",
    ...(validFrom === undefined ? {} : { validFrom }),
    ...(validTo === undefined ? {} : { validTo }),
    categories: [],
    mentions,
    sources: [],
    confidence: 1,
    attributedTo: "user",
    saidAt: now,
    isVerified: true,
    origin,
    extractor: "user",
  };
}
