/** What an agent tells its hooks on standard input; what is missing or of another type counts as not said. */
export interface HookInput {
  readonly session: string | undefined;
  readonly transcript: string | undefined;
  readonly folder: string;
  readonly event: string | undefined;
  readonly prompt: string;
  /** Of a session's start: startup, resume, clear, compact. */
  readonly source: string | undefined;
}

/** No agent sends more; what does is no agent, and is not read to its end. */
const MOST_BYTES = 16_000_000;

/** Reads standard input to its end; undefined for nothing, for what is no object, and for more than an agent sends. */
export async function readHookInput(stream: NodeJS.ReadStream = process.stdin): Promise<HookInput | undefined> {
  if (stream.isTTY) return undefined;
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of stream) {
    bytes += (piece as Buffer).length;
    if (bytes > MOST_BYTES) return undefined;
    pieces.push(piece as Buffer);
  }
  return parseHookInput(Buffer.concat(pieces).toString("utf8"));
}

export function parseHookInput(text: string): HookInput | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // Hooks fail open: what cannot be read asks for nothing.
    return undefined;
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  const fields = value as Record<string, unknown>;
  const read = (name: string): string | undefined => {
    const field = fields[name];
    return typeof field === "string" && field !== "" ? field : undefined;
  };
  return {
    session: read("session_id"),
    transcript: read("transcript_path"),
    folder: read("cwd") ?? process.cwd(),
    event: read("hook_event_name"),
    // Older versions call it user_prompt.
    prompt: read("prompt") ?? read("user_prompt") ?? "",
    source: read("source"),
  };
}
