import type { MemoryDoor } from "../mcp/session.ts";
import { guidanceOf } from "./add-through-project.ts";
import { createEvent } from "./control/events.ts";
import { projectGraph } from "./project-graph.ts";
import { recordChanges } from "./record-changes.ts";
import type { Call } from "./route.ts";
import { announce } from "./webhooks/announce.ts";

/**
 * A project behind Memory's methods, for MCP: with the project's guidance, events and webhooks, and nothing answered
 * before it is on disk, as over REST.
 */
export function projectMemory(call: Call): MemoryDoor {
  const memory = call.memory();
  const project = call.project();
  const { services } = call;
  const flushed = async <Value>(value: Value): Promise<Value> => {
    await services.flush(project.id);
    return value;
  };
  return {
    search: (query, options) => memory.search(query, options),
    context: (query, options) => memory.context(query, options),
    timeline: (topic, options) => memory.timeline(topic, options),
    digest: (options) => memory.digest(options),
    getAll: (options) => memory.getAll(options),
    get: (id, owner) => memory.get(id, owner),
    users: () => memory.users(),
    relations: (options) => memory.relations(options),
    mentions: (entity, options) => memory.mentions(entity, options),
    neighbours: (entity, options) => memory.neighbours(entity, options),
    graph: projectGraph(call, flushed),
    async add(messages, options) {
      const added = await memory.add(messages, { ...guidanceOf({}, project), ...options });
      const results = added.results.map(({ id, event }) => ({ id, event }));
      const isOver = added.pendingMessages === 0;
      // Together: an event that is over has told its webhooks, whenever the process ends.
      services.control.transaction(() => {
        if (isOver) announce(services, project.id, results);
        createEvent(services.control, {
          projectId: project.id,
          type: "ADD",
          status: isOver ? "SUCCEEDED" : "PENDING",
          messageIds: added.messages.map(({ id }) => id),
          results,
        });
      });
      return await flushed(added);
    },
    async update(id, change) {
      const answer = await memory.update(id, change);
      recordChanges(call, "UPDATE", [{ id, event: "UPDATE" }]);
      return await flushed(answer);
    },
    async delete(id, owner) {
      const answer = await memory.delete(id, owner);
      recordChanges(call, "DELETE", [{ id, event: "DELETE" }]);
      return await flushed(answer);
    },
    async deleteAll(options) {
      const { ids = [] } = await memory.deleteAll({ ...options, dryRun: true });
      const answer = await memory.deleteAll(options);
      recordChanges(
        call,
        "DELETE_ALL",
        ids.map((id) => ({ id, event: "DELETE" })),
      );
      return await flushed(answer);
    },
  };
}
