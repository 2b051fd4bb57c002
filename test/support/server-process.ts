import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { FaultProcess } from "./fault-process.ts";
import { PROGRAM } from "./program.ts";

export interface ServerProcess {
  readonly url: string;
  readonly process: FaultProcess;
  /** The administrator's key where this start made one. */
  readonly firstKey: string | null;
}

/** `recollect serve` in a process of its own, on a free port, with the settings written beside its data. */
export async function startServerProcess(
  folder: string,
  settings: object = {},
  before: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<ServerProcess> {
  const config = join(folder, "recollect.json");
  writeFileSync(config, JSON.stringify(settings));
  const parameters = ["serve", "--data", join(folder, "data"), "--port", "0", "--config", config];
  const server = new FaultProcess(PROGRAM, parameters, { env: { ...process.env, NO_COLOR: "1", ...env } }, before);
  let url: string | undefined;
  for (let line = 0; url === undefined; line += 1) url = /answers at (\S+)/u.exec(await server.line(line))?.[1];
  // What belongs to the first start follows in the same write.
  await new Promise((resolve) => {
    setTimeout(resolve, 20);
  });
  const secret = server.lines.map((line) => /^\s*(rcl_[\w-]+)$/u.exec(line)?.[1]).find((found) => found !== undefined);
  return { url, process: server, firstKey: secret ?? null };
}

export interface Asked {
  readonly status: number;
  readonly body: Record<string, unknown>;
  readonly headers: Headers;
}

/** One request as JSON. @throws when the server does not answer. */
export async function ask(
  { url, key }: { readonly url: string; readonly key: string },
  method: string,
  path: string,
  body?: unknown,
): Promise<Asked> {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: { authorization: `Token ${key}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return {
    status: response.status,
    body: (await response.json()) as Record<string, unknown>,
    headers: response.headers,
  };
}
