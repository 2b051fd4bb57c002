import type { FeedbackRequest, UpdateRequest } from "../domain/requests.ts";
import type { Scope } from "../domain/scope.ts";
import { invalidInput } from "../errors.ts";
import { parseMetadata } from "./parse-metadata.ts";
import {
  describeValue,
  pick,
  readExpiration,
  readOptions,
  readScope,
  readTime,
  SCOPE_OPTION_NAMES,
} from "./parse-options.ts";

/** Longest id that is looked up. */
const MAX_ID = 1000;

export function parseId(input: unknown, method: string): string {
  if (typeof input !== "string" || input.trim() === "" || input.length > MAX_ID)
    throw invalidInput(`${method} expects the id of a memory, got ${describeValue(input)}.`);
  return input.trim();
}

/** Where a copy of the file goes. */
export function parseBackupPath(input: unknown): string {
  if (typeof input !== "string" || input.trim() === "" || input.includes("\u0000"))
    throw invalidInput(`backup expects the path of a file that does not exist yet, got ${describeValue(input)}.`);
  return input;
}

/** Ids given beside a memory's id: it must be theirs, else it counts as not found. */
export function parseOwner(input: unknown, method: string): Scope {
  const options = readOptions(input, method);
  refuseUnknown(options, SCOPE_OPTION_NAMES, method);
  return readScope(options);
}

const MOMENT_OPTIONS = ["asOf", "as_of", "knownAt", "known_at"];

/** Ids whose the memory must be, and the moments at which it is read. */
export function parseReadById(
  input: unknown,
  method: string,
): { scope: Scope; asOf: number | null; knownAt: number | null } {
  const options = readOptions(input, method);
  refuseUnknown(options, [...SCOPE_OPTION_NAMES, ...MOMENT_OPTIONS], method);
  return {
    scope: readScope(options),
    asOf: readTime(pick(options, "asOf", "as_of"), "asOf") ?? null,
    knownAt: readTime(pick(options, "knownAt", "known_at"), "knownAt") ?? null,
  };
}

const UPDATE_OPTIONS = ["text", "data", "metadata", "expirationDate", "expiration_date", "pinned", "timestamp"];

/** `update(id, "text")`, or an object with what changes. */
export function parseUpdate(id: unknown, input: unknown, method = "update"): UpdateRequest {
  const options = typeof input === "string" ? { text: input } : readOptions(input, method);
  refuseUnknown(options, [...UPDATE_OPTIONS, ...SCOPE_OPTION_NAMES], method);
  const text = pick(options, "text", "data");
  const metadata = pick(options, "metadata");
  const expirationDate = readExpiration(options);
  const hasText = text !== undefined && text !== null;
  const hasMetadata = metadata !== undefined && metadata !== null;
  const isPinned = pick(options, "pinned") ?? undefined;
  const saidAt = readTime(pick(options, "timestamp"), "timestamp");
  const isNothing = [expirationDate, isPinned, saidAt].every((each) => each === undefined);
  if (!hasText && !hasMetadata && isNothing)
    throw invalidInput("At least one of text, metadata, or expirationDate must be provided.");
  if (isPinned !== undefined && typeof isPinned !== "boolean")
    throw invalidInput(`pinned must be true or false, got ${describeValue(isPinned)}.`);
  if (hasText && typeof text !== "string") throw invalidInput(`text must be a string, got ${describeValue(text)}.`);
  if (typeof text === "string" && text.trim() === "")
    throw invalidInput("text cannot be empty. Use delete(id) to remove a memory.");
  return {
    id: parseId(id, method),
    scope: readScope(options),
    ...(typeof text === "string" ? { text } : {}),
    // Reserved names are dropped without a word, as Mem0 does: an update has no place for warnings.
    ...(hasMetadata ? { metadata: parseMetadata(metadata, []) } : {}),
    ...(expirationDate === undefined ? {} : { expirationDate }),
    ...(saidAt === undefined ? {} : { saidAt }),
    ...(isPinned === undefined ? {} : { isPinned }),
  };
}

/** A list of up to 1,000 updates, each with its memory's id. */
export function parseBatchUpdate(input: unknown): UpdateRequest[] {
  return Array.from(readBatch(input, "batchUpdate"), (item) => {
    if (typeof item !== "object" || item === null || Array.isArray(item))
      throw invalidInput(`batchUpdate expects objects { memoryId, text, metadata }, got ${describeValue(item)}.`);
    const { memoryId, memory_id: snake, id, ...options } = readOptions(item, "batchUpdate");
    return parseUpdate(memoryId ?? snake ?? id, options, "batchUpdate");
  });
}

/** Ids, or objects that hold one. */
export function parseBatchDelete(input: unknown): string[] {
  return Array.from(readBatch(input, "batchDelete"), (item) => {
    const holder = typeof item === "object" && !Array.isArray(item) ? readOptions(item, "batchDelete") : {};
    return parseId(
      typeof item === "string" ? item : (holder["memoryId"] ?? holder["memory_id"] ?? holder["id"]),
      "batchDelete",
    );
  });
}

const FEEDBACK = ["POSITIVE", "NEGATIVE", "VERY_NEGATIVE"] as const;

export function parseFeedback(id: unknown, input: unknown): FeedbackRequest {
  const options = typeof input === "string" || input === null ? { feedback: input } : readOptions(input, "feedback");
  refuseUnknown(options, ["feedback", "feedbackReason", "feedback_reason"], "feedback");
  const given = pick(options, "feedback") ?? null;
  const feedback = typeof given === "string" ? FEEDBACK.find((known) => known === given.toUpperCase()) : null;
  if (feedback === undefined || (given !== null && typeof given !== "string"))
    throw invalidInput(`feedback expects one of ${FEEDBACK.join(", ")} or null, got ${describeValue(given)}.`);
  const reason = pick(options, "feedbackReason", "feedback_reason") ?? null;
  if (reason !== null && (typeof reason !== "string" || reason.length > 10_000))
    throw invalidInput(`feedbackReason expects a text of at most 10000 characters, got ${describeValue(reason)}.`);
  return { id: parseId(id, "feedback"), feedback, reason: reason === null ? null : reason.toWellFormed() };
}

function readBatch(input: unknown, method: string): unknown[] {
  if (!Array.isArray(input) || input.length === 0 || input.length > 1000)
    throw invalidInput(`${method} expects a list of 1 to 1000 memories, got ${describeValue(input)}.`);
  return input as unknown[];
}

function refuseUnknown(options: object, known: readonly string[], method: string): void {
  const unknown = Object.keys(options).find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw invalidInput(`${method} does not know the option "${unknown}". Known: ${known.join(", ")}.`);
}

/** Ids of up to 10,000 messages. */
export function parseMessageIds(input: unknown): readonly string[] {
  if (!Array.isArray(input) || input.length > 10_000)
    throw invalidInput(`progress expects a list of up to 10,000 message ids, got ${describeValue(input)}.`);
  return Array.from(input as unknown[], (id) => parseId(id, "progress"));
}
