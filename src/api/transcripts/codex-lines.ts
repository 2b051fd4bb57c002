import { saidIn } from "./agent-session.ts";
import type { AgentLine, AgentLineReader, AgentTurn } from "./agent-session.ts";
import { parseObject, timeOf } from "./claude-code-lines.ts";
import { isObject } from "./read-values.ts";
import type { JsonObject } from "./read-values.ts";

const LINE_TYPES = new Set(["session_meta", "response_item", "event_msg", "turn_context", "compacted"]);

export function isCodexLine(value: unknown): boolean {
  return isObject(value) && LINE_TYPES.has(String(value["type"])) && isObject(value["payload"]);
}

/**
 * Codex's rollouts: `~/.codex/sessions/YYYY/MM/DD/rollout-<time>-<id>.jsonl`. Every turn stands in them twice, as an
 * event and as an item of the response; the items are read, and of events nothing.
 */
export function createCodexReader(): AgentLineReader {
  return {
    agent: "codex",
    read(line) {
      const value = parseObject(line);
      if (value === undefined) return undefined;
      const { type, payload, timestamp } = value;
      if (!isObject(payload)) return {};
      if (type === "session_meta") return placeOf(payload);
      if (type === "turn_context") return folderOf(payload);
      if (type !== "response_item") return {};
      const turn = turnOf(payload, timestamp);
      const edited = editedIn(payload);
      return { ...(turn === undefined ? {} : { turn }), ...(edited.length === 0 ? {} : { edited }) };
    },
  };
}

function placeOf(payload: JsonObject): AgentLine {
  const { id, git } = payload;
  const branch = isObject(git) ? git["branch"] : undefined;
  return {
    ...folderOf(payload),
    ...(typeof id === "string" && id !== "" ? { session: id } : {}),
    ...(typeof branch === "string" && branch !== "" ? { branch } : {}),
  };
}

function folderOf({ cwd }: JsonObject): AgentLine {
  return typeof cwd === "string" && cwd !== "" ? { folder: cwd } : {};
}

function turnOf({ type, role, content }: JsonObject, timestamp: unknown): AgentTurn | undefined {
  if (type !== "message" || (role !== "user" && role !== "assistant") || !Array.isArray(content)) return undefined;
  const text = content
    .flatMap((part: unknown) =>
      isObject(part) && typeof part["text"] === "string" ? (saidIn(part["text"]) ?? []) : [],
    )
    .join("\n")
    .trim();
  return text === "" ? undefined : { role, text, saidAt: timeOf(timestamp) };
}

/** Files named by the headers of a patch, given to the tool or to a shell. */
function editedIn({ type, input, arguments: given }: JsonObject): string[] {
  const patch = type === "custom_tool_call" ? input : type === "function_call" ? given : undefined;
  if (typeof patch !== "string" || !patch.includes("*** Begin Patch")) return [];
  // In a shell's arguments line breaks are written as \n.
  return [...patch.matchAll(/\*\*\* (?:Add|Update) File: ([^\n\\"]{1,1000})/gu)].map(([, path = ""]) => path.trim());
}
