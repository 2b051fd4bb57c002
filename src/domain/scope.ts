/** Who and what a memory belongs to. At least one id is always present on a stored memory. */
export interface Scope {
  readonly userId?: string;
  readonly agentId?: string;
  readonly appId?: string;
  readonly runId?: string;
}

export type ScopeKey = keyof Scope;

export const SCOPE_KEYS: readonly ScopeKey[] = ["userId", "agentId", "appId", "runId"];

/** The REST and filter spelling of each scope key. */
export const SCOPE_FIELD: Readonly<Record<ScopeKey, "user_id" | "agent_id" | "app_id" | "run_id">> = {
  userId: "user_id",
  agentId: "agent_id",
  appId: "app_id",
  runId: "run_id",
};

export function isEmptyScope(scope: Scope): boolean {
  return SCOPE_KEYS.every((key) => scope[key] === undefined);
}
