import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/**
 * The file that commands work on: `RECOLLECT_HOME`, else the nearest `.recollect/memory.db` upwards, else the one of the
 * user's home. Commands, unlike the library, make no folder where they happen to be called.
 */
export function findFile({
  env,
  folder,
  home,
}: {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly folder: string;
  readonly home: string;
}): string {
  const named = env["RECOLLECT_HOME"];
  if (named !== undefined && named.trim() !== "") return join(resolve(folder, named), "memory.db");
  for (let place = resolve(folder); ; place = dirname(place)) {
    const path = join(place, ".recollect", "memory.db");
    if (existsSync(path)) return path;
    if (dirname(place) === place) return join(home, ".recollect", "memory.db");
  }
}
