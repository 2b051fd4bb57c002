import { createEvent } from "./control/events.ts";
import type { Principal } from "./control/keys.ts";
import type { Project } from "./control/projects.ts";
import type { Call } from "./route.ts";
import { scopeOf } from "./shapes/scope-body.ts";
import type { ScopeBody } from "./shapes/scope-body.ts";
import { announce } from "./webhooks/announce.ts";

/** A key of the project's owner reads an agent's, app's or run's memories across users; others name the user. */
export function isAcrossUsers({ role }: Principal): boolean {
  return role === "owner";
}

/** Settings of a project that extraction follows. */
const GUIDANCE = [
  "custom_instructions",
  "agent_custom_instructions",
  "custom_categories",
  "includes",
  "excludes",
] as const;
/** What Mem0's projects call the last two. */
const ALIASES: Readonly<Record<string, string>> = { includes: "inclusion_prompt", excludes: "exclusion_prompt" };

/**
 * Adds messages and answers as Mem0's platform does: at once with an event when facts are drawn from them, with the
 * results for direct imports and with `wait`. The messages are on disk in either case.
 */
export async function addThroughProject(
  call: Call,
  body: Readonly<Record<string, unknown>>,
): Promise<Readonly<Record<string, unknown>>> {
  const project = call.project();
  const memory = call.memory();
  const isDirect = body["infer"] === false;
  const isWaiting = isDirect || body["wait"] === true || body["async_mode"] === false;
  const added = await memory.add(
    body["messages"] as never,
    {
      ...scopeOf(body as ScopeBody),
      ...optional(body, [
        "filters",
        "metadata",
        "infer",
        "timestamp",
        "expiration_date",
        "immutable",
        "memory_type",
        "pinned",
        "untrusted",
        "derived_from",
      ]),
      ...guidanceOf(body, project),
      wait: isWaiting,
      idempotencyKey: idempotencyKey(call, body),
    } as never,
  );
  const messageIds = added.messages.map(({ id }) => id);
  const results = added.results.map(({ id, event }) => ({ id, event }));
  const isOver = added.pendingMessages === 0;
  // Together: an event that is over has told its webhooks, whenever the process ends.
  const event = call.services.control.transaction(() => {
    if (isOver) announce(call.services, project.id, results);
    return createEvent(call.services.control, {
      projectId: project.id,
      type: "ADD",
      status: isOver ? "SUCCEEDED" : "PENDING",
      messageIds,
      results,
    });
  });
  const shown = added.results.map(({ id, memory: text, event: kind, kind: memoryKind, superseded }) => ({
    id,
    data: { memory: text },
    memory: text,
    event: kind,
    kind: memoryKind,
    ...(superseded === undefined ? {} : { superseded }),
  }));
  const warnings = [...added.warnings, ...warnWithoutEffect(body)];
  const more = { event_id: event.id, messages: added.messages, warnings };
  if (isWaiting)
    return {
      message: "Memories added",
      status: isOver ? "SUCCEEDED" : "PENDING",
      ...more,
      results: shown,
      usage: added.usage,
    };
  return { message: "The messages are stored; their memories follow", status: "PENDING", ...more };
}

/** What extraction follows: the call's own instructions, else the project's. */
export function guidanceOf(body: Readonly<Record<string, unknown>>, { settings }: Project): Record<string, unknown> {
  const guidance: Record<string, unknown> = {};
  for (const name of GUIDANCE) {
    const value = body[name] ?? settings[name] ?? settings[ALIASES[name] ?? ""];
    if (value !== undefined && value !== null && value !== "") guidance[name] = value;
  }
  return guidance;
}

/** Mem0's options that nothing here reads: what they ask for does not happen in silence. */
const WITHOUT_EFFECT: Readonly<Record<string, string>> = {
  structured_data_schema: "adds fill no schema; POST /v1/fill_schema/ and exports do",
  prompt_profile_id: "there are no prompt profiles; use custom_instructions",
  temporal_reasoning: "dates are always resolved",
  timezone: "times without a zone are UTC",
  observation_date: "say when it was said in timestamp",
  observation_datetime: "say when it was said in timestamp",
};

function warnWithoutEffect(body: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(WITHOUT_EFFECT).flatMap(([name, reason]) =>
    body[name] === undefined || body[name] === null ? [] : [`${name} has no effect: ${reason}.`],
  );
}

export function optional(body: Readonly<Record<string, unknown>>, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    names.flatMap((name) => (body[name] === undefined || body[name] === null ? [] : [[name, body[name]]])),
  );
}

/** From the header or the body; the project keeps keys of different callers apart by its own file. */
function idempotencyKey({ headers }: Call, body: Readonly<Record<string, unknown>>): string | undefined {
  const key = headers.get("idempotency-key") ?? body["idempotency_key"];
  return typeof key === "string" && key !== "" ? key : undefined;
}
