import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { MemoryError } from "../errors.ts";
import { createApp } from "./app.ts";
import type { Services } from "./services.ts";

export interface RunningServer {
  /** "http://127.0.0.1:8420", without a slash at the end. */
  readonly url: string;
  /** Takes no new requests, lets those in hand end for 10 s, hands back jobs, closes the files. */
  close(): Promise<void>;
}

const PATIENCE_MS = 10_000;
/** Slow clients: the head of a request, and a request as a whole. */
const HEAD_LIMIT_MS = 10_000;
const REQUEST_LIMIT_MS = 120_000;

/** @throws MemoryError `store_failed` when the address is taken or not to be had. */
export async function listen(
  services: Services,
  { stop }: { readonly stop: () => Promise<void> },
): Promise<RunningServer> {
  const { host, port } = services.settings;
  const app = createApp(services);
  const server = await new Promise<Server>((resolve, reject) => {
    const listening = serve(
      {
        fetch: app.fetch,
        hostname: host,
        port,
        serverOptions: { headersTimeout: HEAD_LIMIT_MS, requestTimeout: REQUEST_LIMIT_MS },
      },
      () => {
        resolve(listening as Server);
      },
    );
    listening.on("error", (error: NodeJS.ErrnoException) => {
      const reason = error.code === "EADDRINUSE" ? "another program uses it" : String(error.code);
      reject(
        new MemoryError("store_failed", `Cannot listen on ${host}:${port}: ${reason}. Choose another port.`, {
          cause: error,
        }),
      );
    });
  }).catch(async (error: unknown) => {
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
      server.closeIdleConnections();
    });
    await stop();
  };
  return { url: `http://${host.includes(":") ? `[${host}]` : host}:${bound}`, close: () => (closing ??= close()) };
}
