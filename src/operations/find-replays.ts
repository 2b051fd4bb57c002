import type { AddRequest } from "../domain/requests.ts";
import { identityKey } from "../extraction/near-duplicate.ts";
import type { Engine } from "./engine.ts";
import type { PreparedMessage } from "./prepare-messages.ts";

/** For each message the id of the stored one that it repeats, or null. What attachments say is not compared, they are. */
export function findReplays(
  engine: Engine,
  { scope }: AddRequest,
  messages: readonly PreparedMessage[],
): Promise<readonly (string | null)[]> {
  return engine.store.findReplay(
    scope,
    messages.map(({ role, name, said, attachments, saidAt }) => ({
      role,
      name,
      text: said,
      attachments: attachments?.json ?? null,
      saidAt,
      // Asked for only where a stretch of messages could repeat an import.
      get identity() {
        return identityKey(said);
      },
    })),
  );
}
