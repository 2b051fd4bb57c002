import type { MemoryConfig } from "../../config.ts";
import { memorySettings } from "./cli-settings.ts";
import type { Settings } from "./cli-settings.ts";
import type { Store } from "./store.ts";

export interface PlaceOptions {
  /** `--server`. */
  readonly server?: string | undefined;
  readonly apiKey?: string | undefined;
  /** True: a file was named, so that no server of the environment or the settings is meant. */
  readonly hasNamedFile?: boolean;
  /** The file, where no server is meant. */
  readonly path: string;
  readonly settings: Settings;
}

/** The server that is meant: named, of the environment, of the settings; undefined for a file. */
export function serverOf({ server, hasNamedFile = false, settings }: PlaceOptions): string | undefined {
  const found = server ?? (hasNamedFile ? undefined : (process.env["RECOLLECT_SERVER"] ?? settings["server"]));
  return typeof found === "string" && found !== "" ? found : undefined;
}

/** The file or the server of a call. A file is opened when first used. */
export async function openStore(
  options: PlaceOptions,
  adjust: (config: MemoryConfig) => MemoryConfig = (config) => config,
): Promise<Store> {
  const { apiKey, path, settings } = options;
  const server = serverOf(options);
  if (server !== undefined) {
    const { ServerStore } = await import("./server-store.ts");
    // The key in the settings belongs to the server that is named beside it.
    const kept = server === settings["server"] ? (settings["apiKey"] as string | undefined) : undefined;
    return new ServerStore(server, apiKey ?? process.env["RECOLLECT_API_KEY"] ?? kept);
  }
  // What is written is for nobody else on the machine.
  process.umask(0o077);
  const { LocalStore } = await import("./local-store.ts");
  return new LocalStore(path, adjust(memorySettings(settings)));
}
