import { Agent, request } from "node:http";

export interface Answer {
  readonly status: number;
  readonly text: string;
  /** From the first byte sent to the last received. */
  readonly milliseconds: number;
}

/** Requests over kept connections to one server with one key. */
export class HttpLoad {
  readonly #agent: Agent;
  readonly #url: URL;
  readonly #key: string;

  constructor(url: string, key: string, connections: number) {
    this.#url = new URL(url);
    this.#key = key;
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections });
  }

  send(method: string, path: string, body?: unknown): Promise<Answer> {
    const bytes = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
    const start = performance.now();
    return new Promise((resolve, reject) => {
      const outgoing = request(
        {
          host: this.#url.hostname,
          port: this.#url.port,
          method,
          path,
          agent: this.#agent,
          headers: {
            authorization: `Token ${this.#key}`,
            ...(bytes === undefined ? {} : { "content-type": "application/json", "content-length": bytes.length }),
          },
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on("data", (chunk: Buffer) => chunks.push(chunk));
          response.on("error", reject);
          response.on("end", () => {
            const milliseconds = performance.now() - start;
            resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString(), milliseconds });
          });
        },
      );
      outgoing.on("error", reject);
      outgoing.end(bytes);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}

/** Keeps `inFlight` calls of `work` going until it has begun `count` of them, or `until` is over. */
export async function keepInFlight(
  inFlight: number,
  limit: { readonly count?: number; readonly milliseconds?: number },
  work: (number: number) => Promise<void>,
): Promise<number> {
  const { count = Number.POSITIVE_INFINITY, milliseconds = Number.POSITIVE_INFINITY } = limit;
  const end = performance.now() + milliseconds;
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < count && performance.now() < end) {
      const mine = next;
      next += 1;
      await work(mine);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, worker));
  return next;
}
