import { SCOPE_FIELD, SCOPE_KEYS, type Scope, type ScopeKey } from "../domain/scope.ts";
import { invalidInput, MemoryError } from "../errors.ts";
import { parseScopeId } from "./parse-scope-id.ts";

export type Options = Readonly<Record<string, unknown>>;

/** An options object, or an error that says what came. Left out means none. */
export function readOptions(input: unknown, method: string): Options {
  if (input === undefined || input === null) return {};
  if (typeof input !== "object" || Array.isArray(input)) {
    throw invalidInput(`${method} expects an options object, got ${Array.isArray(input) ? "an array" : typeof input}.`);
  }
  return readSafely(`${method} options`, () => ({ ...(input as Options) }));
}

/** Runs what reads a caller's value: an error out of a getter or a proxy becomes one of ours. */
export function readSafely<Result>(name: string, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    if (MemoryError.isInstance(error)) throw error;
    const reason = error instanceof Error ? `${error.name}: ${error.message}` : describeValue(error);
    throw new MemoryError("invalid_input", `${name} cannot be read: ${reason}`, { cause: error });
  }
}

/** Both spellings of an option; an undefined value counts as left out. */
export function pick(options: Options, ...names: readonly string[]): unknown {
  for (const name of names) {
    if (Object.hasOwn(options, name) && options[name] !== undefined) return options[name];
  }
  return undefined;
}

/** The ids given in an options object, in either spelling; the caller's object is never changed. */
export function readScope(options: Options): Scope {
  const scope: { -readonly [Key in ScopeKey]?: string } = {};
  for (const key of SCOPE_KEYS) {
    const value = pick(options, key, SCOPE_FIELD[key]);
    if (value === undefined || value === null) continue;
    const id = parseScopeId(key, value);
    if (id === "*") {
      throw invalidInput(`Invalid ${key}: "*" would mean everybody. Name one id; reset() empties the whole store.`, {
        key,
      });
    }
    scope[key] = id;
  }
  return scope;
}

/** Warns of options that nobody reads: a typo should not pass in silence. */
export function warnUnknown(options: Options, known: readonly string[], method: string): string[] {
  const unknown = Object.keys(options).filter((name) => !known.includes(name));
  return unknown.map((name) => `${method} does not know the option "${name}"; it was ignored.`);
}

export const SCOPE_OPTION_NAMES: readonly string[] = SCOPE_KEYS.flatMap((key) => [key, SCOPE_FIELD[key]]);

export function readBoolean(options: Options, names: readonly string[], fallback: boolean): boolean {
  const value = pick(options, ...names);
  if (value === undefined || value === null) return fallback;
  if (typeof value !== "boolean") throw invalidInput(`${names[0]} must be true or false, got ${describeValue(value)}.`);
  return value;
}

/** "YYYY-MM-DD" of a real day, null to clear, undefined when left out. */
export function readExpiration(options: Options): string | null | undefined {
  const value = pick(options, "expirationDate", "expiration_date");
  if (value === undefined || value === null) return value;
  const isDay = typeof value === "string" && /^\d{4}-\d{2}-\d{2}$/u.test(value);
  const date = isDay ? new Date(`${value}T00:00:00Z`) : new Date(Number.NaN);
  if (Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== value) {
    throw invalidInput("expirationDate must be a valid date in YYYY-MM-DD format.");
  }
  return value as string;
}

/** Latest and earliest moment that a memory can be dated: the years 1 to 9999. */
const EARLIEST = Date.UTC(1, 0, 1) - 59_958_230_400_000;
const LATEST = Date.UTC(9999, 11, 31, 23, 59, 59);

/** Unix seconds (milliseconds from 1e11 on), a Date or an ISO text, as epoch milliseconds. */
export function readTime(value: unknown, name: string): number | undefined {
  if (value === undefined || value === null) return undefined;
  let time = Number.NaN;
  if (value instanceof Date) time = value.getTime();
  else if (typeof value === "number") time = Math.abs(value) < 1e11 ? value * 1000 : value;
  else if (typeof value === "string") time = parseIso(value);
  if (!Number.isFinite(time) || time < EARLIEST || time > LATEST) {
    throw invalidInput(`${name} expects Unix seconds, a Date or an ISO 8601 text, got ${describeValue(value)}.`);
  }
  return Math.round(time);
}

/** Without a zone a text means UTC; a number in a text means seconds. */
function parseIso(value: string): number {
  if (/^-?\d+(?:\.\d+)?$/u.test(value)) return readTime(Number(value), "timestamp") ?? Number.NaN;
  if (!/^\d{4}-\d{2}-\d{2}/u.test(value)) return Number.NaN;
  const hasZone = /(?:z|[+-]\d{2}:?\d{2})$/iu.test(value) || value.length <= 10;
  return Date.parse(hasZone ? value : `${value}Z`);
}

export function describeValue(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.length > 60 ? `${value.slice(0, 59)}…` : value);
  if (value === null || typeof value === "number" || typeof value === "boolean") return String(value);
  if (Array.isArray(value)) return "an array";
  return typeof value === "object" ? "an object" : typeof value;
}
