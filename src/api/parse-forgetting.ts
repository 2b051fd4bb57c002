import type { RevokeRequest } from "../domain/batch.ts";
import type { DreamRequest } from "../domain/dream.ts";
import type { ReadScope } from "../domain/requests.ts";
import { invalidInput } from "../errors.ts";
import { parseId } from "./parse-by-id.ts";
import { describeValue, pick, readBoolean, readOptions, readScope, SCOPE_OPTION_NAMES } from "./parse-options.ts";
import type { Options } from "./parse-options.ts";
import { parseScope, withScopeInFilters } from "./parse-read.ts";

const SCOPE_NAMES: readonly string[] = [...SCOPE_OPTION_NAMES, "filters", "acrossUsers"];

function readPage(options: Options, most: number): { readonly limit: number; readonly cursor: string | null } {
  const limit = pick(options, "limit") ?? 100;
  if (typeof limit !== "number" || !Number.isInteger(limit) || limit < 1 || limit > most)
    throw invalidInput(`limit expects a whole number from 1 to ${most}, got ${describeValue(limit)}.`);
  const cursor = pick(options, "cursor") ?? null;
  if (cursor !== null && typeof cursor !== "string")
    throw invalidInput(`cursor expects the "next" value of an earlier page, got ${describeValue(cursor)}.`);
  return { limit, cursor };
}

export function readOptionsOf(input: unknown, method: string, known: readonly string[]): Options {
  const options = readOptions(input, method);
  const unknown = Object.keys(options).find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw invalidInput(`${method} does not know the option "${unknown}". Known: ${known.join(", ")}.`);
  return options;
}

/** Ids at the top and filters, together; at least one id. */
export function readWhose(options: Options): ReadScope {
  return parseScope(pick(withScopeInFilters(options), "filters"), readBoolean(options, ["acrossUsers"], false));
}

export function parseBatches(input: unknown): { readonly limit: number; readonly cursor?: string } {
  const { limit, cursor } = readPage(readOptionsOf(input, "batches", ["limit", "cursor"]), 1000);
  return { limit, ...(cursor === null ? {} : { cursor }) };
}

export function parseBatchId(input: unknown): string {
  if (typeof input !== "string" || input.trim() === "" || input.length > 1000)
    throw invalidInput(`undo expects the id of a batch, got ${describeValue(input)}. batches() lists them.`);
  return input.trim();
}

export function parseReview(input: unknown): { scope: ReadScope; limit: number; cursor: string | null } {
  const options = readOptionsOf(input, "review", [...SCOPE_NAMES, "limit", "cursor"]);
  return { scope: readWhose(options), ...readPage(options, 1000) };
}

/** One id, or a list of up to 1,000. */
export function parseReviewed(input: unknown, method: string): readonly string[] {
  const list: readonly unknown[] = Array.isArray(input) ? (input as unknown[]) : [input];
  if (list.length === 0 || list.length > 1000)
    throw invalidInput(`${method} expects an id or a list of 1 to 1000 ids, got ${describeValue(input)}.`);
  return [...new Set(Array.from(list, (id) => parseId(id, method)))];
}

export function parseDream(input: unknown): DreamRequest {
  const options = readOptionsOf(input, "dream", [
    ...SCOPE_OPTION_NAMES,
    "dryRun",
    "dry_run",
    "useModel",
    "use_model",
    "signal",
  ]);
  const { userId, agentId, appId, runId } = readScope(options);
  if (runId !== undefined)
    throw invalidInput("dream takes a userId, an agentId or an appId: what comes again is not told by one run.");
  const scope = {
    ...(userId === undefined ? {} : { userId }),
    ...(agentId === undefined ? {} : { agentId }),
    ...(appId === undefined ? {} : { appId }),
  };
  const signal = pick(options, "signal") ?? null;
  if (signal !== null && !(signal instanceof AbortSignal))
    throw invalidInput(`signal must be an AbortSignal, got ${describeValue(signal)}.`);
  return {
    read: readWhose(options),
    scope,
    isDryRun: readBoolean(options, ["dryRun", "dry_run"], false),
    usesModel: readBoolean(options, ["useModel", "use_model"], true),
    signal,
  };
}

const REVOKE_OPTIONS: readonly string[] = [
  ...SCOPE_NAMES, "messageId", "message_id", "messageIds", "message_ids", "batchId", "batch_id", "attachment", "dryRun",
  "dry_run", "purge",
]; // prettier-ignore

/** @throws MemoryError `invalid_input` where no source, or more than one, is named. */
export function parseRevoke(input: unknown): RevokeRequest {
  const options = readOptionsOf(input, "revoke", REVOKE_OPTIONS);
  const one = pick(options, "messageId", "message_id");
  const many = pick(options, "messageIds", "message_ids");
  const batch = pick(options, "batchId", "batch_id");
  const attachment = pick(options, "attachment");
  const named = [one, many, batch, attachment].filter((value) => value !== undefined);
  if (named.length > 1)
    throw invalidInput(
      "revoke takes one source: messageId, messageIds, batchId, attachment, or ids and filters alone.",
    );
  const hasScope = Object.keys(readScope(options)).length > 0 || pick(options, "filters") !== undefined;
  if (hasScope && named.length === 1 && attachment === undefined)
    throw invalidInput(
      "revoke takes ids and filters with an attachment or alone: messages and batches are named by id.",
    );
  return {
    scope: named.length === 0 || attachment !== undefined ? readWhose(options) : null,
    messageIds: one === undefined && many === undefined ? null : parseReviewed(many ?? one, "revoke"),
    batchId: readText(batch, "batchId"),
    attachment: readText(attachment, "attachment"),
    isDryRun: readBoolean(options, ["dryRun", "dry_run"], false),
    isPurge: readBoolean(options, ["purge"], false),
  };
}

function readText(value: unknown, name: string): string | null {
  if (value === undefined) return null;
  if (typeof value !== "string" || value.trim() === "")
    throw invalidInput(`${name} expects a text that is not empty, got ${describeValue(value)}.`);
  return value;
}
