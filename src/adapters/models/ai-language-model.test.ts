import { afterEach, describe, expect, test } from "vitest";
import { chatReply, startProviderServer } from "../../../test/support/provider-server.ts";
import type { ProviderServer } from "../../../test/support/provider-server.ts";
import { MemoryError } from "../../errors.ts";
import type { LanguageModel, LanguageModelCall } from "../../ports/language-model.ts";
import { resolveLanguageModel } from "./resolve-models.ts";

const KEY = "sk-very-secret-0123456789";
const CALL: LanguageModelCall = {
  purpose: "extraction",
  instructions: "Find facts.",
  prompt: "Ana moved to Lisbon in the spring of last year.",
};
let server: ProviderServer;

afterEach(() => server.close());

async function modelOn(...replies: ProviderServer["replies"]): Promise<LanguageModel> {
  server = await startProviderServer(...replies);
  return resolveLanguageModel({
    provider: "openai-compatible",
    baseURL: `${server.url}/v1`,
    model: "m",
    apiKey: KEY,
    jsonMode: "schema",
  });
}

async function failureOf(work: Promise<unknown>): Promise<MemoryError> {
  try {
    await work;
  } catch (error) {
    if (MemoryError.isInstance(error)) return error;
    throw error;
  }
  throw new Error("It did not fail.");
}

describe("answers", () => {
  test("come as they were written, even when they are no JSON", async () => {
    const model = await modelOn(chatReply('{"facts":["a",}'));
    const answer = await model.generate({ ...CALL, output: { name: "facts", schema: { type: "object" } } });
    expect(answer).toMatchObject({
      text: '{"facts":["a",}',
      finishReason: "stop",
      usage: { inputTokens: 120, outputTokens: 30, cachedInputTokens: 100 },
    });
    expect(server.requests).toHaveLength(1);
  });

  test.each([
    ["length", "length"],
    ["content_filter", "refusal"],
    ["stop", "stop"],
  ])("finish reason %s is %s", async (said, expected) => {
    const model = await modelOn(chatReply("x", { finishReason: said }));
    expect((await model.generate(CALL)).finishReason).toBe(expected);
  });
});

describe("failures", () => {
  test.each([
    [400, false],
    [401, false],
    [403, false],
    [404, false],
    [408, true],
    [409, true],
    [429, true],
    [500, true],
    [503, true],
    [529, true],
  ])("status %i is retryable: %s, after one request", async (status, retryable) => {
    const model = await modelOn({ status, body: { error: { message: "so it is", type: "t" } } });
    const error = await failureOf(model.generate(CALL));
    expect(error).toMatchObject({ code: "provider_failed", retryable, details: { status } });
    expect(error.message).toContain("so it is");
    expect(server.requests).toHaveLength(1);
  });

  test.each([
    [{ "retry-after": "7" }, 7000],
    [{ "retry-after-ms": "1500", "retry-after": "9" }, 1500],
  ])("Retry-After %o is %i ms", async (headers, expected) => {
    const model = await modelOn({ status: 429, headers, body: {} });
    expect((await failureOf(model.generate(CALL))).details["retryAfterMs"]).toBe(expected);
  });

  test("Retry-After as a date is the time until then", async () => {
    const date = new Date(Date.now() + 60_000).toUTCString();
    const model = await modelOn({ status: 503, headers: { "retry-after": date }, body: {} });
    const waited = (await failureOf(model.generate(CALL))).details["retryAfterMs"] as number;
    expect(waited).toBeGreaterThan(50_000);
    expect(waited).toBeLessThanOrEqual(60_000);
  });

  test.each([["reset"], ["truncate"]] as const)("a body that breaks off (%s) is retryable", async (way) => {
    const { body } = chatReply("x".repeat(400));
    const model = await modelOn(way === "reset" ? { reset: body } : { truncate: body });
    expect(await failureOf(model.generate(CALL))).toMatchObject({ code: "provider_failed", retryable: true });
  });

  test("a connection that is reset, and a server that is not there, are retryable", async () => {
    const model = await modelOn("refuse");
    expect(await failureOf(model.generate(CALL))).toMatchObject({ code: "provider_failed", retryable: true });
    await server.close();
    expect(await failureOf(model.generate(CALL))).toMatchObject({ code: "provider_failed", retryable: true });
  });

  test.each([["hang"], [{ drip: chatReply("x".repeat(400)).body, pauseMs: 20 }]] as const)(
    "%o: a time limit is told from the caller's abort",
    async (reply) => {
      const model = await modelOn(reply);
      const late = await failureOf(model.generate({ ...CALL, signal: AbortSignal.timeout(100) }));
      expect(late).toMatchObject({ code: "timeout", retryable: true });
      const controller = new AbortController();
      setTimeout(() => {
        controller.abort();
      }, 100);
      const aborted = await failureOf(model.generate({ ...CALL, signal: controller.signal }));
      expect(aborted).toMatchObject({ code: "aborted", retryable: false });
    },
  );

  test("say why the caller ended them, where it says so", async () => {
    const model = await modelOn("hang");
    const reason = new MemoryError("timeout", "The search had no more time.");
    const controller = new AbortController();
    setTimeout(() => {
      controller.abort(reason);
    }, 30);
    expect(await failureOf(model.generate({ ...CALL, signal: controller.signal }))).toBe(reason);
  });

  test("name neither the key nor the prompt, and hold neither", async () => {
    for (const message of [`Incorrect API key provided: ${KEY}`, `Flagged: ${CALL.prompt}`]) {
      const model = await modelOn({ status: 400, body: { error: { message } } });
      const error = await failureOf(model.generate(CALL));
      const everything = `${error.message} ${error.stack} ${JSON.stringify(error.details)} ${String(error.cause)}`;
      expect(everything).not.toContain(KEY);
      expect(everything).not.toContain("moved to Lisbon");
      await server.close();
    }
  });
});

describe("output formats", () => {
  const output = { name: "facts", schema: { type: "object", properties: { facts: { type: "array" } } } };

  test("a server that refuses the schema is asked without it from then on", async () => {
    const refusal = { status: 400, body: { error: { message: "response_format json_schema is not supported" } } };
    const model = await modelOn(refusal, chatReply("{}"));
    expect(await failureOf(model.generate({ ...CALL, output }))).toMatchObject({ retryable: true });
    expect((await model.generate({ ...CALL, output })).text).toBe("{}");
    const [first, second] = server.requests.map(({ body }) => body as Record<string, unknown>);
    expect(first?.["response_format"]).toMatchObject({ type: "json_schema" });
    expect(second?.["response_format"]).toBeUndefined();
    expect(JSON.stringify(second?.["messages"])).toContain("JSON Schema");
  });
});

test("an unknown provider is refused with those that there are", () => {
  expect(() => resolveLanguageModel("nowhere/model")).toThrow(/no provider "nowhere".*openai, anthropic/u);
});

test("a key that is missing is an error of the first call, which names the variable", async () => {
  server = await startProviderServer();
  const before = process.env["MINIMAX_API_KEY"];
  delete process.env["MINIMAX_API_KEY"];
  const model = resolveLanguageModel("minimax/MiniMax-M2.7");
  const error = await failureOf(model.generate(CALL));
  expect(error.code).toBe("invalid_input");
  expect(error.message).toContain("MINIMAX_API_KEY");
  if (before !== undefined) process.env["MINIMAX_API_KEY"] = before;
});
