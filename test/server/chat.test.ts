import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { chatReply, startProviderServer } from "../support/provider-server.ts";
import type { ProviderServer } from "../support/provider-server.ts";
import { requireClient } from "../support/clients.ts";
import type { Json } from "../support/clients.ts";
import { startServerProcess } from "../support/server-process.ts";
import { startTestServer } from "../support/test-server.ts";
import type { TestServer } from "../support/test-server.ts";

interface Completion {
  readonly choices: readonly { readonly message: { readonly content: string } }[];
}
interface OpenAIClient {
  readonly models: { list(): Promise<AsyncIterable<{ id: string }>> };
  readonly chat: {
    readonly completions: {
      create(
        body: object,
        options?: object,
      ): Promise<Completion & AsyncIterable<{ choices: { delta: { content?: string } }[] }>>;
    };
  };
}
interface Sent {
  readonly messages: readonly { readonly role: string; readonly content: string }[];
}

const { OpenAI } = requireClient("openai") as { OpenAI: new (options: object) => OpenAIClient };

let server: TestServer;
let upstream: ProviderServer;
let client: OpenAIClient;

beforeAll(async () => {
  upstream = await startProviderServer(chatReply("Noted."));
  server = await startTestServer({
    chat: { baseURL: `${upstream.url}/v1`, apiKey: "sk-upstream", tokenBudget: 200, model: "house-model" },
  });
  client = new OpenAI({ apiKey: server.key, baseURL: `${server.url}/v1` });
});

afterEach(() => {
  upstream.requests.length = 0;
  upstream.replies = [chatReply("Noted.")];
});

afterAll(async () => {
  await server.remove();
  await upstream.close();
});

const create = (content: string, more: object = {}, options: object = {}): ReturnType<typeof createWith> =>
  createWith([{ role: "user", content }], more, options);
const createWith = (
  messages: object[],
  more: object,
  options: object,
): ReturnType<OpenAIClient["chat"]["completions"]["create"]> =>
  client.chat.completions.create({ model: "scripted", messages, ...more }, options);

/** Reads a streamed answer to its end. */
const listen = async (content: string, user: string): Promise<void> => {
  for await (const part of await create(content, { user, stream: true })) expect(part).toBeDefined();
};

const sent = (index = -1): Sent => upstream.requests.at(index)?.body as Sent;

/** Everything that was said in a scope, oldest first. */
async function said(userId: string): Promise<{ role: string; text: string; metadata: Json }[]> {
  const { body } = await server.call("POST", "/v3/memories/", { filters: { user_id: userId }, kinds: ["message"] });
  return (body as { results: { memory: string; role: string; metadata: Json; recorded_at: string }[] }).results
    .toSorted((one, other) => one.recorded_at.localeCompare(other.recorded_at))
    .map(({ role, memory, metadata }) => ({ role, text: memory, metadata }));
}

const events = (...texts: string[]): { body: string; headers: Record<string, string> } => ({
  body: [
    ...texts.map(
      (content) =>
        `data: ${JSON.stringify({ id: "c", object: "chat.completion.chunk", choices: [{ index: 0, delta: { content } }] })}\n\n`,
    ),
    "data: [DONE]\n\n",
  ].join(""),
  headers: { "content-type": "text/event-stream" },
});

describe("the official openai client", () => {
  it("gets the upstream's answer; both sides of it are kept, and recalled the next time", async () => {
    upstream.replies = [chatReply("A lentil soup would suit you.")];
    const first = await create("I'm vegetarian and I live in Porto.", { user: "alice" });
    expect(first.choices[0]?.message.content).toBe("A lentil soup would suit you.");
    expect(sent().messages).toEqual([{ role: "user", content: "I'm vegetarian and I live in Porto." }]);
    expect(upstream.requests[0]?.headers["authorization"]).toBe("Bearer sk-upstream");
    expect(upstream.requests[0]?.path).toBe("/v1/chat/completions");
    expect(await said("alice")).toMatchObject([
      { role: "user", text: "I'm vegetarian and I live in Porto." },
      { role: "assistant", text: "A lentil soup would suit you." },
    ]);
    await createWith(
      [
        { role: "system", content: "Be brief." },
        { role: "user", content: "What should I cook tonight?" },
      ],
      { user_id: "alice" },
      {},
    );
    const [system, recalled, question] = sent().messages;
    expect(system).toEqual({ role: "system", content: "Be brief." });
    expect(recalled?.role).toBe("system");
    expect(recalled?.content).toMatch(/vegetarian/u);
    // What is recalled is fenced as data.
    expect(recalled?.content).toMatch(/^<\w/u);
    expect(question).toEqual({ role: "user", content: "What should I cook tonight?" });
    expect(sent()).not.toHaveProperty("user_id");
  });

  it("streams word for word; what was said is stored before the end is sent", async () => {
    const reply = events("Try ", "the ridge ", "hike.");
    upstream.replies = [reply];
    const parts: string[] = [];
    for await (const { choices } of await create("Where do I hike?", { user: "bob", stream: true }))
      parts.push(choices[0]?.delta.content ?? "");
    expect(parts).toEqual(["Try ", "the ridge ", "hike."]);
    expect(await said("bob")).toMatchObject([
      { role: "user", text: "Where do I hike?" },
      { role: "assistant", text: "Try the ridge hike." },
    ]);
    upstream.replies = [reply];
    const raw = await fetch(`${server.url}/v1/chat/completions`, {
      method: "POST",
      headers: { authorization: `Bearer ${server.key}`, "content-type": "application/json", "x-user-id": "bob" },
      body: JSON.stringify({ model: "m", stream: true, messages: [{ role: "user", content: "Again?" }] }),
    });
    expect(raw.headers.get("content-type")).toContain("text/event-stream");
    expect(Number(raw.headers.get("x-memory-tokens"))).toBeGreaterThan(0);
    expect(await raw.text()).toBe(reply.body);
  });

  it("keeps only what is new of a conversation, and nothing twice when the client tries again", async () => {
    upstream.replies = [{ status: 500, body: { error: { message: "overloaded" } } }, chatReply("Bergen it is.")];
    const answer = await createWith(
      [
        { role: "user", content: "I said this before." },
        { role: "assistant", content: "You did." },
        { role: "user", content: [{ type: "text", text: "Name my island town." }] },
      ],
      { user: "carla" },
      { maxRetries: 2 },
    );
    expect(answer.choices[0]?.message.content).toBe("Bergen it is.");
    expect(upstream.requests).toHaveLength(2);
    expect((await said("carla")).map(({ text }) => text)).toEqual(["Name my island town.", "Bergen it is."]);
  });

  it("stays within the token budget, and can go without recall or without keeping", async () => {
    for (let index = 0; index < 60; index += 1)
      await server.call("POST", "/v3/memories/add/", {
        messages: [{ role: "user", content: `Island ${index} has a lighthouse keeper called Number ${index}.` }],
        user_id: "dan",
        infer: false,
      });
    await create("Which islands have a lighthouse keeper?", { user: "dan", remember: false });
    const [recalled] = sent().messages;
    expect(recalled?.content).toMatch(/lighthouse/u);
    expect(recalled?.content.length).toBeLessThan(200 * 6);
    expect((await said("dan")).map(({ text }) => text)).not.toContain("Which islands have a lighthouse keeper?");
    await create("Which islands?", { user: "dan", recall: false, remember: false });
    expect(sent().messages).toHaveLength(1);
  });

  it("never recalls another user's", async () => {
    await create("What do I eat, and where do I live?", { user: "stranger" });
    expect(JSON.stringify(sent())).not.toMatch(/vegetarian|Porto/u);
  });

  it("hands on refusals, hides the server's own key trouble, and has kept what the user said", async () => {
    upstream.replies = [
      { status: 400, body: { error: { message: "no such parameter", type: "invalid_request_error" } } },
    ];
    await expect(create("A hike, please.", { user: "erin" })).rejects.toMatchObject({ status: 400 });
    upstream.replies = [{ status: 401, body: { error: { message: "sk-upstream is wrong" } } }];
    const refused = await create("A second hike.", { user: "erin" }, { maxRetries: 0 }).then(
      () => null,
      (error: unknown) => error as { status: number; message: string },
    );
    expect(refused?.status).toBe(502);
    expect(refused?.message).not.toContain("sk-upstream");
    upstream.replies = ["refuse"];
    await expect(create("A third hike.", { user: "erin" }, { maxRetries: 0 })).rejects.toMatchObject({ status: 502 });
    upstream.replies = [{ body: "<html>" }];
    await expect(create("A fourth hike.", { user: "erin" }, { maxRetries: 0 })).rejects.toMatchObject({ status: 502 });
    expect((await said("erin")).map(({ text }) => text)).toEqual([
      "A hike, please.",
      "A second hike.",
      "A third hike.",
      "A fourth hike.",
    ]);
  });

  it("keeps the part that was heard when the caller leaves or the upstream breaks off", async () => {
    const { body: text, headers } = events("Half of ", "an answer ", `${"about lentils ".repeat(400)}`);
    upstream.replies = [{ truncate: text.replace("data: [DONE]\n\n", ""), headers }];
    await expect(listen("Say much.", "fay")).rejects.toThrow(/malformed/u);
    upstream.replies = [{ drip: text, pauseMs: 1, headers }];
    const leave = new AbortController();
    const leaving = async (): Promise<void> => {
      const stream = await create("Say it again.", { user: "gus", stream: true }, { signal: leave.signal });
      let count = 0;
      for await (const part of stream) {
        expect(part).toBeDefined();
        count += 1;
        if (count === 2) leave.abort();
      }
    };
    await leaving().catch(() => null);
    await expect
      .poll(async () => (await said("gus")).at(-1), { timeout: 5_000 })
      .toMatchObject({
        role: "assistant",
        text: expect.stringContaining("Half of an answer") as string,
        metadata: { incomplete: true },
      });
    expect((await said("fay")).at(-1)).toMatchObject({
      role: "assistant",
      text: "Half of an answer ",
      metadata: { incomplete: true },
    });
  });

  it("hands a whole answer on as JSON where a stream was asked for, and keeps it", async () => {
    upstream.replies = [chatReply("All at once.")];
    const request = { model: "m", stream: true, user: "jay", messages: [{ role: "user", content: "Stream, please." }] };
    const { headers, body } = await server.call("POST", "/v1/chat/completions", request);
    expect(headers.get("content-type")).toContain("application/json");
    expect(body).toMatchObject({ choices: [{ message: { content: "All at once." } }] });
    expect((await said("jay")).map(({ text }) => text)).toEqual(["Stream, please.", "All at once."]);
  });

  it("lists the upstream's models, and fills in the model that a request leaves out", async () => {
    upstream.replies = [{ body: { object: "list", data: [{ id: "scripted", object: "model" }] } }];
    const ids: string[] = [];
    for await (const { id } of await client.models.list()) ids.push(id);
    expect(ids).toEqual(["scripted"]);
    expect(upstream.requests[0]).toMatchObject({ method: "GET", path: "/v1/models" });
    const request = { messages: [{ role: "user", content: "Which model are you?" }], user_id: "hal" };
    expect((await server.call("POST", "/v1/chat/completions/", request)).status).toBe(200);
    expect(upstream.requests.at(-1)?.body).toMatchObject({ model: "house-model" });
  });

  it("takes a tool's result on, and keeps nothing of it but what is said in the end", async () => {
    upstream.replies = [chatReply("It rains in Bergen.")];
    const called = { id: "t1", type: "function", function: { name: "weather", arguments: "{}" } };
    const messages = [
      { role: "user", content: "How is the weather?" },
      { role: "assistant", content: null, tool_calls: [called] },
      { role: "tool", tool_call_id: "t1", content: "rain" },
    ];
    const tools = [{ type: "function", function: { name: "weather", parameters: {} } }];
    await createWith(messages, { user: "ida", tools }, {});
    expect(sent()).toMatchObject({ tools, messages });
    expect((await said("ida")).map(({ text }) => text)).toEqual(["It rains in Bergen."]);
  });

  it("needs to know whose memory it is, and a key that may write", async () => {
    const nobody = await create("Hello.", {}, { maxRetries: 0 }).catch((error: unknown) => error);
    expect(nobody).toMatchObject({ status: 400 });
    const { body } = await server.call("POST", "/api/v1/keys/", { label: "r", role: "reader" });
    const reader = new OpenAI({ apiKey: (body as Json)["key"], baseURL: `${server.url}/v1`, maxRetries: 0 });
    const request = { model: "m", messages: [{ role: "user", content: "Hi." }], user: "alice" };
    await expect(reader.chat.completions.create(request)).rejects.toMatchObject({ status: 403 });
    expect(upstream.requests).toHaveLength(0);
  });
});

/** What was said, in order of the alphabet. */
const read = async (url: string, key: string): Promise<string[]> => {
  const response = await fetch(`${url}/v3/memories/`, {
    method: "POST",
    headers: { authorization: `Token ${key}`, "content-type": "application/json" },
    body: JSON.stringify({ filters: { user_id: "alice" }, kinds: ["message"] }),
  });
  const { results } = (await response.json()) as { results: { memory: string }[] };
  return results.map(({ memory }) => memory).toSorted();
};

describe("the end of the server", () => {
  const question = { model: "m", user: "alice", stream: true, messages: [{ role: "user", content: "Tell me all." }] };
  const start = async (url: string, key: string): Promise<Response> =>
    fetch(`${url}/v1/chat/completions`, {
      method: "POST",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      body: JSON.stringify(question),
    });
  it("stores the part of a streamed answer that it breaks off", async () => {
    const { body, headers } = events("Once ", "upon ", "a time ".repeat(9_000));
    const slow = await startProviderServer({ drip: body, pauseMs: 5, headers });
    const first = await startTestServer({ chat: { baseURL: slow.url } });
    const answer = await start(first.url, first.key);
    const reader = answer.body?.getReader();
    await reader?.read();
    await expect.poll(() => read(first.url, first.key)).toEqual(["Tell me all."]);
    // Long enough for the first two events; the last one never ends.
    await new Promise((resolve) => {
      setTimeout(resolve, 1_500);
    });
    await first.close();
    const second = await startTestServer({ dataFolder: first.folder });
    expect(await read(second.url, first.key)).toEqual(["Once upon ", "Tell me all."]);
    await second.remove();
    await slow.close();
  });

  it("killed while the upstream thinks, it has the user's message all the same", async () => {
    const silent = await startProviderServer("hang");
    const folder = mkdtempSync(join(tmpdir(), "recollect-chat-"));
    const first = await startServerProcess(folder, { chat: { baseURL: silent.url } });
    const key = first.firstKey ?? "";
    const answer = start(first.url, key).catch(() => null);
    await expect.poll(() => silent.requests.length, { timeout: 10_000 }).toBe(1);
    await first.process.kill();
    await answer;
    const second = await startTestServer({ dataFolder: join(folder, "data") });
    expect(await read(second.url, key)).toEqual(["Tell me all."]);
    await second.remove();
    rmSync(folder, { recursive: true, force: true });
    await silent.close();
  });
});

it("a server without an upstream says 501 and how to name one", async () => {
  const plain = await startTestServer();
  const request = { model: "m", messages: [{ role: "user", content: "Hi." }], user: "alice" };
  const { status, body } = await plain.call("POST", "/v1/chat/completions", request);
  expect(status).toBe(501);
  expect((body as Json)["error"]).toContain("chat: { baseURL");
  await plain.remove();
});
