import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { startServer } from "../create-server.ts";
import type { ServerOptions } from "../create-server.ts";
import { invalidInput } from "../errors.ts";

const HELP = `Usage: recollect serve [options]

Starts the REST server. The first start prints an administrator's key, once.

  --data <folder>       where the files lie (RECOLLECT_DATA; default ~/.recollect/server)
  --host <address>      default 127.0.0.1: this machine alone (RECOLLECT_HOST)
  --port <n>            default 8420 (RECOLLECT_PORT)
  --config <file.json>  settings: { "memory": { "llm": …, "embedder": … }, "allowedOrigins": […], "requestsPerMinute": …,
                        "maxInFlight": …, "maxBodyBytes": …, "allowPrivateAddresses": … } (RECOLLECT_CONFIG)

SIGTERM and SIGINT end it: requests in hand are finished, jobs are handed back, files are closed.
`;

/** Runs until it is told to stop. */
export async function serveCommand(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      data: { type: "string" },
      host: { type: "string" },
      port: { type: "string" },
      config: { type: "string" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const { env } = process;
  const file = values.config ?? env["RECOLLECT_CONFIG"];
  const host = values.host ?? env["RECOLLECT_HOST"];
  const port = values.port ?? env["RECOLLECT_PORT"];
  const server = await startServer({
    dataFolder: resolve(values.data ?? env["RECOLLECT_DATA"] ?? join(homedir(), ".recollect", "server")),
    ...(file === undefined ? {} : await readConfig(file)),
    ...(host === undefined ? {} : { host }),
    ...(port === undefined ? {} : { port: readPort(port) }),
  });
  process.stdout.write(`Recollect answers at ${server.url}\n`);
  if (server.firstKey !== null) {
    process.stdout.write(
      `\nThis is the administrator's key. It is shown this once:\n\n  ${server.firstKey}\n\n` +
        `  curl -H "Authorization: Token ${server.firstKey}" ${server.url}/v1/ping/\n`,
    );
  }
  await new Promise<void>((ended) => {
    for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => ended());
  });
  await server.close();
  return 0;
}

/** Settings that a file may hold; what else stands in it is an error, so that a misspelt one is noticed. */
const SETTINGS = [
  "memory",
  "host",
  "port",
  "dataFolder",
  "maxBodyBytes",
  "maxInFlight",
  "requestsPerMinute",
  "allowedOrigins",
  "allowPrivateAddresses",
];

async function readConfig(path: string): Promise<Partial<ServerOptions>> {
  let value: unknown;
  try {
    value = JSON.parse(await readFile(path, "utf8"));
  } catch (error) {
    throw invalidInput(`The configuration ${path} cannot be read: ${(error as Error).message}`);
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw invalidInput(`The configuration ${path} must be an object.`);
  const unknown = Object.keys(value).find((name) => !SETTINGS.includes(name));
  if (unknown !== undefined)
    throw invalidInput(`The configuration ${path} has no setting "${unknown}". Settings: ${SETTINGS.join(", ")}.`);
  return value;
}

function readPort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw invalidInput(`--port expects a number from 0 to 65535, got "${text}".`);
  return port;
}
