import type { DigestSession } from "../domain/digest.ts";
import { fenceRecall } from "../text/recall-fence.ts";
import { countTokens } from "../text/token-count.ts";
import type { McpSession } from "./session.ts";
import { fencedLines, showMemory, withinBudget } from "./show-memories.ts";
import { userOf } from "./whose.ts";

const DIGEST_TOKENS = 1_500;
const DIGEST_MEMORIES = 60;
const SESSION_TOKENS = 1_500;
const SESSIONS_SHOWN = 10;

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
  const { sessions } = await session.memory.digest({ filters: userOf(session), sessions: SESSIONS_SHOWN });
  if (sessions.length === 0) return "No session is remembered yet.";
  const lines: string[] = [];
  let tokens = countTokens(fenceRecall(""));
  for (const each of sessions) {
    const line = sessionLine(each);
    tokens += countTokens(line) + 1;
    if (tokens > SESSION_TOKENS) break;
    lines.push(line);
  }
  return fenceRecall(lines.join("\n"));
}

function sessionLine({ run_id: runId, from, messages, begins }: DigestSession): string {
  const run = runId === undefined ? "" : ` (${runId})`;
  const count = messages === 1 ? "1 message" : `${messages} messages`;
  return `- ${from.slice(0, 16).replace("T", " ")}${run}, ${count}: ${begins}`;
}
