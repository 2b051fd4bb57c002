import type { MoveRequest } from "../domain/requests.ts";
import { invalidInput } from "../errors.ts";
import { parseId } from "./parse-by-id.ts";
import { describeValue, readOptions } from "./parse-options.ts";
import { parseScopeId } from "./parse-scope-id.ts";

const MOST_IDS = 10_000;

const KEYS = ["agentId", "appId", "runId"] as const;
const NAMES: Readonly<Record<string, (typeof KEYS)[number]>> = {
  agentId: "agentId",
  agent_id: "agentId",
  appId: "appId",
  app_id: "appId",
  runId: "runId",
  run_id: "runId",
};

/** `move("id" or ids, { appId: "…" or null })`. @throws MemoryError `invalid_input`, for a user too: memories stay theirs. */
export function parseMove(ids: unknown, input: unknown): MoveRequest {
  const list: readonly unknown[] = Array.isArray(ids) ? ids : [ids];
  if (list.length === 0 || list.length > MOST_IDS)
    throw invalidInput(`move expects 1 to ${MOST_IDS} ids, got ${list.length}.`);
  const options = readOptions(input, "move");
  const to: { -readonly [Key in keyof MoveRequest["to"]]: MoveRequest["to"][Key] } = {};
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined) continue;
    const key = Object.hasOwn(NAMES, name) ? NAMES[name] : undefined;
    if (key === undefined)
      throw invalidInput(
        `move expects ${KEYS.join(", ")}, got ${describeValue(name)}. A memory stays its user's: export it and import it to give it to another one.`,
      );
    to[key] = value === null ? null : parseScopeId(key, value);
  }
  if (Object.keys(to).length === 0) throw invalidInput(`move expects where to: ${KEYS.join(", ")}, an id or null.`);
  return { ids: [...new Set(list.map((id) => parseId(id, "move")))], to };
}
