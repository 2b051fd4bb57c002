import type { CallToolResult, McpServer, ToolAnnotations } from "@modelcontextprotocol/server";
import type { z } from "zod";
import type { McpSession } from "./session.ts";
import { toolError } from "./tool-error.ts";

export interface ToolAnswer {
  /** What the model reads. */
  readonly text: string;
  /** The same for programs, in the shape of the tool's `output`. */
  readonly data: Record<string, unknown>;
}

interface ToolDefinition<Input extends z.ZodType> {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly input: Input;
  readonly output: z.ZodType;
  /** `read` changes nothing; `add` only adds; `change` may replace or remove. */
  readonly effect: "read" | "add" | "change";
  /** Calling it twice is as calling it once. Default: true for reads alone. */
  readonly isIdempotent?: boolean;
  readonly run: (session: McpSession, input: z.infer<Input>) => Promise<ToolAnswer>;
}

/** A tool of a profile: `register` puts it on a server, `effect` says who may have it. */
export interface Tool {
  readonly name: string;
  readonly effect: "read" | "add" | "change";
  readonly register: (server: McpServer, session: McpSession) => void;
}

/** Joins a tool with what all tools share: hints, structured output, errors in our words. */
export function defineTool<Input extends z.ZodType>(definition: ToolDefinition<Input>): Tool {
  const { name, title, description, input, output, effect, isIdempotent = effect === "read", run } = definition;
  const annotations: ToolAnnotations = {
    readOnlyHint: effect === "read",
    destructiveHint: effect === "change",
    idempotentHint: isIdempotent,
    // Its world is one file.
    openWorldHint: false,
  };
  return {
    name,
    effect,
    register: (server, session) => {
      const call = async (given: unknown): Promise<CallToolResult> => {
        const done = session.onCall?.();
        try {
          const { text, data } = await run(session, given as z.infer<Input>);
          return { content: [{ type: "text", text }], structuredContent: data };
        } catch (error) {
          return toolError(error, session.onFailure);
        } finally {
          done?.();
        }
      };
      server.registerTool(
        name,
        { title, description, inputSchema: input, outputSchema: output, annotations },
        call as never,
      );
    },
  };
}
