import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { Memory } from "../../src/memory.ts";
import { chatReply, startProviderServer } from "../support/provider-server.ts";
import type { ProviderServer, ServerReply } from "../support/provider-server.ts";

/** Views made by a provider over HTTP: what is asked of it, and what becomes of its bad days. */

const SCHEMA = { type: "object", properties: { city: { type: "string" } } };
const ANSWER = JSON.stringify({ values: [{ path: "city", value: '"Braga"', memories: [1] }] });

let folder: string;
let server: ProviderServer;
const opened: Memory[] = [];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "recollect-views-"));
  const memory = open({});
  await memory.add("I live in Porto.", { userId: "alice", timestamp: "2026-01-01" });
  await memory.close();
});

afterEach(async () => {
  for (const memory of opened.splice(0)) await memory.close();
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

function open(config: object): Memory {
  const memory = new Memory({ dbPath: join(folder, "memory.db"), ...config });
  opened.push(memory);
  return memory;
}

async function withReplies(...replies: ServerReply[]): Promise<Memory> {
  server = await startProviderServer(...replies);
  const llm = { provider: "openai" as const, model: "gpt-5-mini", apiKey: "key", baseURL: `${server.url}/v1` };
  return open({ llm, modelTimeoutMs: 8_000 });
}

it("is asked for the form by its own means of structured answers, once", async () => {
  const memory = await withReplies(chatReply(ANSWER));
  const made = await memory.fillSchema({ userId: "alice", schema: SCHEMA });
  expect(made).toMatchObject({ values: { city: "Braga" }, madeBy: "model" });
  const body = server.requests[0]?.body as { response_format: object };
  expect(body.response_format).toMatchObject({ type: "json_schema", json_schema: { strict: true, name: "form" } });
  expect(JSON.stringify(body)).toContain("User lives in Porto");
  await memory.fillSchema({ userId: "alice", schema: SCHEMA });
  expect(server.requests).toHaveLength(1);
});

it.each<[string, ServerReply]>([
  ["a wrong key", { status: 401, body: { error: { message: "no" } } }],
  ["a page in place of JSON", { body: "<html>Bad gateway</html>" }],
  ["a connection reset in the middle", { reset: chatReply(ANSWER).body }],
  ["an answer cut off by a proxy", { truncate: chatReply(ANSWER).body }],
  ["no answer at all", "hang"],
  ["a refusal", chatReply("I'm sorry, I can't help with that.")],
])("%s: the rules' result stands, and the answer says why", async (_name, reply) => {
  const memory = await withReplies(reply);
  const made = await memory.fillSchema({ userId: "alice", schema: SCHEMA });
  expect(made).toMatchObject({ values: { city: "Porto" }, madeBy: "rules" });
  expect(made.warnings.join()).toMatch(/made by rules/u);
  expect(made.warnings.join()).not.toMatch(/\bkey\b.*"|html/u);
  const { calls } = await memory.ledger({ userId: "alice" });
  expect(calls[0]?.purpose).toBe("schema");
});
