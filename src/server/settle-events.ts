import { endEvent, markRunning, openEvents } from "./control/events.ts";
import type { ControlStore } from "./control/control-store.ts";
import type { Log } from "./log.ts";
import type { ProjectRegistry } from "./project-registry.ts";
import { announce } from "./webhooks/announce.ts";
import type { WebhookSender } from "./webhooks/webhook-sender.ts";

const LOOK_EVERY_MS = 1_000;
const AT_A_TIME = 200;

export interface EventSettlerOptions {
  readonly control: ControlStore;
  readonly projects: Pick<ProjectRegistry, "memoryOf">;
  readonly webhooks: WebhookSender;
  readonly log: Log;
}

/**
 * Ends the events of adds whose messages a language model has seen by now. It only looks: the work itself is in the
 * project's own queue, so nothing is lost with the process, and a restarted one goes on looking.
 */
export class EventSettler {
  readonly #options: EventSettlerOptions;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<void> | undefined;
  #isStopped = false;

  constructor(options: EventSettlerOptions) {
    this.#options = options;
  }

  start(): void {
    if (this.#isStopped) return;
    this.#timer = setTimeout(() => {
      this.#running = this.#look();
    }, LOOK_EVERY_MS);
    this.#timer.unref();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    await this.#running;
  }

  /** Ends what is over; returns how many events that were. */
  async settleDue(): Promise<number> {
    const { control, projects } = this.#options;
    let count = 0;
    for (const event of openEvents(control, AT_A_TIME)) {
      const { pending, results } = await projects.memoryOf(event.projectId).progress(event.messageIds);
      if (pending > 0) {
        markRunning(control, event.id);
        continue;
      }
      const added = results.map(({ id }) => ({ id, event: "ADD" }));
      if (!endEvent(control, event.id, { status: "SUCCEEDED", results: added })) continue;
      announce(this.#options, event.projectId, added);
      count += 1;
    }
    return count;
  }

  async #look(): Promise<void> {
    try {
      await this.settleDue();
    } catch (error) {
      this.#options.log("error", "events", { error: String((error as Error).message) });
    } finally {
      this.#running = undefined;
      this.start();
    }
  }
}
