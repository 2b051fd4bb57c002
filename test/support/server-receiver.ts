import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";
import type { ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface ReceivedCall {
  readonly headers: Readonly<Record<string, string>>;
  /** As it came. */
  readonly text: string;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface Receiver {
  readonly url: string;
  readonly calls: ReceivedCall[];
  /** What happens to the next calls, one after the other; the last for ever. A number is a status. */
  answers: (number | "hang" | ((response: ServerResponse) => void))[];
  readonly close: () => void;
}

/** A receiver of webhooks, as somebody would write it who reads our documentation. */
export async function startReceiver(...answers: Receiver["answers"]): Promise<Receiver> {
  const http = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const text = Buffer.concat(chunks).toString();
      receiver.calls.push({
        headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)])),
        text,
        body: JSON.parse(text === "" ? "{}" : text) as Record<string, unknown>,
      });
      const next = (receiver.answers.length > 1 ? receiver.answers.shift() : receiver.answers[0]) ?? 200;
      if (next === "hang") return;
      if (typeof next === "function") next(response);
      else response.writeHead(next).end("{}");
    });
  });
  await new Promise<void>((resolve) => {
    http.listen(0, "127.0.0.1", resolve);
  });
  const receiver: Receiver = {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}/hook`,
    calls: [],
    answers,
    close: () => {
      http.closeAllConnections();
      http.close();
    },
  };
  return receiver;
}

/** Is it from who knows the secret, unchanged, and not older than five minutes? */
export function isGenuine({ headers, text }: ReceivedCall, secret: string, now: number = Date.now()): boolean {
  const timestamp = headers["x-recollect-timestamp"] ?? "";
  if (Math.abs(now / 1000 - Number(timestamp)) > 300) return false;
  const given = Buffer.from(headers["x-recollect-signature"] ?? "");
  const expected = Buffer.from(`sha256=${createHmac("sha256", secret).update(`${timestamp}.${text}`).digest("hex")}`);
  return given.length === expected.length && timingSafeEqual(given, expected);
}
