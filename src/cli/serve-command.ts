import { parseArgs } from "node:util";
import { startServer } from "../create-server.ts";
import { describeSettings, readServerSettings } from "./server-settings.ts";

const HELP = `Usage: recollect serve [options]
       recollect serve backup <folder> [options]
       recollect serve restore <folder> [options]
       recollect serve key create [--role owner|member|reader] [--project <id>] [--label <text>] [options]

Starts the REST server. The first start prints an administrator's key, once.

  --data <folder>   where the files lie (RECOLLECT_DATA; default ~/.recollect/server)
  --host <address>  default 127.0.0.1: this machine alone (RECOLLECT_HOST)
  --port <n>        default 8420 (RECOLLECT_PORT)
  --config <file>   settings in YAML or JSON (RECOLLECT_CONFIG); each has a variable RECOLLECT_… too
  --print-config    print the settings in force and where each came from, and end

backup copies control.db and every project's file while the server runs; restore brings them into a new data folder.
key create makes a key on the machine itself, for when all keys are lost.

SIGTERM and SIGINT end the server: requests in hand are finished, jobs are handed back, files are closed.
`;

/** Runs until it is told to stop; backup, restore and key end by themselves. */
export async function serveCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      data: { type: "string" },
      host: { type: "string" },
      port: { type: "string" },
      config: { type: "string" },
      "print-config": { type: "boolean", default: false },
      role: { type: "string" },
      project: { type: "string" },
      label: { type: "string" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  // Memories and hashes of keys: for nobody else on the machine.
  process.umask(0o077);
  const { data: dataFolder, host, port, config } = values;
  const settings = await readServerSettings({ dataFolder, host, port, config }, process.env);
  if (values["print-config"]) {
    process.stdout.write(`${JSON.stringify(describeSettings(settings), null, 2)}\n`);
    return 0;
  }
  const folder = settings.options.dataFolder;
  const [verb, ...rest] = positionals;
  if ((verb === "backup" || verb === "restore") && rest.length === 1) {
    const { backUpServer, restoreServer } = await import("./server-backup.ts");
    const other = rest[0] as string;
    const { projects, bytes } = await (verb === "backup" ? backUpServer(folder, other) : restoreServer(other, folder));
    const what = verb === "backup" ? `to ${other}` : `into ${folder}`;
    process.stdout.write(`${verb}: control.db and ${projects} projects, ${bytes} bytes, ${what}\n`);
    return 0;
  }
  if (verb === "key" && rest.length === 1 && rest[0] === "create") {
    const { createKeyOnMachine } = await import("./create-key.ts");
    const { secret, role, place } = createKeyOnMachine(folder, values);
    process.stdout.write(`A key with the role ${role} for ${place}. It is shown this once:\n\n  ${secret}\n`);
    return 0;
  }
  if (verb !== undefined) {
    process.stderr.write(`recollect: "serve ${positionals.join(" ")}" is not understood.\n\n${HELP}`);
    return 2;
  }
  return await serve(settings.options);
}

async function serve(options: Parameters<typeof startServer>[0]): Promise<number> {
  const server = await startServer(options);
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
