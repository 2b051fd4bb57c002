import { Readable } from "node:stream";
import { z } from "zod";
import { invalidInput } from "../../errors.ts";
import type { PurgeResult } from "../../index.ts";
import { isAcrossUsers, optional } from "../add-through-project.ts";
import { noteAction } from "../control/audit.ts";
import { countEvents } from "../control/counters.ts";
import { filtersOf } from "../filters-of.ts";
import { recordChanges } from "../record-changes.ts";
import { route } from "../route.ts";
import type { Route } from "../route.ts";
import { hitShape, memoryShape } from "../shapes/memory-shape.ts";
import { SCOPE_SHAPE, scopeOf } from "../shapes/scope-body.ts";
import { parseUuid, requireItem } from "./memories.ts";

const moment = z.union([z.number(), z.string()]).nullish();

/** What Mem0's platform does not have, beside it. */
export const ownRoutes: readonly Route[] = [
  route({
    method: "POST",
    path: "/v1/context/",
    operation: "buildContext",
    summary: "A block for a prompt within a token budget, with the memories in it",
    tag: "recollect",
    role: "reader",
    body: z.looseObject({
      query: z.string(),
      ...SCOPE_SHAPE,
      filters: z.looseObject({}).nullish(),
      token_budget: z.number().int().nullish(),
      threshold: z.number().nullish(),
      as_of: moment,
      known_at: moment,
      reference_date: moment,
    }),
    handle: async (call) => {
      const { body } = call;
      const { text, hits, tokens, isComplete, warnings } = await call.memory().context(body.query, {
        filters: filtersOf(body),
        acrossUsers: isAcrossUsers(call.principal),
        ...optional(body, ["token_budget", "threshold", "as_of", "known_at", "reference_date", "kinds"]),
      });
      return { json: { text, tokens, is_complete: isComplete, hits: hits.map(hitShape), warnings } };
    },
  }),
  route({
    method: "POST",
    path: "/v1/digest/",
    operation: "buildDigest",
    summary:
      "What was done, decided, left open and learned in a run, since a date or in the last session, each line cited",
    tag: "recollect",
    role: "reader",
    body: z.looseObject({
      ...SCOPE_SHAPE,
      filters: z.looseObject({}).nullish(),
      since: moment,
      until: moment,
      sessions: z.number().int().nullish(),
      token_budget: z.number().int().nullish(),
    }),
    handle: async (call) => {
      const { body } = call;
      const { isComplete, lines, sessions, ...digest } = await call.memory().digest({
        filters: filtersOf(body),
        acrossUsers: isAcrossUsers(call.principal),
        ...optional(body, ["since", "until", "sessions", "token_budget"]),
      });
      return {
        json: {
          ...digest,
          is_complete: isComplete,
          lines: lines.map(({ memoryIds, saidAt, ...line }) => ({ ...line, memory_ids: memoryIds, said_at: saidAt })),
          sessions: sessions.map(({ beginsWith, ...session }) => ({ ...session, begins_with: beginsWith })),
        },
      };
    },
  }),
  route({
    method: "POST",
    path: "/v1/memories/{id}/restore/",
    operation: "restoreMemory",
    summary: "Bring back a deleted, superseded or merged memory",
    tag: "recollect",
    role: "member",
    handle: async (call) => {
      const item = await call.memory().restore(parseUuid(call.params["id"]));
      recordChanges(call, "RESTORE", [{ id: item.id, event: "ADD" }]);
      return { json: memoryShape(item) };
    },
  }),
  route({
    method: "POST",
    path: "/v1/purge/",
    operation: "purgeMemories",
    summary: "Remove memories for good, by ids or by scope; answers with a receipt",
    tag: "recollect",
    role: "owner",
    body: z.looseObject({
      memory_ids: z.array(z.string()).optional(),
      ...SCOPE_SHAPE,
      filters: z.looseObject({}).nullish(),
      with_sources: z.boolean().optional(),
    }),
    handle: async (call) => {
      const { memory_ids: ids, with_sources: withSources = false } = call.body;
      const memory = call.memory();
      const answer = (receipt: PurgeResult): { json: PurgeResult } => {
        // How many, and not which: what is purged leaves no trace of whose it was.
        noteAction(call, "memory.purge", String(receipt.memories), call.project().id);
        return { json: receipt };
      };
      if (ids !== undefined)
        return answer(
          await memory.purge(
            ids.map((id) => parseUuid(id)),
            { withSources },
          ),
        );
      if (Object.keys(scopeOf(call.body)).length === 0 && (call.body.filters ?? null) === null)
        throw invalidInput("Name what to purge: memory_ids, or the ids of a user, agent, app or run.");
      return answer(await memory.purge({ filters: filtersOf(call.body), acrossUsers: true, withSources } as never));
    },
  }),
  route({
    method: "GET",
    path: "/v1/memories/{id}/explain/",
    operation: "explainMemory",
    summary: "A memory with its evidence and its history",
    tag: "recollect",
    role: "reader",
    handle: async (call) => {
      const item = await requireItem(call);
      return { json: { memory: memoryShape(item), history: await call.memory().history(item.id) } };
    },
  }),
  route({
    method: "GET",
    path: "/v1/stats/",
    operation: "getStats",
    summary: "Counts: Mem0's names, and the store's own under `store`",
    tag: "recollect",
    role: "reader",
    handle: async (call) => {
      const memory = call.memory();
      const store = await memory.stats();
      const { results: owners } = await memory.users();
      const of = (type: string): typeof owners => owners.filter((owner) => owner.type === type);
      const derived =
        store.memories.fact.active +
        store.memories.pattern.active +
        store.memories.procedure.active +
        store.memories.instruction.active;
      const per = (type: string): number =>
        of(type).length === 0 ? 0 : Math.round((derived / of(type).length) * 100) / 100;
      return {
        json: {
          total_memories: derived,
          total_retrieval_events: 0,
          total_add_events: countEvents(call.services.control, call.project().id, "ADD"),
          total_api_retrieval_events: 0,
          total_retrieval_events_limit: null,
          total_users_with_memories: of("user").length,
          total_agents_with_memories: of("agent").length,
          total_runs_with_memories: of("run").length,
          memories_per_user: per("user"),
          memories_per_agent: per("agent"),
          memories_per_run: per("run"),
          store,
        },
      };
    },
  }),
  route({
    method: "GET",
    path: "/v1/ledger/",
    operation: "listLedger",
    summary: "Requests to language models: tokens, price, purpose; newest first",
    tag: "recollect",
    role: "owner",
    query: z.looseObject({
      from: z.string().optional(),
      to: z.string().optional(),
      user_id: z.string().optional(),
      limit: z.string().optional(),
      cursor: z.string().optional(),
    }),
    handle: async (call) => {
      const { limit, ...rest } = call.query as Record<string, string | undefined>;
      const known = Object.fromEntries(
        Object.entries(rest).filter(([name]) => ["from", "to", "user_id", "cursor"].includes(name)),
      );
      return {
        json: await call.memory().ledger({ ...known, ...(limit === undefined ? {} : { limit: Number(limit) }) }),
      };
    },
  }),
  route({
    method: "POST",
    path: "/v1/verify/",
    operation: "verifyStore",
    summary: "Check records, histories and indexes against one another; with repair, make anew what is derived",
    tag: "recollect",
    role: "owner",
    body: z.looseObject({ repair: z.boolean().optional() }),
    isBodyOptional: true,
    handle: async (call) => {
      const repair = call.body?.repair === true;
      const result = await call.memory().verify({ repair });
      if (repair) noteAction(call, "memory.repair", String(result.problems.length), call.project().id);
      return { json: result };
    },
  }),
  route({
    method: "GET",
    path: "/v1/export/",
    operation: "exportStream",
    summary: "The project, or a user's part of it, as lines of JSON with history and evidence",
    tag: "recollect",
    role: "owner",
    query: z.looseObject(SCOPE_SHAPE),
    handle: (call) => {
      noteAction(call, "memory.export", Object.keys(scopeOf(call.query)).join(","), call.project().id);
      return { lines: call.memory().export(scopeOf(call.query)), type: "application/x-ndjson" };
    },
  }),
  route({
    method: "POST",
    path: "/v1/import/",
    operation: "importStream",
    summary: "Store the lines of an export; what is known is skipped",
    tag: "recollect",
    role: "owner",
    handle: async (call) => {
      if (call.stream === null) throw invalidInput("Send the lines of an export as the body.");
      const result = await call.memory().import(Readable.fromWeb(call.stream as never));
      noteAction(call, "memory.import", String(result.imported), call.project().id);
      return { json: result };
    },
  }),
];
