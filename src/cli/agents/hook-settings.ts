/** How much a hook may put before a model, and how long it may take. */
export interface HookSettings {
  readonly promptTokens: number;
  readonly digestTokens: number;
  /** Of the hook's own work, in milliseconds; then the agent goes on without an answer. */
  readonly deadlineMs: number;
}

/** The environment variables that hooks read; what is no number from 0 on counts as not set. */
export function hookSettings(environment: NodeJS.ProcessEnv = process.env): HookSettings {
  const read = (name: string, fallback: number): number => {
    const text = environment[name]?.trim() ?? "";
    const value = Number(text);
    return text !== "" && Number.isFinite(value) && value >= 0 ? value : fallback;
  };
  return {
    promptTokens: read("RECOLLECT_PROMPT_TOKENS", 500),
    digestTokens: read("RECOLLECT_DIGEST_TOKENS", 1_500),
    deadlineMs: read("RECOLLECT_HOOK_MS", 100),
  };
}
