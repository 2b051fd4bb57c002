import { invalidInput } from "../errors.ts";
import { describeValue, pick, readOptions } from "./parse-options.ts";
import { parseScopeId } from "./parse-scope-id.ts";

export function parseEntities(input: unknown): { userId: string | null; limit: number; cursor?: string } {
  const options = readOptions(input, "entities");
  const known = ["userId", "user_id", "limit", "cursor"];
  const unknown = Object.keys(options).find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw invalidInput(`entities does not know the option "${unknown}". Known: ${known.join(", ")}.`);
  const userId = pick(options, "userId", "user_id");
  const limit = pick(options, "limit") ?? 100;
  const cursor = pick(options, "cursor") ?? null;
  if (typeof limit !== "number" || !Number.isInteger(limit) || limit < 1 || limit > 1000)
    throw invalidInput(`limit expects a whole number from 1 to 1000, got ${describeValue(limit)}.`);
  if (cursor !== null && typeof cursor !== "string")
    throw invalidInput(`cursor expects the "next" value of an earlier page, got ${describeValue(cursor)}.`);
  return {
    userId: userId === undefined || userId === null ? null : parseScopeId("userId", userId),
    limit,
    ...(cursor === null ? {} : { cursor }),
  };
}
