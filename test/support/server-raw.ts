import { connect } from "node:net";
import type { Socket } from "node:net";

/** What came back for bytes that were sent as they are. */
export interface RawReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * Sends bytes that no HTTP client would send, and reads the first answer. Null: the connection was closed without one.
 * @throws Error when there is no answer within `patienceMs`: the request hangs.
 */
export function sendRaw(url: string, bytes: Buffer, patienceMs = 15_000): Promise<RawReply | null> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    const chunks: Buffer[] = [];
    const timer = setTimeout(() => {
      socket.destroy();
      reject(new Error(`no answer within ${patienceMs} ms`));
    }, patienceMs);
    const end = (): void => {
      clearTimeout(timer);
      socket.destroy();
      const received = Buffer.concat(chunks);
      // A text that is no answer rejects.
      resolve(Promise.resolve(received).then((all) => (all.length === 0 ? null : parseReply(all))));
    };
    socket.on("data", (chunk) => {
      chunks.push(chunk);
    });
    socket.on("close", end);
    // A server that answers and closes before it has read everything resets what is still on its way.
    socket.on("error", end);
    socket.write(bytes);
  });
}

/** Opens a connection that is left to the caller; what comes in is collected. */
export function openSocket(url: string): { readonly socket: Socket; readonly received: () => string } {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  let text = "";
  socket.setEncoding("latin1").on("data", (chunk: string) => {
    text += chunk;
  });
  socket.on("error", () => undefined);
  return { socket, received: () => text };
}

export function parseReply(received: Buffer): RawReply {
  const end = received.indexOf("\r\n\r\n");
  if (end < 0) throw new Error(`no complete head: ${received.subarray(0, 200).toString("latin1")}`);
  const [first = "", ...lines] = received.subarray(0, end).toString("latin1").split("\r\n");
  const status = Number(/^HTTP\/1\.1 (\d{3})/u.exec(first)?.[1]);
  if (Number.isNaN(status)) throw new Error(`no status line: ${first}`);
  const headers = Object.fromEntries(
    lines.map((line) => {
      const colon = line.indexOf(":");
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
  const rest = received.subarray(end + 4);
  if (status === 100) return parseReply(rest);
  const body = headers["transfer-encoding"] === "chunked" ? unchunk(rest) : rest;
  return { status, headers, body: body.toString("utf8") };
}

function unchunk(bytes: Buffer): Buffer {
  const parts: Buffer[] = [];
  let at = 0;
  for (;;) {
    const end = bytes.indexOf("\r\n", at);
    const size = end < 0 ? Number.NaN : Number.parseInt(bytes.subarray(at, end).toString("latin1"), 16);
    if (Number.isNaN(size)) throw new Error("the answer ended within a chunk");
    if (size === 0) return Buffer.concat(parts);
    parts.push(bytes.subarray(end + 2, end + 2 + size));
    at = end + 2 + size + 2;
  }
}
