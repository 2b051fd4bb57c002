import { invalidInput } from "../../errors.ts";
import type { MessageInput } from "../../index.ts";
import type { OwnerIds, Row, Store } from "../store/store.ts";
import { paint } from "../terminal/paint.ts";
import { oneLine } from "../terminal/text-width.ts";
import { plain } from "../terminal/describe-memory.ts";
import type { Call, Command, Reply } from "./command.ts";
import { addTranscript } from "./add-transcript.ts";
import { readStandardInput } from "./input.ts";
import { anyJsonOption, given, jsonOption, ownerOf, WHERE_OPTIONS } from "./options.ts";
import { warningsOf } from "./warnings-of.ts";

export const command: Command = {
  usage: ["add <text> [options]", "add --messages <json>", "add --file <transcript>", "… | recollect add"],
  summary: "keep what was said, and draw facts from it",
  about:
    "Without an id it is yours: the user is your user name on this machine. A transcript is JSONL of {role, content, …}, a\nChatGPT or Claude export, or lines of Name: text.",
  options: [
    { name: "messages", value: "<json>", help: '[{"role":"user","content":"…"}, …]' },
    { name: "file", short: "f", value: "<path>", help: "a transcript; - is standard input" },
    { name: "metadata", short: "m", value: "<json>", help: "goes to the messages and to every fact" },
    { name: "no-infer", help: "store each message as a fact, word for word" },
    { name: "untrusted", help: "a web page, a mail, a tool's output: what is drawn waits for review" },
    { name: "immutable", help: "never changed by later facts" },
    { name: "expires", value: "<date>", help: "last day, YYYY-MM-DD, on which it is served" },
    { name: "timestamp", value: "<time>", help: "when it was said: Unix seconds or ISO 8601" },
    { name: "custom-instructions", value: "<text>", help: "what a language model is asked beyond its task" },
    { name: "agent-custom-instructions", value: "<text>", help: "the same for an agent's own memory" },
    { name: "custom-categories", value: "<json>", help: 'names, or [{"name":"description"}]' },
    { name: "includes", value: "<text>", help: "what to remember only" },
    { name: "excludes", value: "<text>", help: "what never to remember" },
    { name: "categories", value: "<names>", help: "refused, as Mem0 does", isHidden: true },
    ...WHERE_OPTIONS,
  ],
  examples: [
    'recollect add "I prefer tabs"',
    'recollect add "Ships on Fridays" --user-id hana --metadata \'{"team":"blue"}\'',
    'recollect add --messages \'[{"role":"user","content":"I moved to Kyoto"}]\' --timestamp 2026-03-01',
    "recollect add --file conversations.json",
    "git log -1 --format=%B | recollect add --agent-id reviewer",
  ],
  run,
};

async function run(call: Call): Promise<Reply> {
  if (call.text("categories") !== undefined)
    throw invalidInput(
      "--categories is not how a memory is filed. Name what may be used: --custom-categories '[\"food\"]'.",
    );
  const owner = ownerOf(call);
  const options = optionsOf(call);
  const file = call.text("file");
  if (file !== undefined) return addTranscript(call, file, { owner, options });
  return replyOf(await addMessages(await call.store(), await messagesOf(call), owner, options), owner);
}

async function addMessages(
  store: Store,
  messages: string | readonly MessageInput[],
  owner: OwnerIds,
  options: Row,
): Promise<Row> {
  return store.add(messages, { owner, options });
}

async function messagesOf(call: Call): Promise<string | readonly MessageInput[]> {
  const messages = anyJsonOption(call, "messages");
  const words = call.positionals.join(" ");
  if (messages !== undefined) {
    if (words !== "") throw invalidInput("Give a text or --messages, not both.");
    return (Array.isArray(messages) ? messages : [messages]) as readonly MessageInput[];
  }
  const text = words === "" || words === "-" ? await readStandardInput() : words;
  if (text === undefined || text.trim() === "")
    throw invalidInput('"recollect add" expects a text, --messages, --file, or a text on standard input.');
  return text.trimEnd();
}

function optionsOf(call: Call): Row {
  return {
    ...given("metadata", jsonOption(call, "metadata")),
    ...given("infer", call.has("no-infer") ? false : undefined),
    ...given("immutable", call.has("immutable") ? true : undefined),
    ...given("untrusted", call.has("untrusted") ? true : undefined),
    ...given("expirationDate", call.text("expires")),
    ...given("timestamp", call.text("timestamp")),
    ...given("customInstructions", call.text("custom-instructions")),
    ...given("agentCustomInstructions", call.text("agent-custom-instructions")),
    ...given("customCategories", anyJsonOption(call, "custom-categories")),
    ...given("includes", call.text("includes")),
    ...given("excludes", call.text("excludes")),
  };
}

function replyOf(answer: Row, owner: OwnerIds): Reply {
  const results = Array.isArray(answer["results"]) ? (answer["results"] as readonly Row[]) : [];
  const messages = Array.isArray(answer["messages"]) ? (answer["messages"] as readonly Row[]) : [];
  const known = messages.filter((message) => message["replayed"] === true).length;
  return {
    data: answer,
    count: results.length,
    scope: owner,
    warnings: warningsOf(answer),
    lines: () => [
      ...results.map((item) => `${paint("green", eventOf(item))}  ${oneLine(plain(item["memory"]))}`),
      paint(
        "dim",
        [
          `${messages.length} ${messages.length === 1 ? "message" : "messages"} kept`,
          ...(known === 0 ? [] : [`${known} of them known already`]),
          results.length === 0 ? "no fact drawn" : "",
        ]
          .filter((part) => part !== "")
          .join(", "),
      ),
    ],
  };
}

function eventOf(item: Row): string {
  const superseded = item["superseded"];
  if (Array.isArray(superseded) && superseded.length > 0) return "replaced";
  return item["event"] === "UPDATE" ? "merged  " : "added   ";
}
