import { invalidInput, MemoryError } from "../../errors.ts";
import {
  checkSetting,
  configPath,
  hideSecrets,
  isGuarded,
  readSettings,
  settingName,
  writeSettings,
} from "../store/cli-settings.ts";
import { userFolder } from "../store/find-file.ts";
import { pairs } from "../terminal/columns.ts";
import { plain } from "../terminal/describe-memory.ts";
import type { Call, Command, Reply } from "./command.ts";

export const command: Command = {
  usage: [
    "config show [options]",
    "config get <name> [options]",
    "config set <name> <value> [options]",
    "config unset <name> [options]",
  ],
  summary: "show and change the settings beside the file",
  about:
    "Settings: server, apiKey, userId, agentId, appId, runId, and those of the library (docs/configuration.md). They lie in\nconfig.json in the file's folder, for you alone. What decides where data is sent and how it is\nguarded (server, apiKey, llm, embedder, reranker, maskSecrets, …) is read from your own folder only, since a project's\nfolder may come with a checkout: set it with --global.",
  options: [
    { name: "global", help: "your own folder, ~/.recollect or RECOLLECT_HOME, in place of the project's" },
    { name: "db", value: "<path>", help: "the file, or the folder that holds memory.db" },
  ],
  examples: [
    "recollect config show",
    "recollect config set userId hana",
    "recollect config set --global llm openai/gpt-5-mini",
    "recollect config set --global server http://127.0.0.1:8420",
  ],
  run,
};

async function run(call: Call): Promise<Reply> {
  const [verb = "show", given, ...rest] = call.positionals;
  const folder = call.has("global") ? userFolder() : call.file.folder;
  const name = given === undefined ? "" : settingName(given);
  if (verb === "show" && given === undefined) return show(call, folder);
  if (verb === "get" && given !== undefined && rest.length === 0) return get(call, name);
  if (verb === "set" && given !== undefined && rest.length === 1) return set(folder, name, rest[0] as string);
  if (verb === "unset" && given !== undefined && rest.length === 0) return unset(folder, name);
  throw invalidInput('"recollect config" expects show, get <name>, set <name> <value> or unset <name>.');
}

function show(call: Call, folder: string): Reply {
  const settings = hideSecrets(call.has("global") ? readSettings(folder) : call.settings) as Readonly<
    Record<string, unknown>
  >;
  const names = Object.keys(settings).toSorted();
  return {
    data: settings,
    count: names.length,
    lines: () => [
      ...pairs([["file", configPath(folder)]]),
      ...(names.length === 0
        ? ["Nothing is set: everything has its default."]
        : pairs(names.map((name) => [name, plain(settings[name])]))),
    ],
  };
}

function get(call: Call, name: string): Reply {
  const value = hideSecrets(call.settings[name], name);
  return {
    data: value ?? null,
    status: value === undefined ? 3 : 0,
    lines: () => (value === undefined ? [`${name} is not set: it has its default.`] : [plain(value)]),
  };
}

async function set(folder: string, name: string, text: string): Promise<Reply> {
  const value = valueOf(name, text);
  const path = configPath(folder);
  checkSetting(name, value, path);
  if (isGuarded(name) && folder !== userFolder())
    throw invalidInput(
      `${name} decides where memories go or how they are guarded. It is read from ${configPath(userFolder())} alone: recollect config set --global ${name} <value>`,
    );
  await writeSettings(folder, { ...readSettings(folder), [name]: value });
  return { data: { [name]: hideSecrets(value, name) }, lines: () => [`${name} is set in ${path}`] };
}

async function unset(folder: string, name: string): Promise<Reply> {
  const { [name]: old, ...rest } = readSettings(folder);
  if (old === undefined) throw new MemoryError("not_found", `${name} is not set in ${configPath(folder)}.`);
  await writeSettings(folder, rest);
  return { data: { [name]: null }, lines: () => [`${name} is no longer set in ${configPath(folder)}`] };
}

/** Numbers, true, false and JSON as what they are; ids and keys always as text. */
function valueOf(name: string, text: string): unknown {
  if (/^(?:server|apiKey|.*Id)$/u.test(name)) return text;
  if (/^(?:true|false|-?\d+(?:\.\d+)?)$/u.test(text)) return JSON.parse(text) as unknown;
  if (!/^\s*[[{]/u.test(text)) return text;
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw invalidInput(`${name} looks like JSON and is none: ${(error as Error).message}.`);
  }
}
