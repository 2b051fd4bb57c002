import { Fuzzer } from "./server-fuzz.ts";
import type { FuzzRequest, OpenApi } from "./server-fuzz.ts";
import type { Known } from "./server-schema-values.ts";
import { sendRaw } from "./server-raw.ts";
import type { RawReply } from "./server-raw.ts";
import { startTestServer } from "./test-server.ts";
import type { TestServer } from "./test-server.ts";

export interface FuzzReport {
  readonly statuses: Readonly<Record<string, number>>;
  /** What must not be: each with the request that led to it. */
  readonly problems: readonly string[];
}

const AT_A_TIME = 16;
/** Requests whose answer says nothing in a body. */
const BODILESS = new Set(["HEAD"]);

/** Sends `count` malformed requests to a server of its own and judges each answer. */
export async function fuzzServer(count: number, random: () => number): Promise<FuzzReport> {
  // So long that the limit of one key is not what is tested.
  const server = await startTestServer({
    requestsPerMinute: 10_000_000,
    maxBodyBytes: 300_000,
    // Some requests announce a body that never comes.
    headTimeoutMs: 1_000,
    requestTimeoutMs: 3_000,
  });
  try {
    const document = (await server.call("GET", "/openapi.json")).body as OpenApi;
    const { keys, known } = await furnish(server);
    const fuzzer = new Fuzzer(document, { keys, known, random });
    const statuses: Record<string, number> = {};
    const problems: string[] = [];
    let sent = 0;
    const work = async (): Promise<void> => {
      while (sent < count && problems.length < 20) {
        sent += 1;
        const request = fuzzer.next();
        try {
          const reply = await sendRaw(server.url, request.bytes);
          statuses[reply?.status ?? "closed"] = (statuses[reply?.status ?? "closed"] ?? 0) + 1;
          const problem = problemOf(request, reply);
          if (problem !== null) problems.push(problem);
        } catch (error) {
          problems.push(`${(error as Error).message}: ${shown(request)}`);
        }
      }
    };
    await Promise.all(Array.from({ length: AT_A_TIME }, work));
    for (const line of server.lines) if (line.includes('"level":"error"')) problems.push(line.slice(0, 1500));
    const health = await server.call("GET", "/health/");
    if (health.status !== 200) problems.push(`/health answers ${health.status} afterwards`);
    const search = await server.call("POST", "/v3/memories/search/", {
      query: "Oslo",
      filters: { user_id: "after" },
    });
    if (search.status !== 200) problems.push(`a search answers ${search.status} afterwards`);
    return { statuses, problems };
  } finally {
    await server.remove();
  }
}

/** Keys of every role, and ids that are there. */
async function furnish(server: TestServer): Promise<{ keys: string[]; known: Known }> {
  const { org_id: org, project_id: project } = (await server.call("GET", "/v1/ping/")).body as Record<string, string>;
  const keys = [server.key, server.key];
  for (const role of ["reader", "member", "owner"]) {
    const made = await server.call("POST", "/api/v1/keys/", { label: role, role, project_id: project });
    keys.push((made.body as { key: string }).key);
  }
  const added = await server.call("POST", "/v3/memories/add/", {
    messages: [{ role: "user", content: "I live in Oslo." }],
    user_id: "ann",
    infer: false,
  });
  const { results, event_id: event } = added.body as { results: { id: string }[]; event_id: string };
  const webhook = await server.call("POST", `/api/v1/webhooks/projects/${project}/`, {
    name: "hook",
    url: "https://example.com/hook",
    event_types: ["memory_delete"],
  });
  return {
    keys,
    known: {
      id: [results[0]?.id ?? "", event],
      memory_id: [results[0]?.id ?? ""],
      org: [org ?? ""],
      project: [project ?? ""],
      webhook: [(webhook.body as { webhook_id: string }).webhook_id],
      type: ["user", "users"],
      entity_type: ["user", "users"],
      entity_id: ["ann"],
      name: ["ann"],
      user_id: ["ann", "bob"],
      number: ["1"],
      delivery: ["1"],
    },
  };
}

function problemOf(request: FuzzRequest, reply: RawReply | null): string | null {
  if (reply === null) return `the connection was closed without an answer: ${shown(request)}`;
  const { status, body } = reply;
  if (status === 500) return `500: ${body} ${shown(request)}`;
  if (BODILESS.has(request.method)) return null;
  if (status < 400) return null;
  try {
    const { code, request_id: id, message } = JSON.parse(body) as Record<string, unknown>;
    const isWhole = typeof code === "string" && typeof id === "string" && typeof message === "string";
    return isWhole ? null : `${status} without code and request_id: ${body.slice(0, 300)} ${shown(request)}`;
  } catch {
    return `${status} without JSON: ${JSON.stringify(body.slice(0, 300))} ${shown(request)}`;
  }
}

function shown({ operation, method, target, bytes }: FuzzRequest): string {
  return `[${operation}] ${method} ${target.slice(0, 200)} ${JSON.stringify(bytes.toString("latin1").slice(-600))}`;
}
