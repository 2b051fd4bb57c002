import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import type { Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { getRequestListener } from "@hono/node-server";
import { MemoryError } from "../errors.ts";
import { createApp } from "./app.ts";
import { errorReply, httpError } from "./error-reply.ts";
import type { ErrorReply } from "./error-reply.ts";
import { refusalOf, refuseOn } from "./refuse-request.ts";
import type { Services } from "./services.ts";

export interface RunningServer {
  /** "http://127.0.0.1:8420", without a slash at the end. */
  readonly url: string;
  /** Takes no new requests, lets those in hand end for 10 s, hands back jobs, closes the files. */
  close(): Promise<void>;
}

const PATIENCE_MS = 10_000;
/** A peer that neither sends nor takes anything for so long is gone, an answer on its way or not. */
const SILENCE_MS = 5 * 60_000;

/** @throws MemoryError `store_failed` when the address is taken or not to be had. */
export async function listen(
  services: Services,
  { stop }: { readonly stop: () => Promise<void> },
): Promise<RunningServer> {
  const { host, port } = services.settings;
  /** Answers that are not complete yet, by connection. */
  const answering = new Map<Duplex, ServerResponse>();
  const server = makeServer(services, answering);
  await bind(server, host, port).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  const { port: bound } = server.address() as AddressInfo;
  services.log("info", "listening", { host, port: bound });
  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(() => server.closeAllConnections(), PATIENCE_MS);
      server.close(() => {
        clearTimeout(timer);
        resolve();
      });
      // Clients learn with the answer that the connection is not to be used again.
      for (const response of answering.values()) if (!response.headersSent) response.setHeader("Connection", "close");
      server.closeIdleConnections();
    });
    await stop();
  };
  return { url: `http://${host.includes(":") ? `[${host}]` : host}:${bound}`, close: () => (closing ??= close()) };
}

function makeServer(services: Services, answering: Map<Duplex, ServerResponse>): Server {
  const { host, headTimeoutMs, requestTimeoutMs } = services.settings;
  const app = createApp(services);
  const answer = getRequestListener(app.fetch, {
    hostname: host,
    errorHandler: (error) => {
      // Addresses and hosts that cannot be read; what fails behind the routes is answered there.
      const { status, body } = refusalOf(error);
      return Response.json(body, { status, headers: { "X-Request-ID": body.request_id } });
    },
  });
  const server = createServer(
    {
      headersTimeout: headTimeoutMs,
      requestTimeout: requestTimeoutMs,
      // Node looks at slow clients only so often.
      connectionsCheckingInterval: Math.min(headTimeoutMs, 5_000),
      // Clients of HTTP/1.0 and health checks name none; nothing here depends on it.
      requireHostHeader: false,
    },
    (request, response) => {
      const { socket } = request;
      answering.set(socket, response);
      response.once("close", () => {
        if (answering.get(socket) === response) answering.delete(socket);
      });
      if (!server.listening) response.setHeader("Connection", "close");
      void answer(request, response);
    },
  );
  server.setTimeout(SILENCE_MS);
  server.on("checkExpectation", (_request, response: ServerResponse) => {
    const { status, body } = expectationFailed();
    response.writeHead(status, { "Content-Type": "application/json", Connection: "close" });
    response.end(JSON.stringify(body));
  });
  server.on("clientError", (error: NodeJS.ErrnoException, socket: Duplex) => {
    if (error.code === "ECONNRESET" || !socket.writable || answering.get(socket)?.headersSent === true)
      socket.destroy();
    else refuseOn(socket, refusalOf(error));
  });
  return server;
}

function expectationFailed(): ErrorReply {
  return errorReply(httpError(417, "invalid_input", "The header Expect can only be 100-continue."), randomUUID());
}

function bind(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const reason = error.code === "EADDRINUSE" ? "another program uses it" : String(error.code);
      reject(
        new MemoryError("store_failed", `Cannot listen on ${host}:${port}: ${reason}. Choose another port.`, {
          cause: error,
        }),
      );
    });
    server.listen(port, host, resolve);
  });
}
