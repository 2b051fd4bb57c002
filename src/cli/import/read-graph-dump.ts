import { EMPTY_MEMORY } from "./foreign-memory.ts";
import type { ForeignMemory, ForeignSource, SkippedRow } from "./foreign-memory.ts";
import { relationOf, typeOf } from "./graph-facts.ts";
import type { Importer } from "./importer.ts";
import type { Place } from "./place.ts";
import { csvHeader, readCsv } from "./read-csv.ts";
import { readJsonRows } from "./read-json-rows.ts";
import { isRecord, readTime } from "./read-mem0-row.ts";
import { digestOf, idFrom, mentionOf, pickText, pickValue, readTexts, withoutEmpty } from "./read-values.ts";
import type { Values } from "./read-values.ts";

/** What tools call the two ends and the type of an edge; Neo4j's and Neptune's own columns among them. */
const FROM = ["source", "from", "subject", "start", "src", "source_name", ":START_ID", "~from", "_start"];
const TO = ["destination", "target", "to", "object", "end", "dst", "destination_name", ":END_ID", "~to", "_end"];
const TYPE = ["relationship", "relation", "predicate", "relationType", ":TYPE", "~label", "_type", "label", "type"];
const NODE_ID = [":ID", "~id", "_id", "id", "name"];
const NODE_TYPE = [":LABEL", "~label", "_labels", "labels", "label", "type"];

export const graphDump: Importer = {
  name: "graph",
  title: "a graph (Neo4j, Neptune, Memgraph, Kuzu)",
  reads:
    "edges as CSV or JSON (source, relationship, destination, user_id?), a folder of CSV files of nodes and edges, or APOC's JSON lines",
  usual: () => [],
  detect: (place) => {
    if (place.isFolder) {
      const isThere = csvFiles(place).some((file) => isEdges(csvHeader(file.head)));
      return isThere ? "CSV files of a graph" : null;
    }
    if (/\.csv$/iu.test(place.name)) return isEdges(csvHeader(place.head)) ? "edges of a graph (CSV)" : null;
    if (!/^\s*[[{]/u.test(place.head)) return null;
    if (/"type"\s*:\s*"relationship"/u.test(place.head) && place.head.includes('"start"'))
      return "a graph as APOC writes it";
    return ['"source"', '"relationship"', '"destination"'].every((key) => place.head.includes(key))
      ? "edges of a graph (JSON)"
      : null;
  },
  read: readGraph,
};

function csvFiles(place: Place): Place[] {
  return place.names.filter((name) => /\.csv$/iu.test(name)).map((name) => place.at(name));
}

/** Headers of a bulk loader have a type or a role behind a colon, and a group in brackets: "personId:ID(Person)". */
function plainName(name: string): string {
  const bare = name.replace(/\([^()]{0,200}\)$/u, "");
  const role = [":START_ID", ":END_ID", ":ID", ":TYPE", ":LABEL"].find((each) => bare.endsWith(each));
  if (role !== undefined) return role;
  return bare.startsWith("~") || bare.startsWith(":") ? bare : (bare.split(":")[0] ?? bare);
}

function isEdges(header: readonly string[]): boolean {
  const names = new Set(header.map(plainName));
  return [FROM, TO, TYPE].every((wanted) => wanted.some((name) => names.has(name)));
}

interface GraphNode {
  readonly name: string;
  readonly type: string | null;
  readonly row: Values;
}

function readGraph(place: Place): ForeignSource {
  const skipped: SkippedRow[] = [];
  const nodes = new Map<string, GraphNode>();
  const edges: { readonly row: Values; readonly where: string }[] = [];
  const take = (rows: readonly Values[], where: string): void => {
    for (const [index, raw] of rows.entries()) {
      const row = flat(raw);
      if (isEdge(row)) edges.push({ row, where: `${where}${index + 1}` });
      else if (!addNode(nodes, row))
        skipped.push({ row: `${where}${index + 1}`, reason: "is neither an edge nor a node" });
    }
  };
  if (place.isFolder) for (const file of csvFiles(place)) take(readCsv(file.text(), file.path), `${file.name}, row `);
  else if (/\.csv$/iu.test(place.name)) take(readCsv(place.text(), place.path), "row ");
  else take(readJsonRows(place, { lists: ["edges", "relationships", "nodes", "results", "data"], skipped }), "row ");
  const { memories, used } = convertEdges(edges, { nodes, skipped, modifiedAt: place.modifiedAt });
  const orphans = [...nodes].filter(([id]) => !used.has(id));
  const named = [...nodes.values()].map((node) => nodeMemory(node, place.modifiedAt));
  return {
    what: "graph",
    instance: "local",
    memories: [...named, ...memories],
    skipped,
    notes: orphans.length === 0 ? [] : [`${orphans.length} nodes have no edge: they are kept as entities alone.`],
  };
}

function isEdge(row: Values): boolean {
  return [FROM, TO].every((names) => pickText(row, ...names) !== null);
}

/** APOC and openCypher put ends into objects of their own, properties under `properties`. */
function flat(row: Values): Values {
  const end = (name: string): unknown => {
    const value = row[name];
    return isRecord(value)
      ? (pickText(value, "id", "name") ?? pickText(isRecord(value["properties"]) ? value["properties"] : {}, "name"))
      : value;
  };
  const properties = isRecord(row["properties"]) ? row["properties"] : {};
  const isEdgeRow = row["type"] === "relationship";
  const own = Object.fromEntries(Object.entries(row).map(([name, value]) => [plainName(name), value]));
  const ends = Object.fromEntries(
    [...FROM, ...TO].filter((name) => isRecord(row[name])).map((name) => [name, end(name)]),
  );
  return { ...properties, ...own, ...ends, ...(isEdgeRow ? { relationship: row["label"], type: undefined } : {}) };
}

function addNode(nodes: Map<string, GraphNode>, row: Values): boolean {
  const id = pickText(row, ...NODE_ID);
  const name = pickText(row, "name", "title", "label_name") ?? id;
  if (id === null || name === null) return false;
  const labels = readTexts(pickValue(row, ...NODE_TYPE.filter((each) => row[each] !== "node")));
  nodes.set(id, { name, type: labels[0]?.split(/[;:]/u).find((each) => each !== "") ?? null, row });
  return true;
}

function nodeMemory({ name, type, row }: GraphNode, modifiedAt: number): ForeignMemory {
  const userId = idFrom(pickText(row, "user_id"));
  const { id, ...fact } = typeOf(name, type ?? "thing");
  return {
    ...EMPTY_MEMORY,
    ...fact,
    id,
    ...(userId === undefined ? {} : { userId }),
    categories: type === null ? [] : [type],
    mentions: [mentionOf(name, type)],
    metadata: { entity: name, entity_type: type ?? "", ...timeOf(row, modifiedAt).mark },
    ...timeOf(row, modifiedAt).times,
  };
}

function convertEdges(
  edges: readonly { readonly row: Values; readonly where: string }[],
  {
    nodes,
    skipped,
    modifiedAt,
  }: { readonly nodes: ReadonlyMap<string, GraphNode>; readonly skipped: SkippedRow[]; readonly modifiedAt: number },
): { readonly memories: readonly ForeignMemory[]; readonly used: ReadonlySet<string> } {
  const used = new Set<string>();
  const memories = edges.flatMap(({ row, where }): ForeignMemory[] => {
    const [fromId, toId] = [pickText(row, ...FROM) ?? "", pickText(row, ...TO) ?? ""];
    const type = pickText(row, ...TYPE);
    if (type === null) {
      skipped.push({ row: where, reason: "is an edge without a type" });
      return [];
    }
    for (const id of [fromId, toId]) used.add(id);
    const [from, to] = [fromId, toId].map((id) => nodes.get(id) ?? { name: id, type: null });
    if (from === undefined || to === undefined) return [];
    const userId = idFrom(pickText(row, "user_id", "userId"));
    const { times, mark } = timeOf(row, modifiedAt);
    return [
      {
        ...EMPTY_MEMORY,
        id: digestOf("edge", from.name, type, to.name, userId ?? null),
        ...relationOf(from.name, type, to.name),
        ...(userId === undefined ? {} : { userId }),
        categories: ["relation"],
        mentions: [mentionOf(from.name, from.type), mentionOf(to.name, to.type)],
        metadata: withoutEmpty({ relation: { from: from.name, to: to.name, type }, ...mark }),
        ...times,
      },
    ];
  });
  return { memories, used };
}

function timeOf(
  row: Values,
  modifiedAt: number,
): { readonly times: { readonly createdAt: number; readonly updatedAt: number }; readonly mark: Values } {
  const time = readTime(pickValue(row, "created_at", "createdAt", "created", "timestamp"));
  const at = time ?? modifiedAt;
  return { times: { createdAt: at, updatedAt: at }, mark: time === null ? { time_estimated: true } : {} };
}
