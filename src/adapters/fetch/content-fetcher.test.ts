import { createServer } from "node:http";
import type { IncomingMessage, RequestListener, Server } from "node:http";
import type { AddressInfo } from "node:net";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { afterEach, describe, expect, it } from "vitest";
import type { MemoryErrorCode } from "../../errors.ts";
import { createContentFetcher } from "./content-fetcher.ts";
import { sendRequest } from "./send-request.ts";

const servers: Server[] = [];
const LOOPBACK = { allowPrivateAddresses: ["127.0.0.1"] };

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => {
      server.close(resolve);
    });
  }
});

/** A server on 127.0.0.1 that answers as told; its URL, without a path. */
async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function refusal(action: Promise<unknown>): Promise<{ code: MemoryErrorCode; message: string }> {
  return (await action.then(
    () => {
      throw new Error("It was not refused.");
    },
    (error: unknown) => error,
  )) as { code: MemoryErrorCode; message: string };
}

describe("content fetcher", () => {
  it("gets what a URL names, with no cookie and no credentials", async () => {
    const seen: IncomingMessage[] = [];
    const url = await serve((request, response) => {
      seen.push(request);
      response.setHeader("set-cookie", "a=1");
      response.end("# Title");
    });
    const fetcher = createContentFetcher(LOOPBACK);
    await fetcher.fetch(`${url}/a.md`);
    const { bytes, finalUrl, mediaType } = await fetcher.fetch(`${url}/a.md`);
    expect(Buffer.from(bytes).toString()).toBe("# Title");
    expect({ finalUrl, mediaType }).toEqual({ finalUrl: `${url}/a.md`, mediaType: "text/plain" });
    expect(Object.keys(seen[1]?.headers ?? {}).toSorted()).toEqual([
      "accept", "accept-encoding", "connection", "host", "user-agent",
    ]); // prettier-ignore
  });

  it("asks nothing of a private address", async () => {
    let requests = 0;
    const url = await serve((_request, response) => {
      requests += 1;
      response.end("secret");
    });
    const error = await refusal(createContentFetcher().fetch(url));
    expect(error).toMatchObject({ code: "invalid_input" });
    expect(error.message).toContain("not a public address");
    expect(requests).toBe(0);
  });

  it.each(["http://127.0.0.2/", "http://[::1]/", "http://169.254.169.254/", "http://2852039166/", "//10.0.0.1/x"])(
    "does not follow a redirect to %s",
    async (location) => {
      const url = await serve((_request, response) => {
        response.writeHead(302, { location }).end();
      });
      const error = await refusal(createContentFetcher(LOOPBACK).fetch(url));
      expect(error).toMatchObject({ code: "invalid_input" });
      expect(error.message).toContain("not a public address");
    },
  );

  it.each(["file:///etc/passwd", "data:text/plain,x", "ftp://127.0.0.1/"])(
    "does not follow a redirect to %s",
    async (location) => {
      const url = await serve((_request, response) => {
        response.writeHead(301, { location }).end();
      });
      const error = await refusal(createContentFetcher(LOOPBACK).fetch(url));
      expect(error.message).toContain("which is not followed");
    },
  );

  it("does not follow a redirect to a name that stands for a private address", async () => {
    const url = await serve((_request, response) => {
      response.writeHead(302, { location: "http://inside.example/" }).end();
    });
    const fetcher = createContentFetcher({ ...LOOPBACK, resolve: async () => ["10.1.2.3"] });
    expect((await refusal(fetcher.fetch(url))).message).toContain("inside.example (10.1.2.3) is not a public address");
  });

  it("follows three redirects and no fourth", async () => {
    const url = await serve((request, response) => {
      const left = Number(request.url?.slice(1));
      if (left === 0) response.end("here");
      else response.writeHead(307, { location: `/${left - 1}` }).end("moved");
    });
    const fetcher = createContentFetcher(LOOPBACK);
    expect(await fetcher.fetch(`${url}/3`)).toMatchObject({ finalUrl: `${url}/0` });
    expect((await refusal(fetcher.fetch(`${url}/4`))).message).toContain("more than 3 times");
  });

  it("connects to the address it has checked: a name that changes its mind gains nothing", async () => {
    let requests = 0;
    const url = await serve((_request, response) => {
      requests += 1;
      response.end("inside");
    });
    const port = new URL(url).port;
    // The first answer is checked and used; a second look-up, which would lead elsewhere, never comes.
    const answers = [["127.0.0.1"], ["127.0.0.9"]];
    let lookups = 0;
    const resolve = async (): Promise<string[]> => answers[lookups++] ?? [];
    const fetcher = createContentFetcher({ ...LOOPBACK, resolve });
    await fetcher.fetch(`http://rebinding.example:${port}/`);
    expect({ lookups, requests }).toEqual({ lookups: 1, requests: 1 });
    // The next connection is looked up and checked anew.
    expect((await refusal(fetcher.fetch(`http://rebinding.example:${port}/`))).message).toContain("127.0.0.9");
    expect(requests).toBe(1);
  });

  it("refuses a name of which one address is private", async () => {
    const fetcher = createContentFetcher({ resolve: async () => ["93.184.216.34", "127.0.0.1"] });
    expect((await refusal(fetcher.fetch("http://mixed.example/"))).message).toContain("(127.0.0.1)");
  });

  it("says so when there is no such host", async () => {
    const fetcher = createContentFetcher({ resolve: async () => [] });
    expect((await refusal(fetcher.fetch("http://none.example/"))).message).toContain("no host none.example");
  });

  it("gives up on a slow drip at the time limit", async () => {
    const url = await serve((_request, response) => {
      response.write("a");
      const timer = setInterval(() => response.write("a"), 10);
      response.on("close", () => {
        clearInterval(timer);
      });
    });
    const start = performance.now();
    const error = await refusal(createContentFetcher(LOOPBACK).fetch(url, { totalMs: 200 }));
    expect(error.code).toBe("timeout");
    expect(performance.now() - start).toBeLessThan(2_000);
  });

  it("gives up on a server that says nothing, on slow redirects, and on a slow look-up", async () => {
    const silent = await serve(() => undefined);
    expect((await refusal(createContentFetcher(LOOPBACK).fetch(silent, { totalMs: 150 }))).code).toBe("timeout");
    const circle = await serve((_request, response) => {
      setTimeout(() => response.writeHead(302, { location: "/" }).end(), 80);
    });
    const limits = { totalMs: 200, maxRedirects: 100 };
    expect((await refusal(createContentFetcher(LOOPBACK).fetch(circle, limits))).code).toBe("timeout");
    const slow = createContentFetcher({ resolve: () => new Promise(() => undefined) });
    const error = await refusal(slow.fetch("http://slow.example/", { connectMs: 100 }));
    expect(error).toMatchObject({ code: "timeout" });
    expect(error.message).toContain("no connection within 100 ms");
  });

  it("ends when the caller does", async () => {
    const url = await serve(() => undefined);
    const caller = new AbortController();
    const fetching = refusal(createContentFetcher(LOOPBACK).fetch(url, {}, caller.signal));
    setTimeout(() => {
      caller.abort();
    }, 50);
    expect((await fetching).code).toBe("aborted");
    expect((await refusal(createContentFetcher(LOOPBACK).fetch(url, {}, AbortSignal.abort()))).code).toBe("aborted");
  });

  it("reads no more than allowed, announced or not", async () => {
    let written = 0;
    const url = await serve((request, response) => {
      if (request.url === "/announced") response.setHeader("content-length", "5000000");
      const write = (): void => {
        while (written < 5_000_000) {
          written += 10_000;
          if (!response.write("a".repeat(10_000))) break;
        }
        if (written < 5_000_000) response.once("drain", write);
        else response.end();
      };
      write();
    });
    const fetcher = createContentFetcher({ ...LOOPBACK, limits: { maxBytes: 1_000 } });
    expect((await refusal(fetcher.fetch(url))).message).toContain("at most 1000 bytes");
    expect(written).toBeLessThan(5_000_000);
    expect((await refusal(fetcher.fetch(`${url}/announced`))).message).toContain("it has 5000000");
  });

  it("unpacks what is packed, and gives up on what grows", async () => {
    const packers = { gzip: gzipSync, deflate: deflateSync, br: brotliCompressSync };
    const url = await serve((request, response) => {
      const [, encoding = "", size = ""] = request.url?.split("/") ?? [];
      const pack = packers[encoding as keyof typeof packers];
      response.setHeader("content-encoding", encoding);
      response.end(pack(Buffer.alloc(Number(size), "a")));
    });
    const fetcher = createContentFetcher({ ...LOOPBACK, limits: { maxBytes: 1_000_000 } });
    for (const encoding of Object.keys(packers)) {
      expect((await fetcher.fetch(`${url}/${encoding}/1000000`)).bytes).toHaveLength(1_000_000);
      const error = await refusal(fetcher.fetch(`${url}/${encoding}/100000000`));
      expect(error.message).toContain("at most 1000000 bytes");
    }
  });

  it("says so when an answer breaks off, is packed wrongly or is an error", async () => {
    const url = await serve((request, response) => {
      if (request.url === "/gzip") response.writeHead(200, { "content-encoding": "gzip" }).end("no gzip at all");
      else if (request.url === "/odd") response.writeHead(200, { "content-encoding": "odd" }).end("x");
      else if (request.url === "/reset") {
        response.writeHead(200, { "content-length": "1000" });
        response.write("half", () => request.socket.destroy());
      } else response.writeHead(503).end("later");
    });
    const fetcher = createContentFetcher(LOOPBACK);
    expect((await refusal(fetcher.fetch(`${url}/gzip`))).message).toContain("compression is broken");
    expect((await refusal(fetcher.fetch(`${url}/odd`))).message).toContain('packed as "odd"');
    expect(await refusal(fetcher.fetch(`${url}/reset`))).toMatchObject({ code: "provider_failed", retryable: true });
    const error = await refusal(fetcher.fetch(`${url}/503`));
    expect(error).toMatchObject({ code: "provider_failed", retryable: true, details: { status: 503 } });
  });

  it("believes the bytes, not the declared type", async () => {
    const url = await serve((request, response) => {
      const [, type = "", body = ""] = /^\/(.*)!(.*)$/u.exec(decodeURIComponent(request.url ?? "")) ?? [];
      response.writeHead(200, { "content-type": type }).end(Buffer.from(body, "base64"));
    });
    const fetcher = createContentFetcher(LOOPBACK);
    const typeOf = async (type: string, body: string | Buffer): Promise<string> =>
      (await fetcher.fetch(`${url}/${encodeURIComponent(`${type}!${Buffer.from(body).toString("base64")}`)}`))
        .mediaType;
    expect(await typeOf("image/png", "<!DOCTYPE html><p>no picture")).toBe("text/html");
    expect(await typeOf("image/png", "plain")).toBe("text/plain");
    expect(await typeOf("text/html", "%PDF-1.7 …")).toBe("application/pdf");
    expect(await typeOf("text/markdown; charset=utf-8", "# Title")).toBe("text/markdown");
    expect(await typeOf("text/plain", Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0]))).toBe("image/png");
    expect(await typeOf("text/plain", Buffer.from([0, 1, 2, 3]))).toBe("application/octet-stream");
  });

  it("decodes data URLs without a request", async () => {
    const fetcher = createContentFetcher({ limits: { maxBytes: 100 } });
    const decoded = await fetcher.fetch("data:text/markdown;base64,IyBUaXRsZQ==");
    expect(Buffer.from(decoded.bytes).toString()).toBe("# Title");
    expect(decoded).toMatchObject({ mediaType: "text/markdown", finalUrl: "data:text/markdown;base64" });
    expect(Buffer.from((await fetcher.fetch("data:,a%20b%C3%A9")).bytes).toString()).toBe("a bé");
    for (const bad of ["data:x", "data:,%zz", "data:;base64,!!!!", `data:,${"a".repeat(101)}`])
      expect(await refusal(fetcher.fetch(bad))).toMatchObject({ code: "invalid_input" });
    const large = await refusal(fetcher.fetch(`data:;base64,${"A".repeat(1000)}`));
    expect(large.message).toContain("at most 100 bytes");
  });
});

describe("sendRequest", () => {
  it("sends a body to a host that may be reached, and follows nothing", async () => {
    let got = "";
    const url = await serve((request, response) => {
      request.on("data", (chunk: Buffer) => (got += chunk.toString()));
      request.on("end", () => response.writeHead(302, { location: "http://127.0.0.2/" }).end("moved"));
    });
    const request = {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: '{"a":1}',
      maxBytes: 1000,
      connectMs: 1000,
      signal: AbortSignal.timeout(2000),
    } as const;
    expect(await sendRequest(url, request, LOOPBACK)).toMatchObject({ status: 302 });
    expect(got).toBe('{"a":1}');
    expect((await refusal(sendRequest(url, request))).code).toBe("invalid_input");
  });
});
