import { z } from "zod";
import { invalidInput } from "../../errors.ts";
import type { McpSession } from "../session.ts";
import { userOf } from "../whose.ts";

const NAMES = ["user_id", "agent_id", "app_id", "run_id"] as const;

export type Ids = { readonly [Name in (typeof NAMES)[number]]?: string | undefined };

/** The ids of an owner, as Mem0's tools take them. */
export const idShape: { readonly [Name in (typeof NAMES)[number]]: z.ZodOptional<z.ZodString> } = {
  user_id: z.string().optional(),
  agent_id: z.string().optional(),
  app_id: z.string().optional(),
  run_id: z.string().optional(),
};

/** The ids that a call names, without the blank ones that models fill in. */
export function namedIds(input: Ids): Record<string, string> {
  return Object.fromEntries(
    NAMES.flatMap((name) => {
      const id = input[name]?.trim() ?? "";
      return id === "" ? [] : [[name, id]];
    }),
  );
}

/** Whose memories: what the call names, else the session's user. @throws MemoryError `invalid_input`. */
export function scopeOf(session: McpSession, input: Ids): Record<string, string> {
  const ids = namedIds(input);
  return Object.keys(ids).length > 0 ? ids : userOf(session);
}

/** What is deleted in bulk must be named in the call. @throws MemoryError `invalid_input`. */
export function requireIds(input: Ids): Record<string, string> {
  const ids = namedIds(input);
  if (Object.keys(ids).length === 0)
    throw invalidInput("Name what to delete: user_id, agent_id, app_id or run_id. Nothing was deleted.");
  return ids;
}

/** Filters and ids together; all of it has to hold. */
export function filtersOf(session: McpSession, input: Ids & { readonly filters?: object | undefined }): object {
  const { filters } = input;
  if (filters === undefined || Object.keys(filters).length === 0) return scopeOf(session, input);
  const ids = namedIds(input);
  return Object.keys(ids).length === 0 ? filters : { AND: [filters, ids] };
}
