import { join } from "node:path";
import { EMPTY_MEMORY } from "./foreign-memory.ts";
import type { ForeignMemory, ForeignSource, SkippedRow } from "./foreign-memory.ts";
import type { Importer } from "./importer.ts";
import type { Place } from "./place.ts";
import { isRecord } from "./read-mem0-row.ts";
import { observationOf, relationOf, typeOf } from "./graph-facts.ts";
import { splitObjects } from "./split-objects.ts";
import { digestOf, mentionOf, pickText, readTexts } from "./read-values.ts";
import type { Values } from "./read-values.ts";

const MOST_KEPT = 8_000;

export const memoryServer: Importer = {
  name: "mcp-memory",
  title: "the MCP memory server (knowledge graph)",
  reads: "memory.jsonl or memory.json of @modelcontextprotocol/server-memory",
  usual: ({ home, folder, env }) => [
    ...(env["MEMORY_FILE_PATH"] === undefined ? [] : [env["MEMORY_FILE_PATH"]]),
    ...[folder, home].flatMap((each) => [join(each, "memory.jsonl"), join(each, "memory.json")]),
  ],
  detect: (place) => {
    if (place.isFolder) {
      const found = inFolder(place);
      return found === undefined ? null : detectFile(found);
    }
    return detectFile(place);
  },
  read: (place) => readGraphFile((place.isFolder ? inFolder(place) : undefined) ?? place),
};

function inFolder(place: Place): Place | undefined {
  const name = ["memory.jsonl", "memory.json"].find((each) => place.has(each));
  return name === undefined ? undefined : place.at(name);
}

function detectFile(place: Place): string | null {
  const lines = place.head.split("\n").slice(0, 20);
  return lines.some((line) => /^\s*\{\s*"type"\s*:\s*"(?:entity|relation)"/u.test(line))
    ? "the file of the MCP memory server"
    : null;
}

/** Entities with their observations, and relations, a line each; damaged and joined lines are told and read on. */
function readGraphFile(place: Place): ForeignSource {
  const skipped: SkippedRow[] = [];
  const notes: string[] = [];
  const read = function* (): Generator<ForeignMemory, void, undefined> {
    skipped.length = 0;
    notes.length = 0;
    const seen = new Set<string>();
    let joined = 0;
    let number = 0;
    for (const line of place.text().split("\n")) {
      number += 1;
      if (line.trim() === "") continue;
      const { objects, damage } = splitObjects(line);
      joined += objects.length > 1 ? 1 : 0;
      if (damage !== null) skipped.push({ row: `line ${number}`, reason: damage });
      for (const object of objects) {
        for (const result of readObject(object)) {
          if (typeof result === "string") skipped.push({ row: `line ${number}`, reason: result });
          else if (seen.has(result.id))
            skipped.push({ row: `line ${number}`, reason: "says again what an earlier line says" });
          else {
            seen.add(result.id);
            const metadata = { ...result.metadata, time_estimated: true };
            yield { ...result, metadata, createdAt: place.modifiedAt, updatedAt: place.modifiedAt };
          }
        }
      }
    }
    if (joined > 0)
      notes.push(`${joined} lines held several objects, as its older versions wrote them: all were read.`);
    notes.push(
      "The file has no times: what it says counts as said when it was last written (metadata.time_estimated).",
    );
  };
  return {
    what: "file of the MCP memory server",
    instance: "local",
    memories: { [Symbol.iterator]: read },
    skipped,
    notes,
  };
}

function readObject(object: unknown): (ForeignMemory | string)[] {
  if (!isRecord(object)) return ["is no object"];
  if (object["type"] === "entity") return readGraphEntity(object);
  if (object["type"] === "relation") return [readGraphRelation(object)];
  return ["is neither an entity nor a relation"];
}

/** An entity with its observations: what it is, and each sentence about it, is a memory that names it. */
export function readGraphEntity(row: Values): (ForeignMemory | string)[] {
  const name = pickText(row, "name");
  if (name === null) return ["is an entity without a name"];
  const type = pickText(row, "entityType");
  const observations = readTexts(row["observations"]);
  const mentions = [mentionOf(name, type)];
  const metadata = { entity: name, entity_type: type ?? "" };
  const typed = type === null && observations.length > 0 ? [] : [typeOf(name, type ?? "thing")];
  const said = observations.map((observation) => ({
    id: digestOf("observation", name, observation),
    ...observationOf(name, observation),
    // As it stood in the file, for the way back; metadata has a bound of its own.
    metadata: observation.length > MOST_KEPT ? metadata : { ...metadata, observation },
  }));
  return [...typed, ...said].map((each) => ({
    ...EMPTY_MEMORY,
    metadata,
    categories: type === null ? [] : [type],
    mentions,
    ...each,
  }));
}

export function readGraphRelation(row: Values): ForeignMemory | string {
  const [from, to, type] = [pickText(row, "from"), pickText(row, "to"), pickText(row, "relationType")];
  if (from === null || to === null || type === null) return "is a relation without from, to or relationType";
  return {
    ...EMPTY_MEMORY,
    id: digestOf("relation", from, type, to),
    ...relationOf(from, type, to),
    categories: ["relation"],
    metadata: { relation: { from, to, type } },
    mentions: [mentionOf(from, null), mentionOf(to, null)],
  };
}
