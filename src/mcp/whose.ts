import { invalidInput } from "../errors.ts";
import type { McpSession } from "./session.ts";

/**
 * The session's user, as filters and as an owner.
 * @throws MemoryError `invalid_input` where the session has none.
 */
export function userOf({ userId }: McpSession): { readonly user_id: string } {
  if (userId === undefined)
    throw invalidInput(
      "Whose memories? Put the user into the server's address, as in /mcp?user_id=alice, or use a tool that takes user_id.",
    );
  return { user_id: userId };
}
