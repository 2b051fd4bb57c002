import { z } from "zod";
import { invalidInput } from "../../errors.ts";

type Id = z.ZodType<string | number | null | undefined>;

const id: Id = z.union([z.string(), z.number()]).nullish();

/** The ids of an owner, as Mem0's requests spell them. */
export const SCOPE_SHAPE: Readonly<Record<"user_id" | "agent_id" | "app_id" | "run_id", Id>> = {
  user_id: id,
  agent_id: id,
  app_id: id,
  run_id: id,
};

export interface ScopeBody {
  readonly user_id?: string | number | null | undefined;
  readonly agent_id?: string | number | null | undefined;
  readonly app_id?: string | number | null | undefined;
  readonly run_id?: string | number | null | undefined;
}

export const SCOPE_NAMES = ["user_id", "agent_id", "app_id", "run_id"] as const;

/** The ids that were given, without nulls and blanks. */
export function scopeOf(body: ScopeBody): Record<string, string | number> {
  return Object.fromEntries(
    SCOPE_NAMES.flatMap((name) => {
      const value = body[name];
      return value === null || value === undefined || value === "" ? [] : [[name, value]];
    }),
  );
}

/**
 * Filters that came as JSON text, or as a Python dict printed as text (`{'a': 1}`), which Mem0's Python client sends in
 * queries. @throws MemoryError `invalid_input`: what cannot be read never widens a deletion.
 */
export function parseFilterText(text: string, name: string): Record<string, unknown> {
  for (const candidate of [text, pythonToJson(text)]) {
    try {
      const value: unknown = JSON.parse(candidate);
      if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
    } catch {
      // The other spelling is tried; what is neither is refused below.
      continue;
    }
  }
  throw invalidInput(`${name} must be a JSON object, got ${JSON.stringify(text.slice(0, 80))}.`);
}

/** Single quotes, True, False and None, outside of strings. */
function pythonToJson(text: string): string {
  return text.replaceAll(
    /'((?:[^'\\]|\\.)*)'|"(?:[^"\\]|\\.)*"|\b(True|False|None)\b/gu,
    (whole, inner: string | undefined, word: string | undefined) => {
      if (inner !== undefined) return JSON.stringify(inner.replaceAll("\\'", "'"));
      if (word === undefined) return whole;
      return word === "None" ? "null" : word.toLowerCase();
    },
  );
}
