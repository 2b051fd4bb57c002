import { normalizeEntityName } from "../../domain/entity.ts";
import type { ExportedMemory } from "../../domain/export-format.ts";
import type { Row } from "../store/store.ts";
import type { ForeignFormat } from "./foreign-format.ts";

interface Entity {
  readonly name: string;
  type: string;
  readonly observations: Set<string>;
}

/** The lines of the MCP memory server's file: entities with their observations first, relations behind. */
export const memoryServerFormat: ForeignFormat = {
  name: "mcp-memory",
  writes: "memory.jsonl of the MCP memory server: entities with observations, and relations",
  write: async function* ({ memories, relations }) {
    const entities = new Map<string, Entity>();
    const stated = new Set<string>();
    const edges = new Map<string, object>();
    for await (const row of relations()) {
      const [from, to] = [endOf(row["subject"]), endOf(row["object"])];
      const relationType = String(row["predicate"]);
      for (const { name, type } of [from, to]) entityFor(entities, name, type);
      edges.set(JSON.stringify([from.name, relationType, to.name]), {
        type: "relation",
        from: from.name,
        to: to.name,
        relationType,
      });
      stated.add(String(row["memory_id"] ?? row["memoryId"]));
    }
    for await (const memory of memories) if (!stated.has(memory.record.id)) addObservation(entities, memory);
    for (const { name, type, observations } of entities.values())
      yield `${JSON.stringify({ type: "entity", name, entityType: type, observations: [...observations] })}\n`;
    for (const edge of edges.values()) yield `${JSON.stringify(edge)}\n`;
  },
};

function endOf(end: unknown): { readonly name: string; readonly type: string } {
  const { name, type } = (typeof end === "object" && end !== null ? end : {}) as Row;
  return { name: String(name), type: String(type) };
}

function entityFor(entities: Map<string, Entity>, name: string, type: string): Entity {
  const key = normalizeEntityName(name);
  const known = entities.get(key);
  if (known !== undefined) return known;
  const entity = { name, type, observations: new Set<string>() };
  entities.set(key, entity);
  return entity;
}

/** What a memory says belongs to the thing that it is about: whose slot it fills, else what it names first. */
function addObservation(entities: Map<string, Entity>, { record, mentions }: ExportedMemory): void {
  const subject = record.attribute?.subject;
  const mention = mentions.find(({ name }) => normalizeEntityName(name) === subject) ?? mentions[0];
  const owner = record.scope.userId ?? record.scope.agentId ?? "user";
  const name = mention?.name ?? (subject === undefined || subject === "user" ? owner : subject);
  const entity = entityFor(entities, name, mention?.type ?? "person");
  const label = record.metadata["entity_type"];
  if (typeof label === "string" && label !== "") entity.type = label;
  if (record.attribute?.attribute === "type") {
    if (typeof label !== "string") entity.type = record.attribute.value;
    return;
  }
  const { observation } = record.metadata;
  entity.observations.add(typeof observation === "string" ? observation : record.text);
}
