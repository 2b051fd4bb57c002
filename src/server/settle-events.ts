import { endEvent, markRunning, openEvents } from "./control/events.ts";
import type { ServerEvent } from "./control/events.ts";
import type { ControlStore } from "./control/control-store.ts";
import type { Log } from "./log.ts";
import type { ProjectRegistry } from "./project-registry.ts";
import { announce } from "./webhooks/announce.ts";
import type { WebhookSender } from "./webhooks/webhook-sender.ts";

const LOOK_EVERY_MS = 1_000;
const AT_A_TIME = 500;

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
  /** The last event that was looked at; "" begins from the oldest. */
  #after = "";

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

  /**
   * Ends what is over among the next events that are open; returns how many that were. It goes round: thousands that
   * wait long keep no later one waiting.
   */
  async settleDue(): Promise<number> {
    const { control, log } = this.#options;
    const failed = new Set<string>();
    let count = 0;
    const page = openEvents(control, this.#after, AT_A_TIME);
    this.#after = page.length < AT_A_TIME ? "" : (page.at(-1)?.id ?? "");
    for (const event of page) {
      if (this.#isStopped) break;
      // A project that cannot be read keeps its own events waiting, nobody else's.
      if (failed.has(event.projectId)) continue;
      try {
        if (await this.#settle(event)) count += 1;
      } catch (error) {
        failed.add(event.projectId);
        log("error", "events", { project_id: event.projectId, error: String((error as Error).message) });
      }
    }
    return count;
  }

  async #settle(event: ServerEvent): Promise<boolean> {
    const { control, projects } = this.#options;
    const { pending, results } = await projects.memoryOf(event.projectId).progress(event.messageIds);
    if (pending > 0) {
      markRunning(control, event.id);
      return false;
    }
    const added = results.map(({ id }) => ({ id, event: "ADD" }));
    // Together: an event that is over has told its webhooks, whenever the process ends.
    return control.transaction(() => {
      if (!endEvent(control, event.id, { status: "SUCCEEDED", results: added })) return false;
      announce(this.#options, event.projectId, added);
      return true;
    });
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
