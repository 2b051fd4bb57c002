import { createHmac } from "node:crypto";
import type { ControlStore } from "../control/control-store.ts";
import { dueDeliveries, LONGEST_PAUSE_MS, noteAttempt, requireWebhook } from "../control/webhooks.ts";
import type { Delivery, Webhook } from "../control/webhooks.ts";
import type { Log } from "../log.ts";
import type { Metrics } from "../metrics.ts";
import type { ProjectRegistry } from "../project-registry.ts";

/** Attempts of one delivery: with the pauses between them about 8 hours. */
export const MAX_ATTEMPTS = 12;
const FIRST_PAUSE_MS = 15_000;
const LOOK_EVERY_MS = 2_000;
const AT_A_TIME = 8;

/** Posts a body to an address; throws for one that may not be called. */
export type PostJson = (
  url: string,
  body: string,
  headers: Readonly<Record<string, string>>,
) => Promise<{ readonly status: number }>;

export interface WebhookSenderOptions {
  readonly control: ControlStore;
  readonly projects: Pick<ProjectRegistry, "memoryOf">;
  readonly post: PostJson;
  readonly log: Log;
  readonly metrics: Pick<Metrics, "observeDelivery">;
}

/** Sends what is due, again and again with growing pauses, until it is taken or given up. Rows survive a restart. */
export class WebhookSender {
  readonly #options: WebhookSenderOptions;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<void> | undefined;
  #isStopped = false;

  constructor(options: WebhookSenderOptions) {
    this.#options = options;
  }

  start(): void {
    this.#schedule(LOOK_EVERY_MS);
  }

  /** Something is due now. */
  wake(): void {
    if (this.#running === undefined) this.#schedule(0);
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    await this.#running;
  }

  /** Sends what is due; returns how many requests that were. */
  async sendDue(): Promise<number> {
    let count = 0;
    for (;;) {
      const due = dueDeliveries(this.#options.control, AT_A_TIME);
      if (due.length === 0 || this.#isStopped) return count;
      await Promise.all(due.map((delivery) => this.#send(delivery)));
      count += due.length;
    }
  }

  #schedule(milliseconds: number): void {
    if (this.#isStopped) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#running = this.#look();
    }, milliseconds);
    this.#timer.unref();
  }

  async #look(): Promise<void> {
    try {
      await this.sendDue();
    } catch (error) {
      this.#options.log("error", "webhooks", { error: String((error as Error).message) });
    } finally {
      this.#running = undefined;
      this.#schedule(LOOK_EVERY_MS);
    }
  }

  async #send(delivery: Delivery): Promise<void> {
    const { control, post, metrics } = this.#options;
    const webhook = requireWebhook(control, delivery.webhookId);
    let status: number | null = null;
    let failure: string | null = null;
    try {
      const body = JSON.stringify(await this.#payload(delivery, webhook));
      ({ status } = await post(webhook.url, body, signedHeaders(webhook, delivery, body, control.now())));
      if (status < 200 || status >= 300) failure = `The receiver answered ${status}.`;
    } catch (error) {
      failure = (error as Error).message.slice(0, 300);
    }
    const attempts = delivery.attempts + 1;
    const isOver = failure !== null && attempts >= MAX_ATTEMPTS;
    const pause = Math.min(FIRST_PAUSE_MS * 2 ** (attempts - 1), LONGEST_PAUSE_MS);
    noteAttempt(control, delivery, {
      status,
      error: failure,
      retryAt: failure === null || isOver ? null : control.now() + pause,
    });
    metrics.observeDelivery(failure === null ? "delivered" : isOver ? "given_up" : "failed");
  }

  /** Mem0's shape. Texts are read now: what was purged meanwhile is not told. */
  async #payload(
    { eventType, memoryId, projectId, number }: Delivery,
    { name }: Webhook,
  ): Promise<Record<string, unknown>> {
    const event = eventType.replace("memory_", "").toUpperCase();
    const item = eventType === "memory_delete" ? null : await this.#options.projects.memoryOf(projectId).get(memoryId);
    return {
      event_details: {
        id: memoryId,
        data: { memory: item?.memory ?? null },
        event,
        ...(eventType === "memory_categorize" ? { categories: item?.categories ?? [] } : {}),
      },
      delivery_id: number,
      webhook: name,
      project_id: projectId,
      user_id: item?.user_id ?? null,
    };
  }
}

/** Signature over "timestamp.body", so that neither can be changed nor an old one be sent again. */
export function signedHeaders(
  webhook: Pick<Webhook, "secret">,
  delivery: Pick<Delivery, "number">,
  body: string,
  now: number,
): Record<string, string> {
  const timestamp = String(Math.floor(now / 1000));
  const signature = createHmac("sha256", webhook.secret).update(`${timestamp}.${body}`).digest("hex");
  return {
    "Content-Type": "application/json",
    "User-Agent": "recollect-webhooks",
    "X-Recollect-Timestamp": timestamp,
    "X-Recollect-Signature": `sha256=${signature}`,
    "X-Recollect-Delivery": String(delivery.number),
  };
}
