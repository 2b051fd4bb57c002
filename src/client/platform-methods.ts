import { toSnakeCase } from "./change-case.ts";
import type * as types from "./client-types.ts";
import { sendRequest } from "./send-request.ts";
import type { ClientRequest, ClientSettings } from "./send-request.ts";

export interface ClientWebhook {
  readonly webhookId: string;
  readonly name: string;
  readonly url: string;
  readonly eventTypes: readonly string[];
  readonly isActive: boolean;
  readonly project: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  /** What deliveries are signed with: in the answer to `createWebhook` alone. */
  readonly secret?: string;
}

export interface ClientPlatformProfile {
  readonly profile: Readonly<Record<string, unknown>>;
  readonly citations: Readonly<Record<string, readonly string[]>>;
  readonly status: "succeeded" | "not_enabled" | "insufficient_data";
  readonly entityId: string;
  readonly updatedAt: string | null;
  readonly madeBy?: "rules" | "model";
}

export interface ClientProfileJob {
  readonly jobId: string;
  readonly status: string;
  readonly entityIds: readonly string[];
  readonly replayed: boolean;
}

export interface ClientProfileSettings {
  readonly enabled?: boolean;
  readonly entities?: {
    readonly user?: { readonly schema?: object | null; readonly customInstructions?: string | null };
  };
}

/** What of Mem0's client is about webhooks and profiles; MemoryClient has it too. */
export class PlatformMethods {
  readonly #settings: ClientSettings;

  constructor(settings: ClientSettings) {
    this.#settings = settings;
  }

  /** Those of a project; left out: the key's own. */
  async getWebhooks({ projectId, signal }: types.CallOptions & { readonly projectId?: string } = {}): Promise<
    readonly ClientWebhook[]
  > {
    return this.send({ method: "GET", path: await this.#webhooksPath(projectId), signal });
  }

  async createWebhook({
    projectId,
    signal,
    ...webhook
  }: types.CallOptions & {
    readonly name: string;
    readonly url: string;
    readonly eventTypes: readonly string[];
    readonly isActive?: boolean;
    readonly projectId?: string;
  }): Promise<ClientWebhook> {
    const path = await this.#webhooksPath(projectId);
    return this.send({ method: "POST", path, body: toSnakeCase(webhook), signal });
  }

  async updateWebhook({
    webhookId,
    signal,
    ...changes
  }: types.CallOptions & {
    readonly webhookId: string;
    readonly name?: string;
    readonly url?: string;
    readonly eventTypes?: readonly string[];
    readonly isActive?: boolean;
  }): Promise<{ readonly message: string }> {
    const path = `/api/v1/webhooks/${encodeURIComponent(webhookId)}/`;
    return this.send({ method: "PUT", path, body: toSnakeCase(changes), signal });
  }

  async deleteWebhook({
    webhookId,
    signal,
  }: types.CallOptions & { readonly webhookId: string }): Promise<{ readonly message: string }> {
    return this.send({ method: "DELETE", path: `/api/v1/webhooks/${encodeURIComponent(webhookId)}/`, signal });
  }

  /** Mem0's form of a user's profile; `profile` has more options. */
  async getProfile({
    entityId,
    signal,
  }: types.CallOptions & { readonly entityId: string }): Promise<ClientPlatformProfile> {
    return this.send({ method: "GET", path: `/v2/entities/user/${encodeURIComponent(entityId)}/profile/`, signal });
  }

  /** Notes that a profile was asked for: it is made when it is read. */
  async generateProfile({
    entityId,
    idempotencyKey = crypto.randomUUID(),
    signal,
  }: types.CallOptions & { readonly entityId: string; readonly idempotencyKey?: string }): Promise<ClientProfileJob> {
    const body = { operation: "trigger", entity_type: "user", entity_id: entityId };
    return this.send({ method: "POST", path: "/v2/profiles/jobs/", body, idempotencyKey, signal });
  }

  async sampleProfiles({
    limit,
    idempotencyKey = crypto.randomUUID(),
    signal,
  }: types.CallOptions & {
    readonly limit?: number;
    readonly idempotencyKey?: string;
  } = {}): Promise<ClientProfileJob> {
    const body = { operation: "sample", entity_type: "user", ...(limit === undefined ? {} : { limit }) };
    return this.send({ method: "POST", path: "/v2/profiles/jobs/", body, idempotencyKey, signal });
  }

  async getProfileJob({
    jobId,
    signal,
  }: types.CallOptions & { readonly jobId: string }): Promise<Readonly<Record<string, unknown>>> {
    return this.send({ method: "GET", path: `/v2/profiles/jobs/${encodeURIComponent(jobId)}/`, signal });
  }

  async getProfileSettings(options: types.CallOptions = {}): Promise<ClientProfileSettings> {
    return this.send({ method: "GET", path: "/v2/profiles/settings/", ...options });
  }

  async updateProfileSettings(
    settings: ClientProfileSettings,
    options: types.CallOptions = {},
  ): Promise<ClientProfileSettings> {
    return this.send({ method: "POST", path: "/v2/profiles/settings/", body: toSnakeCase(settings), ...options });
  }

  async ping(
    options: types.CallOptions = {},
  ): Promise<{ status: string; orgId: string; projectId: string; userEmail: string }> {
    return this.send({ method: "GET", path: "/v1/ping/", ...options });
  }

  protected async send<Result>(request: ClientRequest): Promise<Result> {
    return (await sendRequest(this.#settings, request)) as Result;
  }

  async #webhooksPath(given: string | undefined): Promise<string> {
    const projectId = given ?? (await this.ping()).projectId;
    return `/api/v1/webhooks/projects/${encodeURIComponent(projectId)}/`;
  }
}
