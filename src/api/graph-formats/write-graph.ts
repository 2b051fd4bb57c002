import type { GraphDocument, GraphFormat } from "./graph-document.ts";

/** One text, the same for the same graph. */
export function writeGraph(graph: GraphDocument, format: GraphFormat): string {
  if (format === "json") return `${JSON.stringify({ format: "recollect-graph", version: 1, ...graph }, null, 1)}\n`;
  return format === "graphml" ? writeGraphml(graph) : writeCypher(graph);
}

const KEYS = [
  ["name", "node"],
  ["type", "node"],
  ["observations", "node"],
  ["aliases", "node"],
  ["predicate", "edge"],
  ["validFrom", "edge"],
  ["validTo", "edge"],
] as const;

/** Lists stand as JSON, times as ISO 8601: GraphML knows neither. */
function writeGraphml({ entities, relations }: GraphDocument): string {
  const ids = new Map(entities.map(({ name }, index) => [name, `n${index}`]));
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
    ...KEYS.map(([name, of]) => ` <key id="${name}" for="${of}" attr.name="${name}" attr.type="string"/>`),
    ' <graph edgedefault="directed">',
  ];
  for (const { name, type, observations, aliases } of entities) {
    const data = [
      ["name", name],
      ...(type === null ? [] : [["type", type]]),
      ...(observations.length === 0 ? [] : [["observations", JSON.stringify(observations)]]),
      ...(aliases.length === 0 ? [] : [["aliases", JSON.stringify(aliases)]]),
    ];
    lines.push(`  <node id="${ids.get(name) ?? ""}">${data.map(dataXml).join("")}</node>`);
  }
  for (const { subject, predicate, object, validFrom, validTo } of relations) {
    const data = [
      ["predicate", predicate],
      ...(validFrom === null ? [] : [["validFrom", new Date(validFrom).toISOString()]]),
      ...(validTo === null ? [] : [["validTo", new Date(validTo).toISOString()]]),
    ];
    lines.push(
      `  <edge source="${ids.get(subject) ?? ""}" target="${ids.get(object) ?? ""}">${data.map(dataXml).join("")}</edge>`,
    );
  }
  return `${[...lines, " </graph>", "</graphml>"].join("\n")}\n`;
}

function dataXml([key = "", value = ""]: readonly string[]): string {
  return `<data key="${key}">${escapeXml(value)}</data>`;
}

function escapeXml(text: string): string {
  return (
    text
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;")
      .replaceAll("\r", "&#13;")
      // What no XML document may hold.
      .replaceAll(/(?![\t\n\r])\p{Cc}|[\ufffe\uffff]/gu, "\u{FFFD}")
  );
}

/** One statement a line: nodes by name, then relations between names, both merged, so that it can be run twice. */
function writeCypher({ entities, relations }: GraphDocument): string {
  const lines: string[] = [];
  for (const { name, type, observations, aliases } of entities) {
    const sets = [
      ...(type === null ? [] : [`e.type = ${quote(type)}`]),
      ...(observations.length === 0 ? [] : [`e.observations = ${quoteList(observations)}`]),
      ...(aliases.length === 0 ? [] : [`e.aliases = ${quoteList(aliases)}`]),
    ];
    lines.push(`MERGE (e:Entity {name: ${quote(name)}})${sets.length === 0 ? "" : ` SET ${sets.join(", ")}`};`);
  }
  for (const { subject, predicate, object, validFrom, validTo } of relations) {
    const sets = [
      ...(validFrom === null ? [] : [`r.validFrom = ${quote(new Date(validFrom).toISOString())}`]),
      ...(validTo === null ? [] : [`r.validTo = ${quote(new Date(validTo).toISOString())}`]),
    ];
    lines.push(
      `MATCH (a:Entity {name: ${quote(subject)}}), (b:Entity {name: ${quote(object)}}) MERGE (a)-[r:\`${predicate.toUpperCase()}\`]->(b)${sets.length === 0 ? "" : ` SET ${sets.join(", ")}`};`,
    );
  }
  return `${lines.join("\n")}\n`;
}

/** As a JSON text: of what it may hold, openCypher reads every escape. */
function quote(text: string): string {
  return JSON.stringify(text);
}

function quoteList(texts: readonly string[]): string {
  return `[${texts.map(quote).join(", ")}]`;
}
