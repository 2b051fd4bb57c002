import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { PROVIDERS } from "./adapters/models/provider-table.ts";
import { sendRequest } from "./adapters/fetch/send-request.ts";
import type { MemoryConfig } from "./config.ts";
import { ControlStore } from "./server/control/control-store.ts";
import { createKey } from "./server/control/keys.ts";
import { createOrganization, createProject, listOrganizations } from "./server/control/projects.ts";
import { createLog } from "./server/log.ts";
import { createMetrics } from "./server/metrics.ts";
import { ProjectRegistry } from "./server/project-registry.ts";
import { OpenWork } from "./server/open-work.ts";
import { RecentRequests } from "./server/recent-requests.ts";
import { RuntimeSettings } from "./server/runtime-settings.ts";
import { listen } from "./server/serve.ts";
import type { RunningServer } from "./server/serve.ts";
import type { ServerSettings, Services } from "./server/services.ts";
import { SharedSync } from "./server/shared-sync.ts";
import { EventSettler } from "./server/settle-events.ts";
import { WebhookSender } from "./server/webhooks/webhook-sender.ts";

export interface ServerOptions extends Partial<ServerSettings> {
  /** Folder of control.db and the projects' files. */
  readonly dataFolder: string;
  /** Settings of every project's memory: models, durability and so on. */
  readonly memory?: MemoryConfig;
  /** Gets log lines. Default standard error. */
  readonly writeLog?: (line: string) => void;
}

/** What only a program can give. */
export interface ServerClock {
  /** In place of the system's clock, for keys, events and webhooks. */
  readonly now?: () => number;
}

export interface StartedServer extends RunningServer {
  /** The first administrator's key, at the very first start only: nobody can see it again. */
  readonly firstKey: string | null;
}

/** Settings that nobody set. */
export const SERVER_DEFAULTS: Omit<ServerSettings, "dataFolder" | "chat"> = {
  host: "127.0.0.1",
  port: 8420,
  maxBodyBytes: 16 * 1024 * 1024,
  headTimeoutMs: 10_000,
  requestTimeoutMs: 120_000,
  maxInFlight: 512,
  requestsPerMinute: 60_000,
  allowedOrigins: [],
  allowPrivateAddresses: false,
  logContent: false,
};

const PROVIDER_NAMES = {
  llm: PROVIDERS.filter(({ language }) => language !== undefined).map(({ name }) => name),
  embedder: PROVIDERS.filter(({ embedding }) => embedding !== undefined).map(({ name }) => name),
  reranker: PROVIDERS.filter(({ reranking }) => reranking !== undefined).map(({ name }) => name),
} as const;

/** How long the end of the server waits for the storing of answers that it broke off. */
const OPEN_WORK_LIMIT_MS = 2_000;
const WEBHOOK_LIMIT_MS = 10_000;
const WEBHOOK_ANSWER_BYTES = 64 * 1024;

/** Joins the server with its adapters and starts it. On a new folder it makes an organisation, a project and a key. */
export async function startServer({
  memory = {},
  writeLog,
  now = Date.now,
  ...given
}: ServerOptions & ServerClock): Promise<StartedServer> {
  const settings: ServerSettings = { ...SERVER_DEFAULTS, ...given };
  mkdirSync(settings.dataFolder, { recursive: true, mode: 0o700 });
  const controlPath = join(settings.dataFolder, "control.db");
  const control = new ControlStore(controlPath, now);
  const sync = new SharedSync();
  const firstKey = makeFirstKey(control);
  if (firstKey !== null) await sync.flush(controlPath);
  const log = createLog(writeLog ?? ((line) => process.stderr.write(line)));
  if (control.migratedFrom !== null)
    log("info", "control.db was brought up to this version", { copy: control.migratedFrom });
  const runtime = new RuntimeSettings(memory, PROVIDER_NAMES);
  const projects = new ProjectRegistry(settings.dataFolder, (projectId) => ({
    ...runtime.memory,
    // Answers wait for the disk together: see SharedSync.
    durability: "relaxed",
    onWarning: (warning) => log("warn", "memory", { project_id: projectId, warning }),
  }));
  const metrics = createMetrics(() => projects.openCount);
  const webhooks = new WebhookSender({
    control,
    projects,
    log,
    metrics,
    post: (url, body, headers) =>
      sendRequest(
        url,
        {
          method: "POST",
          headers,
          body,
          maxBytes: WEBHOOK_ANSWER_BYTES,
          connectMs: WEBHOOK_LIMIT_MS,
          signal: AbortSignal.timeout(WEBHOOK_LIMIT_MS),
        },
        { allowPrivateAddresses: settings.allowPrivateAddresses },
      ),
  });
  const events = new EventSettler({ control, projects, webhooks, log });
  const flush = async (projectId: string | null): Promise<void> => {
    const isMemoryFlushed = projectId !== null && memory.durability !== "relaxed";
    await Promise.all([sync.flush(controlPath), ...(isMemoryFlushed ? [sync.flush(projects.pathOf(projectId))] : [])]);
  };
  const services: Services = {
    control,
    projects,
    webhooks,
    flush,
    metrics,
    log,
    settings,
    openWork: new OpenWork(),
    requests: new RecentRequests(),
    runtime,
  };
  const running = await listen(services, {
    stop: async () => {
      await services.openWork.settle(OPEN_WORK_LIMIT_MS);
      await events.stop();
      await webhooks.stop();
      await projects.close();
      control.close();
    },
  });
  webhooks.start();
  events.start();
  return { ...running, firstKey };
}

function makeFirstKey(control: ControlStore): string | null {
  return control.transaction(() => {
    if (listOrganizations(control).length > 0) return null;
    const { id: orgId } = createOrganization(control, "default");
    createProject(control, orgId, "default");
    return createKey(control, { orgId, projectId: null, role: "owner", label: "first key" }).secret;
  });
}
