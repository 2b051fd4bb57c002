import type { MemoryItem } from "../domain/search-result.ts";
import { fenceRecall } from "../text/recall-fence.ts";
import { countTokens } from "../text/token-count.ts";
import type { McpSession } from "./session.ts";
import { fencedLines, showMemory, withinBudget } from "./show-memories.ts";
import { userOf } from "./whose.ts";

const DIGEST_TOKENS = 1_500;
const DIGEST_MEMORIES = 60;
const SESSION_TOKENS = 1_500;
/** Messages that are looked at for the last sessions. */
const MESSAGES_READ = 400;
const SESSIONS_SHOWN = 10;
/** Two messages further apart than this, without a run id, are of two sessions: as in the engine. */
const SESSION_GAP_MS = 30 * 60_000;
const MOST_CHARACTERS = 200;

/** Standing instructions first, then what is newest and still holds, within a budget. */
export async function digestOf(session: McpSession): Promise<string> {
  const options = { filters: userOf(session), latestOnly: true, withTotal: false } as const;
  const [instructions, facts] = await Promise.all([
    session.memory.getAll({ ...options, kinds: ["instruction"], topK: 20 }),
    session.memory.getAll({ ...options, kinds: ["fact", "pattern", "procedure"], topK: DIGEST_MEMORIES }),
  ]);
  const items = [...instructions.results, ...facts.results].map((item) => showMemory(item));
  const shown = withinBudget(items, DIGEST_TOKENS);
  return shown.length === 0 ? "Nothing is remembered yet." : fencedLines(shown);
}

/** The last sessions, newest first: when, how many messages, and how each began. */
export async function recentSessions(session: McpSession): Promise<string> {
  const { results } = await session.memory.getAll({
    filters: userOf(session),
    kinds: ["message"],
    topK: MESSAGES_READ,
    withTotal: false,
  });
  if (results.length === 0) return "No session is remembered yet.";
  const lines: string[] = [];
  let tokens = countTokens(fenceRecall(""));
  for (const messages of sessionsOf(results).slice(0, SESSIONS_SHOWN)) {
    const line = sessionLine(messages);
    tokens += countTokens(line) + 1;
    if (tokens > SESSION_TOKENS) break;
    lines.push(line);
  }
  return fenceRecall(lines.join("\n"));
}

/** Messages come newest first, and so do sessions and their messages. */
function sessionsOf(messages: readonly MemoryItem[]): MemoryItem[][] {
  const sessions: MemoryItem[][] = [];
  for (const message of messages) {
    const open = sessions.at(-1);
    const later = open?.at(-1);
    const isSame =
      later !== undefined &&
      (message.run_id !== undefined || later.run_id !== undefined
        ? message.run_id === later.run_id
        : Date.parse(later.createdAt) - Date.parse(message.createdAt) <= SESSION_GAP_MS);
    if (isSame && open !== undefined) open.push(message);
    else sessions.push([message]);
  }
  return sessions;
}

function sessionLine(messages: readonly MemoryItem[]): string {
  const first = messages.at(-1) as MemoryItem;
  const text = first.memory.replaceAll(/\s+/gu, " ");
  const begun = text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS).toWellFormed()}…` : text;
  const run = first.run_id === undefined ? "" : ` (${first.run_id})`;
  const count = messages.length === 1 ? "1 message" : `${messages.length} messages`;
  return `- ${first.createdAt.slice(0, 16).replace("T", " ")}${run}, ${count}: ${begun}`;
}
