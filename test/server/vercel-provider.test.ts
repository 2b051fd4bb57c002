import { createRequire } from "node:module";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestServer } from "../support/test-server.ts";
import type { TestServer } from "../support/test-server.ts";

interface Provider {
  addMemories(messages: object[], config: object): Promise<unknown>;
  searchMemories(query: string, config: object): Promise<unknown>;
  retrieveMemories(query: string, config: object): Promise<string>;
  getMemories(query: string, config: object): Promise<unknown>;
}

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(async () => {
  await server.remove();
});

describe("@mem0/vercel-ai-provider 3.0.2", () => {
  it("adds, searches and retrieves", async () => {
    const provider = createRequire(join(import.meta.dirname, "../clients/package.json"))(
      "@mem0/vercel-ai-provider",
    ) as Provider;
    const config = { user_id: "kim", mem0ApiKey: server.key, host: server.url };
    const messages = [{ role: "user", content: [{ type: "text", text: "I teach the violin in Ghent." }] }];
    await provider.addMemories(messages, config);
    const found = JSON.stringify(await provider.searchMemories("What does Kim teach?", config));
    expect(found).toContain("violin");
    expect(await provider.retrieveMemories("What does Kim teach?", config)).toContain("violin");
    expect(JSON.stringify(await provider.getMemories("What does Kim teach?", config))).toContain("violin");
  });
});
