import type { ChatSettings } from "./chat/chat-settings.ts";
import type { ControlStore } from "./control/control-store.ts";
import type { Log } from "./log.ts";
import type { Metrics } from "./metrics.ts";
import type { OpenWork } from "./open-work.ts";
import type { ProjectRegistry } from "./project-registry.ts";
import type { RecentRequests } from "./recent-requests.ts";
import type { RuntimeSettings } from "./runtime-settings.ts";
import type { WebhookSender } from "./webhooks/webhook-sender.ts";

/** What every route works with; made once by serve.ts. */
export interface Services {
  readonly control: ControlStore;
  readonly projects: ProjectRegistry;
  readonly webhooks: WebhookSender;
  /** Resolves when what the project, and the server's own file, took so far is on disk. */
  readonly flush: (projectId: string | null) => Promise<void>;
  readonly metrics: Metrics;
  readonly log: Log;
  readonly openWork: OpenWork;
  readonly requests: RecentRequests;
  /** Settings of memories that can be changed while the server runs. */
  readonly runtime: RuntimeSettings;
  readonly settings: ServerSettings;
}

export interface ServerSettings {
  readonly host: string;
  readonly port: number;
  /** Folder of control.db and the projects' files. */
  readonly dataFolder: string;
  /** Most bytes of a request's body. */
  readonly maxBodyBytes: number;
  /** Slow clients are cut off: milliseconds for the head of a request, and for all of it. */
  readonly headTimeoutMs: number;
  readonly requestTimeoutMs: number;
  /** Requests that may wait for the store at a time; more are answered 429. */
  readonly maxInFlight: number;
  /** Requests of one key in a minute. */
  readonly requestsPerMinute: number;
  /** Origins that browsers may call from; none by default. */
  readonly allowedOrigins: readonly string[];
  /** Webhooks may go to private addresses. */
  readonly allowPrivateAddresses: boolean;
  readonly logContent: boolean;
  /** The model behind /v1/chat/completions; left out: chats are answered 501. */
  readonly chat?: ChatSettings | undefined;
}
