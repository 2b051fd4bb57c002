import { createHash } from "node:crypto";
import { z } from "zod";
import { invalidInput } from "../../errors.ts";
import { SCOPE_NAMES, SCOPE_SHAPE, scopeOf } from "../shapes/scope-body.ts";

type Message = Readonly<Record<string, unknown>>;

/** OpenAI's body, with ours beside it; what is not named here is handed on as it is. */
export const CHAT_BODY: z.ZodType<Record<string, unknown>> = z.looseObject({
  messages: z.array(z.looseObject({ role: z.string() })).min(1),
  model: z.string().nullish(),
  stream: z.boolean().nullish(),
  user: z.string().nullish(),
  ...SCOPE_SHAPE,
  filters: z.looseObject({}).nullish(),
  token_budget: z.number().int().min(50).max(100_000).nullish(),
  recall: z.boolean().nullish(),
  remember: z.boolean().nullish(),
});

/** Fields that are ours; `user` is OpenAI's as well and goes on. */
const OWN_FIELDS: readonly string[] = [
  ...SCOPE_NAMES,
  "org_id",
  "project_id",
  "filters",
  "token_budget",
  "recall",
  "remember",
];
/** The same request within so long is a client's retry: OpenAI's client sends one of its own accord. */
const RETRY_WINDOW_MS = 10 * 60_000;

export interface ChatRequest {
  /** Whose memories are read and written. */
  readonly scope: Record<string, string | number>;
  /** The last user message's text; "" when there is none. */
  readonly query: string;
  /** Texts of the user's that came since the assistant last spoke: the rest was stored with earlier requests. */
  readonly spoken: readonly { readonly role: "user"; readonly content: string; readonly name?: string }[];
  readonly messages: readonly Message[];
  /** What goes to the upstream, without messages. */
  readonly rest: Readonly<Record<string, unknown>>;
  /** The same for the same request made again soon. */
  readonly key: string;
}

/**
 * Whose request it is (`user_id`, …, the headers X-User-ID, …, or OpenAI's `user`), and what in it is new.
 * @throws MemoryError `invalid_input` when it names nobody.
 */
export function readChat(body: Readonly<Record<string, unknown>>, headers: Headers, now: number): ChatRequest {
  const named = SCOPE_NAMES.map((name) => [name, body[name] ?? headers.get(`x-${name.replace("_", "-")}`)] as const);
  const scope = scopeOf(Object.fromEntries(named) as Record<string, string | null>);
  const { user } = body;
  if (scope["user_id"] === undefined && typeof user === "string" && user !== "") scope["user_id"] = user;
  if (Object.keys(scope).length === 0)
    throw invalidInput(
      "Name whose memory it is: user_id, agent_id, app_id or run_id in the body, X-User-ID and so on as headers, or user.",
    );
  const messages = body["messages"] as readonly Message[];
  const sinceAnswer = messages.slice(messages.findLastIndex(({ role }) => role === "assistant") + 1);
  const spoken = sinceAnswer.flatMap(({ role, content, name }) => {
    const text = textOf(content);
    if (role !== "user" || text === "") return [];
    return [{ role: "user" as const, content: text, ...(typeof name === "string" ? { name } : {}) }];
  });
  const rest = Object.fromEntries(
    Object.entries(body).filter(([name]) => name !== "messages" && !OWN_FIELDS.includes(name)),
  );
  const digest = createHash("sha256").update(JSON.stringify([scope, messages, Math.floor(now / RETRY_WINDOW_MS)]));
  return {
    scope,
    query: textOf(messages.findLast(({ role }) => role === "user")?.["content"]),
    spoken,
    messages,
    rest,
    key: `chat-${digest.digest("hex")}`,
  };
}

/** A message's text: a string, or its text parts. */
export function textOf(content: unknown): string {
  if (typeof content === "string") return content.trim();
  if (!Array.isArray(content)) return "";
  return (content as unknown[])
    .flatMap((part) => {
      const { type, text } = (part ?? {}) as Record<string, unknown>;
      return (type === "text" || type === "input_text") && typeof text === "string" ? [text] : [];
    })
    .join("\n")
    .trim();
}

/** The messages with what was recalled as a system message, behind those of the caller's own. */
export function withRecall(messages: readonly Message[], recalled: string): readonly Message[] {
  if (recalled === "") return messages;
  const first = messages.findIndex(({ role }) => role !== "system" && role !== "developer");
  const at = first < 0 ? messages.length : first;
  return [...messages.slice(0, at), { role: "system", content: recalled }, ...messages.slice(at)];
}
