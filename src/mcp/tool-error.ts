import type { CallToolResult } from "@modelcontextprotocol/server";
import { MemoryError } from "../errors.ts";
import { maskSecrets } from "../text/mask-secrets.ts";
import type { McpSession } from "./session.ts";

/** Longer messages quote much of what was sent: the model knows that already. */
const MOST_CHARACTERS = 600;

/** What the model reads of an error: our sentence with its code, without secrets that it quotes; never a stack. */
export function toolError(error: unknown, onFailure: McpSession["onFailure"]): CallToolResult {
  return { content: [{ type: "text", text: errorText(error, onFailure) }], isError: true };
}

/** The same as a text, for resources and prompts. */
export function errorText(error: unknown, onFailure: McpSession["onFailure"]): string {
  if (!MemoryError.isInstance(error)) {
    onFailure(error);
    return "internal: Recollect failed. Its log says why; what was stored before is safe.";
  }
  if (error.code === "store_failed") onFailure(error);
  const { text } = maskSecrets(error.message);
  const shown = text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS).toWellFormed()}…` : text;
  return `${error.code}: ${shown}${error.retryable ? " The same call may work later." : ""}`;
}
