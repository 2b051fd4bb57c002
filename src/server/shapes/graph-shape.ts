import { checkShape } from "./memory-shape.ts";
import type { Entity } from "../../domain/entity.ts";
import type { Graph, GraphPath } from "../../domain/graph-requests.ts";
import type { EntityName, Relation } from "../../domain/relation.ts";
import type { MentionsResult, NeighboursResult, TimelineEntry } from "../../index.ts";

type Shape = Readonly<Record<string, unknown>>;

/** A relation as Mem0's clients read it: Neo4j's "destination" and the platform's "target" are one. */
export function mem0RelationShape({ subject, predicate, object, confidence, memoryId }: Relation): Shape {
  return {
    source: subject.name,
    source_type: subject.type,
    relationship: predicate,
    target: object.name,
    target_type: object.type,
    destination: object.name,
    destination_type: object.type,
    score: confidence,
    memory_id: memoryId,
  };
}

export function relationShape({ validFrom, validTo, memoryId, ...relation }: Relation): Shape {
  return {
    ...relation,
    valid_from: new Date(validFrom).toISOString(),
    valid_to: validTo === null ? null : new Date(validTo).toISOString(),
    memory_id: memoryId,
  };
}

export function neighboursShape({ entity, neighbours }: NeighboursResult): Shape {
  return {
    entity,
    neighbours: neighbours.map((neighbour): { readonly entity: EntityName; readonly relations: readonly Shape[] } => ({
      entity: neighbour.entity,
      relations: neighbour.relations.map(relationShape),
    })),
  };
}

export function mentionsShape({ entity, results }: MentionsResult): Shape {
  return {
    entity,
    results: results.map(({ memoryId, saidAt, sources, ...mention }) => ({
      ...mention,
      memory_id: memoryId,
      said_at: saidAt,
      sources: sources.map(({ messageId, spans }) => ({ message_id: messageId, spans })),
    })),
  };
}

export function entityShape({ createdAt, updatedAt, ...entity }: Entity): Shape {
  return {
    ...entity,
    created_at: new Date(createdAt).toISOString(),
    updated_at: new Date(updatedAt).toISOString(),
  };
}

export function timelineEntryShape({
  memoryId,
  timeWords,
  replacedBy,
  needsCheck = [],
  sources,
  ...entry
}: TimelineEntry): Shape {
  return {
    ...entry,
    memory_id: memoryId,
    time_words: timeWords ?? null,
    replaced_by: replacedBy ?? null,
    needs_check: needsCheck.map(checkShape),
    sources: sources.map(({ saidAt, runId, ...source }) => ({ ...source, said_at: saidAt, run_id: runId ?? null })),
  };
}

export function graphReadShape({ entities, relations }: Graph): Shape {
  return {
    entities: entities.map(({ observations, ...entity }) => ({
      ...entity,
      observations: observations.map(({ memoryId, text }) => ({ memory_id: memoryId, text })),
    })),
    relations: relations.map(relationShape),
  };
}

export function pathShape({ entities, relations }: GraphPath): Shape {
  return { entities, relations: relations.map(relationShape) };
}
