import { PassThrough } from "node:stream";
import { StdioServerTransport, serveStdio } from "@modelcontextprotocol/server/stdio";
import type { MemoryConfig } from "../config.ts";
import { buildServer } from "./build-server.ts";
import { LazyMemory } from "./lazy-memory.ts";
import { checkProfile } from "./profiles.ts";

export interface StdioOptions {
  /** The file, its models and limits. */
  readonly config: MemoryConfig;
  /** Id of the process that started this one, asked for as early as can be. */
  readonly parent: number;
  readonly userId: string;
  readonly profile: string;
  /** Ends the process after so long without a call, in milliseconds; 0: never. */
  readonly idleMs: number;
  /** Gets one line at a time; never stdout, which is the protocol's alone. */
  readonly log: (line: string) => void;
}

export type EndReason =
  | "stdin ended"
  | "the connection closed"
  | "the parent is gone"
  | "idle"
  | "SIGTERM"
  | "SIGINT"
  | "SIGHUP";

/** How often it is looked whether the parent still lives. */
const PARENT_LOOK_MS = 1_000;
/** How long after the first message the engine is loaded, when no call has asked for it. */
const LOAD_AFTER_MS = 50;
/** How long calls in hand may go on when the client has gone. */
const PATIENCE_MS = 2_000;
/** One client's searches: a small share of what the library may take. */
const VECTOR_CACHE_BYTES = 64 * 1024 * 1024;

/**
 * Serves one client over stdin and stdout until there is nobody left to serve: stdin ends, the parent dies, nothing is
 * asked for long, or the process is told to end. Resolves when the file is closed.
 */
export async function serveOverStdio({
  config,
  parent,
  userId,
  profile,
  idleMs,
  log,
}: StdioOptions): Promise<EndReason> {
  checkProfile(profile);
  const memory = new LazyMemory({ vectorCacheBytes: VECTOR_CACHE_BYTES, ...config, onWarning: log });
  const use = new Use();
  const session = {
    memory,
    userId,
    profile,
    isReadOnly: false,
    acrossUsers: true,
    onFailure: (error: unknown) => log(String((error as Error | null)?.stack ?? error)),
    onCall: () => use.begin(),
  };
  // Its own stream: with the end of stdin the transport would drop the answers of calls that still run.
  const input = new PassThrough();
  process.stdin.pipe(input, { end: false });
  const build = async (): Promise<Awaited<ReturnType<typeof buildServer>>> => {
    const server = await buildServer(session);
    // Once the first answer is out: it does not wait for what only calls need, and the first call does not either.
    setTimeout(() => memory.load(), LOAD_AFTER_MS).unref();
    return server;
  };
  const transport = new StdioServerTransport(input);
  const served = serveStdio(build, {
    transport,
    onerror: (error) => log(error.message),
  });
  const reason = await nobodyLeft({ parent, idleMs, use, transport });
  await use.settle(PATIENCE_MS);
  await served.close();
  await memory.close();
  return reason;
}

/** Calls in hand, and when the last one was. */
class Use {
  #calls = 0;
  #last = performance.now();

  /** @returns what to call when it is over. */
  begin(): () => void {
    this.#calls += 1;
    return () => {
      this.#calls -= 1;
      this.note();
    };
  }

  note(): void {
    this.#last = performance.now();
  }

  get idleMs(): number {
    return this.#calls > 0 ? 0 : performance.now() - this.#last;
  }

  /** Waits for the calls in hand, and for those that have been read but did not begin yet. */
  async settle(mostMs: number): Promise<void> {
    const end = performance.now() + mostMs;
    do {
      await new Promise((resolve) => {
        setTimeout(resolve, 10);
      });
    } while (this.#calls > 0 && performance.now() < end);
  }
}

function nobodyLeft({
  parent,
  idleMs,
  use,
  transport,
}: {
  readonly parent: number;
  readonly idleMs: number;
  readonly use: Use;
  readonly transport: StdioServerTransport;
}): Promise<EndReason> {
  return new Promise((resolve) => {
    // It closes itself over a message that is too long: nobody would be answered any more.
    const { onclose } = transport;
    // oxlint-disable-next-line unicorn/prefer-add-event-listener -- a transport is no event target
    transport.onclose = () => {
      onclose?.();
      resolve("the connection closed");
    };
    for (const event of ["end", "close", "error"] as const) process.stdin.once(event, () => resolve("stdin ended"));
    // A client that takes no answers any more is gone, too.
    process.stdout.once("error", () => resolve("stdin ended"));
    for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.once(signal, () => resolve(signal));
    process.stdin.on("data", () => use.note());
    const look = setInterval(() => {
      if (process.ppid !== parent) resolve("the parent is gone");
      else if (idleMs > 0 && use.idleMs > idleMs) resolve("idle");
    }, PARENT_LOOK_MS);
    look.unref();
  });
}
