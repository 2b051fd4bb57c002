import { noteAction } from "../control/audit.ts";
import { route } from "../route.ts";
import type { Route } from "../route.ts";

/** Work that a project owes: facts that a language model has still to find, vectors that are still to be made. */
export const jobRoutes: readonly Route[] = [
  route({
    method: "GET",
    path: "/v1/jobs/",
    operation: "getJobs",
    summary:
      "What is still to be done or failed: jobs by state, messages that wait for a language model, vectors to make",
    tag: "recollect",
    role: "reader",
    handle: async (call) => {
      const { jobs, pendingExtraction, pendingVectors, models } = await call.memory().stats();
      const { stoppedBy } = models;
      return {
        json: {
          ...jobs,
          pending_extraction: pendingExtraction,
          pending_vectors: pendingVectors,
          stopped_by: stoppedBy === null ? null : { cap: stoppedBy.cap, until: stoppedBy.until },
        },
      };
    },
  }),
  route({
    method: "POST",
    path: "/v1/reembed/",
    operation: "reembedMemories",
    summary: "Make the vectors that the configured embedder's space lacks, in the background; answers how far it is",
    tag: "recollect",
    role: "owner",
    handle: async (call) => {
      const { space, done, total, isComplete } = await call.memory().reembed();
      noteAction(call, "memory.reembed", space, call.project().id);
      return { json: { space, done, total, is_complete: isComplete } };
    },
  }),
];
