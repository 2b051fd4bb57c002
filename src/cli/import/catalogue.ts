import { existsSync } from "node:fs";
import { invalidInput, MemoryError } from "../../errors.ts";
import type { Importer, Surroundings } from "./importer.ts";
import { Place } from "./place.ts";
import { claudeMem } from "./read-claude-mem.ts";
import { chatgpt, claudeAi } from "./read-chat-archive.ts";
import { flashbacker } from "./read-flashbacker.ts";
import { graphDump } from "./read-graph-dump.ts";
import { simpleMem } from "./read-simplemem.ts";
import { teleMem } from "./read-telemem.ts";
import { memoryMcp } from "./read-memory-mcp.ts";
import { mem0Plugin } from "./read-mem0-plugin.ts";
import { rows } from "./read-rows.ts";
import { openMemory } from "./read-openmemory.ts";
import { orchestKit } from "./read-orchestkit.ts";
import { supermemory } from "./read-supermemory.ts";
import { markdown } from "./read-markdown.ts";
import { mem0 } from "./read-mem0.ts";
import { memoryServer } from "./read-memory-server.ts";

/** Every system that is read, those that are told apart most surely first. */
export const IMPORTERS: readonly Importer[] = [
  claudeMem,
  memoryServer,
  memoryMcp,
  openMemory,
  supermemory,
  chatgpt,
  claudeAi,
  orchestKit,
  simpleMem,
  teleMem,
  flashbacker,
  graphDump,
  mem0,
  mem0Plugin,
  markdown,
  rows,
];

export interface Hit {
  readonly importer: Importer;
  readonly path: string;
  /** What lies there, in words. */
  readonly what: string;
}

/** Everything that is known of what lies at a path; none where nothing is. */
export function detectAt(place: Place): Hit[] {
  return IMPORTERS.flatMap((importer) => {
    const what = importer.detect(place);
    return what === null ? [] : [{ importer, path: place.path, what }];
  });
}

/** Looks where each system usually keeps its data. What cannot be read there is left for the import itself to tell. */
export function detectUsual(around: Surroundings): Hit[] {
  return IMPORTERS.flatMap((importer) =>
    [...new Set(importer.usual(around))].filter(existsSync).flatMap((path): Hit[] => {
      const place = new Place(path);
      try {
        const what = importer.detect(place);
        return what === null ? [] : [{ importer, path, what }];
      } catch (error) {
        if (!MemoryError.isInstance(error)) throw error;
        return [{ importer, path, what: `something that cannot be read: ${error.message}` }];
      } finally {
        place.close();
      }
    }),
  );
}

/** @throws MemoryError `invalid_input` that lists the names. */
export function importerNamed(name: string): Importer {
  const found = IMPORTERS.find((importer) => importer.name === name);
  if (found !== undefined) return found;
  throw invalidInput(`--from expects one of ${IMPORTERS.map((importer) => importer.name).join(", ")}, got "${name}".`, {
    exitStatus: 2,
  });
}
