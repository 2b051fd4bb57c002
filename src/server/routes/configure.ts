import { z } from "zod";
import { noteAction } from "../control/audit.ts";
import { requireServerKey } from "../find-project.ts";
import { route } from "../route.ts";
import type { Call, Route } from "../route.ts";
import { snake } from "../runtime-settings.ts";
import { instructionsFor } from "../shapes/instructions-for.ts";
import { maskSecrets } from "../shapes/mask-secrets.ts";

export const configureRoutes: readonly Route[] = [
  route({
    method: "GET",
    path: "/configure/",
    operation: "getConfiguration",
    summary:
      "Settings of every project's memory as they are now, secrets starred; needs a key of the organization that runs the server",
    tag: "self-hosted",
    role: "owner",
    handle: (call) => {
      requireServerKey(call);
      return { json: configuration(call) };
    },
  }),
  route({
    method: "POST",
    path: "/configure/",
    operation: "changeConfiguration",
    summary:
      "Change settings while the server runs, until it ends: the language model, the reranker, instructions, categories, limits; null takes a change back",
    tag: "self-hosted",
    role: "owner",
    body: z.looseObject({}),
    handle: (call) => {
      requireServerKey(call);
      const { runtime, projects } = call.services;
      const { org_id: _org, project_id: _project, ...changes } = call.body as Record<string, unknown>;
      const warnings = runtime.change(changes);
      projects.reopenAll();
      noteAction(call, "server.configure", Object.keys(changes).join(","));
      return {
        json: {
          message: "Configuration set. It holds until the server ends: put it into the configuration file to keep it.",
          warnings,
          ...configuration(call),
        },
      };
    },
  }),
  route({
    method: "GET",
    path: "/configure/providers/",
    operation: "listProviders",
    summary: "Providers that models can be of",
    tag: "self-hosted",
    role: "reader",
    handle: ({ services }) => ({ json: services.runtime.providers }),
  }),
  route({
    method: "POST",
    path: "/generate-instructions/",
    operation: "generateInstructions",
    summary: "Custom instructions for a use case, by rules, and a message to try them with",
    tag: "self-hosted",
    role: "member",
    body: z.looseObject({ use_case: z.string().trim().min(1).max(2_000) }),
    handle: (call) => ({ json: instructionsFor(call.body.use_case) }),
  }),
];

function configuration({ services }: Pick<Call, "services">): Record<string, unknown> {
  const { runtime, settings } = services;
  const memory = maskSecrets(runtime.memory) as Record<string, unknown>;
  return {
    ...Object.fromEntries(Object.entries(memory).map(([name, value]) => [snake(name), value])),
    chat: maskSecrets(settings.chat ?? null),
    changeable: runtime.changeable,
    changed: runtime.changed,
  };
}
