import { join } from "node:path";
import { LRUCache } from "lru-cache";
import type { MemoryConfig } from "../config.ts";
import { Memory } from "../memory.ts";
import { rm } from "node:fs/promises";

/** Files that are open at a time; an idle one is closed for another. */
const DEFAULT_OPEN_PROJECTS = 200;

/** One SQLite file per project (design decision 10), opened when first asked for. */
export class ProjectRegistry {
  readonly #folder: string;
  readonly #config: (projectId: string) => MemoryConfig;
  readonly #open: LRUCache<string, Memory>;
  /** Memories that are on their way out: their calls end first. */
  readonly #closing = new Map<string, Promise<void>>();

  constructor(
    folder: string,
    config: (projectId: string) => MemoryConfig,
    openProjects: number = DEFAULT_OPEN_PROJECTS,
  ) {
    this.#folder = folder;
    this.#config = config;
    this.#open = new LRUCache<string, Memory>({
      max: openProjects,
      dispose: (memory, projectId) => {
        const closing = memory.close().finally(() => this.#closing.delete(projectId));
        this.#closing.set(projectId, closing);
      },
    });
  }

  get openCount(): number {
    return this.#open.size;
  }

  /** The project's memory; two of one file at a time do no harm while the older one closes. */
  memoryOf(projectId: string): Memory {
    const known = this.#open.get(projectId);
    if (known !== undefined) return known;
    const memory = new Memory({ ...this.#config(projectId), dbPath: this.pathOf(projectId) });
    this.#open.set(projectId, memory);
    return memory;
  }

  pathOf(projectId: string): string {
    return join(this.#folder, "projects", projectId, "memory.db");
  }

  /** Its settings have changed: the next call opens it with the new ones. */
  reopen(projectId: string): void {
    this.#open.delete(projectId);
  }

  /** The settings of all have changed. */
  reopenAll(): void {
    this.#open.clear();
  }

  /** Removes the project's file for good. */
  async remove(projectId: string): Promise<void> {
    this.#open.delete(projectId);
    await this.#closing.get(projectId);
    await rm(join(this.#folder, "projects", projectId), { recursive: true, force: true });
  }

  async close(): Promise<void> {
    this.#open.clear();
    await Promise.all(this.#closing.values());
  }
}
