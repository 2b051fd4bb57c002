import { z } from "zod";
import { invalidInput, MemoryError } from "../../errors.ts";
import { noteAction } from "../control/audit.ts";
import { countGenerations, createProfileJob, findReplay, requireProfileJob } from "../control/profile-jobs.ts";
import type { ProfileJob } from "../control/profile-jobs.ts";
import { updateProject } from "../control/projects.ts";
import { changedProfileSettings, profileSettingsOf, profileSettingsShape } from "../profile-settings.ts";
import { route } from "../route.ts";
import type { Call, Route } from "../route.ts";
import type { Services } from "../services.ts";
import { profileSectionsShape } from "../shapes/view-shape.ts";

/** No bound of its own: sections are bounded by their lines. */
const TOKEN_BUDGET = 100_000;
const MAX_SAMPLE = 20;

const JOB = z.looseObject({
  operation: z.enum(["trigger", "sample"]),
  entity_type: z.literal("user").optional(),
  entity_id: z.union([z.string().min(1), z.number()]).nullish(),
  limit: z.number().int().min(1).max(MAX_SAMPLE).nullish(),
});

export const profileRoutes: readonly Route[] = [
  route({
    method: "GET",
    path: "/v2/entities/user/{id}/profile/",
    operation: "getProfile",
    summary:
      "A user's profile, made out of his memories as they are now: sections of lines, or filled after the project's schema, with the ids each rests on; made by the language model where one is configured, else by rules",
    tag: "profiles",
    role: "reader",
    handle: async (call) => {
      const project = call.project();
      const id = call.params["id"] ?? "";
      const { control } = call.services;
      const about = {
        entity_type: "user",
        entity_id: id,
        generation_count: countGenerations(control, project.id, id),
        error: null,
      };
      const nothing = { profile: {}, citations: {}, updated_at: null, ...about };
      const { enabled, schema, customInstructions } = profileSettingsOf(project);
      if (!enabled) return { json: { ...nothing, status: "not_enabled" } };
      const made = await call.memory().profile({
        userId: id,
        tokenBudget: TOKEN_BUDGET,
        ...(schema === null ? {} : { schema }),
        ...(customInstructions === null ? {} : { instructions: customInstructions }),
      });
      if (made.memories === 0) return { json: { ...nothing, status: "insufficient_data" } };
      return {
        json: {
          profile: made.values ?? profileSectionsShape(made.sections),
          citations: made.citations,
          status: "succeeded",
          updated_at: made.updatedAt,
          made_by: made.madeBy,
          warnings: made.warnings,
          ...about,
        },
      };
    },
  }),
  route({
    method: "POST",
    path: "/v2/profiles/jobs/",
    operation: "createProfileJob",
    summary:
      "Ask for the profile of one user, or of a few who have the most memories; Idempotency-Key makes it safe to repeat",
    tag: "profiles",
    role: "member",
    body: JOB,
    handle: async (call) => createJob(call),
  }),
  route({
    method: "GET",
    path: "/v2/profiles/jobs/{job}/",
    operation: "getProfileJob",
    summary: "What a profile job came to",
    tag: "profiles",
    role: "reader",
    handle: (call) => {
      const job = requireProfileJob(call.services.control, call.project().id, call.params["job"] ?? "");
      const total = job.entityIds.length;
      const succeeded = job.succeeded.length;
      return {
        json: {
          job: {
            id: job.id,
            operation: job.operation,
            entity_type: "user",
            status: "succeeded",
            total,
            enumeration_complete: true,
            completed: total,
            succeeded,
            failed: 0,
            skipped: total - succeeded,
            created_at: new Date(job.createdAt).toISOString(),
          },
        },
      };
    },
  }),
  route({
    method: "GET",
    path: "/v2/profiles/settings/",
    operation: "getProfileSettings",
    summary: "Whether profiles are made, and after which schema",
    tag: "profiles",
    role: "reader",
    handle: (call) => ({ json: profileSettingsShape(profileSettingsOf(call.project()), hasModel(call.services)) }),
  }),
  route({
    method: "POST",
    path: "/v2/profiles/settings/",
    operation: "updateProfileSettings",
    summary: "Switch profiles on or off, set the schema of users' profiles; what is not named stays",
    tag: "profiles",
    role: "owner",
    body: z.looseObject({}),
    handle: (call) => {
      const project = call.project();
      const changes = changedProfileSettings(project, call.body) as Record<string, unknown>;
      const updated = updateProject(call.services.control, project.id, changes);
      noteAction(call, "project.update", Object.keys(changes).join(","));
      return { json: profileSettingsShape(profileSettingsOf(updated), hasModel(call.services)) };
    },
  }),
];

async function createJob(call: Call<unknown, z.infer<typeof JOB>>): Promise<{ json: unknown }> {
  const { operation, entity_id: given, limit } = call.body;
  const project = call.project();
  const { control } = call.services;
  const key = call.headers.get("idempotency-key");
  const idempotencyKey = key === "" ? null : key;
  const request = JSON.stringify([operation, given ?? null, limit ?? null]);
  const known = { projectId: project.id, idempotencyKey, request };
  const replay = findReplay(control, known);
  if (replay !== null) return { json: jobShape(replay, true) };
  if (!profileSettingsOf(project).enabled)
    throw new MemoryError("conflict", "Profiles are switched off: POST /v2/profiles/settings/ with enabled: true.");
  const users = (await call.memory().users()).results.filter(({ type }) => type === "user");
  if (operation === "trigger" && (given === undefined || given === null))
    throw invalidInput("entity_id must name the user whose profile is wanted.");
  const entityIds =
    operation === "trigger"
      ? [String(given)]
      : users
          .toSorted((one, other) => other.memories - one.memories || one.id.localeCompare(other.id))
          .slice(0, limit ?? 3)
          .map(({ id }) => id);
  const succeeded = entityIds.filter((id) => users.some((user) => user.id === id && user.memories > 0));
  // Another request with the same key may have been quicker while this one read the users.
  const quicker = findReplay(control, known);
  if (quicker !== null) return { json: jobShape(quicker, true) };
  return { json: jobShape(createProfileJob(control, { ...known, operation, entityIds, succeeded }), false) };
}

function jobShape(job: ProfileJob, replayed: boolean): Record<string, unknown> {
  return {
    job_id: job.id,
    status: "succeeded",
    status_url: `/v2/profiles/jobs/${job.id}/`,
    operation: job.operation,
    entity_type: "user",
    entity_count_reserved: job.entityIds.length,
    event_id: null,
    replayed,
    sampled: job.operation === "sample" ? job.entityIds.length : null,
    entity_ids: job.entityIds,
  };
}

function hasModel({ runtime }: Services): boolean {
  return runtime.memory.llm !== undefined;
}
