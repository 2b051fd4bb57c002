import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { extname, join, resolve } from "node:path";
import { z } from "zod";
import { parseConfig } from "../config.ts";
import type { MemoryConfig } from "../config.ts";
import { SERVER_DEFAULTS } from "../create-server.ts";
import type { ServerOptions } from "../create-server.ts";
import { invalidInput } from "../errors.ts";

type Environment = Readonly<Record<string, string | undefined>>;
type Kind = "text" | "number" | "switch" | "list" | "json" | "model";
type ServerName = Exclude<keyof ServerOptions, "memory" | "writeLog" | "now">;
type MemoryName = Exclude<keyof MemoryConfig, "dbPath" | "now" | "onWarning">;

/** Where a setting came from, the later one winning. */
export type Origin = "default" | "file" | "environment" | "option";

export interface ServerSettingsRead {
  readonly options: ServerOptions;
  readonly origins: Readonly<Record<string, Origin>>;
  /** The file that was read. */
  readonly file: string | null;
}

const SERVER_KINDS: Readonly<Record<ServerName, Kind>> = {
  dataFolder: "text",
  host: "text",
  port: "number",
  maxBodyBytes: "number",
  headTimeoutMs: "number",
  requestTimeoutMs: "number",
  maxInFlight: "number",
  requestsPerMinute: "number",
  allowedOrigins: "list",
  allowPrivateAddresses: "switch",
  logContent: "switch",
  chat: "json",
};

/** Settings of every project's memory; a new one in config.ts does not compile before it is named here. */
const MEMORY_KINDS: Readonly<Record<MemoryName, Kind>> = {
  durability: "text",
  reviewBelow: "number",
  dreamEveryHours: "number",
  decay: "json",
  llm: "model",
  embedder: "model",
  previousEmbedder: "model",
  reranker: "model",
  modelTimeoutMs: "number",
  rerankTimeoutMs: "number",
  modelConcurrency: "number",
  modelBudget: "json",
  modelPrice: "json",
  extractionDelayMs: "number",
  customInstructions: "text",
  agentCustomInstructions: "text",
  customCategories: "json",
  includes: "text",
  excludes: "text",
  recipe: "text",
  maskSecrets: "switch",
  maxMessageCharacters: "number",
  maxMessages: "number",
  retentionDays: "number",
  timeZone: "text",
  vectorCacheBytes: "number",
  allowPrivateAddresses: "switch",
};

/** Every setting with the environment variable that gives it, for the documentation and its test. */
export const SETTING_VARIABLES: Readonly<Record<string, string>> = Object.fromEntries([
  ...Object.keys(SERVER_KINDS).map((name) => [name, variableOf(name)]),
  ...Object.keys(MEMORY_KINDS).map((name) => [`memory.${name}`, variableOf(name, "memory.")]),
]);

const count = z.int().positive();
const SERVER_SHAPE = {
  dataFolder: z.string().min(1),
  host: z.string().min(1),
  port: z.int().min(0).max(65_535),
  maxBodyBytes: count,
  maxInFlight: count,
  requestsPerMinute: count,
  headTimeoutMs: count,
  requestTimeoutMs: count,
  allowedOrigins: z.array(z.string().min(1)),
  allowPrivateAddresses: z.boolean(),
  logContent: z.boolean(),
  chat: z.strictObject({
    baseURL: z.url({ protocol: /^https?$/u }),
    apiKey: z.string().min(1).optional(),
    model: z.string().min(1).optional(),
    tokenBudget: z.int().min(50).optional(),
    timeoutMs: count.optional(),
  }),
} satisfies Readonly<Record<ServerName, z.ZodType>>;

/** Strict, so that a misspelt setting is noticed. */
const fileSchema = z.strictObject({ ...SERVER_SHAPE, memory: z.record(z.string(), z.unknown()) }).partial();

/**
 * The server's settings: options of the command line, then RECOLLECT_* variables, then the file, then defaults.
 * @throws MemoryError `invalid_input` that names the setting and where it stands.
 */
export async function readServerSettings(
  given: { readonly config?: string | undefined; readonly [name: string]: string | undefined },
  environment: Environment,
): Promise<ServerSettingsRead> {
  const file = given.config ?? environment["RECOLLECT_CONFIG"] ?? null;
  const fromFile = file === null ? {} : await readFileSettings(file);
  const origins: Record<string, Origin> = {};
  const read = (kinds: Readonly<Record<string, Kind>>, stored: Readonly<Record<string, unknown>>, prefix: string) => {
    const values: Record<string, unknown> = {};
    for (const name of new Set([...Object.keys(kinds), ...Object.keys(stored)])) {
      const kind = kinds[name];
      const variable = variableOf(name, prefix);
      const option = prefix === "" ? given[name] : undefined;
      const text = option ?? environment[variable];
      if (kind !== undefined && text !== undefined && text !== "") {
        values[name] = parseText(text, kind, option === undefined ? variable : OPTION_NAMES[name]);
        origins[`${prefix}${name}`] = option === undefined ? "environment" : "option";
      } else if (stored[name] !== undefined) {
        values[name] = stored[name];
        origins[`${prefix}${name}`] = "file";
      }
    }
    return values;
  };
  const { memory: storedMemory = {}, ...storedServer } = fromFile as Record<string, unknown>;
  const server = read(SERVER_KINDS, storedServer, "");
  const memory = read(MEMORY_KINDS, storedMemory as Record<string, unknown>, "memory.");
  const source = file === null ? "the settings" : `${file} with the environment`;
  const checked = check(server, source);
  parseConfig(memory);
  const dataFolder = resolve(checked.dataFolder ?? join(homedir(), ".recollect", "server"));
  return {
    options: { ...(checked as Partial<ServerOptions>), dataFolder, memory: memory as MemoryConfig },
    origins,
    file,
  };
}

const OPTION_NAMES: Readonly<Record<string, string>> = { dataFolder: "--data", host: "--host", port: "--port" };

/** RECOLLECT_PORT and the like; a memory's setting that the server has under the same name says whose it is. */
function variableOf(name: string, prefix = ""): string {
  if (name === "dataFolder") return "RECOLLECT_DATA";
  if (prefix !== "" && name in SERVER_KINDS) return `RECOLLECT_MEMORY${variableOf(name).slice("RECOLLECT".length)}`;
  return `RECOLLECT_${name.replaceAll(/[A-Z]/gu, (letter) => `_${letter}`).toUpperCase()}`;
}

async function readFileSettings(path: string): Promise<z.infer<typeof fileSchema>> {
  let value: unknown;
  try {
    const text = await readFile(path, "utf8");
    if (extname(path) === ".json") value = JSON.parse(text);
    else {
      const { parse } = await import("yaml");
      // No aliases: a short file must not become a large one.
      value = parse(text, { maxAliasCount: 0 });
    }
  } catch (error) {
    throw invalidInput(`The configuration ${path} cannot be read: ${(error as Error).message}`);
  }
  // An empty YAML file sets nothing.
  return check(value ?? {}, path);
}

function check(value: unknown, source: string): z.infer<typeof fileSchema> {
  const parsed = fileSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const unknown = issue?.code === "unrecognized_keys" ? issue.keys[0] : undefined;
  if (unknown !== undefined)
    throw invalidInput(
      `In ${source} there is no setting "${unknown}". Settings: ${Object.keys(fileSchema.shape).join(", ")}.`,
    );
  const place = issue?.path.join(".") ?? "";
  throw invalidInput(`In ${source}, ${place === "" ? "the whole" : place} is not valid: ${issue?.message ?? ""}.`);
}

function parseText(text: string, kind: Kind, name = ""): unknown {
  switch (kind) {
    case "number": {
      const number = Number(text);
      if (text.trim() === "" || !Number.isFinite(number)) throw expected(name, "a number", text);
      return number;
    }
    case "switch":
      if (text === "true" || text === "1") return true;
      if (text === "false" || text === "0") return false;
      throw expected(name, "true or false", text);
    case "list":
      return text
        .split(",")
        .map((part) => part.trim())
        .filter((part) => part !== "");
    case "model":
      if (text === "false") return false;
      return text.trimStart().startsWith("{") ? parseJson(text, name) : text;
    case "json":
      return parseJson(text, name);
    default:
      return text;
  }
}

function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The text may hold a key: it is not repeated.
    throw invalidInput(`${name} expects JSON, and what it holds is none.`);
  }
}

function expected(name: string, what: string, text: string): Error {
  return invalidInput(`${name} expects ${what}, got "${text.slice(0, 60)}".`);
}

const SECRET_NAME = /key|token|secret|password|credential|authorization/iu;

/** The settings in force as `--print-config` shows them: what is secret is starred, and each says where it came from. */
export function describeSettings({ options, origins, file }: ServerSettingsRead): Record<string, unknown> {
  const settings = { ...SERVER_DEFAULTS, ...options, memory: parseConfig(options.memory ?? {}) };
  const names = [
    ...Object.keys(settings).filter((name) => name !== "memory"),
    ...Object.keys(settings.memory).map((name) => `memory.${name}`),
  ];
  return {
    file,
    settings: hideSecrets(settings),
    origins: Object.fromEntries(names.map((name) => [name, origins[name] ?? "default"])),
  };
}

function hideSecrets(value: unknown, name = ""): unknown {
  if (typeof value === "string") return SECRET_NAME.test(name) ? "***" : value;
  if (typeof value !== "object" || value === null) return value;
  // Numbers under "dailyTokens" are no secrets.
  if (Array.isArray(value)) return value.map((each) => hideSecrets(each, name));
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, hideSecrets(each, key)]));
}
