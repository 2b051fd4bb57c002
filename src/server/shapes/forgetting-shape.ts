import type { Batch, ReviewResult, RevokeResult, UndoResult } from "../../index.ts";
import { memoryShape } from "./memory-shape.ts";

type Shape = Readonly<Record<string, unknown>>;

export function revokeShape({ batchId, ...result }: RevokeResult): Shape {
  return { ...result, batch_id: batchId };
}

export function reviewShape({ results, next, contradictions }: ReviewResult): Shape {
  return {
    results: results.map((item) => ({ ...memoryShape(item), why: item.why })),
    next,
    contradictions: contradictions.map(({ attribute, memories }) => ({
      attribute,
      memories: memories.map(memoryShape),
    })),
  };
}

export function batchShape({ at, ...batch }: Batch): Shape {
  return { ...batch, at: new Date(at).toISOString() };
}

export function undoShape({ batchId, ...result }: UndoResult): Shape {
  return { ...result, batch_id: batchId };
}
