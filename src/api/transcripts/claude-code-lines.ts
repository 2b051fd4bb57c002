import { saidIn } from "./agent-session.ts";
import type { AgentLine, AgentLineReader, AgentTurn } from "./agent-session.ts";
import { isObject } from "./read-values.ts";
import type { JsonObject } from "./read-values.ts";

/** Tools of Claude Code that write a file, and the argument that names it. */
const WRITING_TOOLS: ReadonlyMap<string, string> = new Map([
  ["Edit", "file_path"],
  ["MultiEdit", "file_path"],
  ["Write", "file_path"],
  ["NotebookEdit", "notebook_path"],
]);
/** Lines that the host wrote: of side agents, of its own, of a compaction, of a failed request. */
const HOST_LINES = [
  "isSidechain",
  "isMeta",
  "isCompactSummary",
  "isVisibleInTranscriptOnly",
  "isApiErrorMessage",
] as const;

export function isClaudeCodeLine(value: unknown): boolean {
  return isObject(value) && typeof value["type"] === "string" && typeof value["sessionId"] === "string";
}

/** Claude Code's session files: one JSON object a line, `~/.claude/projects/<folder>/<session>.jsonl`. */
export function createClaudeCodeReader(): AgentLineReader {
  return {
    agent: "claude-code",
    read(line) {
      const value = parseObject(line);
      if (value === undefined) return undefined;
      const place = placeOf(value);
      const { type, message } = value;
      if ((type !== "user" && type !== "assistant") || !isObject(message)) return place;
      if (HOST_LINES.some((name) => value[name] === true)) return place;
      const turn = turnOf(type, message["content"], value["timestamp"]);
      const edited = type === "assistant" ? editedIn(message["content"]) : [];
      return { ...place, ...(turn === undefined ? {} : { turn }), ...(edited.length === 0 ? {} : { edited }) };
    },
  };
}

export function parseObject(line: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isObject(value) ? value : undefined;
  } catch {
    // A line that was cut by a crash; the caller counts it.
    return undefined;
  }
}

export function timeOf(value: unknown): number | undefined {
  const time = typeof value === "string" ? Date.parse(value) : typeof value === "number" ? value : Number.NaN;
  return Number.isFinite(time) && time > 0 ? time : undefined;
}

function placeOf({ sessionId, cwd, gitBranch }: JsonObject): AgentLine {
  return {
    ...(typeof sessionId === "string" && sessionId !== "" ? { session: sessionId } : {}),
    ...(typeof cwd === "string" && cwd !== "" ? { folder: cwd } : {}),
    ...(typeof gitBranch === "string" && gitBranch !== "" && gitBranch !== "HEAD" ? { branch: gitBranch } : {}),
  };
}

/** Text parts alone: results of tools, thoughts and pictures are nothing that was said. */
function turnOf(role: "user" | "assistant", content: unknown, timestamp: unknown): AgentTurn | undefined {
  const parts = typeof content === "string" ? [content] : Array.isArray(content) ? content.flatMap(textOfPart) : [];
  const said = parts.flatMap((part) => saidIn(part) ?? []);
  const text = said.join("\n").trim();
  // What an agent says when it was asked for nothing.
  if (text === "" || (role === "assistant" && text === "No response requested.")) return undefined;
  return { role, text, saidAt: timeOf(timestamp) };
}

function textOfPart(part: unknown): string[] {
  if (!isObject(part) || part["type"] !== "text" || typeof part["text"] !== "string") return [];
  return [part["text"]];
}

function editedIn(content: unknown): string[] {
  if (!Array.isArray(content)) return [];
  return content.flatMap((part: unknown) => {
    if (!isObject(part) || part["type"] !== "tool_use" || !isObject(part["input"])) return [];
    const path = part["input"][WRITING_TOOLS.get(String(part["name"])) ?? ""];
    return typeof path === "string" && path !== "" ? [path] : [];
  });
}
