import type { NewRelation } from "../../domain/graph-requests.ts";
import { normalizePredicate } from "../../domain/relation.ts";
import { invalidInput } from "../../errors.ts";
import type { GraphDocument, GraphFormat } from "./graph-document.ts";

interface Entity {
  name: string;
  type: string | null;
  observations: readonly string[];
  aliases: readonly string[];
}

/** Reads what `writeGraph` writes, and GraphML of others as far as nodes and edges have names. @throws `invalid_input`. */
export function readGraph(text: string, format: GraphFormat): GraphDocument {
  if (format === "json") return readJson(text);
  return format === "graphml" ? readGraphml(text) : readCypher(text);
}

function readJson(text: string): GraphDocument {
  const value = parseJson(text, "The JSON graph") as Partial<GraphDocument> | null;
  if (value === null || !Array.isArray(value.entities) || !Array.isArray(value.relations))
    throw invalidInput('A JSON graph is an object with the lists "entities" and "relations".');
  return {
    entities: value.entities.map((item, index) => {
      const { name, type = null, observations = [], aliases = [] } = item ?? {};
      return toEntity({ name, type, observations, aliases }, `entity ${index + 1}`);
    }),
    relations: value.relations.map((item, index) => {
      const { subject, predicate, object, validFrom = null, validTo = null } = item ?? {};
      return toRelation({ subject, predicate, object, validFrom, validTo }, `relation ${index + 1}`);
    }),
  };
}

const ELEMENT = /<(node|edge)\b([^>]{0,2000})>|<\/(node|edge)>|<data\b([^>]{0,2000})>([^<]*)<\/data>/gu;
const KEY = /<key\b([^>]{0,2000})>/gu;

function readGraphml(text: string): GraphDocument {
  if (!text.includes("<graphml")) throw invalidInput("This is no GraphML: it has no element <graphml>.");
  // Others name their keys "d0", "d1", … and say elsewhere what they stand for.
  const names = new Map<string, string>();
  for (const [, attributes = ""] of text.matchAll(KEY))
    names.set(
      attribute(attributes, "id") ?? "",
      attribute(attributes, "attr.name") ?? attribute(attributes, "id") ?? "",
    );
  const entities = new Map<string, Entity>();
  const edges: { source: string; target: string; data: Map<string, string> }[] = [];
  let open: { id: string; source: string; target: string; data: Map<string, string> } | undefined;
  const close = (): void => {
    if (open === undefined) return;
    const { id, source, target, data } = open;
    if (id !== "") {
      const observations = readList(data.get("observations"));
      const aliases = readList(data.get("aliases"));
      const name = data.get("name") ?? data.get("label") ?? id;
      entities.set(id, toEntity({ name, type: data.get("type") ?? null, observations, aliases }, `node ${id}`));
    } else edges.push({ source, target, data });
    open = undefined;
  };
  for (const [, kind, attributes = "", closed, dataAttributes, value] of text.matchAll(ELEMENT)) {
    if (kind !== undefined) {
      close();
      const id = kind === "node" ? (attribute(attributes, "id") ?? "") : "";
      if (kind === "node" && id === "") throw invalidInput("A <node> of the GraphML has no id.");
      open = {
        id,
        source: attribute(attributes, "source") ?? "",
        target: attribute(attributes, "target") ?? "",
        data: new Map(),
      };
      if (attributes.endsWith("/")) close();
    } else if (closed !== undefined) close();
    else if (dataAttributes !== undefined) {
      const key = attribute(dataAttributes, "key") ?? "";
      open?.data.set(names.get(key) ?? key, unescapeXml(value ?? ""));
    }
  }
  close();
  return {
    entities: [...entities.values()],
    relations: edges.map(({ source, target, data }, index) =>
      toRelation(
        {
          subject: entities.get(source)?.name,
          predicate: data.get("predicate") ?? data.get("label") ?? "related_to",
          object: entities.get(target)?.name,
          validFrom: data.get("validFrom") ?? null,
          validTo: data.get("validTo") ?? null,
        },
        `edge ${index + 1}`,
      ),
    ),
  };
}

function attribute(attributes: string, name: string): string | undefined {
  const at = ` ${attributes}`.search(new RegExp(`\\s${name.replace(".", "\\.")}\\s*=`, "u"));
  if (at === -1) return undefined;
  const found = /=\s*(?:"([^"]*)"|'([^']*)')/u.exec(attributes.slice(Math.max(0, at - 1)));
  return found === null ? undefined : unescapeXml(found[1] ?? found[2] ?? "");
}

const NAMED: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function unescapeXml(text: string): string {
  return text.replaceAll(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{2,5}));/giu, (whole, decimal, hex, name) => {
    if (name !== undefined) return NAMED[String(name)] ?? whole;
    const code = decimal === undefined ? Number.parseInt(String(hex), 16) : Number(decimal);
    return code <= 0x10_ffff ? String.fromCodePoint(code) : whole;
  });
}

const STRING = String.raw`"(?:[^"\\]|\\.)*"`;
const NODE = new RegExp(`^MERGE \\(e:Entity \\{name: (${STRING})\\}\\)(?: SET (.*))?;$`, "u");
const EDGE = new RegExp(
  `^MATCH \\(a:Entity \\{name: (${STRING})\\}\\), \\(b:Entity \\{name: (${STRING})\\}\\) MERGE \\(a\\)-\\[r:\`([^\`]+)\`\\]->\\(b\\)(?: SET (.*))?;$`,
  "u",
);
const SET = new RegExp(`[er]\\.(\\w+) = (${STRING}|\\[(?:${STRING}(?:, )?)*\\])`, "gu");

function readCypher(text: string): GraphDocument {
  const entities: Entity[] = [];
  const relations: NewRelation[] = [];
  for (const [index, line] of text.split("\n").entries()) {
    if (line.trim() === "" || line.startsWith("//")) continue;
    const what = `line ${index + 1}`;
    const node = NODE.exec(line);
    if (node?.[1] !== undefined) {
      const { type = null, observations = [], aliases = [] } = readSets(node[2] ?? "", what);
      entities.push(toEntity({ name: parseJson(node[1], what), type, observations, aliases }, what));
      continue;
    }
    const edge = EDGE.exec(line);
    if (edge === null)
      throw invalidInput(
        `${what} of the openCypher is none of the two forms that are read: MERGE (e:Entity {name: "…"}) SET …; and ` +
          'MATCH (a:Entity {name: "…"}), (b:Entity {name: "…"}) MERGE (a)-[r:`…`]->(b) SET …;',
      );
    const { validFrom = null, validTo = null } = readSets(edge[4] ?? "", what);
    const [subject, object] = [parseJson(edge[1] ?? "", what), parseJson(edge[2] ?? "", what)];
    relations.push(toRelation({ subject, predicate: edge[3], object, validFrom, validTo }, what));
  }
  return { entities, relations };
}

function readSets(sets: string, what: string): Record<string, unknown> {
  return Object.fromEntries([...sets.matchAll(SET)].map(([, name = "", value = ""]) => [name, parseJson(value, what)]));
}

function parseJson(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw invalidInput(`${what} cannot be read: ${(error as Error).message}`);
  }
}

/** A list as JSON; a text of another writer is one sentence. */
function readList(value: string | undefined): unknown {
  if (value === undefined || value === "") return [];
  return value.startsWith("[") ? parseJson(value, "A list of the GraphML") : [value];
}

function toEntity(
  { name, type, observations, aliases }: { name: unknown; type: unknown; observations: unknown; aliases: unknown },
  what: string,
): Entity {
  if (typeof name !== "string" || name.trim() === "" || (type !== null && typeof type !== "string"))
    throw invalidInput(`The ${what} needs a name, and a type only as a text.`);
  return { name, type, observations: toTexts(observations, what), aliases: toTexts(aliases, what) };
}

function toTexts(value: unknown, what: string): readonly string[] {
  if (!Array.isArray(value) || value.some((item) => typeof item !== "string"))
    throw invalidInput(`The ${what} has observations or aliases that are no list of texts.`);
  return value as string[];
}

function toRelation(
  value: { subject: unknown; predicate: unknown; object: unknown; validFrom: unknown; validTo: unknown },
  what: string,
): NewRelation {
  const { subject, object } = value;
  const predicate = typeof value.predicate === "string" ? normalizePredicate(value.predicate) : "";
  if (typeof subject !== "string" || typeof object !== "string" || predicate === "")
    throw invalidInput(`The ${what} needs a subject and an object that are among the entities, and a predicate.`);
  return { subject, predicate, object, validFrom: toTime(value.validFrom, what), validTo: toTime(value.validTo, what) };
}

function toTime(value: unknown, what: string): number | null {
  if (value === null) return null;
  const time = typeof value === "number" ? value : typeof value === "string" ? Date.parse(value) : Number.NaN;
  if (!Number.isFinite(time)) throw invalidInput(`The ${what} has a time that is neither ISO 8601 nor milliseconds.`);
  return time;
}
