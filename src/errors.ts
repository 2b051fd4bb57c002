/** Stable error codes: callers may switch on them, texts may improve. */
export type MemoryErrorCode =
  | "invalid_input"
  | "not_found"
  | "conflict"
  | "unauthorized"
  | "rate_limited"
  | "timeout"
  | "aborted"
  | "provider_failed"
  | "provider_invalid_output"
  | "store_failed"
  | "missing_dependency";

export interface MemoryErrorOptions {
  cause?: unknown;
  /** True when the same call may succeed later without a change. Default false. */
  retryable?: boolean;
  details?: Readonly<Record<string, unknown>>;
}

const marker = Symbol.for("recollect.MemoryError");

/**
 * The one error class of Recollect. Recognise it with `MemoryError.isInstance(error)`, which also holds
 * when two copies of the package are loaded, and branch on `code`.
 */
export class MemoryError extends Error {
  readonly code: MemoryErrorCode;
  readonly retryable: boolean;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: MemoryErrorCode, message: string, options: MemoryErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "MemoryError";
    this.code = code;
    this.retryable = options.retryable ?? false;
    this.details = options.details ?? {};
    Object.defineProperty(this, marker, { value: true });
  }

  static isInstance(error: unknown): error is MemoryError {
    return typeof error === "object" && error !== null && (error as Record<symbol, unknown>)[marker] === true;
  }
}

/** Shorthand for the most common refusal. */
export function invalidInput(message: string, details?: Readonly<Record<string, unknown>>): MemoryError {
  return new MemoryError("invalid_input", message, details === undefined ? {} : { details });
}
