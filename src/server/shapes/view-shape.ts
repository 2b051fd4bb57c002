import type { Instructions, Profile, SchemaResult, Summary } from "../../index.ts";
import { memoryShape } from "./memory-shape.ts";

type Shape = Readonly<Record<string, unknown>>;

export function profileSectionsShape(sections: Profile["sections"]): Shape {
  return Object.fromEntries(
    Object.entries(sections).map(([name, lines]) => [
      name,
      lines.map(({ text, memoryIds }) => ({ text, memory_ids: memoryIds })),
    ]),
  );
}

export function profileShape({ sections, isComplete, updatedAt, madeBy, ...profile }: Profile): Shape {
  return {
    ...profile,
    sections: profileSectionsShape(sections),
    is_complete: isComplete,
    updated_at: updatedAt,
    made_by: madeBy,
  };
}

/** `memory_id` is the first of the line's memories, and the only one of a line by rules. */
export function summaryShape(summary: Summary): Shape {
  const categories = new Map<string, object[]>();
  for (const { category, text, memoryIds, createdAt } of summary.lines) {
    const line = { memory_id: memoryIds[0], memory_ids: memoryIds, memory: text, created_at: createdAt };
    categories.set(category, [...(categories.get(category) ?? []), line]);
  }
  return {
    summary: summary.text,
    categories: Object.fromEntries(categories),
    lines: summary.lines.map(({ category, text, memoryIds, createdAt }) => ({
      category,
      text,
      memory_ids: memoryIds,
      created_at: createdAt,
    })),
    memories_used: summary.memoriesUsed,
    memories_in_scope: summary.memories,
    is_complete: summary.isComplete,
    made_by: summary.madeBy,
    warnings: summary.warnings,
  };
}

export function instructionsShape({ results, isComplete, ...rest }: Instructions): Shape {
  return { ...rest, is_complete: isComplete, results: results.map(memoryShape) };
}

export function schemaResultShape({ madeBy, ...result }: SchemaResult): Shape {
  return { ...result, made_by: madeBy };
}
