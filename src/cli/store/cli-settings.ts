import { existsSync, readFileSync } from "node:fs";
import { chmod, mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseConfig } from "../../config.ts";
import type { MemoryConfig } from "../../config.ts";
import { invalidInput, MemoryError } from "../../errors.ts";

export type Settings = Readonly<Record<string, unknown>>;

const FILE = "config.json";

/** Settings of the command line itself, beside those of the library. */
export const CLIENT_SETTINGS = ["server", "apiKey", "userId", "agentId", "appId", "runId"] as const;

/** They decide where memories and keys are sent, or how they are guarded: a folder that came with a checkout must not. */
const GUARDED: ReadonlySet<string> = new Set([
  "server", "apiKey", "llm", "embedder", "previousEmbedder", "reranker", "allowPrivateAddresses", "maskSecrets",
  "customInstructions", "agentCustomInstructions",
]); // prettier-ignore

/** Mem0's names of the same settings. */
const MEM0_NAMES: Readonly<Record<string, string>> = {
  "platform.api_key": "apiKey",
  api_key: "apiKey",
  "platform.base_url": "server",
  base_url: "server",
  "defaults.user_id": "userId",
  user_id: "userId",
  "defaults.agent_id": "agentId",
  agent_id: "agentId",
  "defaults.app_id": "appId",
  app_id: "appId",
  "defaults.run_id": "runId",
  run_id: "runId",
};

export function settingName(name: string): string {
  return Object.hasOwn(MEM0_NAMES, name) ? (MEM0_NAMES[name] as string) : name;
}

export function isGuarded(name: string): boolean {
  return GUARDED.has(name);
}

export function configPath(folder: string): string {
  return join(folder, FILE);
}

/** What a folder's config.json holds; nothing where there is none. @throws MemoryError `invalid_input`. */
export function readSettings(folder: string): Settings {
  const path = configPath(folder);
  if (!existsSync(path)) return {};
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw invalidInput(`${path} cannot be read as JSON: ${(error as Error).message}. Mend or remove it.`);
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw invalidInput(`${path} must hold one JSON object.`);
  for (const [name, setting] of Object.entries(value)) checkSetting(name, setting, path);
  return value as Settings;
}

/** The user's own settings, and over them those of the file's folder, without the guarded ones. */
export function mergeSettings(own: Settings, folder: Settings): Settings {
  return { ...own, ...Object.fromEntries(Object.entries(folder).filter(([name]) => !isGuarded(name))) };
}

export function memorySettings(settings: Settings): MemoryConfig {
  const clientNames: readonly string[] = CLIENT_SETTINGS;
  return Object.fromEntries(Object.entries(settings).filter(([name]) => !clientNames.includes(name))) as MemoryConfig;
}

/** @throws MemoryError `invalid_input` for an unknown name or a value that does not fit. */
export function checkSetting(name: string, value: unknown, place: string): void {
  const clientNames: readonly string[] = CLIENT_SETTINGS;
  if (clientNames.includes(name)) {
    if (typeof value !== "string" || value.trim() === "")
      throw invalidInput(`${place}: ${name} expects a text, got ${JSON.stringify(value)}.`);
    if (name === "server" && !URL.canParse(value))
      throw invalidInput(
        `${place}: server expects an address such as http://127.0.0.1:8420, got ${JSON.stringify(value)}.`,
      );
    return;
  }
  if (["now", "onWarning", "dbPath"].includes(name))
    throw invalidInput(`${place}: ${name} is no setting of the command line.`);
  try {
    parseConfig({ [name]: value });
  } catch (error) {
    throw invalidInput(
      `${place}: ${(error as Error).message.replace("Settings: dbPath,", `Settings: ${clientNames.join(", ")},`)}`,
    );
  }
}

/** Writes the whole file at once, readable by its owner alone. */
export async function writeSettings(folder: string, settings: Settings): Promise<void> {
  const path = configPath(folder);
  const draft = `${path}.${process.pid}.new`;
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeFile(draft, `${JSON.stringify(settings, null, 2)}\n`, { mode: 0o600 });
    await chmod(draft, 0o600);
    await rename(draft, path);
  } catch (error) {
    throw new MemoryError("store_failed", `${path} cannot be written: ${(error as Error).message}.`, { cause: error });
  }
}

/** Keys are shown by their last four characters, at every depth. */
export function hideSecrets(value: unknown, name = ""): unknown {
  if (typeof value === "string" && /key|token|secret|password|credential|authorization/iu.test(name))
    return value.length > 12 ? `…${value.slice(-4)}` : "…";
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((each) => hideSecrets(each, name));
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, hideSecrets(each, key)]));
}
