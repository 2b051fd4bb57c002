import type { DigestRequest } from "../domain/digest.ts";
import { invalidInput } from "../errors.ts";
import {
  describeValue,
  pick,
  readBoolean,
  readOptions,
  readTime,
  SCOPE_OPTION_NAMES,
  warnUnknown,
} from "./parse-options.ts";
import { parseScope, withScopeInFilters } from "./parse-read.ts";

const DIGEST_OPTIONS: readonly string[] = [
  ...SCOPE_OPTION_NAMES, "filters", "since", "until", "sessions", "tokenBudget", "token_budget", "acrossUsers",
]; // prettier-ignore

/** Least tokens in which a line fits with its fence. */
const MIN_TOKEN_BUDGET = 100;

/** @throws MemoryError `invalid_input` naming the option. */
export function parseDigest(input: unknown): DigestRequest {
  const options = readOptions(input, "digest");
  const warnings = warnUnknown(options, DIGEST_OPTIONS, "digest");
  const scoped = withScopeInFilters(options);
  const scope = parseScope(pick(scoped, "filters"), readBoolean(options, ["acrossUsers"], false));
  const since = readTime(pick(options, "since"), "since") ?? null;
  const until = readTime(pick(options, "until"), "until") ?? null;
  if (since !== null && until !== null && since >= until)
    throw invalidInput("since expects a moment before until: nothing can be said between them.");
  const namesRun = scope.bindings.some(({ runId }) => runId !== undefined);
  const sessions = readCount(pick(options, "sessions"));
  const tokenBudget = pick(options, "tokenBudget", "token_budget") ?? 1500;
  if (typeof tokenBudget !== "number" || !Number.isInteger(tokenBudget) || tokenBudget < MIN_TOKEN_BUDGET)
    throw invalidInput(
      `tokenBudget expects a whole number from ${MIN_TOKEN_BUDGET} on, got ${describeValue(tokenBudget)}.`,
    );
  // Who names neither a time nor a run means the last session.
  const isOpen = since === null && until === null && !namesRun;
  return { scope, since, until, sessions: sessions ?? (isOpen ? 1 : null), tokenBudget, warnings };
}

function readCount(value: unknown): number | null {
  if (value === undefined || value === null) return null;
  if (typeof value !== "number" || !Number.isInteger(value) || value < 1 || value > 1000)
    throw invalidInput(`sessions expects a whole number from 1 to 1000, got ${describeValue(value)}.`);
  return value;
}
