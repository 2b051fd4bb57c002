import type { Role } from "../domain/memory.ts";
import type { AddRequest } from "../domain/requests.ts";
import { maskSecrets } from "../text/mask-secrets.ts";
import { dropPrivateSpans } from "../text/private-spans.ts";
import { stripRecallFences } from "../text/recall-fence.ts";
import type { Engine } from "./engine.ts";

/** A message as it is stored. */
export interface PreparedMessage {
  readonly role: Role;
  readonly name: string | null;
  readonly text: string;
  readonly attachments: readonly unknown[] | null;
  /** True when it repeats what was recalled: kept as evidence, but no facts come of it. */
  readonly isRecalled: boolean;
}

export interface PreparedMessages {
  readonly messages: readonly PreparedMessage[];
  readonly warnings: readonly string[];
}

/**
 * What may be stored of the messages: our own recall blocks and private spans are cut out, secrets masked.
 * A message of which nothing is left is dropped. With `infer: false` system messages are dropped too, as Mem0 does.
 */
export function prepareMessages({ guard, settings }: Engine, request: AddRequest): PreparedMessages {
  const messages: PreparedMessage[] = [];
  const warnings: string[] = [];
  const maskedKinds = new Set<string>();
  for (const message of request.messages) {
    if (!request.infer && message.role === "system") continue;
    const unfenced = stripRecallFences(message.text.toWellFormed().replaceAll("\u0000", "\u{FFFD}"));
    const open = dropPrivateSpans(unfenced.text);
    const masked = settings.maskSecrets ? maskSecrets(open.text) : { text: open.text, masked: [] };
    for (const { kind } of masked.masked) maskedKinds.add(kind);
    if (masked.text.trim() === "" && message.attachments === null) continue;
    messages.push({
      role: message.role,
      name: message.name,
      text: masked.text,
      attachments: message.attachments,
      isRecalled: guard.isRecalled(masked.text),
    });
  }
  if (maskedKinds.size > 0)
    warnings.push(`Secrets were masked before anything was stored: ${[...maskedKinds].join(", ")}.`);
  return { messages, warnings };
}
