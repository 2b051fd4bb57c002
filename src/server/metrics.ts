import { Counter, Gauge, Histogram, Registry } from "prom-client";

/** What /metrics shows. Labels are names of operations and statuses, never ids of users or projects. */
export interface Metrics {
  readonly text: () => Promise<string>;
  readonly observeRequest: (operation: string, status: number, seconds: number) => void;
  readonly observeDelivery: (outcome: "delivered" | "failed" | "given_up") => void;
  readonly setInFlight: (count: number) => void;
}

export function createMetrics(openProjects: () => number): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const requests = new Histogram({
    name: "recollect_request_seconds",
    help: "Time from the first byte of a request to the end of its answer",
    labelNames: ["operation", "status"],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  });
  const deliveries = new Counter({
    name: "recollect_webhook_deliveries_total",
    help: "Webhook requests by what became of them",
    labelNames: ["outcome"],
    registers,
  });
  const inFlight = new Gauge({ name: "recollect_requests_in_flight", help: "Requests being answered", registers });
  const projects = new Gauge({
    name: "recollect_open_projects",
    help: "Projects whose file is open",
    registers,
  });
  const resident = new Gauge({ name: "process_resident_memory_bytes", help: "Resident memory", registers });
  return {
    text: () => {
      projects.set(openProjects());
      resident.set(process.memoryUsage.rss());
      return registry.metrics();
    },
    observeRequest: (operation, status, seconds) => requests.observe({ operation, status: String(status) }, seconds),
    observeDelivery: (outcome) => deliveries.inc({ outcome }),
    setInFlight: (count) => inFlight.set(count),
  };
}
