import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startServer } from "../../src/create-server.ts";
import type { ServerClock, ServerOptions, StartedServer } from "../../src/create-server.ts";

export interface TestServer extends StartedServer {
  /** An administrator's key of the whole organisation. */
  readonly key: string;
  readonly folder: string;
  /** Lines of the log. */
  readonly lines: string[];
  /** A request with the administrator's key; the body is parsed. */
  call(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<{ status: number; body: unknown; headers: Headers }>;
  /** Ends the server and takes its folder away. */
  remove(): Promise<void>;
}

/** A server of its own on a free port, with an empty folder. */
export async function startTestServer(options: Partial<ServerOptions> & ServerClock = {}): Promise<TestServer> {
  const folder = options.dataFolder ?? mkdtempSync(join(tmpdir(), "recollect-server-"));
  const lines: string[] = [];
  const started = await startServer({ port: 0, dataFolder: folder, writeLog: (line) => lines.push(line), ...options });
  const key = started.firstKey ?? "";
  return {
    ...started,
    key,
    folder,
    lines,
    async call(method, path, body, headers = {}) {
      const response = await fetch(`${started.url}${path}`, {
        method,
        headers: { authorization: `Token ${key}`, "content-type": "application/json", ...headers },
        ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
      });
      const text = await response.text();
      return {
        status: response.status,
        body: text === "" ? null : (JSON.parse(text) as unknown),
        headers: response.headers,
      };
    },
    async remove() {
      await started.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
