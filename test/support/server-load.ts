import { ask } from "./server-process.ts";

/** An add that the server said it had taken. */
export interface TakenAdd {
  readonly mark: string;
  readonly eventId: string;
  readonly messageId: string;
  /** The memory of a direct import. */
  readonly memoryId: string | null;
}

export interface Load {
  readonly taken: TakenAdd[];
  /** Answers other than 200: of a server that is there. */
  readonly refused: { status: number; body: unknown }[];
  /** Requests that broke off without an answer. */
  broken: number;
  /** Ends after the requests that are under way. */
  readonly stop: () => Promise<void>;
}

/** Adds without a pause from `writers` at a time: every second one imported as it is, the others for the model. */
export function startLoad(place: { readonly url: string; readonly key: string }, name: string, writers = 8): Load {
  const stopping = new AbortController();
  let number = 0;
  const load: Load = {
    taken: [],
    refused: [],
    broken: 0,
    stop: async () => {
      stopping.abort();
      await all;
    },
  };
  const write = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      const mine = number;
      number += 1;
      const mark = `mark${name}x${mine}`;
      const isDirect = mine % 2 === 0;
      try {
        const { status, body } = await ask(place, "POST", "/v3/memories/add/", {
          messages: [{ role: "user", content: `I own a lighthouse called ${mark}.` }],
          user_id: `user-${mine % 5}`,
          ...(isDirect ? { infer: false } : {}),
        });
        if (status === 200) load.taken.push(takenOf(mark, body));
        else load.refused.push({ status, body });
      } catch {
        // The process was killed, or has closed its port.
        load.broken += 1;
        if (load.broken > 50) return;
      }
    }
  };
  const all = Promise.all(Array.from({ length: writers }, write));
  return load;
}

function takenOf(mark: string, body: Record<string, unknown>): TakenAdd {
  const { results, messages } = body as { results?: { id: string }[]; messages: { id: string }[] };
  return {
    mark,
    eventId: String(body["event_id"]),
    messageId: messages[0]?.id ?? "",
    memoryId: results?.[0]?.id ?? null,
  };
}
