import type { Role } from "../domain/memory.ts";
import { isMachineLine } from "./machine-lines.ts";
import { isPleasantry } from "./pleasantries.ts";

// More than this of a long text tells nothing new about what it is.
const READ_LINES = 2000;
const READ_CHARACTERS = 200_000;
const MACHINE_SHARE = 0.7;

// How agents' own files and the wrappers of their hosts begin.
const BOOT_START =
  /^\s*(?:<(?:system|system[-_]reminder|environment_context|environment_details|user_instructions|instructions|permissions|command-(?:name|message|args)|local-command-\w+|bash-(?:input|stdout|stderr)|tool_result|tool_use|function_calls?|function_results?|task-notification|available_skills|agent_identity|ide_\w+)\b|# (?:AGENTS|CLAUDE|GEMINI|SOUL|IDENTITY|TOOLS|HEARTBEAT|BOOTSTRAP|USER|MEMORY|SKILL)\.md\b|\[?(?:system|tool|function)(?: message| prompt| output| result)?\]?:\s|caveat: the messages below were generated|this session is being continued from a previous|\[request interrupted|\[tool (?:use|call|result)|heartbeat_ok\b|no_reply\b|read heartbeat\.md|contents of \/\S+\.md|a new session was started via|your task is to create a detailed summary of the conversation|---\nname: [\w-]+\ndescription: )/i;
const BOOT_PERSONA =
  /^\s*(?:#+ [^\n]{0,60}\n+)?you are (?:an?|the) (?:[\w-]+[ ,]+){0,6}(?:assistant|agent|model|expert|bot|engineer|ai|chatbot)\b/i;
const BOOT_RULES =
  /\b(?:you must|you should|never|always|do not|don't|your (?:task|role|job|goal)|respond|answer|the user)\b/gi;

/**
 * True for text that must make no facts: greetings and acknowledgements, system prompts and boot files, tool
 * output, logs, stack traces, bare code, file trees. Such messages are still stored.
 */
export function isBoilerplate(text: string, role: Role): boolean {
  if (role === "tool" || role === "system") return true;
  const trimmed = text.slice(0, READ_CHARACTERS).trim();
  if (!/[\p{L}\p{N}]/u.test(trimmed)) return true;
  return isPleasantry(trimmed) || isBootText(trimmed) || isMachineText(trimmed);
}

function isBootText(text: string): boolean {
  if (BOOT_START.test(text)) return true;
  // "You are an expert" may be praise; a prompt goes on with rules.
  return BOOT_PERSONA.test(text) && text.length > 120 && (text.slice(0, 4000).match(BOOT_RULES)?.length ?? 0) >= 1;
}

/** True when most of the text, by characters, is written by or for machines. */
function isMachineText(text: string): boolean {
  if (isJson(text) || isBlob(text)) return true;
  const lines = text.split("\n", READ_LINES).filter((line) => line.trim() !== "" && !/^\s*(?:```|~~~)/.test(line));
  if (lines.length === 0) return true;
  let machine = 0;
  let total = 0;
  let isInside = false;
  for (const line of lines) {
    const length = Math.min(400, line.trim().length);
    const isMachine: boolean = isMachineLine(line) || (isInside && isContinuation(line));
    isInside = isMachine;
    total += length;
    if (isMachine) machine += length;
  }
  return machine / total >= MACHINE_SHARE;
}

/** Indented lines and closing brackets go with the code above them. */
function isContinuation(line: string): boolean {
  return /^(?:\s{2,}|\t)\S/.test(line) && !/^\s+[-*•]\s+\p{L}.*\s.*\s/u.test(line)
    ? true
    : /^\s*[\])}>;,]+\s*$/.test(line);
}

function isJson(text: string): boolean {
  const body = text.replace(/^```\w*\n|\n```$/g, "").trim();
  if (!/^(?:\{[\s\S]*\}|\[\s*[{["\d][\s\S]*\])$/.test(body)) return false;
  return /^[{[]\s*(?:["{[\d]|\}|\])/.test(body) && (/"\s*:/.test(body) || /^\[[\s\d.,"\w-]*\]$/.test(body));
}

/** One long run of characters without words: base64, hexadecimal, minified data. */
function isBlob(text: string): boolean {
  if (text.length < 80) return false;
  const spaces = text.match(/\s/g)?.length ?? 0;
  const ascii = text.match(/[A-Za-z\d+/=_-]/g)?.length ?? 0;
  return spaces * 40 < text.length && ascii * 10 > text.length * 9;
}
