import { z } from "zod";
import { isAcrossUsers, optional } from "../add-through-project.ts";
import { filtersOf } from "../filters-of.ts";
import { route } from "../route.ts";
import type { Call, Route } from "../route.ts";
import { SCOPE_SHAPE } from "../shapes/scope-body.ts";
import { instructionsShape, profileShape, schemaResultShape, summaryShape } from "../shapes/view-shape.ts";

const moment = z.union([z.number(), z.string()]).nullish();
const SCOPE = {
  ...SCOPE_SHAPE,
  filters: z.looseObject({}).nullish(),
  as_of: moment,
  known_at: moment,
  show_expired: z.boolean().nullish(),
};
const MODEL = { instructions: z.string().max(10_000).nullish(), use_model: z.boolean().nullish() };
const tokenBudget = z.number().int().min(50).max(1_000_000).nullish();
const SCHEMA = z.union([z.looseObject({}), z.string()]);

/** What is made out of memories: by the language model where one is configured, else, and where it fails, by rules. */
export const viewRoutes: readonly Route[] = [
  route({
    method: "POST",
    path: "/v1/profile/",
    operation: "buildProfile",
    summary:
      "Who a user or an agent is: cited lines by section within token_budget, or an object after a schema; made by the language model where one is configured, else by rules",
    tag: "recollect",
    role: "reader",
    body: z.looseObject({ ...SCOPE, ...MODEL, schema: SCHEMA.nullish(), token_budget: tokenBudget }),
    handle: async (call) => ({
      json: profileShape(await call.memory().profile({ ...scopeOfView(call), ...viewOptions(call.body) })),
    }),
  }),
  route({
    method: "POST",
    path: "/v1/summary/",
    operation: "summarize",
    summary:
      "The most important memories of a scope by category, each line with its memories, within max_memories and max_characters; made by the language model where one is configured, else word for word by rules",
    tag: "memories",
    role: "reader",
    body: z.looseObject({
      ...SCOPE,
      ...MODEL,
      max_memories: z.number().int().min(1).max(500).nullish(),
      max_characters: z.number().int().min(100).max(100_000).nullish(),
    }),
    handle: async (call) => ({
      json: summaryShape(await call.memory().summary({ ...scopeOfView(call), ...viewOptions(call.body) })),
    }),
  }),
  route({
    method: "POST",
    path: "/v1/instructions/",
    operation: "listInstructions",
    summary: "The standing rules of a user or an agent, word for word, within token_budget",
    tag: "recollect",
    role: "reader",
    body: z.looseObject({ ...SCOPE, token_budget: tokenBudget }),
    handle: async (call) => ({
      json: instructionsShape(await call.memory().instructions({ ...scopeOfView(call), ...viewOptions(call.body) })),
    }),
  }),
  route({
    method: "POST",
    path: "/v1/fill_schema/",
    operation: "fillSchema",
    summary:
      "An object after a JSON schema, out of the newest 2,000 memories of a scope, with the memories behind each value; exports keep a choice of memories and do the same",
    tag: "recollect",
    role: "reader",
    body: z.looseObject({ ...SCOPE, ...MODEL, schema: SCHEMA }),
    handle: async (call) => ({
      json: schemaResultShape(
        await call.memory().fillSchema({ ...scopeOfView(call), ...viewOptions(call.body), schema: call.body.schema }),
      ),
    }),
  }),
];

function scopeOfView(call: Call<unknown, object>): { readonly filters: object; readonly acrossUsers: boolean } {
  return { filters: filtersOf({ ...call.body }), acrossUsers: isAcrossUsers(call.principal) };
}

function viewOptions(body: object): Record<string, unknown> {
  return optional({ ...body }, [
    "as_of",
    "known_at",
    "show_expired",
    "instructions",
    "use_model",
    "schema",
    "token_budget",
    "max_memories",
    "max_characters",
  ]);
}
