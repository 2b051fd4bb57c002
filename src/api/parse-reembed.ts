import type { ReembedOptions } from "./method-options.ts";
import { invalidInput } from "../errors.ts";
import { describeValue, pick, readBoolean, readOptions, warnUnknown } from "./parse-options.ts";

/** A reembedding, checked. */
export interface CheckedReembed {
  readonly wait: boolean;
  readonly onProgress: NonNullable<ReembedOptions["onProgress"]> | null;
  readonly signal: AbortSignal | null;
}

/** @throws MemoryError `invalid_input` naming the option. */
export function parseReembed(input: unknown): CheckedReembed {
  const options = readOptions(input, "reembed");
  const [unknown] = warnUnknown(options, ["wait", "onProgress", "signal"], "reembed");
  if (unknown !== undefined) throw invalidInput(unknown);
  const onProgress = pick(options, "onProgress") ?? null;
  const signal = pick(options, "signal") ?? null;
  if (onProgress !== null && typeof onProgress !== "function")
    throw invalidInput(`onProgress must be a function, got ${describeValue(onProgress)}.`);
  if (signal !== null && !(signal instanceof AbortSignal))
    throw invalidInput(`signal must be an AbortSignal, got ${describeValue(signal)}.`);
  return {
    wait: readBoolean(options, ["wait"], false),
    onProgress: onProgress as CheckedReembed["onProgress"],
    signal,
  };
}
