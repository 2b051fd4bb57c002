import { existsSync } from "node:fs";
import { mergeSettings, readSettings } from "../store/cli-settings.ts";
import type { Settings } from "../store/cli-settings.ts";
import { findFile, userFolder } from "../store/find-file.ts";
import { openStore, serverOf } from "../store/open-store.ts";
import type { Store } from "../store/store.ts";
import { projectScope } from "./project-scope.ts";
import type { ProjectScope } from "./project-scope.ts";

/** Where a hook reads and writes: the file or server of the folder the agent works in, and whose memories. */
export interface HookPlace {
  readonly scope: ProjectScope;
  readonly settings: Settings;
  /** Undefined: a server. */
  readonly path: string | undefined;
}

export function findPlace(folder: string): HookPlace {
  const file = findFile(undefined, { from: folder });
  const own = userFolder();
  const settings =
    file.folder === own ? readSettings(own) : mergeSettings(readSettings(own), readSettings(file.folder));
  const server = serverOf({ path: file.path, settings });
  return {
    scope: projectScope({ from: folder, settings }),
    settings,
    path: server === undefined ? file.path : undefined,
  };
}

const REMOTE: ReadonlySet<string> = new Set(["llm", "reranker", "embedder", "previousEmbedder"]);

/**
 * For reading inside a deadline: by words alone. A model, a reranker or an embedder may go out to a network, and the
 * built-in word vectors cost a third of the time and tell prompts apart no better (bench/agents). Undefined where no
 * file is there yet: a hook that reads creates none.
 */
export async function openForRecall({ path, settings }: HookPlace): Promise<Store | undefined> {
  if (path !== undefined && !existsSync(path)) return undefined;
  const offline = Object.entries(settings).filter(([name]) => !REMOTE.has(name));
  return openStore({ path: path ?? "", settings: Object.fromEntries(offline) }, (config) => ({
    ...config,
    embedder: false,
  }));
}
