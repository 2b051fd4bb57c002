import { z } from "zod";
import { filtersOf } from "../filters-of.ts";
import { eventTypes } from "../control/events.ts";
import { listProject } from "../list-project.ts";
import { route } from "../route.ts";
import type { Route } from "../route.ts";
import { DEFAULT_CATEGORIES, namesOfCategories } from "../shapes/category-names.ts";
import { SCOPE_NAMES, SCOPE_SHAPE } from "../shapes/scope-body.ts";
import { summaryShape } from "../shapes/summary-shape.ts";

/** Memories that a summary chooses from, the newest said. */
const MAX_READ = 1_000;

export const summaryRoutes: readonly Route[] = [
  route({
    method: "POST",
    path: "/v1/summary/",
    operation: "summarize",
    summary:
      "The most important memories of a scope by category, word for word, within max_memories and max_characters; no language model is asked",
    tag: "memories",
    role: "reader",
    body: z.looseObject({
      filters: z.looseObject({}).nullish(),
      ...SCOPE_SHAPE,
      max_memories: z.number().int().min(1).max(500).nullish(),
      max_characters: z.number().int().min(100).max(100_000).nullish(),
    }),
    handle: async (call) => {
      const { max_memories: maxMemories, max_characters: maxCharacters } = call.body;
      const { items, total } = await listProject(
        call,
        { filters: filtersOf(call.body), latest_only: true },
        { page: 1, size: MAX_READ },
      );
      const bounds = { maxMemories: maxMemories ?? 50, maxCharacters: maxCharacters ?? 8_000 };
      return { json: summaryShape(items, total, bounds, call.services.control.now()) };
    },
  }),
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
