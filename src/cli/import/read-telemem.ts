import { invalidInput } from "../../errors.ts";
import { EMPTY_MEMORY } from "./foreign-memory.ts";
import type { ForeignMemory, ForeignSource, SkippedRow } from "./foreign-memory.ts";
import type { Importer } from "./importer.ts";
import type { Place } from "./place.ts";
import { isRecord, readTime } from "./read-mem0-row.ts";
import { digestOf, idFrom, mentionOf, pickText, pickValue, withoutEmpty } from "./read-values.ts";

const META = /^(.{1,200})_meta\.json$/u;

export const teleMem: Importer = {
  name: "telemem",
  title: "TeleMem",
  reads: "the folder of its *_meta.json files (faiss_db), or one of them; the FAISS files are not needed",
  usual: () => [],
  detect: (place) => {
    if (!place.isFolder) return META.test(place.name) && /^\s*\[/u.test(place.head) ? "a file of TeleMem" : null;
    const names = place.names;
    const isPaired = names.some((name) => META.test(name) && names.includes(name.replace(/_meta\.json$/u, ".index")));
    return isPaired ? "the folder of TeleMem" : null;
  },
  read: (place) => {
    const names = place.isFolder ? place.names.filter((name) => META.test(name)) : [place.name];
    if (names.length === 0) throw invalidInput(`${place.path} holds no *_meta.json of TeleMem.`);
    return readMetaFiles(names.map((name) => [name, place.isFolder ? place.at(name) : place]));
  },
};

/** A scene has a file of its events, and one of each person in it. */
function readMetaFiles(files: readonly (readonly [string, Place])[]): ForeignSource {
  const skipped: SkippedRow[] = [];
  const memories: ForeignMemory[] = [];
  const scenes = files.flatMap(([name]) => /^(.{1,200})_events_meta\.json$/u.exec(name)?.[1] ?? []);
  for (const [name, file] of files) {
    const { scene, who } = partsOf(META.exec(name)?.[1] ?? name, scenes);
    const list = file.json();
    if (!Array.isArray(list)) {
      skipped.push({ row: name, reason: "holds no list" });
      continue;
    }
    for (const [index, item] of list.entries()) {
      const result = readItem(item, { scene, who, modifiedAt: file.modifiedAt });
      if (typeof result === "string") skipped.push({ row: `${name}, item ${index + 1}`, reason: result });
      else memories.push(result);
    }
  }
  return {
    what: "TeleMem's files",
    instance: "local",
    memories,
    skipped,
    notes: [
      "What a character knows belongs to an agent of that name: a search with its agent_id sees nothing of the others.",
    ],
  };
}

function partsOf(stem: string, scenes: readonly string[]): { readonly scene: string; readonly who: string | null } {
  const scene = scenes.toSorted((one, other) => other.length - one.length).find((each) => stem.startsWith(`${each}_`));
  const at = scene === undefined ? stem.lastIndexOf("_") : scene.length;
  if (at <= 0) return { scene: stem, who: null };
  const key = stem.slice(at + 1);
  return { scene: stem.slice(0, at), who: key === "events" ? null : key };
}

function readItem(
  item: unknown,
  { scene, who, modifiedAt }: { readonly scene: string; readonly who: string | null; readonly modifiedAt: number },
): ForeignMemory | string {
  const row = isRecord(item) ? item : { text: item };
  const inner = isRecord(row["payload"]) ? { ...row["payload"], ...row } : row;
  const text = pickText(inner, "memory", "data", "text", "content", "summary", "event", "description");
  if (text === null) return "has no text (memory, data, text, content or summary)";
  const [runId, agentId] = [idFrom(pickText(inner, "sample_id") ?? scene), idFrom(who)];
  const time = readTime(pickValue(inner, "timestamp", "created_at", "time"));
  return {
    ...EMPTY_MEMORY,
    id: digestOf(scene, who, text),
    text,
    ...(runId === undefined ? {} : { runId }),
    ...(agentId === undefined ? {} : { agentId }),
    name: who,
    categories: [who === null ? "event" : "character"],
    mentions: who === null ? [] : [mentionOf(who, "person")],
    metadata: withoutEmpty({ character: who, scene, ...(time === null ? { time_estimated: true } : {}) }),
    createdAt: time ?? modifiedAt,
    updatedAt: time ?? modifiedAt,
  };
}
