import type { GraphDoor } from "../mcp/session.ts";
import { recordChanges } from "./record-changes.ts";
import type { Call } from "./route.ts";

type Flush = <Value>(value: Value) => Promise<Value>;

/** A project's graph: what is written by hand makes events and calls webhooks, and is answered once it is on disk. */
export function projectGraph(call: Call, flushed: Flush): GraphDoor {
  const { graph } = call.memory();
  const added = async <Written extends { readonly results: readonly { readonly memoryId: string }[] }>(
    written: Written,
  ): Promise<Written> => {
    recordChanges(
      call,
      "ADD",
      written.results.map(({ memoryId }) => ({ id: memoryId, event: "ADD" })),
    );
    return await flushed(written);
  };
  const deleted = async <Gone extends { readonly deleted: readonly string[] }>(gone: Gone): Promise<Gone> => {
    recordChanges(
      call,
      "DELETE_ALL",
      gone.deleted.map((id) => ({ id, event: "DELETE" })),
    );
    return await flushed(gone);
  };
  return {
    read: (options) => graph.read(options),
    createEntities: async (entities, options) => await added(await graph.createEntities(entities, options)),
    createRelations: async (relations, options) => await added(await graph.createRelations(relations, options)),
    addObservations: async (observations, options) => await added(await graph.addObservations(observations, options)),
    deleteEntities: async (names, options) => await deleted(await graph.deleteEntities(names, options)),
    deleteObservations: async (observations, options) =>
      await deleted(await graph.deleteObservations(observations, options)),
    deleteRelations: async (relations, options) => await deleted(await graph.deleteRelations(relations, options)),
  };
}
