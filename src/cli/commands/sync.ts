import { existsSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { invalidInput } from "../../errors.ts";
import { projectScope } from "../agents/project-scope.ts";
import { memorySettings } from "../store/cli-settings.ts";
import type { OwnerIds, Store } from "../store/store.ts";
import { SHARED_PARTS } from "../sync/shared-content.ts";
import type { SharedPart } from "../sync/shared-content.ts";
import { runSync } from "../sync/run-sync.ts";
import type { Place, SyncReport } from "../sync/run-sync.ts";
import type { StoreChange } from "../sync/store-replica.ts";
import { lockSync, readSyncState, scopeState, writeSyncState } from "../sync/sync-state.ts";
import { paint } from "../terminal/paint.ts";
import { oneLine } from "../terminal/text-width.ts";
import { projectRoot } from "../wiring/project-root.ts";
import type { Call, Command, Reply } from "./command.ts";
import { namedOwner, ownerOf, SCOPE_OPTIONS } from "./options.ts";

export const command: Command = {
  usage: ["sync [place] [options]"],
  summary: "bring this file and a shared place to the same decisions, patterns and preferences",
  about:
    "The place is a folder (JSONL files, made for git), another store file, or a server's address; left out, the one of last\ntime. Changes of both sides are taken in, deletions too; of two changes made at the same time both are kept. It may be\nrun again: then it changes nothing. Messages never leave the file.",
  options: [
    { name: "only", value: "<a,b>", help: `${SHARED_PARTS.join(", ")} (default: all but all: every fact)` },
    { name: "dry-run", help: "say what would change, and change nothing" },
    ...SCOPE_OPTIONS,
    { name: "db", value: "<path>", help: "the file, or the folder that holds memory.db" },
    { name: "api-key", value: "<key>", help: "of the server (RECOLLECT_API_KEY): a project owner's" },
  ],
  examples: [
    "recollect sync ./team-memory --dry-run",
    "recollect sync ./team-memory && git -C ./team-memory add -A",
    "recollect sync ~/shared/memory.db --only decisions,patterns",
    "recollect sync http://127.0.0.1:8420 --app-id shop",
    "recollect sync",
  ],
  run,
};

async function run(call: Call): Promise<Reply> {
  const [given, ...rest] = call.positionals;
  if (rest.length > 0) throw invalidInput('"recollect sync" expects one place.');
  const owner = scopeOf(call);
  const parts = partsOf(call);
  const isDryRun = call.has("dry-run");
  const { folder, path } = call.file;
  if (!existsSync(folder))
    throw invalidInput(`There is no ${folder} yet: "recollect init", or "recollect add", makes it.`);
  const unlock = isDryRun ? (): void => undefined : lockSync(folder);
  const opened: Store[] = [];
  try {
    const state = readSyncState(folder);
    const own = scopeState(state, owner);
    const named = given ?? rememberedPlace(call, own.place);
    if (named === undefined)
      throw invalidInput('"recollect sync" expects a place: a folder, a store file, or a server.');
    process.umask(0o077);
    const { LocalStore } = await import("../store/local-store.ts");
    const local = new LocalStore(path, memorySettings(call.settings));
    opened.push(local);
    const place = await openPlace(call, named, owner);
    if (place.kind === "store") opened.push(place.store);
    const where = place.kind === "folder" ? place.path : place.store.place;
    own.place = /^https?:/u.test(named) ? named : resolve(named);
    const report = await runSync({
      local,
      owner,
      place,
      parts,
      state: own,
      save: () => writeSyncState(folder, state),
      now: Date.now(),
      isDryRun,
    });
    return replyOf(report, { owner, where, isDryRun });
  } finally {
    for (const store of opened) await store.close();
    unlock();
  }
}

/**
 * The place of last time. A project's sync.json can have come with the checkout: memories and keys go to no server on
 * its word alone. @throws MemoryError `invalid_input`.
 */
function rememberedPlace({ file: { origin }, settings }: Call, place: string | undefined): string | undefined {
  const isServer = place !== undefined && /^https?:/u.test(place);
  const isKnown = place === settings["server"] || place === process.env["RECOLLECT_SERVER"];
  if (isServer && origin === "project" && !isKnown)
    throw invalidInput(`The place of last time is a server. Name it again: recollect sync ${place}`);
  return place;
}

/** Of a file that holds many projects, the one of the checkout we are in, unless ids are named. */
function scopeOf(call: Call): OwnerIds {
  const isNamed = Object.keys(namedOwner(call)).length > 0 || (process.env["RECOLLECT_APP_ID"] ?? "") !== "";
  const isOwnFile = call.file.origin === "user" || call.file.origin === "environment";
  if (isNamed || !isOwnFile || !existsSync(join(projectRoot(), ".git"))) return ownerOf(call);
  return projectScope({ settings: call.settings }).owner;
}

function partsOf(call: Call): readonly SharedPart[] {
  const only = call.text("only");
  if (only === undefined) return SHARED_PARTS.filter((part) => part !== "all");
  return only.split(",").map((each) => {
    const part = SHARED_PARTS.find((known) => known === each.trim());
    if (part === undefined) throw invalidInput(`--only expects some of ${SHARED_PARTS.join(", ")}, got "${each}".`);
    return part;
  });
}

/** In a shared store a project's memories are the project's, whoever kept them first. */
async function openPlace(call: Call, named: string, owner: OwnerIds): Promise<Place> {
  const { appId } = owner;
  const theirs: OwnerIds = appId === undefined ? owner : { appId };
  if (/^https?:/u.test(named)) {
    if (!URL.canParse(named)) throw invalidInput(`${named} is no address.`);
    const { ServerStore } = await import("../store/server-store.ts");
    // The key in the settings belongs to the server that is named beside it.
    const kept = named === call.settings["server"] ? (call.settings["apiKey"] as string | undefined) : undefined;
    const key = call.text("api-key") ?? process.env["RECOLLECT_API_KEY"] ?? kept;
    return { kind: "store", store: new ServerStore(named, key), owner: theirs };
  }
  const path = resolve(named);
  const isFolder = existsSync(path) && statSync(path).isDirectory();
  const file = isFolder && existsSync(join(path, "memory.db")) ? join(path, "memory.db") : path;
  if (file === call.file.path) throw invalidInput(`${file} is this file itself. Name another place.`);
  if (isFolder ? file === path : !/\.(?:db|sqlite)$/u.test(path)) {
    if (!isFolder && existsSync(path)) throw invalidInput(`${path} is neither a folder nor a store file (.db).`);
    return { kind: "folder", path: join(path, (appId ?? "shared").replaceAll(/[/\\]|^\.+$/gu, "_")) };
  }
  const { LocalStore } = await import("../store/local-store.ts");
  return { kind: "store", store: new LocalStore(file, memorySettings(call.settings)), owner: theirs };
}

function replyOf(
  { pulled, pushed, conflicts, warnings }: SyncReport,
  { owner, where, isDryRun }: { owner: OwnerIds; where: string; isDryRun: boolean },
): Reply {
  const would = isDryRun ? "would be " : "";
  return {
    data: {
      is_dry_run: isDryRun,
      place: where,
      pulled: pulled.map(rowOf),
      pushed: pushed.map(rowOf),
      conflicts: conflicts.map(({ id, of, text }) => ({ id, conflict_of: of, memory: text })),
    },
    count: pulled.length + pushed.length,
    scope: owner,
    warnings,
    lines: () => [
      ...pulled.map((change) => lineOf("here ", change)),
      ...pushed.map((change) => lineOf("there", change)),
      ...conflicts.map(
        ({ id, of, text }) => `${paint("yellow", "both kept")}  ${oneLine(text)} (${id}, another version of ${of})`,
      ),
      pulled.length + pushed.length === 0
        ? `Nothing to do: this file and ${where} hold the same.`
        : paint("dim", `${pulled.length} ${would}taken in here, ${pushed.length} ${would}given to ${where}`),
    ],
  };
}

function rowOf(change: StoreChange): object {
  return { id: change.id, what: change.what, ...(change.what === "delete" ? {} : { memory: change.content.text }) };
}

const WORDS: Readonly<Record<StoreChange["what"], string>> = {
  add: "new     ",
  change: "changed ",
  restore: "restored",
  delete: "deleted ",
};

function lineOf(where: string, change: StoreChange): string {
  return `${paint("dim", where)}  ${paint("green", WORDS[change.what])}  ${change.what === "delete" ? change.id : oneLine(change.content.text)}`;
}
