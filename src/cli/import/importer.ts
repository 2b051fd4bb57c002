import type { ForeignSource } from "./foreign-memory.ts";
import type { Place } from "./place.ts";

/** Where to look when no path is given. */
export interface Surroundings {
  readonly home: string;
  readonly folder: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export interface ReadOptions {
  /** Lines of files that give rules to an agent become instructions. */
  readonly asInstructions: boolean;
  /** Of rows: which column holds what. */
  readonly map?: unknown;
}

/** One other system: how its data is told from everybody else's, and how it is read. Nothing here writes to it. */
export interface Importer {
  /** As in `--from <name>`. */
  readonly name: string;
  /** The system as its users call it, and the files that are read, for help and lists. */
  readonly title: string;
  readonly reads: string;
  /** Paths where it usually lies. */
  readonly usual: (around: Surroundings) => readonly string[];
  /** What of its data lies there, in words; null where nothing does. */
  readonly detect: (place: Place) => string | null;
  readonly read: (place: Place, options: ReadOptions) => ForeignSource | Promise<ForeignSource>;
}
