import { trace } from "@opentelemetry/api";
import type { Span, Tracer } from "@opentelemetry/api";
import { afterEach, describe, expect, it } from "vitest";
import { traceRequest } from "./trace-request.ts";

afterEach(() => {
  trace.disable();
});

describe("traceRequest", () => {
  it("makes one span of a request, with its route and status and no content", async () => {
    const ended: { name: string; attributes: object; status: unknown }[] = [];
    const tracer = {
      startActiveSpan(name: string, _options: object, work: (span: Span) => unknown) {
        const seen = { name, attributes: {}, status: undefined as unknown };
        const span = {
          setAttributes: (attributes: object) => Object.assign(seen.attributes, attributes),
          setStatus: (status: unknown) => (seen.status = status),
          end: () => ended.push(seen),
        };
        return work(span as unknown as Span);
      },
    };
    trace.setGlobalTracerProvider({ getTracer: () => tracer as unknown as Tracer });
    const about = { method: "POST", path: "/v3/memories/search/", id: "r-1" };
    const done = await traceRequest("searchMemories", about, (request) => {
      request.status = 503;
      request.projectId = "proj_1";
      return Promise.resolve("done");
    });
    expect(done).toBe("done");
    expect(ended).toEqual([
      {
        name: "recollect searchMemories",
        attributes: {
          "http.request.method": "POST",
          "http.route": "/v3/memories/search/",
          "http.response.status_code": 503,
          "recollect.request_id": "r-1",
          "recollect.project_id": "proj_1",
        },
        status: { code: 2 },
      },
    ]);
  });

  it("ends the span of a request that fails, and works without any set-up", async () => {
    const about = { method: "GET", path: "/", id: "r-2" };
    await expect(traceRequest("ping", about, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  });
});
