import { invalidInput } from "../errors.ts";
import { describeValue, pick, readOptions, readTime, warnUnknown } from "./parse-options.ts";
import { parseScopeId } from "./parse-scope-id.ts";

/** Which requests to models are listed. */
export interface LedgerRequest {
  readonly from?: number;
  readonly to?: number;
  readonly userId?: string;
  readonly limit: number;
  readonly cursor?: string;
}

const KNOWN_OPTIONS: readonly string[] = ["from", "to", "userId", "user_id", "limit", "cursor"];

/** @throws MemoryError `invalid_input` naming the option. */
export function parseLedger(input: unknown): LedgerRequest {
  const options = readOptions(input, "ledger");
  const [unknown] = warnUnknown(options, KNOWN_OPTIONS, "ledger");
  if (unknown !== undefined) throw invalidInput(`${unknown} Known: ${KNOWN_OPTIONS.join(", ")}.`);
  const from = readTime(pick(options, "from"), "from");
  const to = readTime(pick(options, "to"), "to");
  const userId = pick(options, "userId", "user_id") ?? null;
  const limit = pick(options, "limit") ?? 100;
  const cursor = pick(options, "cursor") ?? null;
  if (typeof limit !== "number" || !Number.isInteger(limit) || limit < 1 || limit > 1000)
    throw invalidInput(`limit expects a whole number from 1 to 1000, got ${describeValue(limit)}.`);
  if (cursor !== null && typeof cursor !== "string")
    throw invalidInput(`cursor expects the "next" value of an earlier page, got ${describeValue(cursor)}.`);
  return {
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(userId === null ? {} : { userId: parseScopeId("userId", userId) }),
    limit,
    ...(cursor === null ? {} : { cursor }),
  };
}
