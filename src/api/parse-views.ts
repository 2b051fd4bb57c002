import type {
  FillSchemaRequest,
  InstructionsRequest,
  ProfileRequest,
  ReadRequest,
  SummaryRequest,
  ViewRequest,
} from "../domain/requests.ts";
import { invalidInput } from "../errors.ts";
import { parseId } from "./parse-by-id.ts";
import { describeValue, pick, readBoolean, readOptions, SCOPE_OPTION_NAMES, warnUnknown } from "./parse-options.ts";
import type { Options } from "./parse-options.ts";
import { parseRead, readTokenBudget, withScopeInFilters } from "./parse-read.ts";
import { parseSchema } from "./parse-schema.ts";

const SCOPE_OPTIONS: readonly string[] = [
  ...SCOPE_OPTION_NAMES,
  "filters",
  "acrossUsers",
  "asOf",
  "as_of",
  "knownAt",
  "known_at",
  "showExpired",
  "show_expired",
];
const MODEL_OPTIONS: readonly string[] = ["instructions", "useModel", "use_model"];

const MAX_INSTRUCTIONS = 10_000;
const MAX_IDS = 2_000;

export function parseProfile(input: unknown): ProfileRequest {
  const options = readOptions(input, "profile");
  const known = [...SCOPE_OPTIONS, ...MODEL_OPTIONS, "schema", "tokenBudget", "token_budget"];
  const schema = pick(options, "schema") ?? null;
  return {
    ...viewOf(options),
    read: readOf(options, known, "profile"),
    schema: schema === null ? null : parseSchema(schema),
    tokenBudget: readTokenBudget(options, 1_000),
  };
}

export function parseSummary(input: unknown): SummaryRequest {
  const options = readOptions(input, "summary");
  const bounds = ["maxMemories", "max_memories", "maxCharacters", "max_characters"];
  return {
    ...viewOf(options),
    read: readOf(options, [...SCOPE_OPTIONS, ...MODEL_OPTIONS, ...bounds], "summary"),
    maxMemories: readBound(options, ["maxMemories", "max_memories"], { least: 1, most: 500, fallback: 50 }),
    maxCharacters: readBound(options, ["maxCharacters", "max_characters"], {
      least: 100,
      most: 100_000,
      fallback: 8_000,
    }),
  };
}

export function parseFillSchema(input: unknown): FillSchemaRequest {
  const options = readOptions(input, "fillSchema");
  const known = [...SCOPE_OPTIONS, ...MODEL_OPTIONS, "schema", "memoryIds", "memory_ids"];
  const ids = pick(options, "memoryIds", "memory_ids") ?? null;
  if (ids !== null && !(Array.isArray(ids) && ids.length <= MAX_IDS))
    throw invalidInput(`memoryIds expects a list of at most ${MAX_IDS} ids, got ${describeValue(ids)}.`);
  return {
    ...viewOf(options),
    schema: parseSchema(pick(options, "schema")),
    from:
      ids === null
        ? readOf(options, known, "fillSchema")
        : (ids as readonly unknown[]).map((id) => parseId(id, "fillSchema")),
  };
}

export function parseInstructions(input: unknown): InstructionsRequest {
  const options = readOptions(input, "instructions");
  return {
    read: readOf(options, [...SCOPE_OPTIONS, "tokenBudget", "token_budget"], "instructions"),
    tokenBudget: readTokenBudget(options, 1_000),
  };
}

/** What is shown of somebody is what holds now: values that were replaced are left out. */
function readOf(options: Options, known: readonly string[], method: string): ReadRequest {
  const warnings = warnUnknown(options, known, method);
  return { ...parseRead(withScopeInFilters(options), warnings), latestOnly: true };
}

function viewOf(options: Options): ViewRequest {
  const instructions = pick(options, "instructions") ?? null;
  if (instructions !== null && typeof instructions !== "string")
    throw invalidInput(`instructions must be a text, got ${describeValue(instructions)}.`);
  if (instructions !== null && instructions.length > MAX_INSTRUCTIONS)
    throw invalidInput(`instructions are longer than ${MAX_INSTRUCTIONS} characters.`);
  const text = instructions?.toWellFormed().trim() ?? "";
  return { instructions: text === "" ? null : text, useModel: readBoolean(options, ["useModel", "use_model"], true) };
}

function readBound(
  options: Options,
  names: readonly string[],
  { least, most, fallback }: { readonly least: number; readonly most: number; readonly fallback: number },
): number {
  const value = pick(options, ...names) ?? fallback;
  if (typeof value !== "number" || !Number.isInteger(value) || value < least || value > most)
    throw invalidInput(`${names[0]} expects a whole number from ${least} to ${most}, got ${describeValue(value)}.`);
  return value;
}
