import { startOfDay, startOfMonth, DAY_MILLISECONDS } from "../domain/clock.ts";
import { costOf, NO_TOKENS } from "../domain/model-usage.ts";
import type { ModelBudget, ModelCallRow, TokenUsage } from "../domain/model-usage.ts";
import type { Scope } from "../domain/scope.ts";
import { MemoryError } from "../errors.ts";
import type { LanguageModel, LanguageModelAnswer, LanguageModelCall } from "../ports/language-model.ts";
import type { Engine } from "./engine.ts";

/** Requests of one call: the first and its retries. */
const MAX_REQUESTS = 3;
const FIRST_PAUSE_MS = 500;

export interface ModelCallContext {
  readonly scope: Scope;
  /** Ends the call early, beside its own time limit and the closing of the store. */
  readonly signal?: AbortSignal;
  readonly onUsage?: (usage: TokenUsage) => void;
}

/**
 * One answer of a language model: within the budget, at most so many at a time, retried where that can help, ended at
 * the time limit (all requests and pauses together), every request in the ledger.
 * @throws MemoryError `rate_limited` (budget; `details.retryAt`), `provider_failed`, `timeout`, `aborted`, `missing_dependency`.
 */
export async function callModel(
  engine: Engine,
  call: LanguageModelCall,
  context: ModelCallContext,
): Promise<LanguageModelAnswer> {
  const { languageModel: model, modelSlots, settings } = engine;
  if (model === undefined)
    throw new MemoryError("invalid_input", "No language model is configured: set llm in the configuration.");
  await assertBudget(engine);
  return modelSlots(async () => {
    const limit = AbortSignal.timeout(settings.modelTimeoutMs);
    const deadline = performance.now() + settings.modelTimeoutMs;
    const signal = AbortSignal.any(
      [limit, engine.shutdown, context.signal, call.signal].filter((each): each is AbortSignal => each !== undefined),
    );
    for (let request = 1; ; request += 1) {
      try {
        return await requestOnce(engine, model, { ...call, signal }, context);
      } catch (error) {
        const pause = pauseBefore(error, request);
        if (pause === null || signal.aborted || !(await waitFor(pause, signal, deadline)))
          throw limit.aborted
            ? timedOut(model, settings.modelTimeoutMs, error)
            : putOffBy(pause, error, engine.clock());
      }
    }
  });
}

async function requestOnce(
  engine: Engine,
  model: LanguageModel,
  call: LanguageModelCall & { readonly signal: AbortSignal },
  { scope, onUsage }: ModelCallContext,
): Promise<LanguageModelAnswer> {
  const at = engine.clock();
  const start = performance.now();
  const record = (outcome: ModelCallRow["outcome"], usage: TokenUsage): Promise<void> =>
    engine.store.ledger.record({
      at,
      provider: model.provider,
      model: model.model,
      purpose: call.purpose,
      outcome,
      ...usage,
      milliseconds: Math.round(performance.now() - start),
      cost: costOf(usage, engine.settings.modelPrice ?? model.price),
      scope,
    });
  let answer: LanguageModelAnswer;
  try {
    // Raced: an adapter, or a model object of the caller's, may not heed the signal.
    answer = await endedBy(model.generate(call), call.signal, model);
  } catch (error) {
    const failure = asMemoryError(error, model);
    const outcome = failure.code === "timeout" || failure.code === "aborted" ? failure.code : "failed";
    await record(outcome, NO_TOKENS);
    throw failure;
  }
  const { inputTokens, outputTokens, cachedInputTokens } = answer.usage;
  const usage = { inputTokens, outputTokens, cachedInputTokens };
  await record("answered", usage);
  onUsage?.(usage);
  return answer;
}

/** @throws MemoryError `rate_limited` when a cap is reached; `details.retryAt` is when it ends. */
async function assertBudget(engine: Engine): Promise<void> {
  const { modelBudget } = engine.settings;
  const spent = await readSpent(engine);
  const reached = reachedCap(modelBudget, spent);
  if (reached === null) return;
  throw new MemoryError(
    "rate_limited",
    `The budget of the language model is used up: ${reached.name} is ${reached.cap}, ${reached.used} were used. ` +
      `Rules go on alone until ${new Date(reached.retryAt).toISOString()}; raise modelBudget.${reached.name} to go on earlier.`,
    { retryable: true, details: { cap: reached.name, retryAt: reached.retryAt } },
  );
}

/** What models used since 00:00 UTC of the day and of the month's first day. */
export interface SpentBudget {
  readonly day: { readonly tokens: number; readonly cost: number };
  readonly month: { readonly tokens: number; readonly cost: number };
  /** Epoch milliseconds at which the next day and month begin. */
  readonly nextDay: number;
  readonly nextMonth: number;
}

export async function readSpent(engine: Pick<Engine, "store" | "clock">): Promise<SpentBudget> {
  const now = engine.clock();
  const today = startOfDay(now);
  const thisMonth = startOfMonth(now);
  const sum = { day: { tokens: 0, cost: 0 }, month: { tokens: 0, cost: 0 } };
  for (const row of await engine.store.ledger.usageSince(thisMonth)) {
    const tokens = row.inputTokens + row.outputTokens;
    sum.month.tokens += tokens;
    sum.month.cost += row.cost;
    if (row.day < today) continue;
    sum.day.tokens += tokens;
    sum.day.cost += row.cost;
  }
  return { ...sum, nextDay: today + DAY_MILLISECONDS, nextMonth: startOfMonth(thisMonth + 32 * DAY_MILLISECONDS) };
}

/** The cap that stops models now, or null. Of several the one that lasts longest. */
export function reachedCap(
  budget: ModelBudget,
  spent: SpentBudget,
): { readonly name: keyof ModelBudget; readonly cap: number; readonly used: number; readonly retryAt: number } | null {
  const caps = [
    ["monthlyTokens", spent.month.tokens, spent.nextMonth],
    ["monthlyCost", spent.month.cost, spent.nextMonth],
    ["dailyTokens", spent.day.tokens, spent.nextDay],
    ["dailyCost", spent.day.cost, spent.nextDay],
  ] as const;
  for (const [name, used, retryAt] of caps) {
    const cap = budget[name];
    if (cap !== undefined && used >= cap) return { name, cap, used, retryAt };
  }
  return null;
}

/** How long to wait before the next request, or null where another cannot help. Waits as long as the provider asks. */
function pauseBefore(error: unknown, request: number): number | null {
  if (!MemoryError.isInstance(error) || !error.retryable || request >= MAX_REQUESTS) return null;
  const { retryAfterMs } = error.details;
  if (typeof retryAfterMs === "number" && retryAfterMs >= 0) return retryAfterMs;
  return FIRST_PAUSE_MS * 2 ** (request - 1) * (0.75 + Math.random() / 2);
}

/** An error that says until when to wait says so to whoever tries again. */
function putOffBy(pause: number | null, error: unknown, now: number): unknown {
  if (pause === null || !MemoryError.isInstance(error) || typeof error.details["retryAfterMs"] !== "number")
    return error;
  const details = { ...error.details, retryAt: now + pause };
  return new MemoryError(error.code, error.message, { retryable: true, details, cause: error });
}

/** False when the signal came first, or would come first: then there is no sense in waiting. */
async function waitFor(milliseconds: number, signal: AbortSignal, deadline: number): Promise<boolean> {
  if (performance.now() + milliseconds >= deadline) return false;
  return new Promise((resolve) => {
    const end = (isOver: boolean) => () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", stop);
      resolve(isOver);
    };
    const stop = end(false);
    const timer = setTimeout(end(true), milliseconds);
    signal.addEventListener("abort", stop);
    if (signal.aborted) stop();
  });
}

async function endedBy<Result>(work: Promise<Result>, signal: AbortSignal, model: LanguageModel): Promise<Result> {
  let stop!: () => void;
  const ended = new Promise<never>((_resolve, reject) => {
    stop = () => {
      reject(new MemoryError("aborted", `The request to ${model.provider}/${model.model} was ended.`));
    };
    signal.addEventListener("abort", stop);
    if (signal.aborted) stop();
  });
  try {
    return await Promise.race([work, ended]);
  } finally {
    signal.removeEventListener("abort", stop);
    // Whatever comes of it later is nobody's.
    work.catch(() => undefined);
  }
}

function asMemoryError(error: unknown, model: LanguageModel): MemoryError {
  if (MemoryError.isInstance(error)) return error;
  return new MemoryError(
    "provider_failed",
    `${model.provider}/${model.model} failed: ${String((error as Error | null)?.message)}`,
    {
      cause: error,
    },
  );
}

function timedOut(model: LanguageModel, milliseconds: number, cause: unknown): MemoryError {
  return new MemoryError(
    "timeout",
    `${model.provider}/${model.model} gave no answer within ${milliseconds} ms (setting modelTimeoutMs).`,
    { retryable: true, cause },
  );
}
