import { MemoryError } from "../../errors.ts";
import { addThroughProject, isAcrossUsers } from "../add-through-project.ts";
import { askUpstream, upstreamError } from "../chat/ask-upstream.ts";
import type { ChatSettings } from "../chat/chat-settings.ts";
import { CHAT_BODY, readChat, withRecall } from "../chat/read-chat.ts";
import type { ChatRequest } from "../chat/read-chat.ts";
import { relayStream, saidIn } from "../chat/relay-stream.ts";
import type { Spoken } from "../chat/relay-stream.ts";
import { httpError } from "../error-reply.ts";
import { filtersOf } from "../filters-of.ts";
import { route } from "../route.ts";
import type { Call, Reply, Route } from "../route.ts";

const DEFAULT_TOKEN_BUDGET = 1_500;
type ChatCall = Call<unknown, Record<string, unknown>>;

export const chatRoutes: readonly Route[] = [
  route({
    method: "POST",
    path: "/v1/chat/completions/",
    operation: "createChatCompletion",
    summary:
      "OpenAI's chat API with memory: what the user's last message recalls goes along as a system message, and what is said is kept; streaming too. Needs the setting `chat`",
    tag: "chat",
    role: "member",
    body: CHAT_BODY,
    handle: async (call) => completeChat(call),
  }),
  route({
    method: "GET",
    path: "/v1/models/",
    operation: "listChatModels",
    summary: "The models of the upstream that chats are handed on to",
    tag: "chat",
    role: "reader",
    handle: async (call) => {
      const asked = await askUpstream(requireChat(call), { path: "models" }, call.signal);
      if ("refusal" in asked) return asked.refusal;
      return { json: await readJson(asked.response, call.signal) };
    },
  }),
];

async function completeChat(call: ChatCall): Promise<Reply> {
  const settings = requireChat(call);
  const { body } = call;
  const request = readChat(body, call.headers, call.services.control.now());
  const model = body["model"] ?? settings.model;
  if (model === undefined) throw httpError(400, "invalid_input", "Name the model: the server has no default.");
  const recalled = await recall(call, request, settings);
  // On disk before the model is asked: what fails later has not lost what the user said.
  const isKept = body["remember"] !== false;
  if (isKept && request.spoken.length > 0) await keep(call, request, request.spoken, request.key);
  const messages = withRecall(request.messages, recalled.text);
  const forwarded = { path: "chat/completions", body: { ...request.rest, model, messages } } as const;
  const asked = await askUpstream(settings, forwarded, call.signal);
  if ("refusal" in asked) return asked.refusal;
  const { response } = asked;
  const headers = { "X-Memory-Tokens": String(recalled.tokens) };
  const keepAnswer = async (text: string, isWhole: boolean): Promise<boolean> => {
    if (!isKept || text.trim() === "") return true;
    return keepOrLog(call, request, text, isWhole);
  };
  // Some servers stream only with some models: what comes as JSON goes on as JSON.
  const isStream = response.headers.get("content-type")?.startsWith("text/event-stream") === true;
  if (isStream && response.body !== null)
    return { lines: stream(call, response.body, keepAnswer), type: "text/event-stream", headers };
  const completion = await readJson(response, call.signal);
  const isStored = await keepAnswer(saidIn(completion), true);
  return {
    json: completion,
    headers: { ...headers, ...(isStored ? {} : { "X-Memory-Warning": "answer not stored" }) },
  };
}

function requireChat({ services }: Pick<Call, "services">): ChatSettings {
  const { chat } = services.settings;
  if (chat === undefined)
    throw httpError(
      501,
      "missing_dependency",
      'This server hands no chats on. Set chat: { baseURL, apiKey, model } in its configuration, for example { "chat": { "baseURL": "https://api.openai.com/v1", "apiKey": "…" } }.',
    );
  return chat;
}

async function recall(
  call: ChatCall,
  { query, scope }: ChatRequest,
  { tokenBudget = DEFAULT_TOKEN_BUDGET }: ChatSettings,
): Promise<{ readonly text: string; readonly tokens: number }> {
  if (call.body["recall"] === false || query === "") return { text: "", tokens: 0 };
  const asked = call.body["token_budget"];
  return call.memory().context(query, {
    filters: filtersOf({ ...scope, filters: call.body["filters"] }),
    acrossUsers: isAcrossUsers(call.principal),
    tokenBudget: typeof asked === "number" ? asked : tokenBudget,
  });
}

async function keep(
  call: ChatCall,
  { scope }: ChatRequest,
  messages: readonly object[],
  key: string,
  metadata: object = {},
): Promise<void> {
  // The request's own Idempotency-Key would be one for two adds.
  const own: Call = { ...call, headers: new Headers() };
  await addThroughProject(own, { ...scope, messages, metadata, idempotency_key: key });
  await call.services.flush(call.project().id);
}

/** The answer is the user's by now: that it could not be stored must not take it from him. */
async function keepOrLog(call: ChatCall, request: ChatRequest, text: string, isWhole: boolean): Promise<boolean> {
  try {
    const message = { role: "assistant", content: text };
    // An answer of its own each time: the same question may be answered in another way.
    const key = `${request.key.slice(0, 60)}-${call.services.control.createId()}`;
    await keep(call, request, [message], key, isWhole ? {} : { incomplete: true });
    return true;
  } catch (error) {
    call.services.log("error", "chat answer not stored", {
      request_id: call.requestId,
      code: MemoryError.isInstance(error) ? error.code : "internal",
    });
    return false;
  }
}

async function* stream(
  call: ChatCall,
  body: ReadableStream<Uint8Array>,
  keepAnswer: (text: string, isWhole: boolean) => Promise<boolean>,
): AsyncGenerator<string, void, undefined> {
  const end = call.services.openWork.begin();
  const spoken: Spoken = { text: "" };
  let isFinished = false;
  const finish = async (): Promise<void> => {
    if (isFinished) return;
    isFinished = true;
    await keepAnswer(spoken.text, true);
  };
  try {
    yield* relayStream(body, spoken, finish);
  } catch (error) {
    // Nobody is there to be told.
    if (!call.signal.aborted) throw upstreamError(error, call.signal);
  } finally {
    // Broken off, by the caller or the upstream: what was heard was said.
    if (!isFinished) await keepAnswer(spoken.text, false);
    end();
  }
}

async function readJson(response: Response, gone: AbortSignal): Promise<unknown> {
  try {
    return await response.json();
  } catch (error) {
    if (error instanceof SyntaxError)
      throw new MemoryError("provider_invalid_output", "The chat upstream's answer is not JSON.", { retryable: true });
    throw upstreamError(error, gone);
  }
}
