import { ProtocolError, ProtocolErrorCode } from "@modelcontextprotocol/server";
import type { GetPromptResult, McpServer } from "@modelcontextprotocol/server";
import { z } from "zod";
import { digestOf } from "./digest.ts";
import type { McpSession } from "./session.ts";
import { errorText } from "./tool-error.ts";
import { userOf } from "./whose.ts";

const RECALL_TOKENS = 1_500;

/** What a person can pick in the client: recall what is known of something, and go through what is stored. */
export function registerPrompts(server: McpServer, session: McpSession): void {
  server.registerPrompt(
    "recall",
    {
      title: "Recall",
      description: "Bring what is remembered about something into this conversation",
      argsSchema: z.object({ about: z.string().describe("A topic, task or question") }),
    },
    async ({ about }) =>
      answer(session, async () => {
        const { text } = await session.memory.context(about, { filters: userOf(session), tokenBudget: RECALL_TOKENS });
        return text === ""
          ? `Nothing is remembered about: ${about}`
          : `This is remembered about: ${about}\n\n${text}\n\nUse it where it helps; newer entries win over older ones.`;
      }),
  );
  server.registerPrompt(
    "review",
    { title: "Review memories", description: "Go through what is remembered: what is wrong, outdated or double" },
    async () =>
      answer(session, async () => {
        const digest = await digestOf(session);
        return (
          `${digest}\n\nGo through these memories with me. Point out what contradicts itself, is outdated or stands there ` +
          "twice, and say which ids you would forget. Forget nothing before I agree."
        );
      }),
  );
}

async function answer(session: McpSession, write: () => Promise<string>): Promise<GetPromptResult> {
  const done = session.onCall?.();
  try {
    return { messages: [{ role: "user", content: { type: "text", text: await write() } }] };
  } catch (error) {
    throw new ProtocolError(ProtocolErrorCode.InternalError, errorText(error, session.onFailure));
  } finally {
    done?.();
  }
}
