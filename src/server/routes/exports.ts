import { z } from "zod";
import { parseSchema } from "../../api/parse-schema.ts";
import { invalidInput } from "../../errors.ts";
import { createExport, requireExport, requireExportOf } from "../control/exports.ts";
import type { ExportJob } from "../control/exports.ts";
import { filtersOf } from "../filters-of.ts";
import { listProject } from "../list-project.ts";
import { route } from "../route.ts";
import type { Call, Route } from "../route.ts";
import { SCOPE_SHAPE } from "../shapes/scope-body.ts";

/** Memories of one export, the newest said. */
const MAX_MEMORIES = 2_000;

export const exportRoutes: readonly Route[] = [
  route({
    method: "POST",
    path: "/v1/exports/",
    operation: "createExport",
    summary: `An export in the shape of a JSON schema: the newest ${MAX_MEMORIES} memories that the filters name as of now. Filled by the language model where one is configured, else by rules: attribute, metadata, kind, category, words`,
    tag: "exports",
    role: "member",
    status: 201,
    body: z.looseObject({
      schema: z.unknown(),
      filters: z.looseObject({}).nullish(),
      ...SCOPE_SHAPE,
      export_instructions: z.string().max(10_000).nullish(),
    }),
    handle: async (call) => {
      const schema = parseSchema(call.body.schema);
      const instructions = (call.body.export_instructions ?? "").trim();
      const { items, total } = await listProject(
        call,
        { ...call.body, latest_only: true },
        { page: 1, size: MAX_MEMORIES },
      );
      const job = createExport(call.services.control, {
        projectId: call.project().id,
        schema,
        filters: filtersOf(call.body),
        memoryIds: items.map(({ id }) => id),
        instructions: instructions === "" ? null : instructions,
      });
      const warnings = [
        ...(instructions === "" || call.services.runtime.memory.llm !== undefined
          ? []
          : [
              "export_instructions have no effect: no language model is configured, and the schema is filled by rules.",
            ]),
        ...(total > items.length ? [`Only the newest ${items.length} of ${total} memories are exported.`] : []),
      ];
      return {
        json: {
          message: "Memory export is ready. Fetch it with POST /v1/exports/get/.",
          id: job.id,
          status: "SUCCEEDED",
          memories: items.length,
          warnings,
        },
      };
    },
  }),
  route({
    method: "POST",
    path: "/v1/exports/get/",
    operation: "getExport",
    summary:
      "An export by its id, or the newest one of the same filters; without what was deleted since. With explain: { values, citations, made_by, warnings }",
    tag: "exports",
    role: "reader",
    body: z.looseObject({
      memory_export_id: z.string().nullish(),
      filters: z.looseObject({}).nullish(),
      ...SCOPE_SHAPE,
      explain: z.boolean().nullish(),
    }),
    handle: async (call) => {
      const { schema, memoryIds, instructions } = findExport(call);
      const { values, citations, madeBy, warnings } = await call.memory().fillSchema({
        schema,
        memoryIds,
        ...(instructions === null ? {} : { instructions }),
      });
      const headers = { "x-made-by": madeBy };
      if (call.body.explain !== true) return { json: values, headers };
      return { json: { values, citations, made_by: madeBy, warnings }, headers };
    },
  }),
];

type GetBody = { readonly memory_export_id?: string | null | undefined; readonly filters?: object | null | undefined };

function findExport(call: Call<unknown, GetBody & Readonly<Record<string, unknown>>>): ExportJob {
  const { control } = call.services;
  const projectId = call.project().id;
  const { memory_export_id: id } = call.body;
  if (typeof id === "string" && id !== "") return requireExport(control, projectId, id.toLowerCase());
  if (call.body.filters === undefined || call.body.filters === null)
    throw invalidInput("Missing memory_export_id or filters: name the export, or the filters it was made with.");
  return requireExportOf(control, projectId, filtersOf(call.body));
}
