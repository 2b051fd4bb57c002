import { SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";

/** What a request came to, for its span: names and numbers, no content. */
export interface TracedRequest {
  status: number;
  projectId: string | null;
}

/**
 * Runs a request in a span of OpenTelemetry. Without an SDK in the process (`node --import <your setup>`) it costs next
 * to nothing and nothing leaves the process.
 */
export async function traceRequest<Result>(
  operation: string,
  { method, path, id }: { readonly method: string; readonly path: string; readonly id: string },
  work: (request: TracedRequest) => Promise<Result>,
): Promise<Result> {
  const tracer = trace.getTracer("recollect");
  return tracer.startActiveSpan(`recollect ${operation}`, { kind: SpanKind.SERVER }, async (span) => {
    const request: TracedRequest = { status: 500, projectId: null };
    try {
      return await work(request);
    } finally {
      span.setAttributes({
        "http.request.method": method,
        "http.route": path,
        "http.response.status_code": request.status,
        "recollect.request_id": id,
        ...(request.projectId === null ? {} : { "recollect.project_id": request.projectId }),
      });
      if (request.status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
    }
  });
}
