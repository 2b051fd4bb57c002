import { textOf } from "./read-chat.ts";

/** An answer is kept up to about here; it is handed on whole. */
const MAX_CHARACTERS = 1_000_000;

/** What the first choice has said so far. */
export interface Spoken {
  text: string;
}

/**
 * Hands on the upstream's server-sent events word for word, and gathers what is said in them. `finish` is awaited
 * before the line that ends an answer goes out: whoever has seen the end can rely on what was said being stored. It is not
 * called for an answer without that line.
 */
export async function* relayStream(
  body: ReadableStream<Uint8Array>,
  spoken: Spoken,
  finish: () => Promise<void>,
): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of body) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    let ready = "";
    for (const line of lines) {
      if (isEnd(line)) {
        if (ready !== "") yield ready;
        ready = "";
        await finish();
      } else gather(line, spoken);
      ready += `${line}\n`;
    }
    if (ready !== "") yield ready;
  }
  rest += decoder.decode();
  if (isEnd(rest)) await finish();
  else gather(rest, spoken);
  if (rest !== "") yield rest;
}

function isEnd(line: string): boolean {
  return line.startsWith("data:") && line.slice("data:".length).trim() === "[DONE]";
}

function gather(line: string, spoken: Spoken): void {
  if (!line.startsWith("data:")) return;
  let event: unknown;
  try {
    event = JSON.parse(line.slice("data:".length));
  } catch {
    // No event of the chat API: handed on all the same.
    return;
  }
  const { choices } = (event ?? {}) as { choices?: unknown };
  const first = Array.isArray(choices)
    ? (choices as { index?: unknown; delta?: { content?: unknown } }[]).find((choice) => (choice?.index ?? 0) === 0)
    : undefined;
  const content = first?.delta?.content;
  if (typeof content === "string" && spoken.text.length < MAX_CHARACTERS) spoken.text += content;
}

/** What the first choice of a whole answer says; "" where it calls tools alone. */
export function saidIn(completion: unknown): string {
  const { choices } = (completion ?? {}) as { choices?: unknown };
  const [first] = Array.isArray(choices) ? (choices as { message?: { content?: unknown } }[]) : [];
  return textOf(first?.message?.content);
}
