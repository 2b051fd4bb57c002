import { setImmediate } from "node:timers/promises";
import { z } from "zod";
import type { MemoryItem } from "../../domain/search-result.ts";
import { invalidInput } from "../../errors.ts";
import { createExport, requireExport, requireExportOf } from "../control/exports.ts";
import type { ExportJob } from "../control/exports.ts";
import { filtersOf } from "../filters-of.ts";
import { listProject } from "../list-project.ts";
import { route } from "../route.ts";
import type { Call, Route } from "../route.ts";
import { fillSchema } from "../shapes/fill-schema.ts";
import { readSchema } from "../shapes/read-schema.ts";
import { SCOPE_SHAPE } from "../shapes/scope-body.ts";

/** Memories of one export, the newest said. */
const MAX_MEMORIES = 2_000;
const AT_A_TIME = 100;

export const exportRoutes: readonly Route[] = [
  route({
    method: "POST",
    path: "/v1/exports/",
    operation: "createExport",
    summary: `An export in the shape of a JSON schema: the newest ${MAX_MEMORIES} memories that the filters name as of now. Properties are matched to memories by attribute, metadata, kind, category and words; no language model is asked`,
    tag: "exports",
    role: "member",
    status: 201,
    body: z.looseObject({
      schema: z.unknown(),
      filters: z.looseObject({}).nullish(),
      ...SCOPE_SHAPE,
      export_instructions: z.string().nullish(),
    }),
    handle: async (call) => {
      const schema = readSchema(call.body.schema);
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
      });
      const instructions = call.body.export_instructions ?? "";
      const warnings = [
        ...(instructions.trim() === ""
          ? []
          : ["export_instructions have no effect: the schema is filled by rules, without a language model."]),
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
    summary: "An export by its id, or the newest one of the same filters; without what was deleted since",
    tag: "exports",
    role: "reader",
    body: z.looseObject({
      memory_export_id: z.string().nullish(),
      filters: z.looseObject({}).nullish(),
      ...SCOPE_SHAPE,
    }),
    handle: async (call) => {
      const { value } = await fillSchema(...(await readExport(call, findExport(call))));
      return { json: value };
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

async function readExport(
  call: Pick<Call, "memory">,
  { schema, memoryIds }: ExportJob,
): Promise<[ExportJob["schema"], MemoryItem[]]> {
  const memory = call.memory();
  const items: MemoryItem[] = [];
  for (let start = 0; start < memoryIds.length; start += AT_A_TIME) {
    const some = await Promise.all(memoryIds.slice(start, start + AT_A_TIME).map((id) => memory.get(id)));
    items.push(...some.filter((item): item is MemoryItem => item !== null));
    await setImmediate();
  }
  return [schema, items];
}
