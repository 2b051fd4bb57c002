import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as wait } from "node:timers/promises";

/** What the server does with one request. */
export type ServerReply =
  /** A whole answer; `body` is sent as JSON, a text as it is. */
  | { readonly body: unknown; readonly status?: number; readonly headers?: Readonly<Record<string, string>> }
  /** Takes the request and never answers. */
  | "hang"
  /** Answers a few bytes at a time, so slowly that it never ends within a test. */
  | { readonly drip: unknown; readonly pauseMs: number; readonly headers?: Readonly<Record<string, string>> }
  /** Sends half of the body, then resets the connection. */
  | { readonly reset: unknown }
  /** Resets the connection before a byte of the answer. */
  | "refuse"
  /** Ends in good order after half of the body, as a proxy does that lost its upstream. */
  | { readonly truncate: unknown; readonly headers?: Readonly<Record<string, string>> };

export interface RecordedRequest {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed where it is JSON. */
  readonly body: unknown;
}

export interface ProviderServer {
  /** "http://127.0.0.1:PORT", without a slash at the end. */
  readonly url: string;
  readonly requests: RecordedRequest[];
  /** Played one after the other; the last one for ever. */
  replies: (ServerReply | ((request: RecordedRequest) => ServerReply | Promise<ServerReply>))[];
  close(): Promise<void>;
}

/** A local HTTP server that plays a script of answers and keeps what it was asked. */
export async function startProviderServer(...replies: ProviderServer["replies"]): Promise<ProviderServer> {
  const closing = new AbortController();
  const server = createServer((incoming, response) => {
    // A client that has left is part of the script.
    answer(incoming, response).catch(() => response.destroy());
  });
  const answer = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const request: RecordedRequest = {
      method: incoming.method ?? "",
      path: incoming.url ?? "",
      headers: Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)])),
      body: parsed(Buffer.concat(chunks).toString("utf8")),
    };
    scripted.requests.push(request);
    const next = scripted.replies.length > 1 ? scripted.replies.shift() : scripted.replies[0];
    const reply = typeof next === "function" ? await next(request) : next;
    await play(
      reply ?? { status: 500, body: { error: { message: "nothing was scripted" } } },
      response,
      closing.signal,
    );
  };
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const scripted: ProviderServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests: [],
    replies,
    async close() {
      closing.abort();
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
  return scripted;
}

async function play(reply: ServerReply, response: ServerResponse, signal: AbortSignal): Promise<void> {
  if (reply === "hang") return;
  if (reply === "refuse") {
    response.socket?.resetAndDestroy();
    return;
  }
  const type = { "content-type": "application/json" };
  if ("body" in reply) {
    response.writeHead(reply.status ?? 200, { ...type, ...reply.headers });
    response.end(textOf(reply.body));
    return;
  }
  const text = textOf("drip" in reply ? reply.drip : "reset" in reply ? reply.reset : reply.truncate);
  if ("drip" in reply) {
    response.writeHead(200, { ...type, ...reply.headers });
    for (let start = 0; start < text.length && !response.destroyed; start += 4) {
      response.write(text.slice(start, start + 4));
      await wait(reply.pauseMs, undefined, { signal });
    }
    response.end();
    return;
  }
  const half = text.slice(0, Math.ceil(text.length / 2));
  if ("truncate" in reply) {
    response.writeHead(200, { ...type, ...reply.headers });
    response.end(half);
    return;
  }
  response.writeHead(200, { ...type, "content-length": String(Buffer.byteLength(text)) });
  response.write(half);
  await wait(20);
  response.socket?.resetAndDestroy();
}

function textOf(body: unknown): string {
  return typeof body === "string" ? body : JSON.stringify(body);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** An answer of OpenAI's chat API. */
export function chatReply(text: string, more: { readonly finishReason?: string } = {}): { readonly body: object } {
  return {
    body: {
      id: "chatcmpl-1",
      object: "chat.completion",
      created: 1_700_000_000,
      model: "scripted",
      choices: [
        { index: 0, message: { role: "assistant", content: text }, finish_reason: more.finishReason ?? "stop" },
      ],
      usage: {
        prompt_tokens: 120,
        completion_tokens: 30,
        total_tokens: 150,
        prompt_tokens_details: { cached_tokens: 100 },
      },
    },
  };
}
