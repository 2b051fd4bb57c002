import { z } from "zod";
import { invalidInput, MemoryError } from "../../errors.ts";
import { deleteMany } from "../delete-many.ts";
import { createEvent, eventTypes } from "../control/events.ts";
import { entityNumber, nameOfNumber } from "../control/entity-numbers.ts";
import { route } from "../route.ts";
import type { Call, Reply, Route } from "../route.ts";
import { DEFAULT_CATEGORIES, namesOfCategories } from "../shapes/category-names.ts";
import { paginated, readPage } from "../shapes/page.ts";
import { SCOPE_NAMES } from "../shapes/scope-body.ts";
import { announce } from "../webhooks/announce.ts";

const TYPES = ["user", "agent", "app", "run"] as const;
type OwnerType = (typeof TYPES)[number];

export const entityRoutes: readonly Route[] = [
  route({
    method: "GET",
    path: "/v1/entities/",
    operation: "listEntities",
    summary: "The users, agents, apps and runs that have memories",
    tag: "entities",
    role: "reader",
    query: z.looseObject({ page: z.string().optional(), page_size: z.string().optional() }),
    handle: async (call) => {
      const page = readPage(call.query.page, call.query.page_size, 100, 1000);
      const { results: owners } = await call.memory().users();
      const projectId = call.project().id;
      const shown = owners.slice((page.page - 1) * page.size, page.page * page.size).map((owner) => ({
        id: entityNumber(call.services.control, projectId, owner.type, owner.id),
        name: owner.id,
        type: owner.type,
        owner: call.principal.orgId,
        metadata: {},
        total_memories: owner.memories,
        created_at: new Date(owner.createdAt).toISOString(),
        updated_at: new Date(owner.updatedAt).toISOString(),
      }));
      const totals = Object.fromEntries(
        TYPES.map((type) => [`total_${type}s`, owners.filter((owner) => owner.type === type).length]),
      );
      return { json: { ...paginated(call.url, page, owners.length, shown), ...totals } };
    },
  }),
  route({
    method: "DELETE",
    path: "/v1/entities/{type}/{number}/",
    operation: "deleteEntityByNumber",
    summary: "Delete an entity and its memories, by its number",
    tag: "entities",
    role: "member",
    handle: async (call) => {
      const type = ownerType(call.params["type"]);
      const name = nameOfNumber(call.services.control, call.project().id, type, Number(call.params["number"]));
      if (name === null) throw new MemoryError("not_found", `There is no ${type} number ${call.params["number"]}.`);
      return deleteEntity(call, type, name);
    },
  }),
  route({
    method: "GET",
    path: "/v2/entities/{type}/{name}/",
    operation: "getEntity",
    summary: "One entity",
    tag: "entities",
    role: "reader",
    handle: async (call) => {
      const type = ownerType(call.params["type"]);
      const { results } = await call.memory().users();
      const own = results.filter((owner) => owner.type === type && owner.id === call.params["name"]);
      return { json: own.map(({ id, memories }) => ({ name: id, type, total_memories: memories })) };
    },
  }),
  route({
    method: "DELETE",
    path: "/v2/entities/{type}/{name}/",
    operation: "deleteEntity",
    summary: "Delete a user, agent, app or run with its memories",
    tag: "entities",
    role: "member",
    handle: async (call) => deleteEntity(call, ownerType(call.params["type"]), call.params["name"] ?? ""),
  }),
  ...TYPES.map((type) =>
    route({
      method: "POST",
      path: `/v1/${type}s/`,
      operation: `create${type[0]?.toUpperCase()}${type.slice(1)}`,
      summary: `Name a ${type}; it exists once it has a memory`,
      tag: "entities",
      role: "member",
      status: 201,
      body: z.looseObject({ [`${type}_id`]: z.union([z.string().min(1), z.number()]), name: z.string().nullish() }),
      handle: (call) => {
        const id = String((call.body as Record<string, unknown>)[`${type}_id`]);
        const project = call.project();
        const number = entityNumber(call.services.control, project.id, type, id);
        return {
          json: { id: number, [`${type}_id`]: id, name: id, metadata: {}, is_deleted: false, project: project.id },
        };
      },
    }),
  ),
  route({
    method: "GET",
    path: "/v1/entities/filters/",
    operation: "listEntityFilters",
    summary: "What lists can be narrowed by: types of events, categories, users, parameters",
    tag: "entities",
    role: "reader",
    handle: async (call) => {
      const project = call.project();
      const { results: owners } = await call.memory().users();
      const named = namesOfCategories(project.settings["custom_categories"]);
      return {
        json: {
          event_type: eventTypes(call.services.control, project.id),
          categories: named.length > 0 ? named : DEFAULT_CATEGORIES,
          users: owners.filter(({ type }) => type === "user").map(({ id }) => id),
          parameters: [...SCOPE_NAMES, "categories", "metadata", "keywords", "created_at", "updated_at"],
        },
      };
    },
  }),
];

async function deleteEntity(call: Call, type: OwnerType, name: string): Promise<Reply> {
  if (name.trim() === "" || name === "*") throw invalidInput(`Name the ${type} to delete.`);
  const { results: owners } = await call.memory().users();
  if (!owners.some((owner) => owner.type === type && owner.id === name))
    throw new MemoryError("not_found", `There is no ${type} ${name}.`);
  const ids = await deleteMany(call, { [`${type}_id`]: name });
  const project = call.project();
  const results = ids.map((id) => ({ id, event: "DELETE" }));
  const event = createEvent(call.services.control, {
    projectId: project.id,
    type: "DELETE_ENTITY",
    status: "SUCCEEDED",
    results,
  });
  announce(call.services, project.id, results);
  return { json: { message: "Entity deleted successfully!", event_id: event.id } };
}

function ownerType(text: string | undefined): OwnerType {
  const found = TYPES.find((type) => type === text || `${type}s` === text);
  if (found === undefined)
    throw invalidInput(`The entity type must be one of ${TYPES.join(", ")}, got "${text ?? ""}".`);
  return found;
}
