import type { Batch, DreamReport, MoveResult, ReviewResult, RevokeResult, UndoResult } from "../../index.ts";
import { memoryShape } from "./memory-shape.ts";

type Shape = Readonly<Record<string, unknown>>;

export function revokeShape({ batchId, ...result }: RevokeResult): Shape {
  return { ...result, batch_id: batchId };
}

export function reviewShape({ results, next, contradictions }: ReviewResult): Shape {
  return {
    results: results.map((item) => ({ ...memoryShape(item), why: item.why })),
    next,
    contradictions: contradictions.map(contradictionShape),
  };
}

export function batchShape({ at, ...batch }: Batch): Shape {
  return { ...batch, at: new Date(at).toISOString() };
}

export function undoShape({ batchId, ...result }: UndoResult): Shape {
  return { ...result, batch_id: batchId };
}

/** Changes of a dream as events tell them. */
export function changedBy({ patterns }: DreamReport): readonly { readonly id: string; readonly event: string }[] {
  const events: Readonly<Record<string, string>> = { ADD: "ADD", UPDATE: "UPDATE", RETIRE: "DELETE" };
  return patterns.flatMap(({ id, event }) => {
    const told = events[event];
    return id === null || told === undefined ? [] : [{ id, event: told }];
  });
}

export function dreamShape({ batchId, patterns, contradictions, usage, warnings }: DreamReport): Shape {
  return {
    batch_id: batchId,
    patterns: patterns.map(({ previousText, madeBy, ...pattern }) => ({
      ...pattern,
      previous_text: previousText ?? null,
      made_by: madeBy,
    })),
    contradictions: contradictions.map(contradictionShape),
    usage: {
      model_calls: usage.modelCalls,
      input_tokens: usage.inputTokens,
      output_tokens: usage.outputTokens,
    },
    warnings,
  };
}

export function moveShape({ moved, messages, shared }: MoveResult): Shape {
  return {
    moved: moved.map(({ id, from, to }) => ({ id, from: scopeShape(from), to: scopeShape(to) })),
    messages,
    shared,
  };
}

function contradictionShape({ attribute, memories }: ReviewResult["contradictions"][number]): Shape {
  return { attribute, memories: memories.map(memoryShape) };
}

function scopeShape({ userId, agentId, appId, runId }: MoveResult["moved"][number]["from"]): Shape {
  return {
    user_id: userId ?? null,
    agent_id: agentId ?? null,
    app_id: appId ?? null,
    run_id: runId ?? null,
  };
}
