import type { MemoryConfig } from "../config.ts";
import type { Memory } from "../memory.ts";
import type { GraphDoor, MemoryDoor } from "./session.ts";

/** A Memory whose code is loaded with the first call: a client that starts waits for the handshake, not for the engine. */
export class LazyMemory implements MemoryDoor {
  readonly #config: MemoryConfig;
  #opened: Promise<Memory> | undefined;

  constructor(config: MemoryConfig) {
    this.#config = config;
  }

  /** Loads the code ahead of the first call; the file is opened by that call. */
  load(): void {
    // What fails here fails again, and is told, with the first call.
    this.#open().catch(() => (this.#opened = undefined));
  }

  readonly add: MemoryDoor["add"] = async (...given) => (await this.#open()).add(...given);
  readonly search: MemoryDoor["search"] = async (...given) => (await this.#open()).search(...given);
  readonly context: MemoryDoor["context"] = async (...given) => (await this.#open()).context(...given);
  readonly timeline: MemoryDoor["timeline"] = async (...given) => (await this.#open()).timeline(...given);
  readonly digest: MemoryDoor["digest"] = async (...given) => (await this.#open()).digest(...given);
  readonly getAll: MemoryDoor["getAll"] = async (...given) => (await this.#open()).getAll(...given);
  readonly get: MemoryDoor["get"] = async (...given) => (await this.#open()).get(...given);
  readonly update: MemoryDoor["update"] = async (...given) => (await this.#open()).update(...given);
  readonly delete: MemoryDoor["delete"] = async (...given) => (await this.#open()).delete(...given);
  readonly deleteAll: MemoryDoor["deleteAll"] = async (...given) => (await this.#open()).deleteAll(...given);
  readonly relations: MemoryDoor["relations"] = async (...given) => (await this.#open()).relations(...given);
  readonly mentions: MemoryDoor["mentions"] = async (...given) => (await this.#open()).mentions(...given);
  readonly neighbours: MemoryDoor["neighbours"] = async (...given) => (await this.#open()).neighbours(...given);
  readonly graph: GraphDoor = {
    read: async (...given) => (await this.#open()).graph.read(...given),
    createEntities: async (...given) => (await this.#open()).graph.createEntities(...given),
    createRelations: async (...given) => (await this.#open()).graph.createRelations(...given),
    addObservations: async (...given) => (await this.#open()).graph.addObservations(...given),
    deleteEntities: async (...given) => (await this.#open()).graph.deleteEntities(...given),
    deleteObservations: async (...given) => (await this.#open()).graph.deleteObservations(...given),
    deleteRelations: async (...given) => (await this.#open()).graph.deleteRelations(...given),
  };
  readonly users: MemoryDoor["users"] = async () => (await this.#open()).users();

  async close(): Promise<void> {
    await (await this.#opened)?.close();
  }

  #open(): Promise<Memory> {
    this.#opened ??= import("../memory.ts").then(({ Memory: Opened }) => new Opened(this.#config));
    return this.#opened;
  }
}
